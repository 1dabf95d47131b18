"""The block grant of kommuner part by part, and the grants that are earmarked.

Sources: income_system.md §§ 5, 9; docs/income.md says which rules are published and which are assumed. The parts add
up to rammetilskudd to the krone; what the ministry gave beyond the rules in 2027 is in `saerskilt_fordeling`.
"""

import math

import numpy as np
from numba import njit

from sim.kernel.national import expected_sector_result, since_start
from sim.kernel.revenue import (
    NEED_PER_INHABITANT,
    key_need,
    kr,
    lost_school_grants,
    private_deduction,
    published_deduction,
)

# integreringstilskudd: persons settled in 2025 and the four years before (IMDi, from memory), the share of the five
# years' grant that falls on each year (rates of 2023, from memory), and the envelope of 2026 (671.60)
SETTLED = (14_500.0, 21_200.0, 33_500.0, 31_500.0, 4_700.0)
TAIL = (0.27, 0.29, 0.22, 0.12, 0.10)
SETTLED_2026 = 16_000.0
ENVELOPE_2026 = 17_435.2e6
WEIGHT_2026 = (
    TAIL[0] * SETTLED_2026 + TAIL[1] * SETTLED[0] + TAIL[2] * SETTLED[1] + TAIL[3] * SETTLED[2] + TAIL[4] * SETTLED[3]
)
GRANT_PER_SETTLED = ENVELOPE_2026 / WEIGHT_2026
COVERAGE_2026 = 0.91  # of the cost of settled refugees: what the grant covers (CP26, 2024)
TOPP_2026 = 14_249.9e6  # 575.60, adopted
TOPP_SHARE = 0.80  # of the cost above the threshold (income_system.md § 9)
THRESHOLD_PER_EXCESS = 0.95  # threshold over the mean cost above it, of recipients (1.6 and 1.7 mill; unconfirmed)
EQUAL, NEEDS, HELD = 0.0, 1.0, 2.0  # lever skjonn_fordeling
WEAK_RESULT = 0.05  # a result this far below the target counts fully as weak (share of revenue)
SMOOTH = 1.0 / 3.0  # growth is a mean of about three years


@njit(cache=True, nogil=True)
def grants_by_rule(k, w, q, n, year):
    """Grants that follow a rule of their own, whole kroner; their prices are those of the frame.

    People are those of 1 July of the year before, as in all of the block grant (income_system.md §§ 4.1, 5).
    """
    prices, since = n.pris_faste, since_start(n, year)
    if since > 0:
        k.vekst_snitt += SMOOTH * (k.folketall / k.folketall_forrige - 1.0 - k.vekst_snitt)
        # earmarked grants are set in the State budget: forecast prices
        k.oremerket_grunnlag = kr(k.oremerket_grunnlag * (1.0 + n.deflator_anslag) * k.folketall / k.folketall_forrige)
    k.storbytilskudd = kr(w.storby_sats * prices * k.folketall_juli)
    district = kr((w.distrikt_sats * k.folketall_juli + w.distrikt_fast) * prices)
    k.distriktstilskudd_nord = district if w.distrikt_nord == 1 else 0.0
    k.distriktstilskudd_sor = district - k.distriktstilskudd_nord
    k.veksttilskudd = kr(q.vekst_sats * prices * max(0.0, k.vekst_snitt - q.vekst_grense) * k.folketall_juli)
    k.saerskilt_fordeling = kr((k.saerskilt_grunnlag if since > 1 else w.saerskilt) * prices)
    k.oremerket_innlemmet = kr(q.oremerket_til_ramme * k.oremerket_grunnlag) if since > 1 else 0.0
    k.oremerkede_tilskudd = k.oremerket_grunnlag - k.oremerket_innlemmet
    k.trekk_private_skoler = private_deduction(k, q, n)
    k.trekk_nedlagte_skoler = 0.0 - lost_school_grants(k, q)
    schools = k.trekk_private_skoler + k.trekk_nedlagte_skoler
    return k.storbytilskudd + district + k.veksttilskudd + k.saerskilt_fordeling + schools


@njit(cache=True, nogil=True)
def weakness(k, q):
    """How weak last year's accounts are, 0 to 2: a result below the target, and a fund below the norm."""
    income = max(1.0, k.driftsinntekter)
    result = min(1.0, max(0.0, (q.mal_ndr - k.netto_driftsresultat / income) / WEAK_RESULT))
    fund = min(1.0, max(0.0, 1.0 - k.disposisjonsfond / (q.fondsmal * income)))
    return result + fund


