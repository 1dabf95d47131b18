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
def read_output(record, whole, fylke, how, a, b, n):
    """One output of one unit; NaN where not defined (a ratio to nothing, a sector the unit does not have)."""
    if how == codes.COPY:
        return record[a]
    if how == codes.WHOLE:
        return np.float64(whole[a])
    if how == codes.PERCENT:
        return 100.0 * record[a] / record[b] if record[b] != 0.0 else NOT_DEFINED
    if how == codes.FLAG:
        return 1.0 if whole[a] != 0 else 0.0
    if how == codes.BY_KIND:
        position = b if fylke else a
        return record[position] if position >= 0 else NOT_DEFINED
    total, weight = 0.0, 0.0
    for i in range(n):
        factor = 1.0 if how == codes.SUM else record[b + i]
        total += record[a + i] * factor
        weight += factor
    if how == codes.MEAN:
        return total / weight if weight != 0.0 else NOT_DEFINED
    return total


@njit(cache=True, nogil=True)
def add_to_sums(record, whole, program, sums):
    """Adds one unit to the sums of its group, in the order of the program."""
    at = 0
    for row in range(program.shape[0]):
        how, a, b, n = program[row, 0], program[row, 1], program[row, 2], program[row, 3]
        if how == codes.ADD:
            for i in range(n):
                sums[at + i] += record[a + i]
        elif how == codes.POSITIVE:
            for i in range(n):
                sums[at + i] += 1.0 if record[a + i] > 0.0 else 0.0
        elif how == codes.BITS:
            for i in range(n):
                sums[at + i] += np.float64((whole[a] >> i) & 1)
        elif how == codes.ADD_DOT:
            for i in range(n):
                sums[at] += record[a + i] * record[b + i]
            n = 1
        elif how == codes.NEGATIVE:
            sums[at] += 1.0 if record[a] < 0.0 else 0.0
        elif how == codes.NOT_POSITIVE:
            sums[at] += 1.0 if record[a] <= 0.0 else 0.0
        elif how == codes.NONZERO:
            sums[at] += 1.0 if whole[a] != 0 else 0.0
        else:
            sums[at] += 1.0
        at += n


@njit(cache=True, nogil=True)
def record_year(words, whole, er_fylke, outputs, totals, events, panel, sums, counts):
    """Writes one closed year of a chunk of runs.

    words, whole: (runs, units, words) views of the state. er_fylke: (units,) 0 or 1. outputs, totals: tables
    (rows, 4). events: the words of result, register and fund. After the call panel (outputs, runs, units)
    float32 is overwritten, sums (runs, 2, totals) float64 is overwritten and counts (units, 3) is added to.
    Units are added in their order within each run, so the sums depend on neither threads nor chunks.
    """
    result, register, fund = events[0], events[1], events[2]
    sums[:] = 0.0
    for r in range(words.shape[0]):
        for u in range(words.shape[1]):
            record, integers = words[r, u], whole[r, u]
            fylke = er_fylke[u] != 0
            for k in range(outputs.shape[0]):
                value = read_output(
                    record, integers, fylke, outputs[k, 0], outputs[k, 1], outputs[k, 2], outputs[k, 3]
                )
                panel[k, r, u] = np.float32(value)
            add_to_sums(record, integers, totals, sums[r, 1 if fylke else 0])
            counts[u, codes.NEGATIVE_RESULT] += 1 if record[result] < 0.0 else 0
            counts[u, codes.IN_REGISTER] += 1 if integers[register] != 0 else 0
            counts[u, codes.WITHOUT_FUND] += 1 if record[fund] <= 0.0 else 0
