"""Reading the state: declared outputs, sums by group and counts of events in one pass over the records.

A record of a unit is about 2.2 kB. Reading a column with numpy touches every record again, a dozen outputs a
dozen times; here it is done while a run is in the cache. Records are viewed as words of eight
bytes: `words` as float64 and `whole` as int64. What to read stands in small tables of integers (sim.outputs):
a row (how, a, b, n) with a and b the position of a word in the record and n the number of words.
"""

import numpy as np
from numba import njit

from sim.kernel import codes
from sim.kernel.borrow import borrowed

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
def by_reading(totals, n_sums, starts):
    """The n_sums sums of the table as rows (place, a, b): those that are read alike stand together.

    starts (N_READINGS + 1,) is filled: how = h is read by rows starts[h] to starts[h + 1]. The word of BITS is a, its
    bit b. Places are unsigned, for a signed one is looked at each time whether it counts from the end.
    """
    items, found = np.empty((n_sums, 3), np.uint32), 0
    for reading in range(codes.N_READINGS):
        starts[reading], place = found, 0
        for k in range(totals.shape[0]):
            how, a, b, n = totals[k, 0], totals[k, 1], totals[k, 2], totals[k, 3]
            for i in range(n):
                if how == reading:
                    items[found, 0] = place
                    items[found, 1], items[found, 2] = (a, i) if how == codes.BITS else (a + i, b + i)
                    found += 1
                place += 1
    starts[codes.N_READINGS] = found
    return items


@njit(cache=True, nogil=True)
def add_unit(record, whole, counted, items, starts, sums):
    """Adds a unit to the sums (sums,) of its group, in the order of `by_reading`.

    One that is not `counted` is in the sums of amounts and in no count. The sums do not wait for one another, as they
    would if each went through all units by itself.
    """
    for i in range(starts[codes.ADD], starts[codes.ADD + 1]):
        sums[i] += record[items[i, 1]]
    for i in range(starts[codes.PRODUCT], starts[codes.PRODUCT + 1]):
        sums[i] += record[items[i, 1]] * record[items[i, 2]]
    if not counted:
        return
    for i in range(starts[codes.ONE], starts[codes.ONE + 1]):
        sums[i] += 1.0
    for i in range(starts[codes.POSITIVE], starts[codes.POSITIVE + 1]):
        sums[i] += 1.0 if record[items[i, 1]] > 0.0 else 0.0
    for i in range(starts[codes.NEGATIVE], starts[codes.NEGATIVE + 1]):
        sums[i] += 1.0 if record[items[i, 1]] < 0.0 else 0.0
    for i in range(starts[codes.NOT_POSITIVE], starts[codes.NOT_POSITIVE + 1]):
        sums[i] += 1.0 if record[items[i, 1]] <= 0.0 else 0.0
    for i in range(starts[codes.BITS], starts[codes.BITS + 1]):
        sums[i] += np.float64((whole[items[i, 1]] >> items[i, 2]) & 1)
    for i in range(starts[codes.NONZERO], starts[codes.NONZERO + 1]):
        sums[i] += 1.0 if whole[items[i, 1]] != 0 else 0.0


@njit(cache=True, nogil=True)
def add_up(words, whole, kind, items, starts, found, sums):
    """The sums (2, sums) of a run over kommuner and over fylkeskommuner; found (2, sums) is scratch.

    kind: 0 kommune, 1 fylkeskommune, 2 the county tasks of Oslo, which are in the sums of fylkeskommuner but not in
    their counts: the city is counted once, as a kommune.
    """
    words, whole, found = borrowed(words), borrowed(whole), borrowed(found)  # the caller holds them
    found[:] = 0.0
    for u in range(words.shape[0]):
        group, counted = 0 if kind[u] == 0 else 1, kind[u] != codes.COUNTED_ELSEWHERE
        add_unit(words[u], whole[u], counted, items, starts, found[group])
    for i in range(items.shape[0]):
        sums[0, items[i, 0]], sums[1, items[i, 0]] = found[0, i], found[1, i]


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
    starts = np.empty(codes.N_READINGS + 1, np.int64)
    items, found = by_reading(totals, sums.shape[2], starts), np.empty((2, sums.shape[2]))
    for r in range(words.shape[0]):
        for k in range(outputs.shape[0]):
            how, a, b, n = outputs[k, 0], outputs[k, 1], outputs[k, 2], outputs[k, 3]
            read_output(words[r], whole[r], kind, how, a, b, n, panel[k, r])
        add_up(words[r], whole[r], kind, items, starts, found, sums[r])
        count_events(words[r], whole[r], events, counts)
