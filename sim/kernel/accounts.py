"""Closing of the accounts (budsjett- og regnskapsforskriften, BRF, kap. 4), least amortisation, premieavvik.

Numbers in, numbers out, in any one unit of money. The simulation passes whole kroner, so every sum is exact.
Deficits are kept by vintage: `vintages[age]` is what is left of the merforbruk that arose `age` years before
the accounts year; age 0 is the accounts year itself.
"""

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def sum_vintages(vintages):
    """Accumulated merforbruk."""
    total = 0.0
    for age in range(vintages.shape[0]):
        total += vintages[age]
    return total


@njit(cache=True, nogil=True)
def pay_oldest_first(vintages, amount):
    """Each vintage has its own deadline (kommuneloven § 14-11), so the oldest is covered first; in place."""
    for age in range(vintages.shape[0] - 1, -1, -1):
        if amount <= 0.0:
            break
        paid = min(vintages[age], amount)
        vintages[age] -= paid
        amount -= paid


@njit(cache=True, nogil=True)
def close_drift(
    ndr, avsetning_bundne, bruk_bundne, overforing, overforing_bundet, avsetning, bruk, dekning,
    disposisjonsfond, vintages, skjerming, strike_order, mandatory_fund_use,
):  # fmt: skip
    """The operating accounts closed by BRF §§ 4-1 to 4-4; `vintages` is changed in place.

    All amounts are at least 0 except `ndr`; `overforing_bundet` is at most `overforing`. `skjerming` is the
    use of the fund in next year's original budget. strike_order: 0 strikes overforing before avsetning, 1
    after; the regulation sets no order between them. mandatory_fund_use: 0 switches § 4-4 off.

    Two things a budget may contain that accounts cannot: coverage of more merforbruk than there is, and use
    of more disposisjonsfond than stands on it. Neither can be booked, so the excess is struck, and the
    deviation that it leaves is closed like any other. Hence disposisjonsfond >= 0 and no krone is lost.

    Returns (budsjettavvik, strykning_overforing, strykning_avsetning, strykning_dekning, strykning_bruk,
    nytt_merforbruk, disposisjonsfond, overforing, avsetning, bruk, dekning), the last four as finally booked.
    """
    outstanding = sum_vintages(vintages)
    budsjettavvik = ndr - avsetning_bundne + bruk_bundne - overforing - avsetning + bruk - dekning  # post 8
    struck_overforing, struck_avsetning, struck_bruk, nytt_merforbruk = 0.0, 0.0, 0.0, 0.0
    struck_dekning = max(0.0, dekning - outstanding)  # coverage of nothing
    dekning -= struck_dekning
    rest = budsjettavvik + struck_dekning

    if rest < 0.0:  # § 4-2 first paragraph, posts 9 to 11
        if strike_order == 0:
            struck_overforing = min(-rest, overforing - overforing_bundet)
            struck_avsetning = min(-rest - struck_overforing, avsetning)
        else:
            struck_avsetning = min(-rest, avsetning)
            struck_overforing = min(-rest - struck_avsetning, overforing - overforing_bundet)
        rest += struck_overforing + struck_avsetning
        struck = min(-rest, dekning)
        struck_dekning += struck
        dekning -= struck
        rest += struck
    elif rest > 0.0:  # § 4-3 first paragraph, post 12
        struck_bruk = min(rest, bruk)
        rest -= struck_bruk
    overforing -= struck_overforing
    avsetning -= struck_avsetning
    bruk -= struck_bruk

    fond = disposisjonsfond + avsetning - bruk
    if fond < 0.0:  # more use than fund
        bruk += fond
        struck_bruk -= fond
        rest += fond
        fond = 0.0
        struck = min(-rest, overforing - overforing_bundet)
        overforing -= struck
        struck_overforing += struck
        rest += struck
        if rest < 0.0:  # an allocation that was to be used the same year goes before coverage (§ 4-2)
            bruk -= avsetning
            struck_bruk += avsetning
            struck_avsetning += avsetning
            avsetning = 0.0
            struck = min(-rest, dekning)
            struck_dekning += struck
            dekning -= struck
            rest += struck
    outstanding -= dekning

    if rest < 0.0:  # § 4-2 second paragraph, post 14; what is left goes to kommuneloven § 14-11
        used = min(-rest, max(0.0, fond - skjerming))
        fond -= used
        bruk += used
        nytt_merforbruk = -rest - used
    elif rest > 0.0:  # § 4-3 second paragraph, posts 16 and 17
        covered = min(rest, outstanding)
        dekning += covered
        outstanding -= covered
        fond += rest - covered
        avsetning += rest - covered
    if outstanding > 0.0 and mandatory_fund_use != 0:  # § 4-4, post 15
        used = min(outstanding, max(0.0, fond - skjerming))
        fond -= used
        bruk += used
        dekning += used

    if dekning > 0.0:
        pay_oldest_first(vintages, dekning)
    vintages[0] += nytt_merforbruk
    return (
        budsjettavvik, struck_overforing, struck_avsetning, struck_dekning, struck_bruk,
        nytt_merforbruk, fond, overforing, avsetning, bruk, dekning,
    )  # fmt: skip


