"""The nation's year: prices, interest, tax and the frame that the State sets from what it knew.

Sources: income_system.md §§ 6.2, 7 (announced and adopted growth, deflator and wage share, surprises and the
State's reaction rule; Nasjonalbudsjettet 2026). docs/state.md tells the State's year from one end to the other.
"""

import math

import numpy as np
from numba import njit

from sim.kernel import streams
from sim.kernel.demography import expected_change, path_growth
from sim.kernel.rng import normals, to_normal, uniforms

FIRST_YEAR = 2026
Z_80 = 1.2815515655446004  # SSB's low and high are read as the 10 and 90 % points of national growth
T4_SD = math.sqrt(2.0)  # standard deviation of a t distribution with 4 degrees of freedom
N_KEY_SECTORS = 7  # of the cost key: what frie inntekter are to cover
LARGE_BUDGET_SHARE = 0.7  # frie inntekter as a share of operating revenue, only for the rescue test
N_STATUTORY = 6  # the first six sectors of a kommune rest on rights and norms in law
VIDEREGAENDE, TANNHELSE = 0, 3  # those of a fylkeskommune (opplaeringslova, tannhelsetjenesteloven)
UPPER_AGES = 3  # 16-22, where the pupils of upper secondary are
FREE_SHARE_FYLKE = 0.73  # frie inntekter of the spending of fylkeskommuner, 2025 (SSB 13561): TBU's part for the frame


@njit(cache=True, nogil=True)
def since_start(n, year):
    """Full years between the first simulated accounts year and `year`: 0 in the first; -1 at the start.

    The first is FIRST_YEAR, or as many years earlier as a backtest starts (docs/decisions/0009-backtest.md).
    """
    return year - FIRST_YEAR + n.tidligere_start


@njit(cache=True, nogil=True)
def move_nation(n, q, ages, seed, run, year):
    """Prices, interest, tax surprises and the growth of each age group to 1 January of `year`."""
    tax_before, tax_after, cost, interest = normals(seed, streams.NATION, run, 0, year)
    if q.fet_hale > 0.0:
        u, v, _, _ = uniforms(seed, streams.NATION_TAIL, run, 0, year)
        stretch = math.sqrt(4.0 / (-2.0 * (math.log(u) + math.log(v)))) / T4_SD
        tax_before, tax_after, cost = tax_before * stretch, tax_after * stretch, cost * stretch
    # one year's tax surprises before and after RNB, and a cost surprise correlated with their sum
    sd_before = q.skatterisiko_skala * q.skatt_spredning_varig
    sd_after = q.skatterisiko_skala * q.skatt_spredning_midlertidig
    total = math.sqrt(sd_before * sd_before + sd_after * sd_after)
    both = (sd_before * tax_before + sd_after * tax_after) / total if total > 0.0 else 0.0
    rho = q.skatt_kostnad_korrelasjon
    cost = rho * both + math.sqrt(1.0 - rho * rho) * cost
    # what was known of the first year in May is inside its published figures
    n.skatt_varig_forrige = n.skatt_varig
    first = since_start(n, year) == 0
    n.skatt_varig = 0.0 if first else sd_before * tax_before
    n.skatt_midlertidig = sd_after * tax_after + q.skatteanslag_skjevhet
    n.kostnad_overraskelse = q.kostnad_gitt + q.kostnad_spredning * cost
    n.deflator_anslag = expected_prices(q)
    n.deflator = n.deflator_anslag + n.kostnad_overraskelse
    _wages_and_prices(n, q, to_normal(uniforms(seed, streams.STATE, run, 0, year)[0]))
    n.normkostnad = 1.0 + q.normpress if first else n.normkostnad * (1.0 + q.normpress)
    n.prisindeks *= 1.0 + n.deflator
    n.rente_forrige = n.rente
    n.rente_avvik = q.rente_treghet * n.rente_avvik + q.rente_spredning * interest
    n.rente = max(0.0, q.rente_bane + q.rente_tillegg + n.rente_avvik)
    _age_growth(n, q, ages, seed, run, year)


@njit(cache=True, nogil=True)
def expected_prices(q):
    """The deflator as forecast: wage share times wage growth plus the rest times the prices of what is bought."""
    return q.lonnsandel * q.lonnsvekst + (1.0 - q.lonnsandel) * q.prisvekst


@njit(cache=True, nogil=True)
def _wages_and_prices(n, q, z):
    """Split the cost surprise into one of wages and one of prices; weighted by the wage share they give it back."""
    apart = q.lonn_pris_spredning * z
    n.lonnsvekst = q.lonnsvekst + n.kostnad_overraskelse + (1.0 - q.lonnsandel) * apart
    n.prisvekst = q.prisvekst + n.kostnad_overraskelse - q.lonnsandel * apart


