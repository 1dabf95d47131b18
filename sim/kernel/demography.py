"""People from one 1 January to the next: births, ageing, deaths and migration by the eight age groups.

The nation moves first: its path lies between the alternatives of the projection (sim.kernel.national) and is
pushed off it by the year's migration, births and deaths. Every kommune then moves by the same national flows
and its own migration, so that the sum over kommuner of each age group is the nation's. docs/demography.md.
"""

import numpy as np
from numba import njit

from sim.kernel import streams
from sim.kernel.rng import normals

N_AGES = 8
FYLKE_CODES = 100_000  # address of chance of a fylke: the kommune of Oslo and its fylke are 301 and 3
SECOND_YEAR = 2027  # the first with a move to its 1 January (as FIRST_YEAR + 1 in sim.kernel.national)
UNDER_23, OLD = 3, 5  # 16-22 is the last group of the young; 67-79 the first of the old

# deaths per person and year by age group (docs/demography.md: life table level; range a tenth either way)
DEATHS = (0.001, 0.0, 0.0, 0.0, 0.0025, 0.018, 0.065, 0.22)
# ageing of the young: one year's cohort of 2, 4, 10 and 7; the older groups follow from the projection
WIDTH = (2.0, 4.0, 10.0, 7.0)
# where those come from who enter a group: from the kommune's share of the group they enter (1) or leave (0).
# Who turns 67 is better told by those just above than by all of 23-66. First: births, by 0-1 against 23-66.
ENTRY = (0.5, 0.0, 0.0, 0.0, 0.0, 0.75, 0.25, 0.5)
# net migration per person that follows a kommune's growth, relative to 23-66
MOBILITY = (0.8, 0.8, 0.5, 1.6, 1.0, 0.15, 0.1, 0.1)
# ages of those who come to Norway beyond the projection: mostly 16-66
ARRIVALS = (0.03, 0.07, 0.17, 0.13, 0.575, 0.02, 0.004, 0.001)
CENTRAL = 2.0  # centrality classes 1 and 2 receive the secondary moves of refugees
LEAST_MOVE = -0.3  # keeps 1 + move * MOBILITY above 0.5


@njit(cache=True, nogil=True)
def flow_rates(base, growth, leave):
    """Share of each group that grows out of it, into `leave` (8,), and births as persons; from the projection.

    base, growth (8,): the groups and their growth factors. From the top, with deaths given, what 90+ gains and
    does not lose has come from 80-89, and so on down to those who turn 67. Births are what 0-1 needs.
    """
    leave[N_AGES - 1] = 0.0
    for g in range(N_AGES - 1, OLD - 1, -1):
        arrived = base[g] * (growth[g] - 1.0 + DEATHS[g] + leave[g])
        leave[g - 1] = min(0.3, max(0.0, arrived / base[g - 1]))
    for g in range(UNDER_23 + 1):
        leave[g] = 1.0 / WIDTH[g]
    return max(0.0, base[0] * (growth[0] - 1.0 + DEATHS[0] + leave[0]))


