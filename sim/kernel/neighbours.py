"""Imitation: what others of the network did last year moves what a kommune does, never what it draws.

behaviour.md C5, C6, § 7 no. 18. Two networks: the eight nearest, and eight peers of the same size group and revenue
type (World). All look at last year, so the order of the units does not count. With `naboeffekt` 0 nothing is read
and nothing moves: every number is that of a model without this file.
"""

import numpy as np
from numba import njit

from sim.kernel.portfolio import FLOOR
from sim.kernel.revenue import kr

N_NEIGHBOURS = 8
N_WELFARE = 6  # grunnskole, pleie, barnehage, kommunehelse, barnevern, sosial: the first of the sectors
NEAREST, PEERS = 0.0, 1.0  # of the lever nabonettverk; 2 is both, half each
SEEN_SCHOOLS, SEEN_TAX, SEEN_LEVEL = 0, 1, 2  # columns of what is seen; levels are one per service of welfare
N_SEEN = SEEN_LEVEL + N_WELFARE
MOST_OFF = 0.2  # differences in service beyond a fifth are read as other circumstances


@njit(cache=True, nogil=True)
def watch_neighbours(units, world, n_kommuner, q, shown, seen):
    """Fill `seen` (units, N_SEEN) with means over each kommune's network; zeros where imitation is off.

    Shares that proposed to change schools and that have property tax (less the country's share), and service level
    by sector. `shown` is scratch of the same shape: compact, so that every record is read once.
    """
    for u in range(n_kommuner):
        for i in range(N_SEEN):
            seen[u, i] = 0.0
    if q.naboeffekt <= 0.0:
        return
    having = 0.0
    for u in range(n_kommuner):
        k = units[u]
        shown[u, SEEN_SCHOOLS] = k.skoleforslag
        shown[u, SEEN_TAX] = 1.0 if k.eiendomsskatt_promille > 0.0 else 0.0
        for s in range(N_WELFARE):
            shown[u, SEEN_LEVEL + s] = k.tjenesteniva[s]
        having += shown[u, SEEN_TAX]
    weight = 1.0 / N_NEIGHBOURS if q.nabonettverk <= PEERS else 0.5 / N_NEIGHBOURS
    total = np.empty(N_SEEN)
    for u in range(n_kommuner):
        if q.nabonettverk != PEERS:
            look_at(world[u].naboer, weight, shown, total, seen[u])
        if q.nabonettverk != NEAREST:
            look_at(world[u].sammenlignbare, weight, shown, total, seen[u])
        seen[u, SEEN_TAX] -= having / n_kommuner


@njit(cache=True, nogil=True)
def look_at(others, weight, shown, total, seen):
    """Adds to `seen` (N_SEEN,) what the others show, with this weight each; total (N_SEEN,) is scratch."""
    for i in range(N_SEEN):
        total[i] = 0.0
    for j in range(N_NEIGHBOURS):
        other = others[j]
        for i in range(N_SEEN):
            total[i] += shown[other, i]
    for i in range(N_SEEN):
        seen[i] += weight * total[i]


@njit(cache=True, nogil=True)
def follow_norms(k, q, seen, norms):
    """The standard of welfare services drifts towards what the network has (C6), never below the floors.

    A council in good years sees where others do more; one that must save sees where others manage with less.
    """
    pace = q.naboeffekt * q.nabo_norm
    if pace <= 0.0:
        return
    saves = k.konsoliderer > 0.0
    for s in range(N_WELFARE):  # worked out for all, then kept or not: whether it moves cannot be foreseen
        own, theirs, old = k.tjenesteniva[s], seen[SEEN_LEVEL + s], k.budsjett_utgifter[s]
        moves = own > 0.0 and (theirs < own) == saves
        off = min(MOST_OFF, max(-MOST_OFF, theirs / own - 1.0)) if own > 0.0 else 0.0
        new = kr(old * (1.0 + pace * off))
        least = min(old, kr(norms[FLOOR, s] * k.behov[s])) if saves else new
        k.budsjett_utgifter[s] = max(least, new) if moves else old
