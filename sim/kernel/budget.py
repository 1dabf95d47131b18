"""December: the director's forecast and proposal, the council's budget for the coming year.

behaviour.md § 4: perceived gap, speed that depends on the fund, start and stop thresholds, a portfolio of
measures; kommuneloven §§ 14-4, 14-10, 14-11: balance, realism, coverage of earlier deficits.
"""

import math

import numpy as np
from numba import njit

from sim.kernel.adoption import balance_budget, grant_share, own_norm
from sim.kernel.council import amend
from sim.kernel.county import county_costs
from sim.kernel.coverage import coverage_due, coverage_owed, longest_lawful
from sim.kernel.forecast import expect_closing, forecast_result, roll_forward
from sim.kernel.loans import must_wait
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
from sim.kernel.okonomiplan import plan_ahead, plan_coverage
from sim.kernel.portfolio import (
    AVDRAG,
    BEMANNING,
    EASE,
    FOND,
    GEBYR,
    INVESTERING,
    N_CONTINUOUS,
    N_SECTORS,
    OSTEHOVEL,
    PRICE,
    VEDLIKEHOLD,
    choose,
    rise_weight,
    slack_above_floors,
    spread_cut,
)
from sim.kernel.revenue import kr
from sim.kernel.schools import receiving_schools

ROUNDING = 1  # the few kroner that rounding leaves go to the largest service (pleie; kollektivtransport)


@njit(cache=True, nogil=True)
def target_result(k, q, is_county, fund, due, per_krone):
    """The result the director aims at, share of revenue (behaviour.md § 4.2)."""
    target = q.mal_ndr_fylke if is_county else q.mal_ndr
    short = max(0.0, own_norm(k, q) - fund * per_krone) / q.fondsmal
    target += q.fondsoppbygging * short + q.dekning_vekt * due * per_krone
    if k.robek_grunnlag > 0:
        target += q.robek_mal
    return target


@njit(cache=True, nogil=True)
def adjustment_speed(k, q, gap, cover, threat):
    """Share of the gap that the director proposes to close: fast without cover, slow with a comfortable fund (A1-A3).

    A registered unit is faster (C13), and so is one that the register threatens: `threat` is how near it is, 0 to 1
    (finding 4). The council amends (sim.kernel.council), so what is returned may be above 1. `cover` is the fund as
    a share of revenue; gap and cover together give the years the fund lasts.
    """
    years = cover / max(gap, 1e-4)
    urgency = 1.0 / (1.0 + math.exp(min(50.0, (years - q.kappa) / q.kappa_bredde)))
    speed = q.alfa_lav + (q.alfa_hoy - q.alfa_lav) * urgency
    speed *= k.fartsfaktor
    if k.robek_grunnlag > 0:
        speed *= q.robek_fart
    else:
        speed *= 1.0 + q.robek_forventning * threat
    return speed


@njit(cache=True, nogil=True)
def register_threat(q, standing, income):
    """How near the register a unit with deficits is: half-way with the first krone, there at the threshold of d."""
    if standing <= 0.0 or q.robek < 1.0:
        return 0.0
    return 0.5 + 0.5 * min(1.0, standing / max(1.0, q.robek_d_terskel * income))


