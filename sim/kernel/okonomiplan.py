"""The four-year plan: the budget and three more years, each in balance (kommuneloven §§ 14-3, 14-4, 28-1 b and c).

The forecast of the budget is rolled ahead with what the director knows: growth of need and of inhabitants beyond what
the frame follows, debt service of the investment planned, measures that do not last, coverage that is due. Named
measures close a gap up to a limit, then the fund; an unspecified saving counts as a deficit (KDD, 14 February 2022).
There is one plan: the coverage it holds is what grounds b and c are judged by.
"""

import numpy as np
from numba import njit

from sim.kernel.adoption import grant_share
from sim.kernel.coverage import planned_too_late, years_to_cover
from sim.kernel.national import since_start
from sim.kernel.portfolio import AVDRAG, VEDLIKEHOLD
from sim.kernel.revenue import kr

YEARS = 4  # § 14-3
LAST_GROWTH = 24  # place of the last projected growth in World.vekst


@njit(cache=True, nogil=True)
def plan_ahead(k, w, n, q, year, need, usable, due, standing, owed, shortfall, open_deficit_u):
    """Fill plan_balanse, plan_resultat and tiltaksplan, kr; returns what the four years cover of earlier deficits.

    `need` is what growth of need adds to spending in a year, `owed` (4) what the statute wants covered by each year of
    the plan (coverage_owed), `shortfall` what the budget itself leaves open. A unit without pressure plans in balance.
    One that hides its shortfall in optimism promises balance, and coverage at the pace of planned_pace.
    """
    k.plan_balanse, k.tiltaksplan, k.plan_resultat = 0.0, 0.0, k.budsjett_resultat
    covered = max(0.0, k.budsjett_dekning + k.budsjett_balanse)  # an open deficit covers nothing
    first, second, third, fourth = covered, 0.0, 0.0, 0.0
    if k.konsoliderer <= 0.0 and standing <= 0.0 and k.budsjett_resultat >= due:
        return first, second, third, fourth
    fund = usable - k.budsjett_bruk_disposisjonsfond + k.budsjett_avsetning
    weakest = min(shortfall, -k.budsjett_balanse)
    honest = k.budsjett_balanse < 0.0 or open_deficit_u < q.budsjett_med_merforbruk
    limit, pace = q.plan_tiltak_tak * k.driftsinntekter, planned_pace(k, q, due)
    change = known_change(k, w, n, q, year) - need
    result = k.budsjett_resultat - passing_relief(k, q)
    for ahead in range(1, YEARS):
        left = standing - covered
        must = owed[ahead] - covered if honest else pace
        measures, result, paid, fund, short = plan_year(result + change, fund, left, must, pace, limit)
        if ahead == 1:
            k.tiltaksplan = measures
        weakest = max(weakest, short)
        covered += paid
        second, third, fourth = third, fourth, paid  # moves up: after three years each is in its place
        k.plan_resultat = min(k.plan_resultat, kr(result))
    if weakest > 0.0 and honest:
        k.plan_balanse = -weakest
    return first, second, third, fourth


@njit(cache=True, nogil=True)
def planned_pace(k, q, due):
    """Coverage that the plan aims at in a year, kr: no less than in the budget, and up to what a plan promises."""
    return max(due, k.budsjett_dekning + k.budsjett_balanse, np.floor(q.plan_dekning * k.driftsinntekter))


@njit(cache=True, nogil=True)
def plan_year(result, fund, left, owed, pace, limit):
    """One year of the plan, kr: named measures up to `limit`, the result with them, coverage, fund, what is missing.

    Of the deficits `left` the year covers what the result and the fund carry, up to `pace`; the rest comes later, as
    the council may decide (§ 14-11). What is `owed` by then must be covered: if nothing carries it, it is missing (b).
    """
    wanted = min(left, pace)
    measures = np.floor(min(max(0.0, wanted - result), limit))
    result += measures
    fund += result
    paid = min(left, max(min(pace, np.floor(max(0.0, fund))), owed))
    fund -= paid
    short = kr(-fund) if fund < 0.0 else 0.0
    return measures, result, paid, max(0.0, fund), short


@njit(cache=True, nogil=True)
def known_change(k, w, n, q, year):
    """Yearly change of the result that is seen ahead besides the unit's own need, kr, at unchanged policy.

    The frame follows prices and the nation's demographic cost; inhabitants and debt are the unit's own.
    """
    free = k.frie_inntekter - k.redning
    people = w.vekst[min(since_start(n, year) + 1, LAST_GROWTH)] / n.vekst_hovedalternativ - 1.0
    cost = n.demografi if w.er_fylke == 0 else n.demografi_fylke
    frame = n.ramme if w.er_fylke == 0 else n.ramme_fylke
    change = free * (people + q.demografi_dekning * n.prisnivaa_tilskudd * cost / frame)
    loans = (1.0 - grant_share(q, w.er_fylke == 1)) * k.budsjett_investering - k.budsjett_overforing
    return change - (loans - k.budsjett_avdrag) * (n.rente_neste + q.rentepaslag + k.avskrivningssats)


@njit(cache=True, nogil=True)
def passing_relief(k, q):
    """What of the budget's measures is gone the year after: rebound, deferred maintenance, amortisation held down."""
    return q.bemanning_tilbakeslag * k.bemanningskutt + k.tiltak[VEDLIKEHOLD] + k.tiltak[AVDRAG]


@njit(cache=True, nogil=True)
def plan_coverage(k, q, known, standing, planned, age_of_newest, year):
    """When the plan covers the last of the earlier deficits, and whether that is too late (ground c).

    The register judges what the council's plan says: `planned` (4) is the coverage of plan_ahead.
    """
    k.plan_dekning_ar, k.plan_for_sent = 0.0, 0.0
    if standing > 0.0:
        k.plan_dekning_ar = year + years_to_cover(standing, planned)
        late = planned_too_late(k, known, standing, planned, age_of_newest, q.robek_c_ar + q.dekningsfrist_tillegg)
        k.plan_for_sent = 1.0 if late else 0.0
