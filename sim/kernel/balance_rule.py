"""ROBEK: entry on a ground (kommuneloven § 28-1), exit when the ground has lapsed (§ 28-5).

A set of grounds is a number whose bits 0 to 6 are the letters a to g.
"""

from numba import njit

A, B, C, D, E, F, G = 1, 2, 4, 8, 16, 32, 64
LETTERS = "abcdefg"
BY_BUDGET = A | B | E  # lapse with next year's clean budget and plan, adopted in time
BY_COVERAGE = C | D | G  # lapse when all merforbruk is covered

EXIT_ZERO, EXIT_BELOW_THRESHOLD = 0, 1  # § 28-5 as it stands; the counterfactual


@njit(cache=True, nogil=True)
def planned_too_late(vintage_year, planned_year, c_years):
    """Whether budget or plan spreads coverage over more than `c_years` years after it arose, § 28-1 c."""
    return planned_year > vintage_year + c_years


@njit(cache=True, nogil=True)
def grounds_from_budget(balanse, plan_balanse, dekning_for_sent, i_tide):
    """Grounds a, b, c (plan branch), e of the original budget and okonomiplan.

    `balanse` of the budget and the weakest year of the plan: below 0 is adopted with merforbruk, to which an
    unspecified saving counts (KDD, 14 February 2022). `dekning_for_sent`: coverage planned too late.
    """
    found = 0
    if balanse < 0.0:
        found |= A
    if plan_balanse < 0.0:
        found |= B
    if dekning_for_sent:
        found |= C
    if not i_tide:
        found |= E
    return found


@njit(cache=True, nogil=True)
def grounds_from_accounts(vintages, merforbruk, driftsinntekter, i_tide, c_years, d_threshold):
    """Grounds c (accounts branch), d, f of the closed accounts; `merforbruk` is the sum of `vintages` by age.

    c: a vintage still stands when the accounts of the last year in which it may be covered are closed.
    d: strictly more than the threshold. In float64 0.03 * 100 k is exactly 3 k: not at 3 %, only above it.
    """
    found = 0
    if merforbruk > 0.0:
        for age in range(int(c_years), vintages.shape[0]):
            if vintages[age] > 0.0:
                found |= C
                break
        if merforbruk > d_threshold * driftsinntekter:
            found |= D
    if not i_tide:
        found |= F
    return found


@njit(cache=True, nogil=True)
def review_budget(register, found):
    """The register after the review of budget and plan in January: a, b, e as found now, c added if found."""
    return (register & ~BY_BUDGET) | (found & (BY_BUDGET | C))


@njit(cache=True, nogil=True)
def review_accounts(register, found, merforbruk, exit_rule):
    """The register after the review of accounts in June: f as found now; c, d, g stay until all is covered.

    Under EXIT_BELOW_THRESHOLD c and d lapse when they no longer hold, and g together with d.
    """
    lapsed = F
    if merforbruk <= 0.0:
        lapsed |= BY_COVERAGE
    elif exit_rule == EXIT_BELOW_THRESHOLD:
        lapsed |= C | D
        if not found & D:
            lapsed |= G
    return (register & ~lapsed) | (found & (C | D | F))


@njit(cache=True, nogil=True)
def update_register(register, found, merforbruk, exit_rule):
    """The register after both reviews of a year, `found` being the grounds of budget, plan and accounts."""
    return review_accounts(review_budget(register, found), found, merforbruk, exit_rule)
