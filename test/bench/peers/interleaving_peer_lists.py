"""What the interleaving peers read: the same impressions for each."""
import array
import json
import os


def read_lists(_numpy, folder):
    """Arrays as lists of rows; every input of these works is a matrix."""
    with open(os.path.join(folder, "shapes.json")) as file:
        shapes = json.load(file)
    arrays = {}
    for name, (rows, columns) in shapes.items():
        values = array.array("f")
        with open(os.path.join(folder, name + ".bin"), "rb") as file:
            values.fromfile(file, rows * columns)
        arrays[name] = [list(values[r * columns : (r + 1) * columns]) for r in range(rows)]
    return arrays


def cases(arrays):
    """Rankings of item ids, uniforms to draw with and clicked positions, per impression."""
    integers = {name: [[int(x) for x in row] for row in arrays[name]] for name in ("a", "b", "clicks")}
    return list(zip(integers["a"], integers["b"], arrays["uniforms"], integers["clicks"]))
