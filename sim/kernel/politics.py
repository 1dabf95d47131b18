"""Elections and property tax.

Sources: valgloven; eigedomsskattelova §§ 11, 13 (caps, at most 1 per mille a year); behaviour.md C1-C7, C14, B20.
"""

from numba import njit

from sim.kernel import streams
from sim.kernel.constraints import LOWEST_RATE, eiendomsskatt_samlet, hoyeste_promille
from sim.kernel.council import LEFT_MEAN, SPLIT_MEAN, happens
from sim.kernel.neighbours import SEEN_TAX
from sim.kernel.portfolio import EIENDOMSSKATT, OSTEHOVEL
from sim.kernel.revenue import kr
from sim.kernel.rng import normals, uniforms

AN_ELECTION, TERM = 2027, 4  # the calendar of the law; a lever sets other terms from 2027 on
MEAN_GAP = 2.0  # % of revenue, of those that consolidate: here property tax has its mean chance
MOST_GAP = 5.0
RAISE = 0.25  # a raise costs this share of what a new tax costs (assumption)
SWAP, KEEP = -0.6, 0.7  # of the distance from the mean: a new majority is of the other side; fragmentation lasts
LEFT_SD, SPLIT_SD = 0.10, 0.045  # keep the spread of the start


@njit(cache=True, nogil=True)
def next_election(year):
    """The first year of a local election that is not before `year`: September 2027, 2031, 2035 ..."""
    return year + (AN_ELECTION - year) % TERM


@njit(cache=True, nogil=True)
def decide_property_tax(k, q, decision_u, seen, before_election):
    """Rate for the coming year: introduced or raised under stress, seldom abolished; what it yields is a measure.

    More likely with a wide gap, a large left (C7) and neighbours that have it (C5); not before an election, and
    new or higher tax costs votes.
    """
    old = k.eiendomsskatt_promille
    cap = max(q.eiendomsskatt_tak, q.eiendomsskatt_tak_annet)
    highest = hoyeste_promille(old, q.eiendomsskatt_steg, cap)
    lean = q.eskatt_venstre * (k.venstre_andel - LEFT_MEAN)
    new = old
    if k.konsoliderer > 0.0:
        push = lean + q.eskatt_gap * (min(100.0 * k.gap, MOST_GAP) - MEAN_GAP)
        push += q.naboeffekt * q.eskatt_nabo * seen[SEEN_TAX]
        free = highest > old and not (before_election and q.valghensyn > 0.0)
        if free and happens(decision_u, q.eskatt_heving if old > 0.0 else q.eskatt_innforing, push):
            new = highest
            k.velgertap += q.valghensyn * (q.valgtap_eskatt if old <= 0.0 else RAISE * q.valgtap_eskatt)
    elif old > 0.0 and k.gode_ar >= 2.0 and decision_u < q.eskatt_avvikling * max(0.0, 1.0 - lean):
        new = 0.0
    k.eiendomsskatt_promille = min(new, cap) if cap >= LOWEST_RATE else 0.0
    base, homes = k.eiendomsskatt_grunnlag, k.eiendomsskatt_bolig_andel
    cap, other = q.eiendomsskatt_tak, q.eiendomsskatt_tak_annet
    before = eiendomsskatt_samlet(base, homes, old, cap, other)
    k.tiltak[EIENDOMSSKATT] = kr(eiendomsskatt_samlet(base, homes, k.eiendomsskatt_promille, cap, other) - before)


@njit(cache=True, nogil=True)
def blame_for_cuts(k, q):
    """Cuts in services across the board cost votes in proportion to their share of revenue (§ 4.4)."""
    if k.tiltak[OSTEHOVEL] > 0.0:
        k.velgertap += q.valghensyn * q.valgtap_kutt * k.tiltak[OSTEHOVEL] / k.driftsinntekter


@njit(cache=True, nogil=True)
def hold_election(k, q, seed, run, code, year):
    """A new council: losses move the odds of a new majority, which redraws the left share and fragmentation.

    Afterwards `nytt_flertall` says whether the majority is new, and the losses of the old term are forgotten.
    """
    result_u, _, _, _ = uniforms(seed, streams.POLITICS, run, code, year)
    loss = k.velgertap + (q.valgtap_robek if k.robek_grunnlag > 0 else 0.0)
    if happens(result_u, q.maktskifte, q.valg_utslag * loss):
        _, left_z, split_z, _ = normals(seed, streams.POLITICS, run, code, year)
        k.nytt_flertall = 1.0
        left = LEFT_MEAN + SWAP * (k.venstre_andel - LEFT_MEAN) + LEFT_SD * left_z
        k.venstre_andel = min(0.95, max(0.05, left))
        split = SPLIT_MEAN + KEEP * (k.fragmentering - SPLIT_MEAN) + SPLIT_SD * split_z
        k.fragmentering = min(1.0, max(0.0, split))
    k.velgertap = 0.0
