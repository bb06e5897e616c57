"""The same matrix product in numpy."""
import protocol

try:
    import numpy
except ImportError as error:
    protocol.answer({"missing": str(error)})
    raise SystemExit(0)


def matmul(arrays, _sizes):
    a, b = arrays["a"], arrays["b"]
    return (lambda: a @ b), (lambda: (a @ b).ravel()[:8])


protocol.serve(
    numpy,
    {"numpy": numpy.__version__, "numpyBlas": protocol.blas_in_use()},
    {"matmul": matmul},
)
