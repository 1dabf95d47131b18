"""People and what they need: inhabitants of 1 January, need by sector, and needs that grow beyond ageing."""

import numpy as np
from numba import njit

from sim.kernel.demography import N_AGES, attraction, move_people, path_growth
from sim.kernel.national import since_start
from sim.kernel.schools import open_school_year

N_SECTORS = 8
GRUNNSKOLE, PLEIE = 0, 1
SPECIAL_SHARE = 0.17  # special education, share of teaching in grunnskole (docs/demography.md; range 0.14-0.20)
UNDER_50 = 0.5  # of the care of those aged 23-66 (range 0.4-0.6)
RESOURCE_SHARE = 0.4  # resource-intensive users, share of the care of those aged 16-66 (range 0.3-0.5)


@njit(cache=True, nogil=True)
def move_all_people(units, world, n, unit_cost, ages, q, seed, run, year, n_kommuner, shocks, column):
    """Inhabitants of 1 January and their needs; a fylkeskommune has those of its kommuner.

    `column` of shocks (units, n) is the unit's own shock to growth.
    """
    since = since_start(n, year)
    first = since == 0
    by_age = need_by_age(unit_cost, n, q, first)
    of_kommuner, of_fylker = by_age[0], by_age[1]
    need = np.empty(N_SECTORS)
    for u in range(units.shape[0]):
        units[u].folketall_forrige = units[u].folketall
    sum_ages(units, n, n_kommuner)  # those of last year, also if an agent has changed a kommune since
    if first:
        for u in range(n_kommuner):
            units[u].flytting_start = attraction(units[u], q)
    else:
        move_people(units, world, n, q, seed, run, year, n_kommuner, shocks, column)
        sum_ages(units, n, n_kommuner)
        sum_fylker(units, world, n_kommuner)
        for u in range(units.shape[0]):  # those of the first year are in the start
            units[u].folketall_juli = 0.5 * (units[u].folketall_forrige + units[u].folketall)
    n.bosatt_utover = q.bosetting_anmodning - q.bosetting_framskrevet + q.innvandring_tillegg
    for u in range(n_kommuner):
        assess_need(units[u], world[u], of_kommuner, need, first)
        open_school_year(units[u], world[u], first)
    for u in range(n_kommuner, units.shape[0]):
        k = units[u]
        assess_need(k, world[u], of_fylker, need, first)
        if since <= 1:
            k.behov_2027 = 0.0
            for s in range(N_SECTORS):
                k.behov_2027 += k.behov[s]
    if first:  # no growth is behind it yet: what the projection says of the coming year
        expect_need_growth(units, world, unit_cost, ages, since)


@njit(cache=True, nogil=True)
def sum_ages(units, n, n_kommuner):
    """The nation's age groups: the sums of the kommuner."""
    for g in range(N_AGES):
        n.alder[g] = 0.0
    for u in range(n_kommuner):
        for g in range(N_AGES):
            n.alder[g] += units[u].alder[g]


@njit(cache=True, nogil=True)
def sum_fylker(units, world, n_kommuner):
    """The age groups of a fylkeskommune: the sums of its kommuner."""
    for u in range(n_kommuner, units.shape[0]):
        k = units[u]
        k.folketall = 0.0
        for g in range(N_AGES):
            k.alder[g] = 0.0
    for u in range(n_kommuner):
        k, county = units[u], units[n_kommuner + world[u].fylke]
        county.folketall += k.folketall
        for g in range(N_AGES):
            county.alder[g] += k.alder[g]


@njit(cache=True, nogil=True)
def need_by_age(unit_cost, n, q, first):
    """Need per person (2, ages, sectors), kr of 2025, with the trends beyond ageing since 2026.

    The indices of the nation grow each year: hours of care per person under 50, of special education per
    pupil, resource-intensive users per inhabitant. TBU's demographic cost does not count them.
    """
    by_age = np.ascontiguousarray(unit_cost.transpose(0, 2, 1))
    if first:
        n.omsorg_under_50, n.spesialundervisning, n.ressurskrevende, n.elever_andel = 1.0, 1.0, 1.0, 1.0
        return by_age
    n.elever_andel = q.elever_andel
    by_age[1, 3, GRUNNSKOLE] *= n.elever_andel  # of a fylkeskommune: videregaende, whose pupils are 16-18
    n.omsorg_under_50 *= 1.0 + q.omsorg_under_50_vekst
    n.spesialundervisning *= 1.0 + q.spesialundervisning_vekst
    n.ressurskrevende *= 1.0 + q.ressurskrevende_vekst
    care, users = n.omsorg_under_50 - 1.0, n.ressurskrevende - 1.0
    by_age[0, 2, GRUNNSKOLE] *= 1.0 + SPECIAL_SHARE * (n.spesialundervisning - 1.0)
    for g in range(3):
        by_age[0, g, PLEIE] *= 1.0 + care
    by_age[0, 3, PLEIE] *= 1.0 + care + RESOURCE_SHARE * users
    by_age[0, 4, PLEIE] *= 1.0 + UNDER_50 * care + RESOURCE_SHARE * users
    return by_age


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


@njit(cache=True, nogil=True)
def expect_need_growth(units, world, unit_cost, ages, since):
    """Growth of need to the next 1 January if each age group grows as in the nation's main projection."""
    t = min(since + 2, ages.shape[0] - 1)
    growth = np.empty(N_AGES)
    for g in range(N_AGES):
        growth[g] = path_growth(ages, 0, 0.0, t, g) - 1.0
    for u in range(units.shape[0]):
        k, costs = units[u], unit_cost[world[u].er_fylke]
        for s in range(N_SECTORS):
            more = 0.0
            for g in range(N_AGES):
                more += costs[s, g] * k.alder[g] * growth[g]
            k.behovsvekst[s] = more / k.behov[s] if k.behov[s] > 0.0 else 0.0
