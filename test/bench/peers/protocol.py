"""Answers the bench runner line by line; see peer.ts. Works are functions (arrays, sizes) -> (run, check)."""
import json
import os
import sys
import time


def blas_in_use():
    """The BLAS library mapped into this process, by file name."""
    try:
        with open("/proc/self/maps") as maps:
            names = {os.path.basename(line.split()[-1]) for line in maps if ".so" in line}
    except OSError:
        return "unknown"
    wanted = ("openblas", "mkl", "blis", "atlas")
    found = sorted(name for name in names if any(word in name.lower() for word in wanted))
    return found[0] if found else "linked in"


def read_arrays(numpy, folder):
    with open(os.path.join(folder, "shapes.json")) as file:
        shapes = json.load(file)
    return {
        name: numpy.fromfile(os.path.join(folder, name + ".bin"), dtype=numpy.float32).reshape(shape)
        for name, shape in shapes.items()
    }


def answer(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def serve(numpy, versions, works, read=read_arrays):
    answer({"versions": versions})
    run = None
    for line in sys.stdin:
        question = json.loads(line)
        try:
            if "load" in question:
                arrays = read(numpy, question["folder"])
                run, check = works[question["load"]](arrays, question["sizes"])
                answer({"check": [float(x) for x in check()]})
            else:
                runs = question["time"]
                cpu, wall = time.process_time(), time.perf_counter()
                for _ in range(runs):
                    run()
                wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
                answer({"sample": {"wall": wall / runs, "cpu": cpu / runs}})
        except Exception as error:  # the runner prints what went wrong
            answer({"error": repr(error)})
