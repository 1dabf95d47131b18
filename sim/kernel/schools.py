"""Primary schools: a process of proposal, hearing, adoption, lag, cost, saving, leak and cooling-off.

Sources: behaviour.md B1-B20 and § 4.3; opplaeringslova § 2-6; privatskolelova § 2-1.
"""

import math

import numpy as np
from numba import njit

from sim.kernel import streams
from sim.kernel.portfolio import SKOLESTRUKTUR
from sim.kernel.revenue import PRIVATE_PUPIL_COST, kr
from sim.kernel.rng import to_normal, uniforms

MEAN_PUPILS = 235.0  # per school in 2023 (Udir)
SCHOOL_YEAR_SHARE = 5.0 / 12.0  # a closure starts with the school year: the first budget gets five months
PROPOSALS, SCHOOLS_PER_PLAN = 0.20, 1.4  # of directors a year (F15); mean of the draw in `propose`
LAG_1, LAG_2 = 0.45, 0.80  # cumulated: effect after one, two, three years (behaviour.md § 4.3: .45/.35/.20)


@njit(cache=True, nogil=True)
def open_school_year(k, first):
    """Schools and pupils of the year: what was to close has closed, pupils follow the age group 6-15."""
    k.skoler_nedlagt, k.privatelever_nye = 0.0, 0.0
    if not first:
        k.skoler_nedlagt, k.privatelever_nye = k.skoler_legges_ned, k.privatelever_neste
        k.skoler -= k.skoler_nedlagt
        k.privatelever += k.privatelever_nye
    k.elever = max(0.0, k.alder[2] - k.privatelever)


@njit(cache=True, nogil=True)
def carry_out(k, q, n, seed, run, code, year):
    """Put what closes in the coming year into its budget: saving, transition cost, private replacement.

    A closure starts with the school year, so the first budget gets 5/12 of the saving. The saving is less what the
    lost school grant and the deduction for private pupils take back.
    """
    k.budsjett_utgifter[0] -= min(k.skolesparing_neste, k.budsjett_utgifter[0])
    k.tiltak[SKOLESTRUKTUR] += k.skolesparing_neste
    k.skolesparing_neste = 0.0
    k.skoler_legges_ned = min(k.skoler_vedtatt[0], max(0.0, k.skoler - 1.0))
    k.skoler_vedtatt[0], k.skoler_vedtatt[1], k.skoler_vedtatt[2] = k.skoler_vedtatt[1], k.skoler_vedtatt[2], 0.0
    k.budsjett_omstilling, k.privatelever_neste = 0.0, 0.0
    if k.skoler_legges_ned <= 0.0:
        return
    realised_u, replaced_u, objects_u, approved_u = uniforms(seed, streams.SCHOOLS_LAG, run, code, year)
    moved = k.skoler_legges_ned * small_school(k)
    expected = gross_saving(q, n) * k.skoler_legges_ned
    realised = q.skole_realisering + q.skole_realisering_spredning * to_normal(realised_u)
    objects = objects_u < q.privat_innsigelse
    approval = 1.0
    if objects:
        approval = 0.0 if q.privatskole_veto > 0.0 else q.privat_godkjenning_mot
    leak = 0.0
    if replaced_u < q.privat_erstatning * k.skoler_legges_ned and approved_u < approval:
        leak = 1.0 / k.skoler_legges_ned
        k.privatelever_neste = leak * moved
    saving = kr(expected * realised * (1.0 - leak))
    first = min(kr(SCHOOL_YEAR_SHARE * saving), k.budsjett_utgifter[0])
    k.budsjett_utgifter[0] -= first
    k.skolesparing_neste = saving - first
    k.tiltak[SKOLESTRUKTUR] += first
    k.budsjett_omstilling = kr(q.skole_omstilling * expected)


@njit(cache=True, nogil=True)
def gross_saving(q, n):
    """Expected yearly saving of one school closed, next year's kroner (B11)."""
    return q.skole_fast_kostnad * n.prisindeks * (1.0 + n.prisanslag_neste)