@njit(cache=True, nogil=True)
def _age_growth(n, q, ages, seed, run, year):
    since = since_start(n, year)
    if since == 0:
        n.befolkning_z = q.befolkning_spredning * normals(seed, streams.POPULATION, run, 0, 0)[0]
        for g in range(ages.shape[2]):
            n.aldersvekst[g] = 1.0
        n.vekst_hovedalternativ = _main_growth(ages, since)
        n.vekst_mot_hovedalternativ = 1.0
        return
    base, z = int(q.befolkningsalternativ), n.befolkning_z / Z_80
    t = min(since + 1, ages.shape[0] - 1)
    path_before, path_after, main_before, main_after = 0.0, 0.0, 0.0, 0.0
    for g in range(ages.shape[2]):
        n.aldersvekst[g] = path_growth(ages, base, z, t, g)
        path_before, path_after = path_before + n.alder[g], path_after + n.alder[g] * n.aldersvekst[g]
        main_before, main_after = main_before + ages[t - 1, 0, g], main_after + ages[t, 0, g]
    n.vekst_hovedalternativ = _main_growth(ages, since)
    n.vekst_mot_hovedalternativ = path_after / path_before * main_before / main_after


@njit(cache=True, nogil=True)
def _main_growth(ages, since):
    """Growth of the main alternative to the 1 January after the year `since` the start: what everyone expects."""
    t = min(since + 1, ages.shape[0] - 2)
    now, then = 0.0, 0.0
    for g in range(ages.shape[2]):
        now += ages[t, 0, g]
        then += ages[t + 1, 0, g]
    return then / now


@njit(cache=True, nogil=True)
def set_frames(n, q, units, world, year, n_kommuner):
    """The frames of frie inntekter of the year, and the tax level they build on.

    The first two years are the published figures. Later: last year's frame with its permanent tax surprise,
    the forecast deflator and real growth; tax after RNB is gone by construction (the State's reaction rule).
    """
    since = since_start(n, year)
    if since <= 1:
        frame, grant, base, frame_fylke, tax_fylke = 0.0, 0.0, 0.0, 0.0, 0.0
        for u in range(world.shape[0]):
            w = world[u]
            people = w.folketall_start * (1.0 if since == 0 else w.vekst[0])
            free = w.frie_2026 if since == 0 else w.frie_2027
            fixed = w.ramme_2026 if since == 0 else w.ramme_2027
            if w.er_fylke == 0:
                frame += free
                grant += fixed
                base += people * w.skatteindeks
            else:
                frame_fylke += free
                tax_fylke += people * w.skatteindeks
        n.ramme, n.ramme_fylke = frame, frame_fylke
        n.skatt_niva = (frame - grant) / base
        n.skatt_niva_fylke = 0.0
        for u in range(n_kommuner, world.shape[0]):
            w = world[u]
            n.skatt_niva_fylke += (w.frie_2026 - w.ramme_2026) if since == 0 else (w.frie_2027 - w.ramme_2027)
        n.skatt_niva_fylke /= tax_fylke
        return
    # the year's frame was announced in the autumn budget; a tax level known by RNB is in it (the reaction rule)
    n.ramme *= (1.0 + n.skatt_varig_forrige) * (1.0 + n.vekst_neste)
    n.ramme_fylke *= (1.0 + n.skatt_varig_forrige) * (1.0 + n.vekst_neste_fylke)
    n.skatt_niva *= (1.0 + n.skatt_varig_forrige) * (1.0 + n.vekst_neste)
    n.skatt_niva_fylke *= (1.0 + n.skatt_varig_forrige) * (1.0 + n.vekst_neste_fylke)


@njit(cache=True, nogil=True)
def announce_next_year(n, q_next, unit_cost, ages, seed, run, year):
    """The State budget for the coming year: proposal in October, agreement in December, what kommuner count on.

    The proposal covers expected prices, the demographic cost (TBU's method: unit costs by age times the expected
    change of each age group, constant standard), real growth beyond it, and what the fund's value gives room for.
    An agreement in Stortinget may add to it; the real growth of the parameter is the adopted one on average.
    """
    n.prisanslag_neste = expected_prices(q_next)
    n.rente_neste = max(0.0, q_next.rente_bane + q_next.rente_tillegg + q_next.rente_treghet * n.rente_avvik)
    _expected_demography(n, q_next, unit_cost, ages, year)
    _, fund_value, agreed, size = uniforms(seed, streams.STATE, run, 0, year)
    n.rom_fond = q_next.spu_spredning * to_normal(fund_value)
    n.tillegg_avtale = 0.0
    if agreed < q_next.avtale_sannsynlighet:
        spread = q_next.avtale_spredning
        n.tillegg_avtale = q_next.avtale_tillegg * math.exp(spread * to_normal(size) - 0.5 * spread * spread)
    real = q_next.realvekst_frie_inntekter - q_next.effektivitetskrav + n.rom_fond + n.kontraktsvekst
    real -= q_next.avtale_sannsynlighet * q_next.avtale_tillegg
    prices, share = 1.0 + n.prisanslag_neste, q_next.demografi_dekning * n.prisnivaa_tilskudd
    proposed = real + share * n.demografi / n.ramme
    proposed_fylke = real + share * n.demografi_fylke / n.ramme_fylke
    n.vekst_forslag = prices * (1.0 + proposed) - 1.0
    n.vekst_neste = prices * (1.0 + proposed + n.tillegg_avtale) - 1.0
    n.vekst_neste_fylke = prices * (1.0 + proposed_fylke + n.tillegg_avtale) - 1.0
    # budgets are made before the agreement is (all) known
    unknown = prices * (1.0 - q_next.avtale_kjent) * n.tillegg_avtale
    n.vekst_ventet, n.vekst_ventet_fylke = n.vekst_neste - unknown, n.vekst_neste_fylke - unknown
    _expect_rescue(n, q_next)


