"""January to July: review of the original budget, closing of the accounts, the council, review of the accounts.

Sources: BRF §§ 4-1 to 4-6; kommuneloven §§ 14-11, 28-1, 28-3, 28-5. The rules stand in accounts.py and
balance_rule.py; here they meet the books of one unit.
"""

import numpy as np
from numba import njit

from sim.kernel import balance_rule
from sim.kernel.accounts import close_drift, close_investment
from sim.kernel.balance_rule import grounds_from_accounts, grounds_from_budget

# of the rate of a pool: its oldest assets, where investment has grown 4 % a year in nominal terms and lasts 40 years;
# a half without growth (tests/test_assets.py lays the vintages beside it)
WRITTEN_OFF = 0.25
HIGHEST_RATE = 0.2  # depreciation per book value: the shortest life in BRF § 3-4 is five years


@njit(cache=True, nogil=True)
def review_budget(k, q, late):
    """January: the original decision alone counts for grounds a, b, e and the plan branch of c (§ 28-1)."""
    found = grounds_from_budget(k.budsjett_balanse, k.plan_balanse, k.plan_for_sent > 0.0, not late)
    if q.robek < 1.0:
        return 0
    k.robek_grunnlag = balance_rule.review_budget(k.robek_grunnlag, found)
    return found


@njit(cache=True, nogil=True)
def age_vintages(vintages):
    """A new accounts year: every vintage is a year older; the last place holds what is that old or older."""
    last = vintages.shape[0] - 1
    oldest = vintages[last]
    for age in range(last, 0, -1):
        vintages[age] = vintages[age - 1]
    vintages[0] = 0.0
    vintages[last] += oldest


@njit(cache=True, nogil=True)
def close_operations(k, q):
    """February: the operating account is closed with the shield of next year's original budget (BRF §§ 4-1 to 4-4).

    Only what finances the operations of that year is shielded, not what goes on to its investments. The council's
    decision on coverage (§ 14-3) is broken if coverage had to be struck.
    """
    if k.merforbruk > 0.0:
        age_vintages(k.merforbruk_argang)
    shield = k.budsjett_bruk_disposisjonsfond - k.budsjett_bruk_til_investering if q.fondsskjerming > 0.0 else 0.0
    (
        k.budsjettavvik, k.strykning_overforing, k.strykning_avsetning, k.strykning_dekning, k.strykning_bruk,
        k.nytt_merforbruk, k.disposisjonsfond, k.overforing_investering, k.avsetning_disposisjonsfond,
        k.bruk_disposisjonsfond, k.dekning_tidligere_merforbruk,
    ) = close_drift(
        k.netto_driftsresultat, k.avsetning_bundne, k.bruk_bundne, k.overforing_investering, 0.0,
        k.avsetning_disposisjonsfond, k.bruk_disposisjonsfond, k.dekning_tidligere_merforbruk,
        k.disposisjonsfond, k.merforbruk_argang, shield, q.strykningsrekkefolge, q.pliktig_fondsbruk,
    )  # fmt: skip
    k.bundne_fond += k.avsetning_bundne - k.bruk_bundne
    k.merforbruk += k.nytt_merforbruk - k.dekning_tidligere_merforbruk
    k.plan_brutt = 1.0 if k.strykning_dekning > 0.0 and k.merforbruk > k.nytt_merforbruk else 0.0


@njit(cache=True, nogil=True)
def revise_budget(k):
    """By 30 June the council adopts the accounts and decides how a deficit is covered: the current budget is revised.

    Budgeted allocation and transfer give way to coverage (§§ 14-3(2), 14-5(4), 14-11). The original decision still
    governs grounds a and b, so its balance stays.
    """
    missing = k.merforbruk - k.budsjett_dekning
    if missing > 0.0:
        saved = min(missing, k.budsjett_avsetning)
        moved = min(missing - saved, k.budsjett_overforing)
        k.budsjett_avsetning -= saved
        k.budsjett_overforing -= moved
        k.budsjett_dekning += saved + moved


