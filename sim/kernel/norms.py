"""What norms in law tie up in services, and what a change of them frees (levers; opplaringslova, barnehageloven).

The floors of portfolio.floor_share hold at today's norms. No source says how much of a floor each norm makes, so the
parts are assumptions with a range.
"""

from numba import njit

GRUNNSKOLE, PLEIE, BARNEHAGE, KOMMUNEHELSE = 0, 1, 2, 3
PER_SCHOOL, PER_KOMMUNE, NONE = 0.0, 1.0, 2.0  # lever larernorm
STAFF_SHARE = 0.8  # of the cost of a kindergarten: what the norm for staff moves (range 0.7-0.85)


@njit(cache=True, nogil=True)
def change_norms(q, floors):
    """Lower or raise the floors (sectors,) of kommuner by what the norms in force differ from today's."""
    if q.larernorm == PER_KOMMUNE:  # a small school may have larger ratios where another has smaller ones
        floors[GRUNNSKOLE] *= 1.0 - q.larernorm_skole
    elif q.larernorm == NONE:
        floors[GRUNNSKOLE] *= 1.0 - q.larernorm_andel
    floors[BARNEHAGE] *= 1.0 + STAFF_SHARE * (q.barnehagenorm - 1.0)
    if q.kompetansekrav < 1.0:
        floors[PLEIE] *= 1.0 - q.kompetansekrav_andel
        floors[KOMMUNEHELSE] *= 1.0 - q.kompetansekrav_andel
