"""Reading the state: declared outputs, sums by group and counts of events in one pass over the records.

A record of a unit is about 1.6 kB. Reading a column with numpy touches every record again, a dozen outputs a
dozen times; here each record is read once, while it is in the cache. Records are viewed as words of eight
bytes: `words` as float64 and `whole` as int64. What to read stands in small tables of integers (sim.outputs):
a row (how, a, b, n) with a and b the position of a word in the record and n the number of words.
"""

import numpy as np
from numba import njit

from sim.kernel import codes

NOT_DEFINED = np.nan


@njit(cache=True, nogil=True)
def read_output(words, whole, kind, how, a, b, n, out):
    """One output of all units of a run; NaN where not defined (a ratio to nothing, a sector not had)."""
    for u in range(words.shape[0]):
        if how == codes.COPY:
            value = words[u, a]
        elif how == codes.WHOLE:
            value = np.float64(whole[u, a])
        elif how == codes.FLAG:
            value = 1.0 if whole[u, a] != 0 else 0.0
        elif how == codes.PERCENT:
            value = ratio(100.0 * words[u, a], words[u, b])
        elif how == codes.BY_KIND:
            position = a if kind[u] == 0 else b
            value = words[u, position] if position >= 0 else np.nan
        else:
            value = combine(words[u], how, a, b, n)
        out[u] = np.float32(value)


@njit(cache=True, nogil=True)
def ratio(part, whole):
    """part / whole, NaN for a ratio to nothing."""
    return part / whole if whole != 0.0 else np.nan


@njit(cache=True, nogil=True)
def combine(record, how, a, b, n):
    """The sum of n words from a, or their mean weighted by the n words from b."""
    total, weight = 0.0, 0.0
    for i in range(n):
        factor = 1.0 if how == codes.SUM else record[b + i]
        total += record[a + i] * factor
        weight += factor
    return total if how == codes.SUM else ratio(total, weight)


@njit(cache=True, nogil=True)
def add_up(words, whole, kind, how, a, b, i):
    """Sum number i of a row of totals over the units of a run, in their order: (kommuner, fylkeskommuner).

    kind: 0 kommune, 1 fylkeskommune, 2 the county tasks of Oslo, which are in the sums of fylkeskommuner but not in
    their counts: the city is counted once, as a kommune.
    """
    kommuner, fylkeskommuner = 0.0, 0.0
    amount = how == codes.ADD or how == codes.PRODUCT
    for u in range(words.shape[0]):
        if kind[u] == codes.COUNTED_ELSEWHERE and not amount:
            continue
        if how == codes.ADD:
            value = words[u, a + i]
        elif how == codes.POSITIVE:
            value = 1.0 if words[u, a + i] > 0.0 else 0.0
        elif how == codes.NEGATIVE:
            value = 1.0 if words[u, a + i] < 0.0 else 0.0
        elif how == codes.NOT_POSITIVE:
            value = 1.0 if words[u, a + i] <= 0.0 else 0.0
        elif how == codes.BITS:
            value = np.float64((whole[u, a] >> i) & 1)
        elif how == codes.NONZERO:
            value = 1.0 if whole[u, a + i] != 0 else 0.0
        elif how == codes.PRODUCT:
            value = words[u, a + i] * words[u, b + i]
        else:
            value = 1.0
        if kind[u] == 0:
            kommuner += value
        else:
            fylkeskommuner += value
    return kommuner, fylkeskommuner


@njit(cache=True, nogil=True)
def count_events(words, whole, events, counts):
    """Adds a run to counts (units, 3): result below 0, in the register, without fund."""
    result, register, fund = events[0], events[1], events[2]
    for u in range(words.shape[0]):
        counts[u, codes.NEGATIVE_RESULT] += 1 if words[u, result] < 0.0 else 0
        counts[u, codes.IN_REGISTER] += 1 if whole[u, register] != 0 else 0
        counts[u, codes.WITHOUT_FUND] += 1 if words[u, fund] <= 0.0 else 0


@njit(cache=True, nogil=True)
def record_year(words, whole, kind, outputs, totals, events, panel, sums, counts):
    """Writes one closed year of a chunk of runs.

    words, whole: (runs, units, words) views of the state. kind: (units,), see add_up. outputs, totals: tables
    (rows, 4). events: the words of result, register and fund. After the call panel (outputs, runs, units)
    float32 is overwritten, sums (runs, 2, totals) float64 is overwritten and counts (units, 3) is added to.
    Units are added in their order within each run, so the sums depend on neither threads nor chunks.
    """
    for r in range(words.shape[0]):
        for k in range(outputs.shape[0]):
            how, a, b, n = outputs[k, 0], outputs[k, 1], outputs[k, 2], outputs[k, 3]
            read_output(words[r], whole[r], kind, how, a, b, n, panel[k, r])
        at = 0
        for k in range(totals.shape[0]):
            how, a, b, n = totals[k, 0], totals[k, 1], totals[k, 2], totals[k, 3]
            for i in range(n):
                sums[r, 0, at], sums[r, 1, at] = add_up(words[r], whole[r], kind, how, a, b, i)
                at += 1
        count_events(words[r], whole[r], events, counts)