@njit(cache=True, nogil=True)
def start_pipeline(k, q, seed, run, code):
    """What councils adopted before 2026 and has not closed yet: two expected lags' worth of today's decisions."""
    early_u, late_u, _, _ = uniforms(seed, streams.SCHOOLS, run, code, 0)
    a_year = PROPOSALS * q.skole_vedtak * SCHOOLS_PER_PLAN
    if k.skoler >= 3.0:
        k.skoler_vedtatt[0] = 1.0 if early_u < a_year * (1.0 - LAG_1) else 0.0
        k.skoler_vedtatt[1] = 1.0 if late_u < a_year * (1.0 - LAG_2) else 0.0


@njit(cache=True, nogil=True)
def small_school(k):
    """Pupils of the schools that are closed: the smaller ones, about a third of the unit's mean (B4: mean 69)."""
    return 0.35 * k.elever / max(1.0, k.skoler)


@njit(cache=True, nogil=True)
def propose(k, w, q, n, seed, run, code, year, neighbours, before_election):
    """The director's proposal and the council's decision (B7, B8); a proposal costs votes, closed or not (B20).

    The process begins in spring on the gap that last autumn's budget showed; what is adopted with lag 1 closes in
    the coming year.
    """
    k.skoleforslag, k.skolevedtak = 0.0, 0.0
    waiting = k.skoler_vedtatt[0] + k.skoler_vedtatt[1] + k.skoler_vedtatt[2]
    if k.skoler - waiting < 2.0 or year < k.skole_sperre_til:
        return
    proposal_u, adoption_u, number_u, lag_u = uniforms(seed, streams.SCHOOLS, run, code, year)
    size = k.elever / max(1.0, k.skoler)
    utility = q.skole_s0 + q.skole_s1 * 100.0 * max(0.0, k.gap)
    utility += q.skole_s2 * max(0.0, 1.0 - size / MEAN_PUPILS)
    utility += q.skole_s3 * 100.0 * max(0.0, -k.behovsvekst[0])
    utility += q.skole_s4 if k.robek_grunnlag > 0 else 0.0
    utility += q.skole_s5 * 2.0 * q.naboeffekt * neighbours
    utility -= q.skole_s6 if before_election else 0.0
    utility -= q.skole_s7 * k.fragmentering
    leak = q.privat_erstatning * (1.0 - q.privat_innsigelse * (1.0 - q.privat_godkjenning_mot))
    if q.privatskole_veto > 0.0:
        leak = q.privat_erstatning * (1.0 - q.privat_innsigelse)
    utility -= q.skole_s8 * leak
    grant_back = leak * small_school(k) * q.privatskole_trekk * PRIVATE_PUPIL_COST * n.prisindeks
    utility -= q.skole_s9 * (q.skoletilskudd + grant_back) / gross_saving(q, n)
    if k.rom_over_gulv < k.innsparing:  # no cut of services is left above the floors
        utility += q.skole_s10
    if proposal_u >= 1.0 / (1.0 + math.exp(-utility)):
        return
    k.skoleforslag = 1.0
    schools = 1.0
    limit = max(1.0, np.floor(0.25 * (k.skoler - waiting)))  # a plan rarely touches more than a quarter
    while schools < limit and number_u < 0.35:  # B7, F15: most proposals name one or two schools
        schools += 1.0
        number_u /= 0.35
    affected = min(1.0, schools * small_school(k) / max(1.0, k.elever))
    k.velgertap += q.valgtap_skole * affected
    if adoption_u < q.skole_vedtak:
        k.skolevedtak = schools
        lag = 0 if lag_u < LAG_1 else (1 if lag_u < LAG_2 else 2)
        k.skoler_vedtatt[lag] += schools
    else:  # rejected: no new proposal until the year after the next election (Kinn, Eidskog)
        k.skole_sperre_til = year + 1.0 + (2027.0 - (year + 1.0)) % 4.0 + 1.0