@njit(cache=True, nogil=True)
def close_investments(k):
    """The investment account is closed last: a transfer struck in operations must be replaced (BRF §§ 4-5, 4-6).

    Loans are used up to what may be loan-financed and is there; then the unrestricted fund; the rest is udekket.
    """
    net = k.investering - k.investeringstilskudd
    cover = k.udekket_investering
    loans = min(k.laneopptak + k.ubrukte_lanemidler, net + cover)
    short = net + cover - loans - k.overforing_investering
    use = min(max(0.0, short), k.ubundet_investeringsfond)
    (_, struck_loan, _, struck_use, to_fund, uncovered) = close_investment(
        net, 0.0, 0.0, loans, k.overforing_investering, k.overforing_investering, 0.0, use, cover
    )
    k.bruk_av_lan = loans - struck_loan
    k.ubundet_investeringsfond += to_fund - (use - struck_use)
    k.udekket_investering = uncovered
    k.ubrukte_lanemidler += k.laneopptak - k.bruk_av_lan
    k.lanegjeld += k.laneopptak - k.avdrag


@njit(cache=True, nogil=True)
def remaining_depreciation(avskrivninger, book):
    """Next year's depreciation of the assets there are: what was in its last year is gone.

    That is the share WRITTEN_OFF of the pool's rate (depreciation over book value on 1 January).
    """
    return avskrivninger * (1.0 - WRITTEN_OFF * avskrivninger / book) if book > 0.0 else 0.0


@njit(cache=True, nogil=True)
def carry_assets(k, q, is_county):
    """Fixed assets: what was built, net of compensated VAT (lever), less depreciation; working capital by flows.

    Straight line (BRF § 3-4): assets keep their yearly depreciation until they are written off, and new ones add cost
    over life.
    """
    capitalised = np.floor((1.0 - (1.0 - q.mva_i_anleggsmidler) * q.mva_andel) * k.investering)
    depreciable = np.floor(q.avskrivbar_andel * capitalised)
    pipes = 0.0 if is_county else q.ledningsnett_andel
    per_krone = (1.0 - pipes) / q.levetid_nye + pipes / q.levetid_ledningsnett
    book = k.anleggsmidler
    k.anleggsmidler += depreciable - k.avskrivninger
    if k.anleggsmidler > 0.0:
        left = remaining_depreciation(k.avskrivninger, book)
        k.avskrivningssats = min(HIGHEST_RATE, (left + per_krone * depreciable) / k.anleggsmidler)
    k.andre_anleggsmidler += capitalised - depreciable
    # identity I10: result, less net investment before loans, plus loans taken up (used or not)
    k.arbeidskapital += k.netto_driftsresultat - (k.investering - k.investeringstilskudd) + k.laneopptak


@njit(cache=True, nogil=True)
def review_accounts(k, q, late, found):
    """June and July: grounds c, d, f from the closed accounts; entry to and exit from the register (§§ 28-1, 28-5)."""
    if q.robek < 1.0:
        found = 0
        k.robek_grunnlag = 0
    else:
        c_years = q.robek_c_ar + q.dekningsfrist_tillegg
        in_accounts = grounds_from_accounts(
            k.merforbruk_argang, k.merforbruk, k.driftsinntekter, not late, c_years, q.robek_d_terskel
        )
        if q.robek_plan_brutt > 0.0 and k.plan_brutt > 0.0:
            in_accounts |= balance_rule.C  # as the Act of 1992 § 60: the plan to cover a deficit is not followed
        found |= in_accounts
        k.robek_grunnlag = balance_rule.review_accounts(k.robek_grunnlag, in_accounts, k.merforbruk, q.robek_utgang)
    k.ar_i_robek = k.ar_i_robek + 1.0 if k.robek_grunnlag > 0 else 0.0
    k.lanekontroll = 1.0 if k.robek_grunnlag > 0 or found > 0 else 0.0
