"""Income of the year: tax, income equalisation, block grant, property tax, fees, natural resources.

Sources: income_system.md §§ 3-5. Grants of 2026 and 2027 are the published ones; from 2028 the machinery.
"""

import math

import numpy as np
from numba import njit

from sim.kernel.constraints import eiendomsskatt_annet
from sim.kernel.income import utjevning_brutto, utjevning_tillegg

NEED_PER_INHABITANT = 75_000.0  # B of 2025, kr (inferred 73-76 thousand; income_system.md § 4.1)
N_SECTORS_IN_KEY = 7
BEFORE_AUTUMN = 7.0 / 12.0  # of a year: a school closes, and a private one opens, with the school year
PRIVATE_PUPIL_COST = 140_000.0  # kr of 2025 per pupil: mean cost on which the deduction rests (112 200 kr in 2016, B13)


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
def grant_per_inhabitant(units, world, n, q, n_kommuner, expected_tax, fixed_prices):
    """The innbyggertilskudd that makes tax expected, grants fixed in real terms and corrections add up to the frame."""
    people, fixed, need = 0.0, 0.0, 0.0
    for u in range(n_kommuner):
        k = units[u]
        people += k.folketall
        fixed += world[u].faste_tilskudd * fixed_prices + school_correction(k, q, n)
        need += key_need(k)
    n.folketall = people
    n.behov_per_innbygger = need / people
    n.innbyggertilskudd = (n.ramme - expected_tax - fixed) / people


@njit(cache=True, nogil=True)
def key_need(k):
    """Need in the seven sectors of the cost key, kr of 2025."""
    total = 0.0
    for s in range(N_SECTORS_IN_KEY):
        total += k.behov[s]
    return total


@njit(cache=True, nogil=True)
def school_correction(k, q, n):
    """Deduction for pupils who have gone to private schools and lost school grants since the start, kr.

    What happened this year counts from the start of the school year.
    """
    pupils = k.privatelever - k.privatelever_start - BEFORE_AUTUMN * k.privatelever_nye
    schools = k.skoler_start - k.skoler - BEFORE_AUTUMN * k.skoler_nedlagt
    return -(q.privatskole_trekk * PRIVATE_PUPIL_COST * n.prisindeks * pupils + q.skoletilskudd * schools)


@njit(cache=True, nogil=True)
def block_grant(k, w, n, q, year, fixed_prices):
    """Rammetilskudd incl. inntektsutjevning: utgiftsutjevning is (index - 1) x B per inhabitant (§ 4.1)."""
    if year == 2026:
        grant = w.ramme_2026
    elif year == 2027:
        grant = w.ramme_2027
    else:
        index = key_need(k) / (k.folketall * n.behov_per_innbygger)
        equalisation = (index - 1.0) * NEED_PER_INHABITANT * n.prisnivaa_tilskudd
        grant = (n.innbyggertilskudd + equalisation) * k.folketall + w.faste_tilskudd * fixed_prices
        grant += school_correction(k, q, n)
    k.rammetilskudd = kr(grant) + k.inntektsutjevning
    k.frie_inntekter = k.skatt + k.rammetilskudd


@njit(cache=True, nogil=True)
def county_income(units, world, n, q, year, n_kommuner):
    """Frie inntekter of fylkeskommuner: published for 2026-27, later shares of the frame that follow need.

    Tax is equalised symmetrically (§ 3.3); a fylkeskommune keeps 1 - rate of its own deviation.
    """
    weights, people = 0.0, 0.0
    for u in range(n_kommuner, units.shape[0]):
        weights += _county_weight(units[u], world[u], year)
        people += units[u].folketall
    for u in range(n_kommuner, units.shape[0]):
        k, w = units[u], world[u]
        if year <= 2027:
            expected = w.frie_2026 if year == 2026 else w.frie_2027
        else:
            expected = n.ramme_fylke * _county_weight(k, w, year) / weights
        ratio = n.ramme_fylke / (n.skatt_niva_fylke * people)
        surprise = 1.0 + (n.skatt_varig + n.skatt_midlertidig) * ratio
        own = n.skatt_niva_fylke * w.skatteindeks * k.folketall
        mean = n.skatt_niva_fylke * k.folketall
        k.inntektsutjevning = kr(q.utjevningsgrad_fylke * (mean * surprise - own * surprise))
        k.skatt = kr(own * surprise)
        # the grant is fixed beforehand on expected tax: only tax itself and its equalisation surprise
        grant = expected - own - q.utjevningsgrad_fylke * (mean - own)
        k.rammetilskudd = kr(grant) + k.inntektsutjevning
        k.frie_inntekter = k.skatt + k.rammetilskudd


@njit(cache=True, nogil=True)
def _county_weight(k, w, year):
    if year <= 2027:
        return w.frie_2027
    need = 0.0
    for s in range(k.behov.shape[0]):
        need += k.behov[s]
    return w.frie_2027 * need / k.behov_2027


@njit(cache=True, nogil=True)
def other_income(k, w, n, q, shock_nature):
    """Property tax, fees, natural resources and other revenue; then gross operating revenue."""
    k.eiendomsskatt_grunnlag *= 1.0 + n.deflator_anslag
    k.eiendomsskatt = kr(eiendomsskatt_annet(k.eiendomsskatt_grunnlag, k.eiendomsskatt_promille))
    k.gebyrer = kr(k.gebyrer * (1.0 + n.deflator)) + k.gebyr_okning
    if k.naturinntekter > 0.0:
        before = k.lokal_natur
        k.lokal_natur = q.natur_treghet * before + q.natur_spredning * shock_nature
        k.naturinntekter = kr(k.naturinntekter * (1.0 + n.deflator_anslag) * math.exp(k.lokal_natur - before))
    k.ovrige_inntekter = kr(k.ovrige_inntekter * (1.0 + n.deflator) * (k.folketall / k.folketall_forrige))
    k.driftsinntekter = k.frie_inntekter + k.eiendomsskatt + k.gebyrer + k.naturinntekter + k.ovrige_inntekter