@njit(cache=True, nogil=True)
def adopt_budget(k, w, n, q, year, result, age_of_newest, forecast_z, open_deficit_u, before_election, norms, work):
    """The original budget for year + 1; `before_election` is true if there is an election in that year.

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
    need = roll_forward(k, w, n, q)
    if is_county:
        county_costs(k, q, year)
    minimum = kr(k.minimumsavdrag * (1.0 + n.prisanslag_neste))
    amortisation = kr(minimum * (1.0 + q.avdrag_over_minimum))
    forecast = forecast_result(k, w, n, q, year, income, amortisation, forecast_z)
    k.prognose = forecast
    due, standing, least, owed = 0.0, 0.0, 0.0, (0.0, 0.0, 0.0, 0.0)
    if k.merforbruk + expected_new > 0.0:
        # what is overdue is owed at once, as far as a plan reaches in a year
        usual = q.dekningsfrist + q.dekningsfrist_tillegg
        due, standing = coverage_due(k, known, expected_new, age_of_newest, usual, 0.0)
        # "special cases": the council may take longer (§ 14-11); what is older still follows a longer plan
        longest = longest_lawful(q)
        extended = q.dekningsfrist_departement + q.dekningsfrist_tillegg
        least, _ = coverage_due(k, known, expected_new, age_of_newest, longest, extended)
        due = max(least, min(due, kr(q.plan_dekning * income)))
        owed = coverage_owed(k, q, known, expected_new, age_of_newest)
    k.gap = target_result(k, q, is_county, fund, due, per_krone) - forecast * per_krone
    if k.konsoliderer > 0.0:
        k.konsoliderer = 1.0 if k.gap > q.gap_stopp else 0.0
    else:
        k.konsoliderer = 1.0 if k.gap > q.gap_start else 0.0
    k.gode_ar = k.gode_ar + 1.0 if k.gap <= q.gap_stopp else 0.0
    speed, lowest = 0.0, 0.0
    if k.konsoliderer > 0.0:
        speed = adjustment_speed(k, q, k.gap, fund * per_krone, register_threat(q, standing, income))
    # the council's plan for the year binds a unit with deficits or in the register (§§ 14-3, 28-4)
    if standing > 0.0 or k.robek_grunnlag > 0:
        lowest = min(q.tiltaksplan_binding * k.tiltaksplan, 2.0 * q.innsparing_tak * income)
    # a mandatory fund is built up over the four years of the plan (lever; no rule today)
    buffer = 0.25 * max(0.0, q.minste_fond * income - fund)
    if buffer > 0.0:
        lowest = max(lowest, min(due + buffer - forecast, q.innsparing_tak * income))
    # the budget must balance: what the forecast and the fund cannot carry must be found (§ 14-4)
    must = due - forecast - usable
    if must > 0.0:
        lowest = max(lowest, min(must, 2.0 * q.innsparing_tak * income), min(least, due) - forecast - usable)
    relief = amend(k, q, speed, income, lowest, before_election)
    note = work[NOTES]
    note[FUND], note[NEW_DEFICIT], note[DUE], note[STANDING] = fund, expected_new, due, standing
    note[RELIEF], note[AMORTISATION], note[MINIMUM], note[USABLE] = relief, amortisation, minimum, usable
    need_fund = min(usable, max(0.0, due - forecast))
    k.budsjett_avdrag = amortisation
    k.budsjett_investering = planned_investment(k, q, is_county, income, receiving_schools(k, q, n))
    real = _apply_measures(k, q, is_county, income, relief, need_fund, fund, amortisation, minimum, norms, work)
    if k.gap < 0.0 and k.gode_ar >= 2.0:
        real -= _spend_room(k, q, is_county, income)
    controlled = q.statlig_kontroll == 2.0 or (q.statlig_kontroll == 1.0 and k.robek_grunnlag > 0)
    open_u = 0.0 if controlled else open_deficit_u  # legality control lets no hidden deficit pass (§ 28-3(1))
    left = balance_budget(k, q, is_county, forecast + real, fund, usable, due, standing, owed[0], open_u)
    # legality control does not extend to the plan (law.md § 4.7)
    planned = plan_ahead(k, w, n, q, year, need, usable, due, standing, owed, left, open_deficit_u)
    plan_coverage(k, q, known, standing, planned, age_of_newest, year)


@njit(cache=True, nogil=True)
def _apply_measures(k, q, is_county, income, relief, need_fund, fund, amortisation, minimum, norms, work):
    """Choose the mix and put it into the budget; returns the kroner it improves the planned result by.

    `need_fund` is what the budget could draw from the fund at most. Postponed investment is chosen for the relief it
    gives in the long run, but improves no result in the budget year: debt service rests on the opening debt.
    """
    k.gebyr_okning, k.ikke_gjennomfort = 0.0, 0.0
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
    k.bemanningskutt += np.floor(k.gjennomforing * k.tiltak[BEMANNING])
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
    k.ikke_gjennomfort = kr((1.0 - k.gjennomforing) * (k.tiltak[BEMANNING] + done))
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
def _spend_room(k, q, is_county, income):
    """After two good years part of the room above the target goes to services, by weights of their own.

    What is restored is not the mirror of what was cut (finding 3).
    """
    room = np.floor(min(q.vekst_av_rom * -k.gap, q.innsparing_tak) * income)
    total = 0.0
    for s in range(N_SECTORS):
        total += rise_weight(s, is_county, q) * k.budsjett_utgifter[s]
    left, share = room, room / max(total, 1.0)
    for s in range(N_SECTORS):
        rise = kr(share * rise_weight(s, is_county, q) * k.budsjett_utgifter[s])
        k.budsjett_utgifter[s] += rise
        left -= rise
    k.budsjett_utgifter[ROUNDING] += left
    return room


@njit(cache=True, nogil=True)
def planned_investment(k, q, is_county, income, schools):
    """Gross investment planned for the year: the norm, growth, what returns from queue and backlog, `schools` (kr).

    The investment budget is in balance too (§ 14-4): what a unit under control cannot finance stays in the queue, and
    what goes beyond that is replacement that is not made: it comes back as backlog (behaviour.md A16).
    """
    level = q.investering_niva_fylke if is_county else q.investering_niva
    growth = max(-0.02, k.folketall / k.folketall_forrige - 1.0)
    back = np.floor(q.ko_retur * k.investeringsko)
    repair = np.floor(q.etterslep_retur * k.vedlikeholdsetterslep)
    k.investeringsko -= back
    k.vedlikeholdsetterslep -= repair
    plan = income * level * k.investeringsniva * (1.0 + q.investering_vekst_vekt * growth)
    plan = kr(max(0.0, plan)) + back + repair + schools
    waits = must_wait(k, q, 1.0 - grant_share(q, is_county), plan)
    k.investeringsko += min(waits, back)
    k.vedlikeholdsetterslep += max(0.0, waits - back)
    return plan - waits
