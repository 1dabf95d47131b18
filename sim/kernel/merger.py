"""Before a merger: the small overspend while others will pay (behaviour.md A17, § 7 no. 15).

In years in which the lever `sammenslaing_grense` is above 0, kommuner below it are to merge with their nearest
neighbour. The small one (junior) overspends on services and investment, the one it joins (senior) on investment only;
it shows in overruns, not in budgets. The merger itself is not carried out: units stay what they are.
"""

from numba import njit

NONE, JUNIOR, SENIOR = 0.0, 1.0, 2.0


@njit(cache=True, nogil=True)
def name_mergers(units, world, n_kommuner, n, q):
    """Sets `sammenslaing` of every kommune for the year: none, junior or senior."""
    if q.sammenslaing_grense <= 0.0 and n.sammenslaing <= 0.0:
        return  # nothing to set, and nothing of last year to take back
    n.sammenslaing = 1.0 if q.sammenslaing_grense > 0.0 else 0.0
    for u in range(n_kommuner):
        small = units[u].folketall < q.sammenslaing_grense
        units[u].sammenslaing = JUNIOR if small else NONE
    for u in range(n_kommuner):
        joined = units[world[u].naboer[0]]
        if units[u].sammenslaing == JUNIOR and joined.sammenslaing == NONE:
            joined.sammenslaing = SENIOR


@njit(cache=True, nogil=True)
def overrun_before(k, q):
    """Share of revenue by which operations overrun the budget because of a merger to come."""
    return q.sammenslaing_drift if k.sammenslaing == JUNIOR else 0.0


@njit(cache=True, nogil=True)
def investment_before(k, q):
    """Factor on planned investment: both partners build what the new kommune will pay off."""
    return 1.0 + q.sammenslaing_investering if k.sammenslaing != NONE else 1.0
