"""December: the director's forecast and proposal, the council's budget for the coming year.

behaviour.md § 4: perceived gap, speed that depends on the fund, start and stop thresholds, a portfolio of
measures; kommuneloven §§ 14-4, 14-10, 14-11: balance, realism, coverage of earlier deficits.
"""

import math

import numpy as np
from numba import njit

from sim.kernel.portfolio import (
    AVDRAG,
    BEMANNING,
    EASE,
    EIENDOMSSKATT,
    FOND,
    GEBYR,
    INVESTERING,
    MERFORBRUK,
    N_CONTINUOUS,
    N_SECTORS,
    OSTEHOVEL,
    PRICE,
    VEDLIKEHOLD,
    choose,
    slack_above_floors,
    spread_cut,
)
from sim.kernel.revenue import kr

ROUNDING = 1  # the few kroner that rounding leaves go to the largest service (pleie; kollektivtransport)


@njit(cache=True, nogil=True)
def roll_forward(k, w, n, q):
    """The budget at unchanged policy: prices, need (followed in part), rebound of cheap staffing, local pressure."""
    prices = (1.0 + n.kostnad_overraskelse / (1.0 + n.deflator_anslag)) * (1.0 + n.prisanslag_neste)
    rebound = kr(q.bemanning_tilbakeslag * k.bemanningskutt)
    k.bemanningskutt -= rebound
    total = 0.0
    for s in range(N_SECTORS):
        total += k.budsjett_utgifter[s]
    back = rebound / total if total > 0.0 else 0.0
    drift = 0.0 if k.konsoliderer > 0.0 else q.utgiftsdrift * k.driftsinntekter / max(total, 1.0)
    for s in range(N_SECTORS):
        need = k.behovsvekst[s]
        need = q.demografi_opp * need if need > 0.0 else q.demografi_ned * need
        contract = 0.0
        if w.er_fylke == 1 and s == 1:  # bus contracts: a share is renewed each year at a higher price
            contract = q.bussanbud_andel * q.buss_kontrakt_andel * q.bussanbud_pris
        k.budsjett_utgifter[s] = kr(k.budsjett_utgifter[s] * prices * (1.0 + need + back + drift + contract))
    k.vedlikeholdsnorm = kr(k.vedlikeholdsnorm * prices)
    k.budsjett_vedlikehold = k.vedlikeholdsnorm
    k.innbakt_kostnad += q.varig_tolkning * (k.avvik_siste - k.innbakt_kostnad)


@njit(cache=True, nogil=True)
def forecast_income(k, w, n, year):
    """Operating revenue the director expects next year: the announced frame, without this year's temporary tax."""
    if year + 1 <= 2027:
        free = w.frie_2026 if year + 1 == 2026 else w.frie_2027
    else:
        lasting = k.frie_inntekter - kr(k.redning)
        lasting *= (1.0 + n.skatt_varig) / (1.0 + n.skatt_varig + n.skatt_midlertidig)
        people = w.vekst[min(year - 2026, 24)] / n.vekst_hovedalternativ
        growth = n.vekst_neste_fylke if w.er_fylke == 1 else n.vekst_neste
        free = lasting * (1.0 + growth) * people
    others = k.eiendomsskatt + k.gebyrer + k.naturinntekter + k.ovrige_inntekter
    return free + others * (1.0 + n.prisanslag_neste)


@njit(cache=True, nogil=True)
def due_coverage(k, expected_new, age_of_newest, deadline, extended):
    """Coverage of earlier deficits that next year's budget owes, and the sum that will stand, kr.

    Each vintage is covered in equal parts over the years it has left of the `deadline` of § 14-11. One that is
    past it follows the longer plan that is approved: `extended` years from when it arose.
    """
    due, standing = expected_new / max(1.0, deadline), expected_new
    if k.merforbruk > 0.0:
        for age in range(k.merforbruk_argang.shape[0]):
            amount = k.merforbruk_argang[age]
            if amount > 0.0:
                left = deadline - (age + age_of_newest)
                if left < 1.0:
                    left = max(1.0, extended - (age + age_of_newest))
                due += amount / left
                standing += amount
    return kr(due), kr(standing)