@njit(cache=True, nogil=True)
def age_deviation(n, leave, birth_rate, after):
    """The nation's distance from its path a year later if nothing new happens, into `after` (8,)."""
    for g in range(N_AGES):
        came = birth_rate * n.alder_avvik[N_AGES // 2] if g == 0 else leave[g - 1] * n.alder_avvik[g - 1]
        after[g] = n.alder_avvik[g] * (1.0 - DEATHS[g] - leave[g]) + came


@njit(cache=True, nogil=True)
def expected_change(n, q, growth, change):
    """Expected change of each age group to the next 1 January, into `change` (8,): what the State can know.

    It knows the groups of 1 January, the path, refugees to be settled, and that migration persists; not
    the migration, births and deaths that come. growth (8,): of the path.
    """
    base, leave = np.empty(N_AGES), np.empty(N_AGES)
    for g in range(N_AGES):
        base[g] = n.alder[g] - n.alder_avvik[g]
    births = flow_rates(base, growth, leave)
    age_deviation(n, leave, births / base[4], change)
    come = q.innvandring_treghet * n.innvandring_avvik + n.bosatt_utover
    for g in range(N_AGES):
        change[g] += base[g] * (growth[g] - 1.0) - n.alder_avvik[g] + come * ARRIVALS[g]


@njit(cache=True, nogil=True)
def move_national(n, q, seed, run, year, target, leave):
    """The age groups of the nation on 1 January `year`, into `target` (8,); returns births as persons.

    The path's growth, last year's distance from it a year older, and the year's surprises.
    """
    base, after = np.empty(N_AGES), np.empty(N_AGES)
    for g in range(N_AGES):
        base[g] = n.alder[g] - n.alder_avvik[g]
    births = flow_rates(base, n.aldersvekst, leave)
    age_deviation(n, leave, births / base[4], after)
    migration, born, died, _ = normals(seed, streams.POPULATION, run, 0, year)
    scale = q.befolkning_spredning
    n.innvandring_avvik = q.innvandring_treghet * n.innvandring_avvik + scale * q.innvandring_spredning * migration
    for g in range(N_AGES):
        after[g] += (n.innvandring_avvik + n.bosatt_utover) * ARRIVALS[g]
        if g == 0:
            after[g] += scale * q.fodsler_spredning * born * births
        if g >= OLD:
            after[g] -= scale * q.dodsfall_spredning * died * DEATHS[g] * base[g]
        path = base[g] * n.aldersvekst[g]
        target[g] = max(0.5 * path, path + after[g])
        n.alder_avvik[g] = target[g] - path
    return births


@njit(cache=True, nogil=True)
def expect_totals(units, world, n, q, seed, run, year, n_kommuner, shocks, column, total):
    """Inhabitants each kommune heads for, into `total` (kommuner,), before they are made to add up; their sum.

    Its projection, the persistent deviation of its fylke and its own, and (off by default) what services and
    property tax have become since the start. shocks (units, n): own shock in `column`.
    """
    step = min(year - SECOND_YEAR + n.tidligere_start, 24)
    for u in range(n_kommuner, units.shape[0]):
        z = normals(seed, streams.POPULATION, run, FYLKE_CODES + world[u].kode, year)[0]
        k = units[u]
        k.lokal_vekst = q.fylke_vekst_treghet * k.lokal_vekst + q.fylke_vekst_spredning * z
    respond = q.flytting_tjeneste != 0.0 or q.flytting_skatt != 0.0
    people = 0.0
    for u in range(n_kommuner):
        k, w = units[u], world[u]
        own = q.lokal_vekst_spredning * k.vekstrisiko * shocks[u, column]
        k.lokal_vekst = q.lokal_vekst_treghet * k.lokal_vekst + own
        growth = k.lokal_vekst + units[n_kommuner + w.fylke].lokal_vekst
        if respond:
            growth += attraction(k, q) - k.flytting_start
        total[u] = k.folketall * w.vekst[step] * max(0.7, 1.0 + growth)
        people += total[u]
    return people


@njit(cache=True, nogil=True)
def attraction(k, q):
    """Growth per year that a unit's level of services and its property tax give."""
    level, need = 0.0, 0.0
    for s in range(k.behov.shape[0]):
        level += k.behov[s] * k.tjenesteniva[s]
        need += k.behov[s]
    return q.flytting_tjeneste * (level / need - 1.0) - q.flytting_skatt * k.eiendomsskatt_promille


@njit(cache=True, nogil=True)
def settle_refugees(units, world, n, q, n_kommuner, total, extra):
    """Where those settled beyond the projection live on 1 January, into `extra` (kommuner,).

    By population; then a share moves on to the central kommuner, by population again.
    """
    people, central = 0.0, 0.0
    for u in range(n_kommuner):
        people += total[u]
        if world[u].sentralitet <= CENTRAL:
            central += total[u]
    stay = 1.0 - q.videreflytting if central > 0.0 else 1.0
    for u in range(n_kommuner):
        extra[u] = n.bosatt_utover * stay * total[u] / people
        if world[u].sentralitet <= CENTRAL:
            extra[u] += n.bosatt_utover * (1.0 - stay) * total[u] / central


@njit(cache=True, nogil=True)
def flow_matrix(n, q, leave, births, target, below, stay, above):
    """National flows as factors of a kommune's own groups: new[g] = below x[g-1] + stay x[g] + above x[g+1].

    below[0] is births per person aged 23-66. Each group is scaled so that national sums give `target`. Under 67 a share
    q.alder_vedvarer of each group does not flow but keeps the kommune's place in the nation: the own
    age-specific migration (out at 19, in at 30) that has made its age structure goes on.
    """
    for g in range(N_AGES):
        source = n.alder[4] if g == 0 else n.alder[g - 1]
        came = births if g == 0 else leave[g - 1] * n.alder[g - 1]
        below[g] = (1.0 - ENTRY[g]) * came / source
        stay[g] = 1.0 - DEATHS[g] - leave[g] + ENTRY[g] * came / n.alder[g]
        above[g] = 0.0
    for g in range(N_AGES - 1):  # who leaves by the share of the group entered, not of the group left
        left = leave[g] * n.alder[g] * ENTRY[g + 1]
        stay[g] += left / n.alder[g]
        above[g] -= left / n.alder[g + 1]
    for g in range(N_AGES):
        came = births if g == 0 else leave[g - 1] * n.alder[g - 1]
        moved = n.alder[g] * (1.0 - DEATHS[g] - leave[g]) + came
        keep = q.alder_vedvarer if g < OLD else 0.0
        scale = (1.0 - keep) * target[g] / moved
        below[g], above[g] = below[g] * scale, above[g] * scale
        stay[g] = stay[g] * scale + keep * target[g] / n.alder[g]


@njit(cache=True, nogil=True)
def move_people(units, world, n, q, seed, run, year, n_kommuner, shocks, column):
    """All kommuner to 1 January `year`: flows, then own migration to the total each heads for, then the sums.

    Afterwards every group is >= 0 in every kommune and sums to the nation's; a kommune's total is the one it heads
    for up to what the last step moves (about one person per 100 000).
    """
    target, leave, sums = np.empty(N_AGES), np.empty(N_AGES), np.zeros(N_AGES)
    below, stay, above = np.empty(N_AGES), np.empty(N_AGES), np.empty(N_AGES)
    births = move_national(n, q, seed, run, year, target, leave)
    flow_matrix(n, q, leave, births, target, below, stay, above)
    total, extra, new = np.empty(n_kommuner), np.zeros(n_kommuner), np.empty((n_kommuner, N_AGES))
    people = expect_totals(units, world, n, q, seed, run, year, n_kommuner, shocks, column, total)
    if n.bosatt_utover != 0.0:
        settle_refugees(units, world, n, q, n_kommuner, total, extra)
    nation = -n.bosatt_utover
    for g in range(N_AGES):
        nation += target[g]
    for u in range(n_kommuner):
        x = units[u].alder
        there, mobile = 0.0, 0.0
        for g in range(N_AGES):
            source = x[4] if g == 0 else x[g - 1]
            moved = below[g] * source + stay[g] * x[g] + extra[u] * ARRIVALS[g]
            if g < N_AGES - 1:
                moved += above[g] * x[g + 1]
            moved = max(0.0, moved)
            new[u, g] = moved
            there += moved
            mobile += MOBILITY[g] * moved
        move = (total[u] * nation / people + extra[u] - there) / mobile if mobile > 0.0 else 0.0
        move = max(LEAST_MOVE, move)
        for g in range(N_AGES):
            new[u, g] *= 1.0 + move * MOBILITY[g]
            sums[g] += new[u, g]
    for g in range(N_AGES):
        sums[g] = target[g] / sums[g]
    for u in range(n_kommuner):
        k = units[u]
        k.folketall = 0.0
        for g in range(N_AGES):
            k.alder[g] = new[u, g] * sums[g]
            k.folketall += k.alder[g]


@njit(cache=True, nogil=True)
def path_growth(ages, base, z, t, g):
    """Growth of group g from row t - 1 to row t on the path `z` of the way from main to low (< 0) or high."""
    side = 2 if z > 0.0 else 1
    share = abs(z)
    before = ages[t - 1, base, g] + share * (ages[t - 1, side, g] - ages[t - 1, 0, g])
    after = ages[t, base, g] + share * (ages[t, side, g] - ages[t, 0, g])
    return max(1.0, after) / max(1.0, before)
