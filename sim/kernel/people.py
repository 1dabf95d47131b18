"""People and what they need: age groups that follow the national projection and the unit's own growth."""

from numba import njit

N_AGES, N_SECTORS = 8, 8


@njit(cache=True, nogil=True)
def move_people(k, w, n, growth_shock, q, year):
    """The age groups of 1 January `year`: national growth of each group, scaled to the unit's own total growth.

    The unit's total follows its projection, the distance of this run's national path from the main one, and
    a persistent local deviation.
    """
    k.lokal_vekst = q.lokal_vekst_treghet * k.lokal_vekst + q.lokal_vekst_spredning * k.risikofaktor * growth_shock
    by_age = 0.0
    for g in range(N_AGES):
        by_age += k.alder[g] * n.aldersvekst[g]
    step = min(year - 2027, 24)
    total = k.folketall * w.vekst[step] * n.vekst_mot_hovedalternativ * (1.0 + k.lokal_vekst)
    scale = total / by_age
    for g in range(N_AGES):
        k.alder[g] *= n.aldersvekst[g] * scale
    k.folketall = total


@njit(cache=True, nogil=True)
def assess_need(k, w, by_age, need, first):
    """Need by sector in kr of 2025: persons times unit cost, and what does not follow age; and its growth."""
    # ages outside, sectors inside: eight sums side by side instead of one long chain
    for s in range(N_SECTORS):
        need[s] = w.behov_rest[s] * k.folketall
    for g in range(N_AGES):
        persons = k.alder[g]
        for s in range(N_SECTORS):
            need[s] += by_age[g, s] * persons
    for s in range(N_SECTORS):
        k.behovsvekst[s] = 0.0 if first or k.behov[s] <= 0.0 else need[s] / k.behov[s] - 1.0
        k.behov[s] = need[s]
