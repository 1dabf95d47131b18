"""What the year of a unit leaves behind for whoever explains it: its record between the steps of the year, and the
numbers that December reckoned with and no column keeps.

Nothing here moves a number: snapshots are copies, and the notes lie in scratch that the sweep overwrites.
"""

from numba import njit

# the record of a unit after each step of its year
INCOME, BOOKED, ADOPTED, REVIEWED, CLOSED, REVISED, N_SNAPSHOTS = 0, 1, 2, 3, 4, 5, 6

# rows of `work`: caps and amounts of the continuous measures in per cent of revenue, slack above the floors, kr
CAP, AMOUNT, SLACK, NOTES, N_ROWS = 0, 1, 2, 3, 4
# places in the row NOTES, all in kr: the fund and the new deficit that December expects, coverage owed to the
# deadline, deficits that stand, relief asked for, amortisation planned and least, use of the fund open to the budget
FUND, NEW_DEFICIT, DUE, STANDING, RELIEF, AMORTISATION, MINIMUM, USABLE = 0, 1, 2, 3, 4, 5, 6, 7


@njit(cache=True, nogil=True)
def keep(snapshots, at, k):
    """Copy the record into its place if there is room: a sweep brings none."""
    if at < snapshots.shape[0]:
        snapshots[at] = k
