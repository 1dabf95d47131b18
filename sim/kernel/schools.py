"""Primary schools: a process of proposal, hearing, adoption, lag, cost, saving, leak and cooling-off; new schools.

Sources: behaviour.md B1-B20 and § 4.3; opplaeringslova § 2-6; privatskolelova § 2-1. docs/polity.md has it in words.
"""

import math

import numpy as np
from numba import njit

from sim.kernel import streams
from sim.kernel.council import adoption_chance, happens
from sim.kernel.neighbours import SEEN_SCHOOLS
from sim.kernel.portfolio import SKOLESTRUKTUR
from sim.kernel.revenue import PRIVATE_PUPIL_COST, kr
from sim.kernel.rng import to_normal, uniforms

MEAN_PUPILS = 235.0  # per school in 2023 (Udir)
MEAN_SCHOOLS = 5.0  # of a kommune (median)
SCHOOL_YEAR_SHARE = 5.0 / 12.0  # a closure starts with the school year: the first budget gets five months
PROPOSALS = 0.20  # of directors a year (F15)
LAG_1, LAG_2 = 0.45, 0.80  # cumulated: effect after one, two, three years (behaviour.md § 4.3: .45/.35/.20)
OPEN, OBJECTS, VETO = 0.0, 1.0, 2.0  # regimes of approval of private schools (lever privatskole_regime)
SETTLED = 0.3  # share of the land that people live on (assumption)
# A school in the middle of a square of side d: its pupils have 0.383 d to it and 0.700 d to the nearest of the others
EXTRA_WAY = 0.317
ROAD = 1.3  # way by road against the straight line (assumption)


@njit(cache=True, nogil=True)
def open_school_year(k, w, first):
    """Schools and pupils of the year: what was to close or open has, pupils follow the age group 6-15."""
    k.skoler_nedlagt, k.skoler_apnet, k.privatelever_nye, k.elever_nedlagt = 0.0, 0.0, 0.0, 0.0
    if not first:
        k.skoler_nedlagt, k.privatelever_nye = k.skoler_legges_ned, k.privatelever_neste
        k.elever_nedlagt = k.skoler_nedlagt * small_school(k)
        lengthen_way(k, w)
        k.skoler_apnet = k.skoler_apnes
        k.skoler += k.skoler_apnet - k.skoler_nedlagt
        k.privatelever += k.privatelever_nye
    k.elever = max(0.0, k.alder[2] - k.privatelever)


@njit(cache=True, nogil=True)
def lengthen_way(k, w):
    """Pupils of closed schools travel to the next one (those in a new private school do not).

    Schools lie evenly on the settled land: the distance between them is the root of the land per school.
    """
    moved = k.elever_nedlagt - k.privatelever_nye
    if moved <= 0.0 or k.elever <= 0.0:
        return
    share = moved / k.elever
    between = math.sqrt(SETTLED * w.areal / k.skoler)
    k.elever_lengre_vei = min(1.0, k.elever_lengre_vei + share)
    k.skolevei_okning += share * EXTRA_WAY * ROAD * between


@njit(cache=True, nogil=True)
def carry_out(k, q, n, seed, run, code, year):
    """Put what closes in the coming year into its budget: saving, transition cost, private replacement.

    A closure starts with the school year, so the first budget gets 5/12 of the saving; of the rest a part is spent
    again on schools. What the lost school grant and the deduction for private pupils take back is in the grants.
    """
    k.budsjett_utgifter[0] -= min(k.skolesparing_neste, k.budsjett_utgifter[0])
    k.tiltak[SKOLESTRUKTUR] += max(0.0, k.skolesparing_neste)
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
    leak = 0.0
    if replaced_u < q.privat_erstatning * k.skoler_legges_ned and approved_u < approval(q, objects_u):
        leak = 1.0 / k.skoler_legges_ned
        k.privatelever_neste = leak * moved
    saving = kr(expected * realised * (1.0 - leak))
    first = min(kr(SCHOOL_YEAR_SHARE * saving), k.budsjett_utgifter[0])
    k.budsjett_utgifter[0] -= first
    k.skolesparing_neste = saving - kr(q.skole_gjenbruk * max(0.0, saving)) - first
    k.tiltak[SKOLESTRUKTUR] += first
    k.budsjett_omstilling = kr(q.skole_omstilling * expected)


@njit(cache=True, nogil=True)
def approval(q, objects_u):
    """Probability that the State approves a private school where one was closed, by regime (B15, B16).

    Open: always. Since August 2023 an objection of the kommune counts, nearly always. Veto: the kommune decides.
    """
    if q.privatskole_regime == VETO:
        return 0.0
    if q.privatskole_regime == OBJECTS and objects_u < q.privat_innsigelse:
        return q.privat_godkjenning_mot
    return 1.0


@njit(cache=True, nogil=True)
def expected_leak(q):
    """Probability that a private school replaces one that is closed, as the director sees it."""
    if q.privatskole_regime == VETO:
        return 0.0
    if q.privatskole_regime == OBJECTS:
        return q.privat_erstatning * (1.0 - q.privat_innsigelse * (1.0 - q.privat_godkjenning_mot))
    return q.privat_erstatning


@njit(cache=True, nogil=True)
def open_school(k, q, n, seed, run, code, year):
    """A new public school next autumn where pupils become more (B3); its fixed cost is put into the budget.

    None while closures wait. Five months of the cost fall on the first budget, the rest on the one after.
    """
    k.skoler_apnes = 0.0
    hazard = q.skole_apning * k.skoler * (1.0 + 100.0 * q.skole_apning_vekst * k.behovsvekst[0])
    if hazard <= 0.0 or waiting_schools(k) + k.skoler_legges_ned > 0.0:
        return
    if uniforms(seed, streams.SCHOOLS_NEW, run, code, year)[0] < hazard:
        k.skoler_apnes = 1.0
        cost = kr(gross_saving(q, n))
        k.budsjett_utgifter[0] += kr(SCHOOL_YEAR_SHARE * cost)
        k.skolesparing_neste -= cost - kr(SCHOOL_YEAR_SHARE * cost)


