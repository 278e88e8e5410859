#!/usr/bin/env python3
"""check_certificate.py MATRIX.npy CERTIFICATE.npz

Checks the bounds that `eigensweep certify MATRIX.npy --certificate CERTIFICATE.npz` claims, by arithmetic of its own:
nothing here trusts how the certificate was made. Exit code 0 when every claim is proved, else 1. Needs NumPy alone.

Kernel S:   S - s*I = L L' + R for the given s, L      =>  every eigenvalue of S >= s - |R|
            v'Sv / v'v for the given v                 >=  the smallest eigenvalue of S
            G = V S V' negative definite, m rows in V  =>  m eigenvalues of S are negative
Jacobian J: B = J'X for the given X                    =>  sigma_min(J) >= sigma_min(B) / |X|,
            sigma_min(B)^2 >= 1 - |I - B'B|, and |X|^2 <= t + |t*I - XX' - LL'| for the given t, L;
            |J'v| / |v| for the given v                >=  sigma_min(J);  eigenvalues of K = JJ' are squares of sigma
Entries:    what the exact matrix may differ by, of norm e, moves eigenvalues of S (sigma of J) by e at most (Weyl).
Rounding:   a sum of b products in any order is off by b*u times the products' sizes, u = 2^-53; longer sums are taken
            in blocks of b = 128 or the root of their length. UP covers what sums of squares and quotients lose.
"""
import hashlib
import json
import math
import sys

import numpy as np

U, UP, TINY = 2.0**-53, 1 + 1e-6, 2.0**-1074


def blocks(n):
    b = max(128, math.ceil(math.sqrt(n)))
    return [slice(k, min(k + b, n)) for k in range(0, n, b)]


def parts(*matrices):
    return (a[:, k] for a in matrices for k in blocks(a.shape[1]))


def of_sum(n):
    """Relative error of a sum of n products in blocks, and of four operations more."""
    return (min(blocks(n)[0].stop, n) + len(blocks(n)) + 4) * U * UP


def norm(a):
    """At least the Frobenius norm."""
    return UP * math.sqrt(np.sum(a * a)) + 1e-161 * math.sqrt(a.size)


def gram_distance(m, factor):
    """At least |m - sum of p p'|_2 over the parts p of a factor; each entry of m may have one rounding."""
    gram, squares, count, longest, columns = np.zeros_like(m), 0.0, 0, 0, 0
    for p in factor:
        gram += p @ p.T
        squares += norm(p) ** 2
        count, longest, columns = count + 1, max(longest, p.shape[1]), columns + p.shape[1]
    r = norm(m - gram)
    return r + (longest + count + 4) * U * UP * (squares * UP + r) + len(m) * columns * TINY


def form(s, absolute, v):
    """G = v s v', what it may be off by, and at least |v v'|_2; the rows of v are the vectors."""
    m, n = v.shape
    image = sum(v[:, k] @ s[k] for k in blocks(n))
    gram, inner, dot = image @ v.T, v @ v.T, (n + 4) * U * UP
    error = of_sum(n) * absolute * norm(v) ** 2 + dot * norm(image) * norm(v)
    error += (math.sqrt(m * n) * norm(v) + m) * n * TINY
    return (gram + gram.T) / 2, error, UP * np.abs(inner).sum(1).max() + dot * norm(v) ** 2


def check_kernel(a, claim, proof):
    n, single, size = len(a), a.dtype.itemsize == 4, claim["entry_error"]["size"]
    unit, tiny = (2.0**-24, 2.0**-149) if single else (U, TINY)
    a = a.astype(np.float64)
    s = np.tril(a) + np.tril(a, -1).T
    d = np.abs(np.diag(s))
    absolute = min(norm(s), UP * np.abs(s).sum(1).max())
    entry, moved = {
        "rounding": lambda: (unit * np.abs(a) + tiny, unit * absolute + n * tiny),
        "none": lambda: (np.zeros_like(a), 0.0),
        "relative": lambda: (size * np.sqrt(d)[:, None] * np.sqrt(d), size * UP * d.sum()),
        "absolute": lambda: (np.full_like(a, size), n * size),
    }[claim["entry_error"]["kind"]]()
    moved *= UP
    yield "the matrix is symmetric within its entries' error", np.all(np.abs(a - a.T) <= (entry + entry.T) * UP)
    shift = claim["shift"]
    distance = gram_distance(s - shift * np.eye(n), parts(proof["factor"]))
    lower = shift - UP * (distance + moved) - 4 * U * abs(shift)
    yield f"lambda_min >= {lower:.6g}, claimed {claim['lambda_min_lower']:.6g}", lower >= claim["lambda_min_lower"]
    v = proof["vectors"]
    gram, error, _ = form(s, absolute, v[:1])
    upper = (gram[0, 0] + error) / np.dot(v[0], v[0])
    upper += 1e-9 * abs(upper) / 2 + moved
    yield f"lambda_min <= {upper:.6g}, claimed {claim['lambda_min_upper']:.6g}", upper <= claim["lambda_min_upper"]
    if claim["negatives"] > 0:
        gram, error, inner = form(s, absolute, v[: claim["negatives"]])
        diagonal = np.diag(gram)
        circles = diagonal + (np.abs(gram).sum(1) - np.abs(diagonal)) + UP * (error + moved * inner)
        yield f"{claim['negatives']} eigenvalues are negative", len(gram) == claim["negatives"] and np.all(circles < 0)