@njit(cache=True, nogil=True)
def target_result(k, q, is_county, fund, due):
    """The result the director aims at, share of revenue (behaviour.md § 4.2)."""
    target = q.mal_ndr_fylke if is_county else q.mal_ndr
    short = max(0.0, 1.0 - max(fund, 0.0) / (q.fondsmal * k.driftsinntekter))
    target += q.fondsoppbygging * short + q.dekning_vekt * due / k.driftsinntekter
    if k.robek_grunnlag > 0:
        target += q.robek_mal
    return target


@njit(cache=True, nogil=True)
def adjustment_speed(k, q, gap, fund, election):
    """Share of the gap closed in a year: fast without cover, slow with a comfortable fund (A1-A3, C13)."""
    cover = max(fund, 0.0) / k.driftsinntekter / max(gap, 1e-4)
    urgency = 1.0 / (1.0 + math.exp(min(50.0, (cover - q.kappa) / q.kappa_bredde)))
    speed = q.alfa_lav + (q.alfa_hoy - q.alfa_lav) * urgency
    speed *= k.fartsfaktor * (1.0 - q.fragmentering_fart * k.fragmentering)
    speed *= 1.0 - q.kapasitet_fart * (1.0 - k.kapasitet)
    if k.robek_grunnlag > 0:
        speed *= q.robek_fart
    if election:
        speed *= q.valgar_fart
    return min(speed, 1.0)


@njit(cache=True, nogil=True)
def adopt_budget(k, w, n, q, year, margin, age_of_newest, forecast_z, open_deficit_u, election, norms, work):
    """The original budget for year + 1.

    `margin` is what the autumn knows of the year's closing: the result after its budgeted dispositions, kr.
    `age_of_newest` is the age in `year` of the vintage at index 0: 1 before the closing of `year`, 0 after.
    `norms` (5, 8) are those of the kind of unit (portfolio.set_norms); `work` is scratch of (3, 8).
    """
    is_county = w.er_fylke == 1
    income = k.driftsinntekter
    expected_income = forecast_income(k, w, n, year)
    fund = k.disposisjonsfond + margin
    if fund < 0.0:  # coverage and transfer are struck first
        fund = min(0.0, fund + k.overforing_investering + k.dekning_tidligere_merforbruk)
    expected_new = max(0.0, -fund)
    fund = np.floor(max(0.0, fund))
    roll_forward(k, w, n, q)
    minimum = kr(k.minimumsavdrag * (1.0 + n.prisanslag_neste))
    amortisation = kr(minimum * (1.0 + q.avdrag_over_minimum))
    spending = k.budsjett_vedlikehold + k.budsjett_omstilling + amortisation + k.innbakt_kostnad * expected_income
    for s in range(N_SECTORS):
        spending += k.budsjett_utgifter[s]
    spending += k.premieavvik_neste  # amortisation of premieavvik that is already decided
    rate = n.rente_neste + q.rentepaslag
    net_interest = k.lanegjeld * rate - max(0.0, k.innskudd) * q.likviditet_rente * n.rente_neste
    forecast = expected_income + k.tiltak[EIENDOMSSKATT] - spending - net_interest
    forecast += q.prognosefeil * income * forecast_z
    k.prognose = kr(forecast)
    due, standing = due_coverage(k, expected_new, age_of_newest, q.dekningsfrist, q.dekningsfrist_departement)
    k.gap = target_result(k, q, is_county, fund, due) - forecast / income
    if k.konsoliderer > 0.0:
        k.konsoliderer = 1.0 if k.gap > q.gap_stopp else 0.0
    else:
        k.konsoliderer = 1.0 if k.gap > q.gap_start else 0.0
    k.gode_ar = k.gode_ar + 1.0 if k.gap <= q.gap_stopp else 0.0
    k.tilpasningsfart, relief = 0.0, 0.0
    if k.konsoliderer > 0.0:
        k.tilpasningsfart = adjustment_speed(k, q, k.gap, fund, election)
        relief = min(k.tilpasningsfart * k.gap, q.innsparing_tak) * income
    # a mandatory fund is built up over the four years of the plan (lever; no rule today)
    buffer = max(0.0, q.minste_fond * income - fund) / 4.0
    if buffer > 0.0:
        relief = max(relief, min(due + buffer - forecast, q.innsparing_tak * income))
    # the budget must balance: what the forecast and the fund cannot carry must be found (§ 14-4)
    must = max(0.0, due - forecast - fund)
    relief = max(relief, min(must, 2.0 * q.innsparing_tak * income))
    if must > 0.0 and standing > 0.0:  # "special cases": the council may take longer, but not for ever (§ 14-11)
        longest = max(q.dekningsfrist, q.dekningsfrist_kommunestyre)
        least, _ = due_coverage(k, expected_new, age_of_newest, longest, q.dekningsfrist_departement)
        relief = max(relief, least - forecast - fund)
    real = _apply_measures(k, q, is_county, income, relief, fund, amortisation, minimum, norms, work)
    if k.gap < 0.0 and k.gode_ar >= 2.0:
        real -= _spend_room(k, q, income)
    planned = kr(forecast + real)
    _balance(k, q, is_county, planned, fund, due, standing, income, year, age_of_newest, open_deficit_u)
    k.budsjett_driftsinntekter = kr(expected_income)


