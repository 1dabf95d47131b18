"""Primary schools: a process of proposal, hearing, adoption, lag, cost, saving, leak and cooling-off.

Sources: behaviour.md B1-B20 and § 4.3; opplaeringslova § 2-6; privatskolelova § 2-1.
"""

import math

import numpy as np
from numba import njit

from sim.kernel import streams
from sim.kernel.portfolio import SKOLESTRUKTUR
from sim.kernel.revenue import kr
from sim.kernel.rng import to_normal, uniforms

MEAN_PUPILS = 235.0  # per school in 2023 (Udir)
SCHOOL_YEAR_SHARE = 5.0 / 12.0  # a closure starts with the school year: the first budget gets five months
LAG_1, LAG_2 = 0.45, 0.80  # cumulated: effect after one, two, three years (behaviour.md § 4.3: .45/.35/.20)


@njit(cache=True, nogil=True)
def pupils(k):
    """Public pupils follow the age group 6-15; private pupils are those who left."""
    k.elever = max(0.0, k.alder[2] - k.privatelever)


@njit(cache=True, nogil=True)
def carry_out(k, q, n, seed, run, code, year):
    """Close what was adopted for the coming year: saving, transition cost, private replacement, the lost grant."""
    k.budsjett_utgifter[0] -= min(k.skolesparing_neste, k.budsjett_utgifter[0])
    k.tiltak[SKOLESTRUKTUR] += k.skolesparing_neste
    k.skolesparing_neste = 0.0
    k.skoler_nedlagt = min(k.skoler_vedtatt[0], max(0.0, k.skoler - 1.0))
    k.skoler_vedtatt[0], k.skoler_vedtatt[1], k.skoler_vedtatt[2] = k.skoler_vedtatt[1], k.skoler_vedtatt[2], 0.0
    k.budsjett_omstilling = 0.0
    if k.skoler_nedlagt <= 0.0:
        return
    realised_u, replaced_u, objects_u, approved_u = uniforms(seed, streams.SCHOOLS_LAG, run, code, year)
    moved = k.skoler_nedlagt * small_school(k)
    expected = q.skole_fast_kostnad * n.prisindeks * (1.0 + n.prisanslag_neste) * k.skoler_nedlagt
    realised = q.skole_realisering + q.skole_realisering_spredning * to_normal(realised_u)
    objects = objects_u < q.privat_innsigelse
    approved = 1.0
    if objects:
        approved = 0.0 if q.privatskole_veto > 0.0 else q.privat_godkjenning_mot
    leak = 0.0
    if replaced_u < q.privat_erstatning * k.skoler_nedlagt and (not objects or approved_u < approved):
        leak = min(1.0, 1.0 / k.skoler_nedlagt)
        k.privatelever += leak * moved
    k.skoler -= k.skoler_nedlagt
    saving = kr(expected * realised * (1.0 - leak))
    first = kr(SCHOOL_YEAR_SHARE * saving)
    first = min(first, k.budsjett_utgifter[0])
    k.budsjett_utgifter[0] -= first
    k.skolesparing_neste = saving - first
    k.tiltak[SKOLESTRUKTUR] += first
    k.budsjett_omstilling = kr(q.skole_omstilling * max(0.0, expected))


@njit(cache=True, nogil=True)
def small_school(k):
    """Pupils of the schools that are closed: the smaller ones, about a third of the unit's mean (B4: mean 69)."""
    return 0.35 * k.elever / max(1.0, k.skoler)


@njit(cache=True, nogil=True)
def propose(k, w, q, n, seed, run, code, year, neighbours, before_election):
    """The director's proposal and the council's decision (B7, B8); a proposal costs votes, closed or not (B20)."""
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
    utility -= q.skole_s8 * q.privat_erstatning * (1.0 - q.privatskole_veto)
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
        k.skole_sperre_til = year + (2027.0 - year) % 4.0 + 1.0