@njit(cache=True, nogil=True)
def gross_saving(q, n):
    """Expected yearly saving of one school closed, next year's kroner (B11)."""
    return q.skole_fast_kostnad * n.prisindeks * (1.0 + n.prisanslag_neste)


@njit(cache=True, nogil=True)
def receiving_schools(k, q, n):
    """Building at receiving schools in the coming year, kr: of closures with a lag, a year before they close (B9)."""
    return kr(q.skole_mottak_bygg * n.prisindeks * (1.0 + n.prisanslag_neste) * k.skoler_vedtatt[0])


@njit(cache=True, nogil=True)
def waiting_schools(k):
    """Closures that are adopted and have not taken effect."""
    return k.skoler_vedtatt[0] + k.skoler_vedtatt[1] + k.skoler_vedtatt[2]


@njit(cache=True, nogil=True)
def start_pipeline(k, q, seed, run, code):
    """What councils adopted before 2026 and has not closed yet: two expected lags' worth of today's decisions."""
    early_u, late_u, _, _ = uniforms(seed, streams.SCHOOLS, run, code, 0)
    early, late = PROPOSALS * q.skole_vedtak * (1.0 - LAG_1), PROPOSALS * q.skole_vedtak * (1.0 - LAG_2)
    if k.skoler >= 3.0:
        k.skoler_vedtatt[0] = plan_size(k, q, early_u / early) if early_u < early else 0.0
        k.skoler_vedtatt[1] = plan_size(k, q, late_u / late) if late_u < late else 0.0


@njit(cache=True, nogil=True)
def plan_size(k, q, number_u):
    """Schools that a plan closes: one and, with the same chance each, one more; at most a third of all."""
    schools = 1.0
    limit = max(1.0, np.floor((k.skoler - waiting_schools(k)) / 3.0))
    while schools < limit and number_u < q.skole_plan:
        schools += 1.0
        number_u /= q.skole_plan
    return schools


@njit(cache=True, nogil=True)
def small_school(k):
    """Pupils of the schools that are closed: the smaller ones, about a third of the unit's mean (B4: mean 69)."""
    return 0.35 * k.elever / max(1.0, k.skoler)


@njit(cache=True, nogil=True)
def wants_plan(k, q, n, seen, before_election):
    """The director's utility of proposing a new school structure, logit (behaviour.md § 4.3)."""
    part = 1.0 / max(1.0, k.skoler)
    utility = q.skole_s0 + q.skole_s1 * 100.0 * max(0.0, k.gap)
    utility += q.skole_s2 * max(0.0, 1.0 - k.elever * part * (1.0 / MEAN_PUPILS))
    utility += q.skole_s11 * (1.0 - MEAN_SCHOOLS * part)  # more to choose from
    utility += q.skole_s3 * 100.0 * max(0.0, -k.behovsvekst[0])
    utility += q.skole_s4 if k.robek_grunnlag > 0 else 0.0
    utility += q.skole_s5 * 2.0 * q.naboeffekt * seen[SEEN_SCHOOLS]
    utility -= q.skole_s6 if before_election and q.valghensyn > 0.0 else 0.0
    utility -= q.skole_s7 * k.fragmentering
    leak = expected_leak(q)
    utility -= q.skole_s8 * leak
    grant_back = leak * small_school(k) * q.privatskole_trekk * PRIVATE_PUPIL_COST * n.prisindeks
    utility -= q.skole_s9 * (q.skoletilskudd + grant_back) / gross_saving(q, n)
    if k.rom_over_gulv < k.vedtatt_innsparing:  # floors left less to cut than was asked for (§ 4.4)
        utility += q.skole_s10
    return utility


@njit(cache=True, nogil=True)
def propose(k, q, n, seed, run, code, year, seen, before_election, rest_until):
    """The director's proposal and the council's decision (B7, B8); a proposal costs votes, closed or not (B20).

    The process begins in spring on the gap that last autumn's budget showed; what is adopted with lag 1 closes in
    the coming year. A plan that is rejected may rest until `rest_until`, the year after the next election.
    """
    k.skoleforslag, k.skoler_foreslatt, k.skolevedtak = 0.0, 0.0, 0.0
    if k.skoler - waiting_schools(k) < 2.0 or year < k.skole_sperre_til:
        return
    proposal_u, adoption_u, number_u, lag_u = uniforms(seed, streams.SCHOOLS, run, code, year)
    if not happens(proposal_u, 0.5, wants_plan(k, q, n, seen, before_election)):
        return
    schools = plan_size(k, q, number_u)
    k.skoleforslag, k.skoler_foreslatt = 1.0, schools
    affected = min(1.0, schools * small_school(k) / max(1.0, k.elever))
    k.velgertap += q.valghensyn * q.valgtap_skole * affected
    adopted = adoption_chance(k, q, schools, before_election)
    if adoption_u < adopted:
        k.skolevedtak = schools
        lag = 0 if lag_u < LAG_1 else (1 if lag_u < LAG_2 else 2)
        k.skoler_vedtatt[lag] += schools
    elif q.valghensyn > 0.0 and adoption_u < adopted + q.skole_hvile * (1.0 - adopted):  # Kinn, Eidskog
        k.skole_sperre_til = rest_until
