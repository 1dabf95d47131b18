"""Income of the year: tax, income equalisation, property tax, fees, natural resources. Grants: sim.kernel.grants.

Sources: income_system.md §§ 3-4.
"""

import math

import numpy as np
from numba import njit

from sim.kernel.constraints import eiendomsskatt_samlet
from sim.kernel.income import ANDRE, need_followed, utjevning_brutto, utjevning_tillegg

NEED_PER_INHABITANT = 75_000.0  # B of 2025, kr (inferred 73-76 thousand; income_system.md § 4.1)
N_SECTORS_IN_KEY = 7
BEFORE_AUTUMN = 7.0 / 12.0  # of a year: a school closes, and a private one opens, with the school year
PRIVATE_PUPIL_COST = 140_000.0  # kr of 2025 per pupil: mean cost on which the deduction rests (112 200 kr in 2016, B13)
PRIVATE_SHARE = 0.8  # of that cost: the deduction that the published grants hold (default of privatskole_trekk)


@njit(cache=True, nogil=True)
def kr(x):
    """Whole kroner: what is booked."""
    return np.floor(x + 0.5)


@njit(cache=True, nogil=True)
def own_tax(k, w, n, q, shock):
    """Booked tax of the year: national mean, own index, own persistent deviation, inhabitants of 1 January."""
    k.lokal_skatt = q.lokal_skatt_treghet * k.lokal_skatt + q.lokal_skatt_spredning * k.risikofaktor * shock
    k.skatt = kr(n.skatt_per_innbygger * w.skatteindeks * (1.0 + k.lokal_skatt) * k.folketall)


@njit(cache=True, nogil=True)
def equalise(units, q, n, n_kommuner):
    """Inntektsutjevning of all kommuner: symmetric part, extra part below the limit, uniform deduction; sums to zero.

    Each amount is in whole kroner; what the rounding leaves (a few hundred kroner) is carried by the first
    unit so that no krone is made or lost.
    """
    tax, people = 0.0, 0.0
    for u in range(n_kommuner):
        tax += units[u].skatt
        people += units[u].folketall
    mean = tax / people
    extra = 0.0
    for u in range(n_kommuner):
        k = units[u]
        extra += utjevning_tillegg(k.skatt, mean * k.folketall, q.utjevning_tillegg, q.utjevning_grense)
    n.utjevningstrekk = extra / people
    booked = 0.0
    for u in range(n_kommuner):
        k = units[u]
        gross = utjevning_brutto(k.skatt, mean * k.folketall, q.utjevningsgrad, q.utjevning_tillegg, q.utjevning_grense)
        k.inntektsutjevning = kr(gross - n.utjevningstrekk * k.folketall)
        booked += k.inntektsutjevning
    units[0].inntektsutjevning -= booked


@njit(cache=True, nogil=True)
def key_need(k):
    """Need in the seven sectors of the cost key, kr of 2025."""
    total = 0.0
    for s in range(N_SECTORS_IN_KEY):
        total += k.behov[s]
    return total


@njit(cache=True, nogil=True)
def private_deduction(k, q, n):
    """Deduction for pupils in private schools, whole kroner, below 0; who came this year counts from the autumn."""
    pupils = k.privatelever - BEFORE_AUTUMN * k.privatelever_nye
    return -kr(q.privatskole_trekk * PRIVATE_PUPIL_COST * n.prisnivaa_tilskudd * pupils)


@njit(cache=True, nogil=True)
def published_deduction(k, n):
    """The deduction for the private pupils of the start, who are in the published grants; kr, above 0."""
    return PRIVATE_SHARE * PRIVATE_PUPIL_COST * n.prisnivaa_tilskudd * k.privatelever_start


@njit(cache=True, nogil=True)
def lost_school_grants(k, q):
    """Grants of schools that have closed (or opened) since the start, kr; those of this year from the autumn."""
    return kr(q.skoletilskudd * (k.skoler_start - k.skoler - BEFORE_AUTUMN * (k.skoler_nedlagt - k.skoler_apnet)))