@njit(cache=True, nogil=True)
def share_block_grant(units, world, n, q, year, n_kommuner, expected_tax):
    """Rammetilskudd of all kommuner incl. inntektsutjevning, and its parts.

    The innbyggertilskudd is what makes expected tax and all other parts add up to the frame. The first two years end in
    the published figures: what the parts do not explain is saerskilt_fordeling.
    """
    people, counted, fixed, need, weights, moved, earmarked = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    private, since = 0.0, since_start(n, year)
    rule = q.skjonn_fordeling if since > 1 else EQUAL
    for u in range(n_kommuner):
        k = units[u]
        people += k.folketall
        counted += k.folketall_juli
        fixed += grants_by_rule(k, world[u], q, n, year)
        private += published_deduction(k, n)
        need += key_need(k) / k.folketall * k.folketall_juli
        moved += k.oremerket_innlemmet
        earmarked += k.oremerket_grunnlag
        k.skjonnstilskudd = k.folketall_juli * weakness(k, q) if rule == NEEDS else k.folketall_juli
        weights += k.skjonnstilskudd
    n.folketall = people
    n.behov_per_innbygger = need / counted
    n.oremerket_innlemmet, n.oremerket_grunnlag = moved, earmarked
    pot = q.skjonn_ramme * n.pris_faste
    n.innbyggertilskudd = (n.ramme + moved - expected_tax - fixed - pot) / counted
    rate = pot / weights if weights > 0.0 and rule != HELD else 0.0
    n.skjonn_holdt = 0.0 if rule != HELD else n.skjonn_holdt * (1.0 + n.deflator_anslag) + kr(pot)
    price = n.prisnivaa_tilskudd * NEED_PER_INHABITANT
    booked = 0.0
    for u in range(n_kommuner):
        k, w = units[u], world[u]
        k.skjonnstilskudd = kr(rate * k.skjonnstilskudd)
        k.innbyggertilskudd = kr(n.innbyggertilskudd * k.folketall_juli)
        index = key_need(k) / (k.folketall * n.behov_per_innbygger)
        k.utgiftsutjevning = kr((index - 1.0) * price * k.folketall_juli)
        booked += k.utgiftsutjevning
        parts = k.innbyggertilskudd + k.utgiftsutjevning + k.storbytilskudd + k.distriktstilskudd_sor
        parts += k.trekk_private_skoler + k.trekk_nedlagte_skoler
        parts += k.distriktstilskudd_nord + k.veksttilskudd + k.skjonnstilskudd
        if since <= 1:
            k.saerskilt_fordeling = kr(w.ramme_2026 if since == 0 else w.ramme_2027) - parts
            # the published grant of 2027 rests on the published index and deducts for the private pupils of the start
            # (and shares that out again per head): the distance from this run's figures stays
            k.saerskilt_grunnlag = w.saerskilt + (w.behovsindeks - index) * price * k.folketall_juli
            k.saerskilt_grunnlag += published_deduction(k, n) - private / counted * k.folketall_juli
        k.rammetilskudd = parts + k.saerskilt_fordeling
    # the needs equalisation sums to zero to the krone: the first unit carries what rounding leaves
    units[0].utgiftsutjevning -= booked
    if since <= 1:
        units[0].saerskilt_fordeling += booked
    else:
        units[0].rammetilskudd -= booked
    guarantee_income(units, world, n, q, year, n_kommuner)
    for u in range(n_kommuner):
        k = units[u]
        k.rammetilskudd += k.inntektsgaranti + k.inntektsutjevning
        k.frie_inntekter = k.skatt + k.rammetilskudd


@njit(cache=True, nogil=True)
def guarantee_income(units, world, n, q, year, n_kommuner):
    """INGAR: who has grown more than q.ingar_k kr per inhabitant less than the mean gets the rest from all others.

    Zero-sum to the krone. What counts is the grant without skjonn and veksttilskudd (assumption, docs/income.md). That
    of the first two years is in the published figures, which are per inhabitant of the projection.
    """
    since = since_start(n, year)
    counted, people = 0.0, 0.0
    for u in range(n_kommuner):
        k, w = units[u], world[u]
        mine = k.rammetilskudd - k.skjonnstilskudd - k.veksttilskudd
        persons = k.folketall_juli
        if since == 1:
            persons = w.folketall_start * 0.5 * (1.0 + w.vekst[0])
        k.inntektsgaranti = mine / persons - k.tilskudd_per_innbygger  # growth, for a moment
        k.tilskudd_per_innbygger = mine / persons
        counted, people = counted + mine, people + persons
    growth = counted / people - n.tilskudd_snitt
    n.tilskudd_snitt = counted / people
    given = 0.0
    for u in range(n_kommuner):
        k = units[u]
        k.inntektsgaranti = ingar(growth, k.inntektsgaranti, q.ingar_k) * k.folketall_juli if since > 1 else 0.0
        given += k.inntektsgaranti
    n.ingar_trekk = given / people
    if given == 0.0:
        return
    booked = 0.0
    for u in range(n_kommuner):
        k = units[u]
        k.inntektsgaranti = kr(k.inntektsgaranti - n.ingar_trekk * k.folketall_juli)
        booked += k.inntektsgaranti
    units[0].inntektsgaranti -= booked