@njit(cache=True, nogil=True)
def _expected_demography(n, q_next, unit_cost, ages, year):
    """TBU's demographic cost of the coming year that frie inntekter are to cover, kr of 2025.

    Unit costs of kommuner are those of the cost key, so of frie inntekter; those of fylkeskommuner are all they spend,
    of which the frame covers its share. Pupils of upper secondary, 16-18, are a changing share of the group 16-22.
    """
    growth, change = np.empty(ages.shape[2]), np.empty(ages.shape[2])
    base, z = int(q_next.befolkningsalternativ), n.befolkning_z / Z_80
    t = min(since_start(n, year) + 2, ages.shape[0] - 1)
    for g in range(ages.shape[2]):
        growth[g] = path_growth(ages, base, z, t, g)
    expected_change(n, q_next, growth, change)
    n.demografi = demographic_cost(unit_cost[0], change, N_KEY_SECTORS)
    n.demografi_fylke = demographic_cost(unit_cost[1], change, unit_cost.shape[1])
    share, share_next = n.elever_andel, q_next.elever_andel
    pupils = (share_next - share) * n.alder[UPPER_AGES] + (share_next - 1.0) * change[UPPER_AGES]
    n.demografi_fylke += unit_cost[1, VIDEREGAENDE, UPPER_AGES] * pupils
    n.demografi_fylke *= FREE_SHARE_FYLKE


@njit(cache=True, nogil=True)
def demographic_cost(unit_cost, change, sectors):
    """Cost in kr of 2025 of a change of the age groups (8,) at constant standard: TBU's method."""
    cost = 0.0
    for g in range(change.shape[0]):
        for s in range(sectors):
            cost += unit_cost[s, g] * change[g]
    return cost


@njit(cache=True, nogil=True)
def expected_sector_result(n, tax_surprise):
    """The sector's result that the autumn expects, share of revenue: last year's and this year's surprises."""
    return n.resultat_siste + (LARGE_BUDGET_SHARE * tax_surprise - n.kostnad_overraskelse)


@njit(cache=True, nogil=True)
def rescue_grant(n, q, expected):
    """What a rescue covers of the shortfall below the threshold, kr; 0 in a year that is not bad."""
    shortfall = max(0.0, q.redning_terskel - expected) * n.ramme / LARGE_BUDGET_SHARE
    return q.redning_andel * shortfall


@njit(cache=True, nogil=True)
def _expect_rescue(n, q_next):
    """What kommuner may come to count on: the expected rescue of a coming year that looks bad, kr per inhabitant."""
    n.ventet_redning = 0.0
    if q_next.redning < 1.0 or q_next.redningsforventning == 0.0 or n.folketall <= 0.0:
        return
    grant = rescue_grant(n, q_next, expected_sector_result(n, n.skatt_varig))
    n.ventet_redning = q_next.redningsforventning * q_next.redning_sannsynlighet * grant / n.folketall


@njit(cache=True, nogil=True)
def counted_on(k, w, n, q):
    """The rescue that a kommune counts on in its budget, kr: its share, if it is one that would get it."""
    if w.er_fylke == 1 or n.ventet_redning <= 0.0 or (q.redning == 2.0 and k.disposisjonsfond > 0.0):
        return 0.0
    return np.floor(n.ventet_redning * k.folketall + 0.5)


@njit(cache=True, nogil=True)
def is_statutory(s, is_county):
    """Whether sector s rests on norms in law that the State can raise without paying for it (lever normpress)."""
    if is_county:
        return s in (VIDEREGAENDE, TANNHELSE)
    return s < N_STATUTORY


@njit(cache=True, nogil=True)
def raise_floors(n, norms, row):
    """What law requires has become dearer: the floors, `row` of `norms` (2, 5, sectors), of statutory services."""
    if n.normkostnad == 1.0:
        return
    for kind in range(2):
        for s in range(norms.shape[2]):
            if is_statutory(s, kind == 1):
                norms[kind, row, s] *= n.normkostnad


@njit(cache=True, nogil=True)
def rescue(n, q, seed, run, year):
    """A grant in November of a bad year, as in 2020, 2021, 2023 and 2024 (NB26 figure 3.25)."""
    n.ekstra_bevilgning = q.redning_gitt
    if q.redning < 1.0:
        return
    expected = expected_sector_result(n, n.skatt_varig + n.skatt_midlertidig)
    chance = uniforms(seed, streams.NATION_TAIL, run, 0, year)[2]
    if chance < q.redning_sannsynlighet:
        n.ekstra_bevilgning += np.floor(rescue_grant(n, q, expected) + 0.5)
