"""December: the director's forecast and proposal, the council's budget for the coming year.

behaviour.md § 4: perceived gap, speed that depends on the fund, start and stop thresholds, a portfolio of
measures; kommuneloven §§ 14-4, 14-10, 14-11: balance, realism, coverage of earlier deficits.
"""

import math

import numpy as np
from numba import njit

from sim.kernel.county import county_costs
from sim.kernel.coverage import coverage_due, planned_too_late, years_to_cover
from sim.kernel.forecast import expect_closing, forecast_result, roll_forward
from sim.kernel.notes import (
    AMORTISATION,
    AMOUNT,
    CAP,
    DUE,
    FUND,
    MINIMUM,
    NEW_DEFICIT,
    NOTES,
    RELIEF,
    SLACK,
    STANDING,
    USABLE,
)
from sim.kernel.portfolio import (
    AVDRAG,
    BEMANNING,
    EASE,
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

PLAN_TOO = 0.8  # of those that adopt a deficit in the budget, four of five have it in the plan too (REG-26)
ROUNDING = 1  # the few kroner that rounding leaves go to the largest service (pleie; kollektivtransport)


@njit(cache=True, nogil=True)
def target_result(k, q, is_county, fund, due, per_krone):
    """The result the director aims at, share of revenue (behaviour.md § 4.2)."""
    target = q.mal_ndr_fylke if is_county else q.mal_ndr
    short = max(0.0, 1.0 - fund * per_krone / q.fondsmal)
    target += q.fondsoppbygging * short + q.dekning_vekt * due * per_krone
    if k.robek_grunnlag > 0:
        target += q.robek_mal
    return target


@njit(cache=True, nogil=True)
def adjustment_speed(k, q, gap, cover, election):
    """Share of the gap closed in a year: fast without cover, slow with a comfortable fund (A1-A3, C13).

    `cover` is the fund as a share of revenue; gap and cover together give the years the fund lasts.
    """
    years = cover / max(gap, 1e-4)
    urgency = 1.0 / (1.0 + math.exp(min(50.0, (years - q.kappa) / q.kappa_bredde)))
    speed = q.alfa_lav + (q.alfa_hoy - q.alfa_lav) * urgency
    speed *= k.fartsfaktor * (1.0 - q.fragmentering_fart * k.fragmentering)
    speed *= 1.0 - q.kapasitet_fart * (1.0 - k.kapasitet)
    if k.robek_grunnlag > 0:
        speed *= q.robek_fart
    if election:
        speed *= q.valgar_fart
    return min(speed, 1.0)


@njit(cache=True, nogil=True)
def adopt_budget(k, w, n, q, year, result, age_of_newest, forecast_z, open_deficit_u, election, norms, work):
    """The original budget for year + 1.

    `result` is December's estimate of the year's result after restricted funds, kr; 0 when the year is closed.
    `age_of_newest` is the age in `year` of the vintage at index 0: 1 before the closing of `year`, 0 after.
    `norms` (5, 8) are those of the kind of unit (portfolio.set_norms); `work` (4, 8) is scratch, with notes for whoever
    explains the decision (notes.py).
    """
    is_county = w.er_fylke == 1
    income = k.driftsinntekter
    per_krone = 1.0 / income
    fund, expected_new, known = expect_closing(k, result)
    usable = np.floor(max(0.0, fund - q.minste_fond * income))
    roll_forward(k, w, n, q)
    if is_county:
        county_costs(k, q, year)
    minimum = kr(k.minimumsavdrag * (1.0 + n.prisanslag_neste))
    amortisation = kr(minimum * (1.0 + q.avdrag_over_minimum))
    forecast = forecast_result(k, w, n, q, year, income, amortisation, forecast_z)
    k.prognose = forecast
    due, standing, least = 0.0, 0.0, 0.0
    if k.merforbruk + expected_new > 0.0:
        extended = q.dekningsfrist_departement
        due, standing = coverage_due(k, known, expected_new, age_of_newest, q.dekningsfrist, extended)
        # "special cases": the council may take longer, but not for ever (§ 14-11)
        longest = max(q.dekningsfrist, q.dekningsfrist_kommunestyre)
        least, _ = coverage_due(k, known, expected_new, age_of_newest, longest, extended)
    k.gap = target_result(k, q, is_county, fund, due, per_krone) - forecast * per_krone
    if k.konsoliderer > 0.0:
        k.konsoliderer = 1.0 if k.gap > q.gap_stopp else 0.0
    else:
        k.konsoliderer = 1.0 if k.gap > q.gap_start else 0.0
    k.gode_ar = k.gode_ar + 1.0 if k.gap <= q.gap_stopp else 0.0
    k.tilpasningsfart, relief = 0.0, 0.0
    if k.konsoliderer > 0.0:
        k.tilpasningsfart = adjustment_speed(k, q, k.gap, fund * per_krone, election)
        relief = min(k.tilpasningsfart * k.gap, q.innsparing_tak) * income
    # a mandatory fund is built up over the four years of the plan (lever; no rule today)
    buffer = 0.25 * max(0.0, q.minste_fond * income - fund)
    if buffer > 0.0:
        relief = max(relief, min(due + buffer - forecast, q.innsparing_tak * income))
    # the budget must balance: what the forecast and the fund cannot carry must be found (§ 14-4)
    must = due - forecast - usable
    if must > 0.0:
        relief = max(relief, min(must, 2.0 * q.innsparing_tak * income), min(least, due) - forecast - usable)
    note = work[NOTES]
    note[FUND], note[NEW_DEFICIT], note[DUE], note[STANDING] = fund, expected_new, due, standing
    note[RELIEF], note[AMORTISATION], note[MINIMUM], note[USABLE] = relief, amortisation, minimum, usable
    need_fund = min(usable, max(0.0, due - forecast))
    real = _apply_measures(k, q, is_county, income, relief, need_fund, fund, amortisation, minimum, norms, work)
    if k.gap < 0.0 and k.gode_ar >= 2.0:
        real -= _spend_room(k, q, income)
    controlled = q.statlig_kontroll == 2.0 or (q.statlig_kontroll == 1.0 and k.robek_grunnlag > 0)
    open_u = 0.0 if controlled else open_deficit_u  # legality control lets no hidden deficit pass (§ 28-3(1))
    _balance(k, q, is_county, forecast + real, usable, due, standing, open_u)
    _plan(k, q, known, standing, income, age_of_newest, year)


@njit(cache=True, nogil=True)
def _apply_measures(k, q, is_county, income, relief, need_fund, fund, amortisation, minimum, norms, work):
    """Choose the mix and put it into the budget; returns the kroner it improves the planned result by.

    `need_fund` is what the budget could draw from the fund at most. Postponed investment is chosen for the relief it
    gives in the long run, but improves no result in the budget year: debt service rests on the opening debt.
    """
    k.gebyr_okning = 0.0
    k.budsjett_avdrag = amortisation
    k.budsjett_investering = planned_investment(k, q, is_county, income)
    if relief <= 0.0:
        return 0.0
    percent, krone = 100.0 / income, 0.01 * income
    price, ease, cap, x, slack = norms[PRICE], norms[EASE], work[CAP], work[AMOUNT], work[SLACK]
    # the emptier the fund, the dearer its next krone
    price[FOND] = q.fond_kost * (1.0 + q.fondsmal * income / fund) if fund > 0.0 else 1e6
    room = slack_above_floors(k, norms, slack)
    k.rom_over_gulv = room
    stock = k.bemanningskutt * percent
    cap[BEMANNING] = max(0.0, 100.0 * q.bemanning_tak - 0.5 * stock)
    cap[INVESTERING] = q.investering_tak * k.budsjett_investering * q.investering_virkning * percent
    cap[VEDLIKEHOLD] = min(100.0 * q.vedlikehold_tak, 0.5 * k.budsjett_vedlikehold * percent)
    cap[AVDRAG] = q.avdrag_tak * max(0.0, amortisation - minimum) * percent
    cap[FOND] = q.fond_tak * need_fund * percent
    cap[OSTEHOVEL] = min(100.0 * q.ostehovel_tak, room * percent)
    cap[GEBYR] = 0.0 if is_county else 100.0 * q.gebyr_tak
    choose(relief * percent, price, ease, cap, x)
    real = 0.0
    for m in range(N_CONTINUOUS):
        k.tiltak[m] = np.floor(x[m] * krone)
        if m != FOND and m != INVESTERING:
            real += k.tiltak[m]
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
def _balance(k, q, is_county, planned, usable, due, standing, open_deficit_u):
    """Close the original budget: coverage, transfer, allocation, use of the fund - and a deficit if nothing is left.

    Earlier deficits come first: all that stands is covered if the planned result carries it (§ 14-11: y + 1), at
    least what is due; only then is anything transferred or saved. A shortfall that remains is adopted openly
    (§ 28-1 a) or hidden in an optimistic estimate of revenue.
    """
    net = kr(planned)
    k.budsjett_overforing = 0.0
    k.budsjett_avsetning = 0.0
    k.budsjett_bruk_disposisjonsfond = 0.0
    k.budsjett_balanse = 0.0
    k.plan_balanse = 0.0
    if net < due:
        draw = min(usable, due - net)
        k.budsjett_bruk_disposisjonsfond = draw
        k.budsjett_dekning = max(0.0, min(due, net + draw))
        shortfall = -(net + draw) if net + draw < 0.0 else 0.0
        if shortfall > 0.0:
            k.tiltak[MERFORBRUK] = shortfall
            if open_deficit_u < q.budsjett_med_merforbruk:
                k.budsjett_balanse = -shortfall
                if open_deficit_u < PLAN_TOO * q.budsjett_med_merforbruk:
                    k.plan_balanse = -shortfall
            else:
                net += shortfall  # an estimate that will not hold
    else:
        k.budsjett_dekning = min(standing, net)
        room = net - k.budsjett_dekning
        wanted = kr((1.0 - grant_share(q, is_county)) * k.budsjett_investering)
        share = q.egenfinansiering_fylke if is_county else q.egenfinansiering
        k.budsjett_overforing = min(np.floor(share * room), wanted)
        k.budsjett_avsetning = room - k.budsjett_overforing
    k.tiltak[FOND] = k.budsjett_bruk_disposisjonsfond
    k.budsjett_resultat = net
    k.innsparing = 0.0
    for m in range(N_CONTINUOUS):
        k.innsparing += k.tiltak[m]


@njit(cache=True, nogil=True)
def _plan(k, q, known, standing, income, age_of_newest, year):
    """The financial plan: when the last of the earlier deficits is covered, and whether that is too late."""
    k.plan_dekning_ar, k.plan_for_sent = 0.0, 0.0
    if standing > 0.0:
        pace = max(k.budsjett_dekning, np.floor(q.plan_dekning * income))
        k.plan_dekning_ar = year + years_to_cover(standing, k.budsjett_dekning, pace)
        late = planned_too_late(k, known, standing, k.budsjett_dekning, pace, age_of_newest, q.robek_c_ar)
        k.plan_for_sent = 1.0 if late else 0.0
