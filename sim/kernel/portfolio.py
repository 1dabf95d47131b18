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


@njit(cache=True, nogil=True)
def price_measures(q, fund_norm, fund, price, slope):
    """Price of the first krone and its rise for each measure; the fund is dearer the emptier it is."""
    price[BEMANNING], slope[BEMANNING] = q.bemanning_kost, q.bemanning_helning
    price[INVESTERING], slope[INVESTERING] = q.investering_kost, q.investering_helning
    price[VEDLIKEHOLD], slope[VEDLIKEHOLD] = q.vedlikehold_kost, q.vedlikehold_helning
    price[AVDRAG], slope[AVDRAG] = q.avdrag_kost, q.avdrag_helning
    price[FOND] = q.fond_kost * (1.0 + fund_norm / fund) if fund > 0.0 else 1e6
    slope[FOND] = q.fond_helning
    price[OSTEHOVEL], slope[OSTEHOVEL] = q.ostehovel_kost, q.ostehovel_helning
    price[GEBYR], slope[GEBYR] = q.gebyr_kost, q.gebyr_helning


@njit(cache=True, nogil=True)
def choose(relief, price, slope, cap, x):
    """Minimise sum(price x + slope x^2 / 2) with sum(x) = relief, 0 <= x <= cap; returns what no cap leaves room for.

    At the optimum x = clip((shadow - price) / slope, 0, cap). The sum rises with the shadow price in straight
    pieces, so Newton's step on the active pieces, kept between known bounds, ends after a few rounds.
    """
    room, low, high = 0.0, 1e9, 0.0
    for m in range(N_CONTINUOUS):
        x[m] = 0.0
        room += cap[m]
        if cap[m] > 0.0:
            low = min(low, price[m])
            high = max(high, price[m] + slope[m] * cap[m])
    if relief <= 0.0:
        return 0.0
    if relief >= room:
        for m in range(N_CONTINUOUS):
            x[m] = cap[m]
        return relief - room
    shadow = low
    for _ in range(40):
        total, rate, entry = 0.0, 0.0, 1e9
        for m in range(N_CONTINUOUS):
            if cap[m] <= 0.0:
                continue
            want = (shadow - price[m]) / slope[m]
            if want < 0.0:
                entry = min(entry, price[m])
                continue
            if want < cap[m]:
                total += want
                rate += 1.0 / slope[m]
            else:
                total += cap[m]
        if total > relief:
            high = min(high, shadow)
        else:
            low = max(low, shadow)
        if abs(total - relief) <= 1e-12 * (1.0 + relief):
            break
        # with nothing active the next measure to enter is where the sum starts to rise again
        guess = shadow + (relief - total) / rate if rate > 0.0 else entry
        shadow = guess if low < guess < high else 0.5 * (low + high)
    for m in range(N_CONTINUOUS):
        if cap[m] > 0.0:
            x[m] = min(max((shadow - price[m]) / slope[m], 0.0), cap[m])
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
def slack_above_floors(k, q, n, is_county, slack):
    """Fill `slack` with the kroner each service has above its floor; returns the sum.

    A unit that starts below a floor has no slack there; its floor is then what it has.
    """
    total = 0.0
    prices = n.prisindeks * (1.0 + n.prisanslag_neste)
    for s in range(N_SECTORS):
        standard = n.standard_fylke[s] if is_county else n.standard[s]
        floor = floor_share(s, is_county, q) * k.behov[s] * standard * prices
        slack[s] = np.floor(max(0.0, k.budsjett_utgifter[s] - floor))
        total += slack[s]
    return total


@njit(cache=True, nogil=True)
def spread_cut(k, q, is_county, amount, slack):
    """Take `amount` (at most the sum of slack) from the services by the cut vector, none below its floor.

    What a floor stops is taken from those that still have slack, in three rounds and then by slack.
    """
    left = amount
    for _ in range(3):
        weights = 0.0
        for s in range(N_SECTORS):
            if slack[s] > 0.0:
                weights += cut_weight(s, is_county, q) * k.budsjett_utgifter[s]
        if weights <= 0.0 or left < 0.5:
            return amount - left
        share = left / weights
        for s in range(N_SECTORS):
            if slack[s] > 0.0:
                cut = min(slack[s], np.floor(share * cut_weight(s, is_county, q) * k.budsjett_utgifter[s]))
                k.budsjett_utgifter[s] -= cut
                slack[s] -= cut
                left -= cut
    for s in range(N_SECTORS):
        cut = min(slack[s], left)
        k.budsjett_utgifter[s] -= cut
        slack[s] -= cut
        left -= cut
    return amount - left
