"""Earlier deficits: what the next budget owes, and whether the plan is too slow (kommuneloven §§ 14-10, 14-11, 28-1 c).

Vintages are covered oldest first. In December the year's own coverage is known but not yet closed, so it is
taken from the oldest vintages before anything is planned; `age_of_newest` is the age in the accounts year of the
vintage at index 0: 1 before the closing of that year, 0 after it.
"""

import math

from numba import njit

from sim.kernel.revenue import kr


@njit(cache=True, nogil=True)
def coverage_due(k, known, expected_new, age_of_newest, deadline, extended):
    """Coverage that the next budget owes at least, and the deficits that stand, kr.

    Each vintage is covered in equal parts over the years it has left of the `deadline`; one that is past it follows
    the longer plan that is approved, `extended` years from when it arose, and is owed at once where there is none.
    """
    due, standing, paid = expected_new / max(1.0, deadline), expected_new, known
    for at in range(k.merforbruk_argang.shape[0] - 1, -1, -1):
        amount = k.merforbruk_argang[at]
        if amount > 0.0:
            settled = min(paid, amount)
            paid -= settled
            amount -= settled
            age = at + age_of_newest
            left = deadline - age
            if left < 1.0:
                left = max(1.0, extended - age)
            due += amount / left
            standing += amount
    return kr(due), kr(standing)


@njit(cache=True, nogil=True)
def planned_too_late(k, known, standing, coverage, pace, age_of_newest, c_years):
    """True if the plan covers some vintage more than `c_years` years after it arose (§ 28-1 c).

    The plan covers `coverage` in the budget year and `pace` in each year after it.
    """
    if standing <= 0.0:
        return False
    before, paid = 0.0, known
    for at in range(k.merforbruk_argang.shape[0] - 1, -1, -1):
        amount = k.merforbruk_argang[at]
        if amount > 0.0:
            settled = min(paid, amount)
            paid -= settled
            before += amount - settled
            if amount > settled and years_to_cover(before, coverage, pace) + at + age_of_newest > c_years:
                return True
    return before < standing and years_to_cover(standing, coverage, pace) > c_years


@njit(cache=True, nogil=True)
def years_to_cover(amount, coverage, pace):
    """Years from the accounts year until the plan has covered `amount`."""
    return 1.0 + math.ceil(max(0.0, amount - coverage) / pace)