@njit(cache=True, nogil=True)
def ingar(mean_growth, growth, limit):
    """Guarantee before its financing; growth of the grant and limit in kr per inhabitant (income_system.md § 5)."""
    return max(0.0, mean_growth - limit - growth)


@njit(cache=True, nogil=True)
def release_skjonn(n, q):
    """Skjonn held back is paid as rescue in a bad year (the test of a rescue, without its chance); kr."""
    expected = expected_sector_result(n, n.skatt_varig + n.skatt_midlertidig)
    if n.skjonn_holdt <= 0.0 or expected >= q.redning_terskel:
        return 0.0
    paid = np.floor(n.skjonn_holdt)
    n.skjonn_holdt = 0.0
    return paid


@njit(cache=True, nogil=True)
def settlement_cost(settled_now, settled, first):
    """Cost of settled refugees, kr of 2026: those of the last five years weighted by the tail of the grant.

    `settled` (5,): persons by year since settlement; `first` of them is last year's (0 before the shift, else 1).
    """
    weight = TAIL[0] * settled_now
    for age in range(1, 5):
        weight += TAIL[age] * settled[age - 1 + first]
    return GRANT_PER_SETTLED * weight / COVERAGE_2026


@njit(cache=True, nogil=True)
def topp_per_nation(q, index):
    """Toppfinansiering, kr of 2026: share of the cost above the threshold; costs above it fall off exponentially."""
    above = math.exp(THRESHOLD_PER_EXCESS * (1.0 - q.topp_innslagspunkt))
    return TOPP_2026 * q.topp_dekning / TOPP_SHARE * above * index


@njit(cache=True, nogil=True)
def earmark(n, q, year):
    """Earmarked grants of the year, kr per inhabitant of kommuner; needs the inhabitants of the year."""
    since = since_start(n, year)
    if since > 0:
        n.pris_oremerkede *= 1.0 + n.deflator_anslag
    for age in range(4, 0, -1):
        n.bosatt_argang[age] = n.bosatt_argang[age - 1]
    n.bosatt_argang[0] = q.bosetting_anmodning
    n.bosetting_kostnad = settlement_cost(n.bosatt_argang[0], n.bosatt_argang, 1) * n.pris_oremerkede / n.folketall
    n.integrering = q.integrering_dekning * n.bosetting_kostnad
    # paid the year after: users of last year
    grown = (1.0 + q.ressurskrevende_vekst) if since > 0 else 1.0
    n.toppfinansiering = topp_per_nation(q, n.ressurskrevende / grown) * n.pris_oremerkede / n.folketall


@njit(cache=True, nogil=True)
def expect_earmarked(n, q, q_next, year):
    """Earmarked grants in the State budget of the autumn: change beyond prices to next year, kr per inhabitant."""
    prices, since = 1.0 + n.prisanslag_neste, since_start(n, year)
    level = n.pris_oremerkede * (prices if since >= 0 else 1.0)
    cost = settlement_cost(q_next.bosetting_anmodning, n.bosatt_argang, 0) * level / n.folketall
    topp = topp_per_nation(q_next, max(1.0, n.ressurskrevende)) * level / n.folketall
    n.bosetting_endring = cost - n.bosetting_kostnad * prices
    n.tilskudd_endring = q_next.integrering_dekning * cost + topp - (n.integrering + n.toppfinansiering) * prices
    before = q.oremerket_til_ramme if since > 1 else 0.0
    after = q_next.oremerket_til_ramme if since > 0 else 0.0
    n.innlemming_endring = (after - before) * prices
    # fees at self-cost follow the rate: what the director knows of it in December
    n.kalkylerente_endring = q.rente_fast * (n.rente - n.rente_forrige)
    n.kalkylerente_endring += (1.0 - q.rente_fast) * (n.rente_neste - n.rente)


@njit(cache=True, nogil=True)
def expected_change(k, n):
    """The same for one kommune, kr: settled refugees, resource-intensive users, what moves into the frame, and fees."""
    mean = n.oremerket_grunnlag / n.folketall
    moved = n.innlemming_endring * (mean * k.folketall - k.oremerket_grunnlag)
    fees = k.selvkost_andel * k.anleggsmidler * n.kalkylerente_endring
    return n.tilskudd_endring * k.folketall + moved + fees
