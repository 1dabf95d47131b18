"""Exact quantiles of many short series of float32, without sorting them."""

import math

import numpy as np
from numba import njit

BUCKETS = 2048


@njit(cache=True, nogil=True)
def order_statistics(x, low, high, ranks, counts, place, scratch, found):
    """The values of `x` at the ascending 0-based `ranks` go to `found`; they lie from `low` to `high`.

    One pass counts the values in buckets of equal width, a second copies those of the buckets that hold a wanted
    rank, and only these are sorted. counts, place (BUCKETS,) and scratch (at least len(x),) are work space.
    """
    if low == high:
        found[:] = low
        return
    scale = (BUCKETS - 1) / (np.float64(high) - np.float64(low))
    counts[:] = 0
    for i in range(x.size):
        counts[bucket_of(x[i], low, scale)] += 1
    choose(ranks, counts, place)
    for i in range(x.size):
        bucket = bucket_of(x[i], low, scale)
        if place[bucket] >= 0:
            scratch[place[bucket]] = x[i]
            place[bucket] += 1
    k, below = 0, 0
    for bucket in range(BUCKETS):
        n = counts[bucket]
        if place[bucket] >= 0:
            part = scratch[place[bucket] - n : place[bucket]]
            if part.min() < part.max():
                part.sort()
            while k < ranks.size and ranks[k] < below + n:
                found[k] = part[ranks[k] - below]
                k += 1
        below += n


@njit(cache=True, nogil=True)
def bucket_of(value, low, scale):
    """Which bucket: never lower for a higher value."""
    return np.int64((np.float64(value) - low) * scale)


@njit(cache=True, nogil=True)
def choose(ranks, counts, place):
    """place[bucket]: where the values of a bucket with a wanted rank begin in the scratch space; -1 for others."""
    k, below, size = 0, 0, 0
    for bucket in range(BUCKETS):
        place[bucket] = -1
        if k < ranks.size and ranks[k] < below + counts[bucket]:
            place[bucket] = size
            size += counts[bucket]
            while k < ranks.size and ranks[k] < below + counts[bucket]:
                k += 1
        below += counts[bucket]


@njit(cache=True, nogil=True)
def summarise(block, low_rank, high_rank, weight, ranks, out):
    """Mean and quantiles over runs: block (cells, runs) float32, out (cells, 1 + quantiles) float32.

    Quantile q is found[low_rank[q]] + weight[q] * (found[high_rank[q]] - found[low_rank[q]]), with `found`
    the values at `ranks`: linear interpolation, numpy's default. Means are added up in the order of the runs.
    """
    counts, place = np.empty(BUCKETS, np.int64), np.empty(BUCKETS, np.int64)
    scratch = np.empty(block.shape[1], np.float32)
    found = np.empty(ranks.size, np.float32)
    for cell in range(block.shape[0]):
        # while one addition waits for the one before, the comparisons cost nothing
        total, least, most = 0.0, block[cell, 0], block[cell, 0]
        for r in range(block.shape[1]):
            value = block[cell, r]
            total += np.float64(value)
            least, most = min(least, value), max(most, value)
        out[cell, 0] = np.float32(total / block.shape[1])
        if math.isfinite(total):  # no sum of float32 is too large for a float64
            order_statistics(block[cell], least, most, ranks, counts, place, scratch, found)
        else:
            found[:] = np.nan
        for q in range(weight.size):
            low, high = np.float64(found[low_rank[q]]), np.float64(found[high_rank[q]])
            out[cell, 1 + q] = np.float32(low + weight[q] * (high - low))
