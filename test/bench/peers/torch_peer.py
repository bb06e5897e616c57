"""The same work in PyTorch on one thread, as a user who knows it would write it."""
import protocol

try:
    import numpy
    import torch
except ImportError as error:
    protocol.answer({"missing": str(error)})
    raise SystemExit(0)

from torch_loop import whole_loop
from torch_script import script_loop

torch.set_num_threads(1)


def tensors(arrays):
    return {name: torch.from_numpy(array.copy()) for name, array in arrays.items()}


def network(t, names):
    return [t[name].clone().requires_grad_(True) for name in names]


def forward(x, p):
    x = torch.relu(torch.addmm(p[1], x, p[0]))
    x = torch.relu(torch.addmm(p[3], x, p[2]))
    return torch.addmm(p[5], x, p[4])


def adam(parameters):
    try:
        return torch.optim.Adam(parameters, lr=1e-3, eps=1e-7, fused=True)
    except (RuntimeError, TypeError):  # before 2.4 there is no fused step on a processor
        return torch.optim.Adam(parameters, lr=1e-3, eps=1e-7)


NAMES = ["w1", "b1", "w2", "b2", "w3", "b3"]


def adam_step(arrays, _sizes):
    t = tensors(arrays)
    parameters = network(t, NAMES)
    optimizer = adam(parameters)

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss = ((forward(t["x"], parameters) - t["y"]) ** 2).mean()
        loss.backward()
        optimizer.step()
        return loss.item()

    return step, lambda: [step() for _ in range(6)]


def ddqn_step(arrays, _sizes):
    t = tensors(arrays)
    parameters = network(t, NAMES)
    target = [p.detach().clone() for p in parameters]
    optimizer = adam(parameters)

    def step():
        with torch.no_grad():
            # with one candidate the online choice changes nothing, but both sides compute it
            forward(t["next"], parameters)
            goal = t["y"] + 0.4 * forward(t["next"], target)
        optimizer.zero_grad(set_to_none=True)
        loss = ((forward(t["x"], parameters) - goal) ** 2).mean()
        loss.backward()
        optimizer.step()
        return loss.item()

    return step, lambda: [step() for _ in range(6)]


def rank_dot(arrays, sizes):
    t = tensors(arrays)

    def run():
        with torch.no_grad():
            return [torch.topk(t["u"] @ t[p].T, sizes["k"])[1] for p in ("p1", "p2")]

    return run, lambda: [i for rows in run() for i in rows.flatten().tolist()]


def hidden2(arrays, _sizes):
    t = tensors(arrays)
    u, p, v, c, w = t["u"], t["p"], t["v"], t["c"], t["w"]

    def run():
        with torch.no_grad():
            return torch.relu(torch.addmm(c, torch.relu(p + u), v)) @ w

    return run, lambda: run().flatten()[:64].tolist()


def dot(arrays, _sizes):
    t = tensors(arrays)

    def run():
        with torch.no_grad():
            return t["p"] @ t["u"][0]

    return run, lambda: run()[:64].tolist()


def top_k(arrays, sizes):
    t = tensors(arrays)
    return (lambda: torch.topk(t["s"], sizes["k"])), lambda: torch.topk(t["s"], sizes["k"])[1].tolist()


works = {
    "adam": adam_step,
    "ddqn": ddqn_step,
    "rankDot": rank_dot,
    "hidden2": hidden2,
    "dot": dot,
    "topK": top_k,
    "wholeLoop": whole_loop,
    "scriptLoop": script_loop,
}
torch.zeros(8, 8) @ torch.zeros(8, 8)  # maps the BLAS
blas = "mkl" if torch.backends.mkl.is_available() else protocol.blas_in_use()
protocol.serve(numpy, {"torch": torch.__version__, "torchBlas": blas}, works)
