"""What the director sees in the autumn: unchanged policy rolled forward, next year's result, this year's closing.

behaviour.md § 4.2; kommuneloven § 14-4: budgets are realistic. The forecast knows the announced frame and prices,
not the surprises to come, and reads only part of last year's local pressure as lasting.
"""

from numba import njit

from sim.kernel.grants import expected_change
from sim.kernel.income import ANDRE, need_followed
from sim.kernel.national import counted_on, is_statutory, since_start
from sim.kernel.portfolio import EIENDOMSSKATT, N_SECTORS
from sim.kernel.revenue import kr


@njit(cache=True, nogil=True)
def roll_forward(k, w, n, q):
    """The budget at unchanged policy: prices, need (followed in part), local pressure, and what comes back.

    Cheap staffing rebounds, and savings of this year's budget that were not carried out are still to be paid for.
    Returns what need adds to spending, kr.
    """
    prices = (1.0 + n.kostnad_overraskelse / (1.0 + n.deflator_anslag)) * (1.0 + n.prisanslag_neste)
    rebound = kr(q.bemanning_tilbakeslag * k.bemanningskutt)
    k.bemanningskutt -= rebound
    total = 0.0
    for s in range(N_SECTORS):
        total += k.budsjett_utgifter[s]
    back = (rebound + k.ikke_gjennomfort) / total if total > 0.0 else 0.0
    drift = (0.0 if k.konsoliderer > 0.0 else q.utgiftsdrift) + k.egen_drift
    drift *= k.driftsinntekter / max(total, 1.0)
    added = 0.0
    for s in range(N_SECTORS):
        need = need_followed(k.behovsvekst[s], q)
        added += need * k.budsjett_utgifter[s]
        norm = q.normpress if is_statutory(s, w.er_fylke == 1) else 0.0
        k.budsjett_utgifter[s] = kr(k.budsjett_utgifter[s] * prices * (1.0 + need + back + drift + norm))
    # refugees settled in the last five years (introduction programme, housing): what they cost more or less than now
    if w.er_fylke == 0:
        k.budsjett_utgifter[ANDRE] = max(0.0, k.budsjett_utgifter[ANDRE] + kr(n.bosetting_endring * k.folketall))
    k.vedlikeholdsnorm = kr(k.vedlikeholdsnorm * prices)
    k.budsjett_vedlikehold = k.vedlikeholdsnorm
    k.innbakt_kostnad += q.varig_tolkning * (k.avvik_siste - k.innbakt_kostnad)
    return added


@njit(cache=True, nogil=True)
def forecast_income(k, w, n, q, year):
    """Operating revenue the director expects next year: the announced frame, without this year's temporary tax.

    A careful kommune budgets tax below the national forecast.
    """
    since = since_start(n, year)
    if since <= 0:
        free = w.frie_2026 if since < 0 else w.frie_2027
    else:
        lasting = k.frie_inntekter - kr(k.redning)
        lasting *= (1.0 + n.skatt_varig) / (1.0 + n.skatt_varig + n.skatt_midlertidig)
        people = w.vekst[min(since, 24)] / n.vekst_hovedalternativ
        growth = n.vekst_ventet_fylke if w.er_fylke == 1 else n.vekst_ventet
        free = lasting * (1.0 + growth) * people
    others = k.eiendomsskatt + k.gebyrer + k.naturinntekter + k.ovrige_inntekter
    earmarked = expected_change(k, n) if w.er_fylke == 0 else 0.0
    return free * (1.0 - q.skatteanslag_forsiktighet) + others * (1.0 + n.prisanslag_neste) + earmarked


@njit(cache=True, nogil=True)
def expect_closing(k, result):
    """What December expects of the year's closing from an estimate of its result (BRF §§ 4-2, 4-3).

    `result` is after restricted funds. A surplus covers earlier deficits first, then the budgeted transfer; a
    deficit strikes both and draws the fund. Returns (fund on 31 December, new deficit, coverage of old ones), kr.
    """
    if result < 0.0:
        left = k.disposisjonsfond + result
        return max(0.0, left), max(0.0, -left), 0.0
    covered = min(result, k.merforbruk)
    transfer = min(result - covered, k.overforing_investering)
    return k.disposisjonsfond + result - covered - transfer, 0.0, covered


@njit(cache=True, nogil=True)
def forecast_result(k, w, n, q, year, income, amortisation, forecast_z):
    """Next year's netto driftsresultat at unchanged policy as the director sees it, kr."""
    expected_income = forecast_income(k, w, n, q, year) + counted_on(k, w, n, q)
    k.budsjett_driftsinntekter = kr(expected_income)
    spending = k.budsjett_vedlikehold + k.budsjett_omstilling + amortisation + k.innbakt_kostnad * expected_income
    for s in range(N_SECTORS):
        spending += k.budsjett_utgifter[s]
    spending += k.premieavvik_neste  # amortisation of premieavvik that is already decided
    net_interest = k.lanegjeld * (n.rente_neste + q.rentepaslag) - k.utbytte * (1.0 + n.prisanslag_neste)
    net_interest -= max(0.0, k.innskudd) * q.likviditet_rente * n.rente_neste
    forecast = expected_income + k.tiltak[EIENDOMSSKATT] - spending - net_interest
    return kr(forecast + q.prognosefeil * income * forecast_z)
