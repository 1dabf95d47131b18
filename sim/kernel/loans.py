"""Loans that need the State's approval: who is controlled, the frame, and what a controlled unit may plan to build.

Sources: kommuneloven §§ 14-4 (a budget is realistic and in balance), 14-14, 28-3; law.md § 9 on the discretion.
"""

import numpy as np
from numba import njit

STATUTORY_SHARE = 0.3  # share of investment in statutory areas, for the loan-frame rule `statutory_only` (assumption)


@njit(cache=True, nogil=True)
def controlled(k, q):
    """Whether the State approves the unit's loans within a frame (levers statlig_kontroll, lanetak_regel)."""
    under_control = k.lanekontroll > 0.0 if q.statlig_kontroll == 1.0 else q.statlig_kontroll == 2.0
    return under_control and q.lanetak_regel > 0.0


@njit(cache=True, nogil=True)
def loan_frame(q, amortisation, net_plan):
    """Upper loan frame of a controlled unit for the year, kr (§ 28-3 gives no formula: lever lanetak_regel)."""
    if q.lanetak_regel == 1.0:  # net debt constant
        return amortisation
    if q.lanetak_regel == 2.0:
        return STATUTORY_SHARE * net_plan
    return 0.5 * net_plan


@njit(cache=True, nogil=True)
def must_wait(k, q, own_share, plan):
    """What a controlled unit cannot finance of a plan for gross investment, kr: it stays out of the budget.

    Seen in December: the frame on budgeted amortisation, unused loans, the investment fund, and a transfer from
    operations as this year's. Grants and compensated VAT pay the rest of every krone (`own_share` is the unit's own).
    """
    if not controlled(k, q):
        return 0.0
    money = loan_frame(q, k.budsjett_avdrag, own_share * plan) + k.ubrukte_lanemidler + k.ubundet_investeringsfond
    money += k.budsjett_overforing - k.udekket_investering
    return max(0.0, plan - np.floor(max(0.0, money) / own_share))
