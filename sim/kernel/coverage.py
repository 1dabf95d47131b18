"""Earlier deficits: what the next budget owes, and whether the plan is too slow (kommuneloven §§ 14-10, 14-11, 28-1 c).

Vintages are covered oldest first. In December the year's own coverage is known but not yet closed, so it is
taken from the oldest vintages before anything is planned; `age_of_newest` is the age in the accounts year of the
vintage at index 0: 1 before the closing of that year, 0 after it.
"""

import math

from numba import njit

from sim.kernel.revenue import kr

NEVER = 99.0  # years: the plan does not say when


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
def longest_lawful(q):
    """Years the council may take in special cases or the ministry approves (§ 14-11), with what a temporary Act adds.

    The ministry's approval is of a plan for more years, so it stands before the council's years are past.
    """
    years = max(q.dekningsfrist, q.dekningsfrist_kommunestyre)
    if q.departement_forlenger > 0.0:
        years = max(years, q.dekningsfrist_departement)
    return years + q.dekningsfrist_tillegg


@njit(cache=True, nogil=True)
def coverage_owed(k, q, known, expected_new, age_of_newest):
    """What must be covered within 1, 2, 3 and 4 years after the accounts year at the latest, summed up; kr.

    Kommuneloven § 14-11 sets a last year and no pace: a vintage is owed in the last year that the council may take, or
    the ministry has approved. One past it is owed at once (§ 14-10(3)), and so is what is as old as the state can tell.
    """
    longest, paid, oldest = longest_lawful(q), known, k.merforbruk_argang.shape[0] - 1
    at_once, second, third, fourth = 0.0, 0.0, 0.0, 0.0
    for at in range(k.merforbruk_argang.shape[0] - 1, -1, -1):
        amount = k.merforbruk_argang[at]
        if amount > 0.0:
            settled = min(paid, amount)
            paid -= settled
            amount -= settled
            left = longest - at - age_of_newest if at < oldest else 0.0
            at_once += amount if left <= 1.0 else 0.0
            second += amount if left == 2.0 else 0.0
            third += amount if left == 3.0 else 0.0
            fourth += amount if left == 4.0 else 0.0
    # the deficit that is still to come has all its years
    at_once += expected_new if longest <= 1.0 else 0.0
    second += expected_new if longest == 2.0 else 0.0
    third += expected_new if longest == 3.0 else 0.0
    fourth += expected_new if longest == 4.0 else 0.0
    second += at_once
    third += second
    return at_once, second, third, third + fourth


@njit(cache=True, nogil=True)
def planned_too_late(k, known, standing, planned, age_of_newest, c_years):
    """True if the plan covers some vintage more than `c_years` years after it arose (§ 28-1 c).

    planned: coverage in the budget year and in each of the three years after it.
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
            if amount > settled and years_to_cover(before, planned) + at + age_of_newest > c_years:
                return True
    return before < standing and years_to_cover(standing, planned) > c_years


@njit(cache=True, nogil=True)
def years_to_cover(amount, planned):
    """Years from the accounts year until the plan has covered `amount`; after the plan at the pace of its last year."""
    left = amount
    for year in range(len(planned)):
        left -= planned[year]
        if left <= 0.0:
            return 1.0 + year
    pace = planned[len(planned) - 1]
    return len(planned) + math.ceil(left / pace) if pace > 0.0 else NEVER
