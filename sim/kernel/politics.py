"""Property tax and elections.

Sources: eigedomsskattelova §§ 11, 13 (caps, at most 1 per mille a year); behaviour.md C1-C7, C14, B20.
"""

import math

from numba import njit

from sim.kernel import streams
from sim.kernel.constraints import eiendomsskatt_samlet, hoyeste_promille
from sim.kernel.portfolio import EIENDOMSSKATT
from sim.kernel.revenue import kr
from sim.kernel.rng import normals, uniforms

FIRST_ELECTION = 2027
TERM = 4
SWING = 10.0  # a support loss of 10 points moves the odds of a new majority by e (assumption)


@njit(cache=True, nogil=True)
def is_election(year):
    """Local elections are held in September 2027, 2031, 2035 ..."""
    return (year - FIRST_ELECTION) % TERM == 0


@njit(cache=True, nogil=True)
def decide_property_tax(k, q, decision_u, before_election):
    """Rate for the coming year: introduced or raised under stress, seldom abolished; what it yields is a measure."""
    old = k.eiendomsskatt_promille
    cap = max(q.eiendomsskatt_tak, q.eiendomsskatt_tak_annet)
    highest = hoyeste_promille(old, q.eiendomsskatt_steg, cap)
    left = max(0.1, 1.0 + q.eskatt_venstre * (k.venstre_andel - 0.4))
    new = old
    if k.konsoliderer > 0.0 and not before_election:
        chance = (q.eskatt_heving if old > 0.0 else q.eskatt_innforing) * left
        if decision_u < chance and highest > old:
            new = highest
            k.velgertap += q.valgtap_eskatt if old <= 0.0 else 0.25 * q.valgtap_eskatt
    elif old > 0.0 and k.gode_ar >= 2.0 and decision_u < q.eskatt_avvikling / left:
        new = 0.0
    k.eiendomsskatt_promille = min(new, cap)
    base, homes, cap = k.eiendomsskatt_grunnlag, k.eiendomsskatt_bolig_andel, q.eiendomsskatt_tak
    before = eiendomsskatt_samlet(base, homes, old, cap)
    k.tiltak[EIENDOMSSKATT] = kr(eiendomsskatt_samlet(base, homes, k.eiendomsskatt_promille, cap) - before)


@njit(cache=True, nogil=True)
def hold_election(k, q, seed, run, code, year):
    """A new council: losses move the odds of a new majority, which redraws the left share and fragmentation."""
    result_u, _, _, _ = uniforms(seed, streams.POLITICS, run, code, year)
    loss = k.velgertap + (q.valgtap_robek if k.robek_grunnlag > 0 else 0.0)
    odds = q.maktskifte / (1.0 - min(q.maktskifte, 0.999)) * math.exp(SWING * loss)
    if result_u < odds / (1.0 + odds):
        _, left_z, split_z, _ = normals(seed, streams.POLITICS, run, code, year)
        k.venstre_andel = min(0.95, max(0.05, 0.4 + 0.6 * (k.venstre_andel - 0.4) * -1.0 + 0.10 * left_z))
        k.fragmentering = min(1.0, max(0.0, 0.7 * k.fragmentering + 0.15 + 0.10 * split_z))
    k.velgertap = 0.0