@njit(cache=True, nogil=True)
def close_investment(
    netto_utgifter, avsetning_bundne, bruk_bundne, bruk_lan, overforing, overforing_bundet,
    avsetning_ubundet, bruk_ubundet, dekning,
):  # fmt: skip
    """The investment accounts closed by BRF §§ 4-5 and 4-6.

    `netto_utgifter` is expenditure less income before loans, of any sign; the other amounts are at least 0.
    Returns (budsjettavvik, strykning_lan, strykning_overforing, strykning_bruk, avsetning_ubundet, udekket):
    a positive budsjettavvik is uncovered (udekket), a negative one undisposed (udisponert);
    avsetning_ubundet is as finally booked.
    """
    budsjettavvik = (
        netto_utgifter + avsetning_bundne - bruk_bundne - bruk_lan - overforing
        + avsetning_ubundet - bruk_ubundet + dekning
    )  # fmt: skip
    struck_lan, struck_overforing, struck_bruk, udekket = 0.0, 0.0, 0.0, 0.0
    if budsjettavvik > 0.0:  # § 4-5
        struck_avsetning = min(budsjettavvik, avsetning_ubundet)
        avsetning_ubundet -= struck_avsetning
        udekket = budsjettavvik - struck_avsetning
    elif budsjettavvik < 0.0:  # § 4-6 a to c, then the rest is put aside
        rest = -budsjettavvik
        struck_lan = min(rest, bruk_lan)
        rest -= struck_lan
        struck_overforing = min(rest, overforing - overforing_bundet)
        rest -= struck_overforing
        struck_bruk = min(rest, bruk_ubundet)
        avsetning_ubundet += rest - struck_bruk
    return budsjettavvik, struck_lan, struck_overforing, struck_bruk, avsetning_ubundet, udekket


@njit(cache=True, nogil=True)
def minimumsavdrag(avskrivninger, lanegjeld, bokfort_verdi, horisont):
    """Least amortisation of the year, kommuneloven § 14-18, not rounded.

    Debt without on-lending (§ 14-17) and book value of depreciable assets, both on 1 January. Where the book
    value is 0 the formula has no answer, and the answer is not 0: the debt is then repaid over `horisont`
    years, the implied repayment time (book value / depreciation) of the kommunekasse (KDD, 31 January 2024).
    """
    if bokfort_verdi > 0.0:
        return avskrivninger * (lanegjeld / bokfort_verdi)
    return lanegjeld / horisont


@njit(cache=True, nogil=True)
def premieavvik_andel(original, age, years):
    """The equal amount that reverses a premieavvik `age` years after it arose, BRF § 3-5, not rounded."""
    if 1 <= age <= years:
        return original / years
    return 0.0


@njit(cache=True, nogil=True)
def premieavvik_rest(original, age, years):
    """What is left of a premieavvik at the end of year `age` after it arose, in whole kroner."""
    if age >= years:
        return 0.0
    return original - np.floor(original * age / years + 0.5)


@njit(cache=True, nogil=True)
def premieavvik_amortisering(original, age, years):
    """`premieavvik_andel` in whole kroner: less than 1 krone away, and the parts sum to the original."""
    if 1 <= age <= years:
        return premieavvik_rest(original, age - 1, years) - premieavvik_rest(original, age, years)
    return 0.0
