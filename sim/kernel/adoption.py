"""The council closes the original budget: coverage, transfer, allocation, use of the fund, or an open deficit.

Sources: kommuneloven §§ 14-4, 14-9 to 14-11, 28-1 a; behaviour.md finding 2 and A9 for what a comfortable unit does.
"""

import numpy as np
from numba import njit

from sim.kernel.portfolio import FOND, MERFORBRUK, N_CONTINUOUS
from sim.kernel.revenue import kr


@njit(cache=True, nogil=True)
def grant_share(q, is_county):
    """Share of gross investment that grants and VAT compensation pay."""
    return q.investering_tilskudd_fylke if is_county else q.investering_tilskudd


@njit(cache=True, nogil=True)
def own_norm(k, q):
    """The unit's own norm for disposisjonsfond, share of revenue: partly what it had at the start."""
    return q.fondsmal * k.fondsmal_faktor


@njit(cache=True, nogil=True)
def balance_budget(k, q, is_county, planned, fund, usable, due, standing, owed, open_deficit_u):
    """Close the original budget on a planned result, kr; returns the deficit that is left, open or hidden.

    Earlier deficits come first: all that stands is covered if the planned result carries it (§ 14-11: y + 1), at
    least what is due; only then is anything transferred or saved. `owed` of it has its last lawful year now and must
    be in the budget (§ 14-10(3)), whatever carries it. A shortfall that remains is adopted openly (§ 28-1 a) or hidden
    in an optimistic estimate of revenue.
    """
    net, shortfall = kr(planned), 0.0
    k.budsjett_overforing = 0.0
    k.budsjett_avsetning = 0.0
    k.budsjett_bruk_disposisjonsfond = 0.0
    k.budsjett_bruk_til_investering = 0.0
    k.budsjett_balanse = 0.0
    aim = max(due, owed)
    if net < aim:
        draw = min(usable, aim - net)
        k.budsjett_bruk_disposisjonsfond = draw
        k.budsjett_dekning = max(owed, min(aim, net + draw))
        shortfall = max(0.0, owed - (net + draw))
        if shortfall > 0.0:
            k.tiltak[MERFORBRUK] = shortfall
            if open_deficit_u < q.budsjett_med_merforbruk:
                k.budsjett_balanse = -shortfall
            else:
                net += shortfall  # an estimate that will not hold
    else:
        k.budsjett_dekning = min(standing, net)
        _save_and_transfer(k, q, is_county, net - k.budsjett_dekning, fund, usable, standing)
    k.tiltak[FOND] = k.budsjett_bruk_disposisjonsfond - k.budsjett_bruk_til_investering
    k.budsjett_resultat = net
    k.innsparing = 0.0
    for m in range(N_CONTINUOUS):
        k.innsparing += k.tiltak[m]
    return shortfall


@njit(cache=True, nogil=True)
def _save_and_transfer(k, q, is_county, room, fund, usable, standing):
    """Part of the room pays for investment, the rest is saved; a fund above the unit's own norm pays for more.

    So a comfortable unit's surplus lowers its debt (finding 2), and its fund stays in proportion to revenue (A9).
    """
    wanted = kr((1.0 - grant_share(q, is_county)) * k.budsjett_investering)
    share = q.egenfinansiering_fylke if is_county else q.egenfinansiering
    excess = 0.0
    if standing <= k.budsjett_dekning:
        excess = max(0.0, fund - own_norm(k, q) * k.driftsinntekter)
    transfer = min(np.floor(share * room + q.fond_avbygging * excess), wanted)
    draw = min(max(0.0, transfer - room), usable)
    k.budsjett_overforing = min(transfer, room + draw)
    k.budsjett_avsetning = room + draw - k.budsjett_overforing
    k.budsjett_bruk_disposisjonsfond = draw
    k.budsjett_bruk_til_investering = draw
