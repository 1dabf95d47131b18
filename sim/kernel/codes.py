"""How a number is read from the state (sim.kernel.record). Never stored: private to a process."""

# How an output is read.
COPY, WHOLE, PERCENT, SUM, MEAN, FLAG, BY_KIND = 0, 1, 2, 3, 4, 5, 6
# How a sum over a group is read; each gives n sums.
ONE, ADD, PRODUCT, POSITIVE, NEGATIVE, NOT_POSITIVE, BITS, NONZERO, N_READINGS = 0, 1, 2, 3, 4, 5, 6, 7, 8
NEGATIVE_RESULT, IN_REGISTER, WITHOUT_FUND = 0, 1, 2  # the events counted over runs
N_EVENTS = 3
COUNTED_ELSEWHERE = 2  # kind of unit: the county tasks of Oslo