@njit(cache=True, nogil=True)
def _apply_measures(k, q, is_county, income, relief, fund, amortisation, minimum, norms, work):
    """Choose the mix and put it into the budget; returns the kroner it improves the planned result by."""
    k.innsparing = 0.0
    k.gebyr_okning = 0.0
    k.budsjett_avdrag = amortisation
    k.budsjett_investering = planned_investment(k, q, is_county, income)
    if relief <= 0.0:
        return 0.0
    percent = 100.0 / income
    price, ease, cap, x, slack = norms[PRICE], norms[EASE], work[0], work[1], work[2]
    # the emptier the fund, the dearer its next krone
    price[FOND] = q.fond_kost * (1.0 + q.fondsmal * income / fund) if fund > 0.0 else 1e6
    room = slack_above_floors(k, norms, slack)
    stock = k.bemanningskutt * percent
    cap[BEMANNING] = max(0.0, 100.0 * q.bemanning_tak - 0.5 * stock)
    cap[INVESTERING] = q.investering_tak * k.budsjett_investering * q.investering_virkning * percent
    cap[VEDLIKEHOLD] = min(100.0 * q.vedlikehold_tak, 0.5 * k.budsjett_vedlikehold * percent)
    cap[AVDRAG] = q.avdrag_tak * max(0.0, amortisation - minimum) * percent
    cap[FOND] = q.fond_tak * fund * percent
    cap[OSTEHOVEL] = min(100.0 * q.ostehovel_tak, room * percent)
    cap[GEBYR] = 0.0 if is_county else 100.0 * q.gebyr_tak
    choose(relief * percent, price, ease, cap, x)
    real = 0.0
    for m in range(N_CONTINUOUS):
        amount = np.floor(x[m] / percent)
        k.tiltak[m] = amount
        k.innsparing += amount
        if m != FOND:
            real += amount
    k.bemanningskutt += k.tiltak[BEMANNING]
    spread_even(k, k.tiltak[BEMANNING])
    slack_above_floors(k, norms, slack)
    postponed = np.floor(k.tiltak[INVESTERING] / q.investering_virkning)
    k.budsjett_investering -= postponed
    k.investeringsko += postponed
    k.budsjett_vedlikehold -= k.tiltak[VEDLIKEHOLD]
    k.budsjett_avdrag -= k.tiltak[AVDRAG]
    done = spread_cut(k, norms, k.tiltak[OSTEHOVEL], slack)
    real -= k.tiltak[OSTEHOVEL] - done
    k.tiltak[OSTEHOVEL] = done
    k.gebyr_okning = k.tiltak[GEBYR]
    real -= np.floor(q.vedlikehold_i_balansekrav * k.tiltak[VEDLIKEHOLD])
    return real


@njit(cache=True, nogil=True)
def spread_even(k, amount):
    """Take `amount` from all services in proportion to spending, in whole kroner."""
    total = 0.0
    for s in range(N_SECTORS):
        total += k.budsjett_utgifter[s]
    left, share = amount, amount / max(total, 1.0)
    for s in range(N_SECTORS):
        cut = kr(share * k.budsjett_utgifter[s])
        k.budsjett_utgifter[s] -= cut
        left -= cut
    k.budsjett_utgifter[ROUNDING] -= left


@njit(cache=True, nogil=True)
def _spend_room(k, q, income):
    """After two good years part of the room above the target goes to services (finding 3: not the mirror of cuts)."""
    room = np.floor(min(q.vekst_av_rom * -k.gap, q.innsparing_tak) * income)
    spread_even(k, -room)
    return room