def check_jacobian(a, claim, proof):
    (n, p), size = a.shape, claim["entry_error"]["size"]
    if p < n:
        yield f"lambda_min = 0: {p} columns", claim["lambda_min_lower"] <= 0 <= claim["lambda_min_upper"]
        return
    j = [a[:, k].astype(np.float64) for k in blocks(p)]
    frobenius = UP * math.sqrt(sum(norm(b) ** 2 for b in j))
    unit, tiny = (2.0**-24, 2.0**-149) if a.dtype.itemsize == 4 else (U, TINY)
    moved = UP * {
        "rounding": unit * frobenius + math.sqrt(n * p) * tiny,
        "none": 0.0,
        "relative": size * frobenius,
        "absolute": math.sqrt(n * p) * size,
    }[claim["entry_error"]["kind"]]
    x, factor, tau, v, sigma = proof["inverse"], proof["factor"], claim["shift"], proof["vectors"][0], 0.0
    if len(factor) == n:
        wrong = of_sum(n) * frobenius * norm(x) + math.sqrt(n * p) * n * TINY
        share = 1 - UP * gram_distance(np.eye(n), (sum(x[k].T @ b[k] for k in blocks(n)) for b in j))
        size_x = tau + UP * gram_distance(tau * np.eye(n), parts(x, factor))
        sigma = (math.sqrt(max(share, 0)) - UP * wrong) / math.sqrt(size_x) * (1 - 1e-9)
    lower = max(0.0, sigma - UP * moved) ** 2
    yield f"lambda_min >= {lower:.6g}, claimed {claim['lambda_min_lower']:.6g}", lower >= claim["lambda_min_lower"]
    image = [sum(v[k] @ b[k] for k in blocks(n)) for b in j]
    length = math.sqrt(np.dot(v, v))
    above = UP * math.sqrt(sum(norm(w) ** 2 for w in image)) + of_sum(n) * frobenius * length * UP
    upper = ((above + math.sqrt(p) * n * TINY + UP * moved * length) / length) ** 2 * (1 + 1e-9)
    yield f"lambda_min <= {upper:.6g}, claimed {claim['lambda_min_upper']:.6g}", upper <= claim["lambda_min_upper"]


def checks(matrix, certificate):
    proof = np.load(certificate, allow_pickle=False)
    claim = json.loads(proof["claim.json"])
    yield "the format is known", claim["format"] == "eigensweep certificate 1"
    digest = hashlib.sha256()
    with open(matrix, "rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    yield "the file is the one that was certified (SHA-256)", digest.hexdigest() == claim["sha256"]
    a = np.load(matrix, mmap_mode="r", allow_pickle=False)
    fits = a.dtype.name == claim["dtype"] in ("float32", "float64") and a.shape == (claim["rows"], claim["columns"])
    yield f"it holds {a.shape[0]} x {a.shape[1]} numbers of {a.dtype.name}, all finite", fits and np.isfinite(a).all()
    yield f"assuming of its entries: {claim['entry_error']}", True
    yield from {"kernel": check_kernel, "jacobian": check_jacobian}[claim["kind"]](a, claim, proof)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    results = []
    for what, holds in checks(sys.argv[1], sys.argv[2]):
        print("ok  " if holds else "FAIL", what, flush=True)
        results.append(bool(holds))
    sys.exit(not all(results))
