"""Exact quantiles of many short series of float32, without sorting them."""

import math

import numpy as np
from numba import njit

BUCKETS = 2048


@njit(cache=True, nogil=True)
def order_statistics(x, ranks, counts, scratch, found):
    """The values of `x` at the ascending 0-based `ranks` go to `found`; NaN if any value is not finite.

    One pass puts the values into buckets of equal width, a second one collects a bucket that holds a wanted
    rank, and only that is sorted. counts (BUCKETS,) and scratch (at least len(x),) are work space.
    """
    low, high, finite = x[0], x[0], True
    for i in range(x.size):
        value = x[i]
        finite &= math.isfinite(value)
        low = value if value < low else low
        high = value if value > high else high
    if not finite or low == high:
        found[:] = low if finite else np.nan
        return
    scale = (BUCKETS - 1) / (np.float64(high) - np.float64(low))
    counts[:] = 0
    for i in range(x.size):
        counts[np.int64((np.float64(x[i]) - low) * scale)] += 1
    k, below = 0, 0
    for bucket in range(BUCKETS):
        if k == ranks.size:
            break
        if ranks[k] < below + counts[bucket]:
            part = scratch[: counts[bucket]]
            if not collect(x, low, scale, bucket, part):
                part.sort()
            while k < ranks.size and ranks[k] < below + counts[bucket]:
                found[k] = part[ranks[k] - below]
                k += 1
        below += counts[bucket]


@njit(cache=True, nogil=True)
def collect(x, low, scale, bucket, part):
    """Copies the values of one bucket to `part`, with room for just these; True if all are equal."""
    size, equal = 0, True
    for i in range(x.size):
        if np.int64((np.float64(x[i]) - low) * scale) == bucket:
            part[size] = x[i]
            equal &= part[size] == part[0]
            size += 1
    return equal


@njit(cache=True, nogil=True)
def summarise(block, low_rank, high_rank, weight, ranks, out):
    """Mean and quantiles over runs: block (cells, runs) float32, out (cells, 1 + quantiles) float32.

    Quantile q is found[low_rank[q]] + weight[q] * (found[high_rank[q]] - found[low_rank[q]]), with `found`
    the values at `ranks`: linear interpolation, numpy's default. Means are added up in the order of the runs.
    """
    counts = np.empty(BUCKETS, np.int64)
    scratch = np.empty(block.shape[1], np.float32)
    found = np.empty(ranks.size, np.float32)
    for cell in range(block.shape[0]):
        total = 0.0
        for r in range(block.shape[1]):
            total += np.float64(block[cell, r])
        out[cell, 0] = np.float32(total / block.shape[1])
        order_statistics(block[cell], ranks, counts, scratch, found)
        for q in range(weight.size):
            low, high = np.float64(found[low_rank[q]]), np.float64(found[high_rank[q]])
            out[cell, 1 + q] = np.float32(low + weight[q] * (high - low))
