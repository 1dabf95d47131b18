"""Which measures: the cheapest mix of the continuous ones that yields the relief (behaviour.md § 4.3).

Amounts are in per cent of operating revenue and in relief (kroner saved), so that `kost` is the political
price of the first krone of relief and its order is the pecking order.
"""

import numpy as np
from numba import njit

BEMANNING, INVESTERING, VEDLIKEHOLD, AVDRAG, FOND, OSTEHOVEL, GEBYR = 0, 1, 2, 3, 4, 5, 6
EIENDOMSSKATT, SKOLESTRUKTUR, MERFORBRUK = 7, 8, 9
N_CONTINUOUS = 7
N_SECTORS = 8
FLOOR, WEIGHT, STANDARD, PRICE, EASE = 0, 1, 2, 3, 4  # rows of the norms


@njit(cache=True, nogil=True)
def price_measures(q, norms):
    """Price of the first krone of each measure, and its ease: 1 over the rise of the price."""
    price, ease = norms[PRICE], norms[EASE]
    price[BEMANNING], ease[BEMANNING] = q.bemanning_kost, 1.0 / q.bemanning_helning
    price[INVESTERING], ease[INVESTERING] = q.investering_kost, 1.0 / q.investering_helning
    price[VEDLIKEHOLD], ease[VEDLIKEHOLD] = q.vedlikehold_kost, 1.0 / q.vedlikehold_helning
    price[AVDRAG], ease[AVDRAG] = q.avdrag_kost, 1.0 / q.avdrag_helning
    price[FOND], ease[FOND] = q.fond_kost, 1.0 / q.fond_helning
    price[OSTEHOVEL], ease[OSTEHOVEL] = q.ostehovel_kost, 1.0 / q.ostehovel_helning
    price[GEBYR], ease[GEBYR] = q.gebyr_kost, 1.0 / q.gebyr_helning


@njit(cache=True, nogil=True)
def choose(relief, price, ease, cap, x):
    """Minimise sum(price x + x^2 / (2 ease)) with sum(x) = relief, 0 <= x <= cap; returns what no cap leaves room for.

    At the optimum x = clip((shadow - price) ease, 0, cap). The sum rises with the shadow price in straight pieces;
    Newton's step from below on the active pieces, kept between known bounds, ends after a few rounds.
    """
    room, low, high, weighted, sum_ease = 0.0, 1e9, 0.0, relief, 0.0
    for m in range(N_CONTINUOUS):
        room += cap[m]
        if cap[m] > 0.0:
            low = min(low, price[m])
            high = max(high, price[m] + cap[m] / ease[m])
            weighted += ease[m] * price[m]
            sum_ease += ease[m]
    if relief >= room:
        for m in range(N_CONTINUOUS):
            x[m] = cap[m]
        return relief - room
    # as if all were active and no cap bound: above the answer when no cap binds, and close to it
    shadow = min(weighted / sum_ease, high)
    for _ in range(60):
        total, rate = 0.0, 0.0
        for m in range(N_CONTINUOUS):
            want = (shadow - price[m]) * ease[m]
            got = min(max(want, 0.0), cap[m])
            total += got
            rate += ease[m] if got == want else 0.0
        off = relief - total
        if abs(off) <= 1e-12 * (1.0 + relief):
            break
        if off < 0.0:
            high = min(high, shadow)
        else:
            low = max(low, shadow)
        guess = shadow + off / rate if rate > 0.0 else low
        shadow = guess if low < guess < high else 0.5 * (low + high)
    for m in range(N_CONTINUOUS):
        x[m] = min(max((shadow - price[m]) * ease[m], 0.0), cap[m])
    return 0.0


@njit(cache=True, nogil=True)
def cut_weight(s, is_county, q):
    """How readily a service is cut: the elasticity of its group in the cut vector (behaviour.md A7, A8)."""
    if is_county:
        return q.kutt_middels
    if s >= 6:  # administration, and what lies outside the key: culture, infrastructure
        return q.kutt_hoy
    if s == 2 or s == 3:  # kindergarten, health
        return q.kutt_middels
    return q.kutt_lav


@njit(cache=True, nogil=True)
def rise_weight(s, is_county, q):
    """How much of what is restored a service gets, relative to its spending (behaviour.md finding 3, [24])."""
    if is_county:
        return q.gjenoppretting_middels
    if s >= 6:
        return q.gjenoppretting_hoy
    if s == 2 or s == 3:
        return q.gjenoppretting_middels
    return q.gjenoppretting_lav


@njit(cache=True, nogil=True)
def floor_share(s, is_county, q):
    """The least share of the national standard a service may have (statutory norms; behaviour.md § 4.4)."""
    if is_county:
        share = q.gulv_fylke
    elif s == 0:
        share = q.gulv_grunnskole
    elif s == 1:
        share = q.gulv_pleie
    elif s == 2:
        share = q.gulv_barnehage
    elif s == 3:
        share = q.gulv_kommunehelse
    elif s == 4:
        share = q.gulv_barnevern
    elif s == 5:
        share = q.gulv_sosial
    elif s == 6:
        share = q.gulv_administrasjon
    else:
        share = q.gulv_andre
    return share * (1.0 - q.normlettelse)


@njit(cache=True, nogil=True)
def set_norms(q, n, norms):
    """Fill `norms` (2 kinds, 5, sectors or measures) once a year, for kommuner and fylkeskommuner.

    Cost of the floor (next year's prices) and of the standard (this year's) per krone of need, the weight in the
    cut vector, and price and ease of the continuous measures.
    """
    for kind in range(2):
        price_measures(q, norms[kind])
    prices = n.prisindeks * (1.0 + n.prisanslag_neste)
    for s in range(N_SECTORS):
        for kind in range(2):
            standard = n.standard_fylke[s] if kind == 1 else n.standard[s]
            norms[kind, FLOOR, s] = floor_share(s, kind == 1, q) * standard * prices
            norms[kind, WEIGHT, s] = cut_weight(s, kind == 1, q)
            norms[kind, STANDARD, s] = standard * n.prisindeks


@njit(cache=True, nogil=True)
def slack_above_floors(k, norms, slack):
    """Fill `slack` with the whole kroner each service has above its floor; returns the sum.

    A unit that starts below a floor has no slack there; its floor is then what it has.
    """
    total = 0.0
    for s in range(N_SECTORS):
        least = norms[FLOOR, s] * k.behov[s]
        if s == 1:
            least *= k.kontraktspris
        elif s == 4:
            least *= k.ferjepris
        slack[s] = np.floor(max(0.0, k.budsjett_utgifter[s] - least))
        total += slack[s]
    return total


@njit(cache=True, nogil=True)
def spread_cut(k, norms, amount, slack):
    """Take `amount` (at most the sum of slack) from the services by the cut vector, none below its floor.

    What a floor stops is taken from those that still have slack, in three rounds and then by slack.
    """
    left = amount
    for _ in range(3):
        weights = 0.0
        for s in range(N_SECTORS):
            if slack[s] > 0.0:
                weights += norms[WEIGHT, s] * k.budsjett_utgifter[s]
        if weights <= 0.0 or left < N_SECTORS:
            break
        share = left / weights
        for s in range(N_SECTORS):
            if slack[s] > 0.0:
                cut = min(slack[s], np.floor(share * norms[WEIGHT, s] * k.budsjett_utgifter[s]))
                k.budsjett_utgifter[s] -= cut
                slack[s] -= cut
                left -= cut
    for s in range(N_SECTORS):
        cut = min(slack[s], left)
        k.budsjett_utgifter[s] -= cut
        slack[s] -= cut
        left -= cut
    return amount - left
