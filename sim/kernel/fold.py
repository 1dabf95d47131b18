"""Adding runs to whole-number summaries: sums that are exact and histograms, the same in whatever order.

A value becomes a whole number v of grid steps from the middle of a ruler (a middle and a half width per cell, fixed
before the first run). Kept per cell: the sum of v and of its square (|v| = a 2^20 + b, so that a a, a b and b b fit
int64), how many are negative, the least and most value, and counts in 127 bins of unequal width plus one for values
that are exactly 0.
Adding whole numbers has no order: any split of the runs, in any order, gives the same bits.

The bins: z = v / half, g = z / (1 + |z|) lies in (-1, 1) and is cut into equal parts. Within the ruler a bin is half/64
to half/16 wide, outside it grows with the distance, and no value is outside.
"""

import numpy as np
from numba import njit

VALUE_BINS = 127
ZERO_BIN = 127
BINS = 128
SHIFT = 20
LARGEST = 2.0**41  # grid steps: the squares of a million runs then still fit


@njit(cache=True, nogil=True)
def too_large(values, scale, bad):
    """bad[run] = 1 where a value of `values` (outputs, years, runs, units) is infinite or beyond the grid."""
    for k in range(values.shape[0]):
        limit = LARGEST / scale[k]
        for t in range(values.shape[1]):
            for r in range(values.shape[2]):
                for u in range(values.shape[3]):
                    if abs(values[k, t, r, u]) > limit:
                        bad[r] = 1


@njit(cache=True, nogil=True)
def fold(values, good, scale, middle, half, counts, sums, ends):
    """Adds the runs that are `good` to a summary; NaN (not defined for the unit) is left out.

    values (outputs, years, runs, units) float32; scale (outputs,) grid steps per unit; middle int64 and half float64
    (outputs, years, units) in grid steps. Changed: counts (outputs, years, units, BINS), sums (outputs, years, units,
    5) int64, ends (outputs, years, units, 2) float32: least and most, (inf, -inf) before the first value.
    """
    mask = (np.int64(1) << SHIFT) - 1
    for k in range(values.shape[0]):
        for t in range(values.shape[1]):
            for r in range(values.shape[2]):
                if good[r] == 0:
                    continue
                for u in range(values.shape[3]):
                    x = values[k, t, r, u] + np.float32(0.0)  # -0.0 becomes 0.0: which came first must not show
                    if np.isnan(x):
                        continue
                    v = np.int64(np.rint(np.float64(x) * scale[k])) - middle[k, t, u]
                    size = abs(v)
                    a, b = size >> SHIFT, size & mask
                    sums[k, t, u, 0] += v
                    sums[k, t, u, 1] += a * a
                    sums[k, t, u, 2] += a * b
                    sums[k, t, u, 3] += b * b
                    sums[k, t, u, 4] += 1 if x < 0.0 else 0
                    ends[k, t, u, 0] = min(ends[k, t, u, 0], x)
                    ends[k, t, u, 1] = max(ends[k, t, u, 1], x)
                    if x == 0.0:
                        counts[k, t, u, ZERO_BIN] += 1
                    else:
                        counts[k, t, u, bin_of(v / half[k, t, u])] += 1


@njit(cache=True, nogil=True)
def bin_of(z):
    """Which of the VALUE_BINS: never lower for a higher z."""
    g = z / (1.0 + abs(z))
    return max(0, min(VALUE_BINS - 1, np.int64((g + 1.0) * (0.5 * VALUE_BINS))))


@njit(cache=True, nogil=True)
def edge_of(b, middle, half, scale):
    """The lower end of a bin as a value; infinite at both ends of the scale."""
    if b <= 0:
        return -np.inf
    if b >= VALUE_BINS:
        return np.inf
    g = 2.0 * b / VALUE_BINS - 1.0
    return (middle + half * g / (1.0 - abs(g))) / scale


@njit(cache=True, nogil=True)
def quantile(counts, n, negative, q, middle, half, scale, least, most):
    """The q-quantile of the n values that were counted (so many are negative), off by at most the bin it lies in.

    Ranks run from 0 to n - 1 as in numpy's default; inside a bin values are taken to lie evenly, and never outside
    least and most. Values that are exactly 0 stand between the negative and the positive ones.
    """
    rank, below = q * (n - 1), 0.0
    at_zero = bin_of(-middle / half)
    for b in range(VALUE_BINS):
        start = max(least, edge_of(b, middle, half, scale))
        end = min(most, edge_of(b + 1, middle, half, scale))
        if b != at_zero:
            if counts[b] > 0 and rank <= below + counts[b] - 0.5:
                return inside(start, end, rank, below, np.float64(counts[b]), least, most)
            below += counts[b]
            continue
        some = negative - below  # of the bin with 0 in it: the part below 0
        if some > 0.0 and rank <= below + some - 0.5:
            return inside(start, min(end, 0.0), rank, below, some, least, most)
        below += some
        if counts[ZERO_BIN] > 0 and rank <= below + counts[ZERO_BIN] - 0.5:
            return 0.0
        below += counts[ZERO_BIN]
        some = counts[b] - some
        if some > 0.0 and rank <= below + some - 0.5:
            return inside(max(start, 0.0), end, rank, below, some, least, most)
        below += some
    return most


@njit(cache=True, nogil=True)
def inside(start, end, rank, below, some, least, most):
    """Where a rank lies in a bin from start to end that holds `some` values after the first `below`."""
    share = max(0.0, min(1.0, (rank - below + 0.5) / some))
    return max(least, min(most, start + share * (end - start)))


@njit(cache=True, nogil=True)
def describe(counts, sums, ends, scale, middle, half, quantiles, out):
    """out (cells, 4 + quantiles) float64: mean, standard deviation, least, the quantiles, most; NaN without a value.

    counts (cells, BINS), sums (cells, 5), ends (cells, 2), scale, middle, half (cells,) as in `fold`.
    """
    wide = 2.0**SHIFT
    for c in range(counts.shape[0]):
        n = 0
        for b in range(BINS):
            n += counts[c, b]
        if n == 0:
            out[c, :] = np.nan
            continue
        shift = sums[c, 0] / n
        squares = (sums[c, 1] * wide + 2.0 * sums[c, 2]) * wide + sums[c, 3]
        out[c, 0] = (middle[c] + shift) / scale[c]
        out[c, 1] = np.nan
        if n > 1:
            out[c, 1] = np.sqrt(max(0.0, squares - n * shift * shift) / (n - 1)) / scale[c]
        least, most = np.float64(ends[c, 0]), np.float64(ends[c, 1])
        out[c, 2] = least
        for i in range(quantiles.size):
            out[c, 3 + i] = quantile(
                counts[c], n, sums[c, 4], quantiles[i], middle[c], half[c], scale[c], least, most
            )  # fmt: skip
        out[c, 3 + quantiles.size] = most
