"""Chance has an address, not a turn: a pure function of (seed, stream, run, code, year).

Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"), normals by inversion
(Wichura 1988, algorithm AS 241): one uniform gives one normal and more gives more, so two scenarios that
read the same address meet the same shock.
"""

import math

import numpy as np
from numba import njit

LOW = np.uint64(0xFFFFFFFF)
MULTIPLY_0, MULTIPLY_1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
WEYL_0, WEYL_1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
HALF_WORD = np.uint64(32)
TO_UNIT = 2.0**-32
MIDDLE, FAR = 0.425, 5.0  # of AS 241: where the distribution is cut, as |p - 0.5| and as sqrt(-log p)
END = 1.3887943864964021e-11  # exp(-FAR^2)


@njit(cache=True, nogil=True, inline="always")
def philox(c0, c1, c2, c3, k0, k1):
    """Four 32-bit words (as uint64) of counter (c0..c3) under key (k0, k1), ten rounds."""
    for _ in range(10):
        p0 = MULTIPLY_0 * c0
        p1 = MULTIPLY_1 * c2
        c0, c1, c2, c3 = (p1 >> HALF_WORD) ^ c1 ^ k0, p1 & LOW, (p0 >> HALF_WORD) ^ c3 ^ k1, p0 & LOW
        k0 = (k0 + WEYL_0) & LOW
        k1 = (k1 + WEYL_1) & LOW
    return c0, c1, c2, c3


@njit(cache=True, nogil=True, inline="always")
def uniforms(seed, stream, run, code, year):
    """Four independent numbers in (0, 1), never 0 or 1, of this address."""
    word = np.uint64(seed)
    a, b, c, d = philox(
        np.uint64(run) & LOW, np.uint64(code) & LOW, np.uint64(year) & LOW, np.uint64(stream) & LOW,
        word & LOW, word >> HALF_WORD,
    )  # fmt: skip
    # via int64: the conversion to float is one instruction for signed integers, several for unsigned
    return (
        (np.int64(a) + 0.5) * TO_UNIT, (np.int64(b) + 0.5) * TO_UNIT,
        (np.int64(c) + 0.5) * TO_UNIT, (np.int64(d) + 0.5) * TO_UNIT,
    )  # fmt: skip


@njit(cache=True, nogil=True)
def uniforms_of_all(world, seed, stream, run, year, out):
    """`uniforms` of every unit into out (4, units): eight units at a time at a third of the price (both are inlined)."""
    for u in range(world.shape[0]):
        out[0, u], out[1, u], out[2, u], out[3, u] = uniforms(seed, stream, run, world[u].kode, year)


@njit(cache=True, nogil=True)
def put(lanes, table, column):
    """The four lanes (4, units) become the columns of table (units, n) from `column` on."""
    for u in range(len(table)):
        for i in range(4):
            table[u, column + i] = lanes[i, u]


@njit(cache=True, nogil=True)
def to_normal(p):
    """The standard normal quantile of p in (0, 1), AS 241 (PPND16): relative accuracy about 1e-16."""
    q = p - 0.5
    if abs(q) <= MIDDLE:
        return _middle(q)
    r = math.sqrt(-math.log(p if q < 0.0 else 1.0 - p))
    value = _tail(r) if r <= FAR else _end(r)
    return -value if q < 0.0 else value


@njit(cache=True, nogil=True)
def to_normals(p, z):
    """z[i] = `to_normal(p[i])` for all i, at less than half the price.

    The middle is worked out for all of them, eight at a time; then those in the tails, gathered, once more.
    """
    n, where, tail = 0, np.empty(p.shape[0]), np.empty(p.shape[0])
    for i in range(p.shape[0]):
        z[i] = _middle(p[i] - 0.5)
    for i in range(p.shape[0]):
        where[n] = i  # kept only if it is in a tail: no guess about it can go wrong
        n += 1 if abs(p[i] - 0.5) > MIDDLE else 0
    for j in range(n):
        at = int(where[j])
        tail[j] = -math.log(p[at] if p[at] < 0.5 else 1.0 - p[at])
    for j in range(n):
        tail[j] = _tail(math.sqrt(tail[j]))
    for j in range(n):
        at = int(where[j])
        z[at] = -tail[j] if p[at] < 0.5 else tail[j]
        if min(p[at], 1.0 - p[at]) < 2.0 * END:
            z[at] = to_normal(p[at])


# the three pieces of AS 241; no denominator is 0, so division need not be looked after (numpy's does not stop the
# compiler from taking eight at a time)
@njit(cache=True, nogil=True, error_model="numpy")
def _middle(q):
    r = 0.180625 - q * q
    return q * _poly(
        r, 3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
        4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3,
    ) / _poly(
        r, 1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
        2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3,
    )  # fmt: skip


@njit(cache=True, nogil=True, error_model="numpy")
def _tail(r):
    r -= 1.6
    return _poly(
        r, 1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
        1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
    ) / _poly(
        r, 1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
        1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
    )  # fmt: skip


@njit(cache=True, nogil=True, error_model="numpy")
def _end(r):
    r -= 5.0
    return _poly(
        r, 6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
        2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
    ) / _poly(
        r, 1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
        7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
    )  # fmt: skip


@njit(cache=True, nogil=True)
def _poly(x, a, b, c, d, e, f, g, h):
    # Estrin's order: three steps deep instead of seven, which is what the time goes to
    x2 = x * x
    return ((a + b * x) + (c + d * x) * x2) + ((e + f * x) + (g + h * x) * x2) * (x2 * x2)


@njit(cache=True, nogil=True, inline="always")
def normals(seed, stream, run, code, year):
    """Four independent standard normals of this address."""
    a, b, c, d = uniforms(seed, stream, run, code, year)
    return to_normal(a), to_normal(b), to_normal(c), to_normal(d)