@njit(cache=True, nogil=True)
def planned_investment(k, q, is_county, income):
    """Gross investment planned for the year: the norm, growth, what returns from the queue and the backlog."""
    level = q.investering_niva_fylke if is_county else q.investering_niva
    growth = max(-0.02, k.folketall / k.folketall_forrige - 1.0)
    back = np.floor(q.ko_retur * k.investeringsko)
    repair = np.floor(q.etterslep_retur * k.vedlikeholdsetterslep)
    k.investeringsko -= back
    k.vedlikeholdsetterslep -= repair
    plan = income * level * k.investeringsniva * (1.0 + q.investering_vekst_vekt * growth)
    return kr(max(0.0, plan)) + back + repair


@njit(cache=True, nogil=True)
def grant_share(q, is_county):
    """Share of gross investment that grants and VAT compensation pay."""
    return q.investering_tilskudd_fylke if is_county else q.investering_tilskudd


@njit(cache=True, nogil=True)
def _balance(k, q, is_county, planned, fund, due, standing, income, year, age_of_newest, open_deficit_u):
    """Close the original budget: transfer, allocation, use of the fund, coverage - and a deficit if nothing is left.

    Coverage that cannot be found is put later in the plan (special cases, § 14-11: ground c when beyond two years);
    a shortfall that remains is adopted openly (§ 28-1 a) or hidden in an optimistic estimate of revenue.
    """
    net = planned
    k.budsjett_overforing = 0.0
    k.budsjett_avsetning = 0.0
    k.budsjett_bruk_disposisjonsfond = 0.0
    k.budsjett_balanse = 0.0
    k.plan_balanse = 0.0
    k.plan_dekning_ar = 0.0
    coverage = due
    if net < due:
        draw = min(fund, due - net)
        k.budsjett_bruk_disposisjonsfond = draw
        coverage = max(0.0, min(due, net + draw))
        shortfall = -(net + draw) if net + draw < 0.0 else 0.0
        if shortfall > 0.0:
            k.tiltak[MERFORBRUK] = shortfall
            if open_deficit_u < q.budsjett_med_merforbruk:
                k.budsjett_balanse = -shortfall
                if open_deficit_u < 0.8 * q.budsjett_med_merforbruk:  # four of the five with a also have b
                    k.plan_balanse = -shortfall
            else:
                net += shortfall  # an estimate that will not hold
    else:
        room = net - due
        transfer = np.floor(q.egenfinansiering * room)
        wanted = kr((1.0 - grant_share(q, is_county)) * k.budsjett_investering)
        k.budsjett_overforing = min(transfer, wanted)
        k.budsjett_avsetning = room - k.budsjett_overforing
    k.tiltak[FOND] = k.budsjett_bruk_disposisjonsfond
    k.budsjett_dekning = coverage
    k.budsjett_resultat = net
    pace = max(coverage, np.floor(q.plan_dekning * income))
    k.plan_dekning_ar = _last_coverage_year(standing, coverage, pace, year)
    k.plan_for_sent = 1.0 if _too_late(k, standing, coverage, pace, age_of_newest, q) else 0.0


@njit(cache=True, nogil=True)
def _last_coverage_year(standing, coverage, pace, year):
    """The year in which the plan covers the last of the deficits: `coverage` in the budget, then `pace` a year."""
    if standing <= 0.0:
        return 0.0
    return year + 1.0 + math.ceil(max(0.0, standing - coverage) / pace)


@njit(cache=True, nogil=True)
def _too_late(k, standing, coverage, pace, age_of_newest, q):
    """True if the plan covers some vintage later than robek_c_ar years after it arose, oldest first (§ 28-1 c)."""
    if standing <= 0.0:
        return False
    before = 0.0
    for age in range(k.merforbruk_argang.shape[0] - 1, -1, -1):
        amount = k.merforbruk_argang[age]
        if amount > 0.0:
            before += amount
            years = 1.0 + math.ceil(max(0.0, before - coverage) / pace)  # from the accounts year
            if years + age + age_of_newest > q.robek_c_ar:
                return True
    return 1.0 + math.ceil(max(0.0, standing - coverage) / pace) > q.robek_c_ar