@njit(cache=True, nogil=True)
def other_revenue(k, w, n):
    """Ovrige inntekter: earmarked grants, compensated VAT, user charges and reimbursements; whole kroner.

    What the measure adds is user charges: fees at self-cost can close no deficit (kommuneloven § 15-1).
    """
    grown = (1.0 + n.deflator) * (k.folketall / k.folketall_forrige)
    k.brukerbetaling_refusjoner = kr(k.brukerbetaling_refusjoner * grown) + k.gebyr_okning
    k.mva_drift = kr(k.mva_drift * grown)
    if w.er_fylke == 0:
        k.integreringstilskudd = kr(n.integrering * k.folketall)
        k.toppfinansiering = kr(n.toppfinansiering * k.folketall)
    k.ovrige_inntekter = k.brukerbetaling_refusjoner + k.integreringstilskudd + k.toppfinansiering
    k.ovrige_inntekter += k.oremerkede_tilskudd + k.mva_drift + k.fordeling_oslo


@njit(cache=True, nogil=True)
def capital_rate(q, n):
    """Interest that fees pay on the book value of what they finance, share per year (kommuneloven § 15-1).

    A five-year swap rate and a supplement (the regulation on self-cost, from memory); the swap rate follows the
    money market with a lag, as loans do.
    """
    return q.rente_fast * n.rente_forrige + (1.0 - q.rente_fast) * n.rente + q.kalkylerente_paslag


@njit(cache=True, nogil=True)
def self_cost_capital(k, q, n):
    """Depreciation and calculated interest of the assets that fees pay for, kr; on the book value of 1 January."""
    return kr(k.selvkost_andel * (k.avskrivningssats + capital_rate(q, n)) * k.anleggsmidler)


@njit(cache=True, nogil=True)
def open_self_cost(k, q, n):
    """At the start: the share of the assets that makes the capital cost `selvkost_kapital_andel` of the fees."""
    cost = (k.avskrivningssats + capital_rate(q, n)) * k.anleggsmidler
    k.selvkost_andel = min(1.0, q.selvkost_kapital_andel * k.gebyrer / cost) if cost > 0.0 else 0.0
    k.selvkost_kapital = self_cost_capital(k, q, n)


@njit(cache=True, nogil=True)
def self_cost_fees(k, q, n):
    """Fees of the year, whole kroner: what their services cost, running and capital (kommuneloven § 15-1).

    Running costs move as the budget lets those of the sector move: with prices, and with the part of the growth of
    inhabitants that it follows. So what fees cover moves with them and the result does not.
    """
    running = k.gebyrer - k.selvkost_kapital
    growth = (1.0 + n.deflator) * (1.0 + need_followed(k.behovsvekst[ANDRE], q))
    k.selvkost_kapital = self_cost_capital(k, q, n)
    k.gebyrer = kr(running * growth) + k.selvkost_kapital


@njit(cache=True, nogil=True)
def other_income(k, w, n, q, shock_nature):
    """Property tax, fees, natural resources and other revenue; then gross operating revenue."""
    k.eiendomsskatt_grunnlag *= 1.0 + n.deflator_anslag
    k.eiendomsskatt = kr(
        eiendomsskatt_samlet(
            k.eiendomsskatt_grunnlag,
            k.eiendomsskatt_bolig_andel,
            k.eiendomsskatt_promille,
            q.eiendomsskatt_tak,
            q.eiendomsskatt_tak_annet,
        )
    )
    self_cost_fees(k, q, n)
    if k.naturinntekter > 0.0:
        before = k.lokal_natur
        k.lokal_natur = q.natur_treghet * before + q.natur_spredning * shock_nature
        k.naturinntekter = kr(k.naturinntekter * (1.0 + n.deflator_anslag) * math.exp(k.lokal_natur - before))
    other_revenue(k, w, n)
    k.driftsinntekter = k.frie_inntekter + k.eiendomsskatt + k.gebyrer + k.naturinntekter + k.ovrige_inntekter
