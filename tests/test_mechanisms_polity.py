"""Elections and councils: each mechanism on and off in paired runs, and rules alone."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.kernel import council, politics
from sim.params import PARAMS
from sim.state import FIRST_YEAR
from tests.histories import OTHERS, N, history, q_with, same, unit


@pytest.fixture(scope="module")
def base() -> list[np.ndarray]:
    return history(7)


# inert before it acts


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("valghensyn", 0), ("delegering", 1), ("nabonettverk", 1), ("nabonettverk", 2), ("naboeffekt", 0),
        ("privatskole_regime", 0), ("privatskole_regime", 2), ("sammenslaing_grense", 3000), ("venstre_fart", 0),
        ("nabo_norm", 0), ("eskatt_nabo", 0), ("eskatt_gap", 0), ("skole_gjenbruk", 0), ("skole_apning", 0),
        ("vedtak_protest", 0), ("vedtak_fragmentering", 0), ("vedtak_kapasitet", 0), ("skole_plan", 0),
    ],
)  # fmt: skip
def test_a_lever_that_moves_in_2029_moves_nothing_before_and_something_after(base, name, value):
    moved = history(7, **{name: {2029: value}})
    for year in (2026, 2027, 2028):
        assert same(moved[year - FIRST_YEAR], base[year - FIRST_YEAR]), year
    assert not same(moved[-1], base[-1])


@pytest.mark.parametrize("name", ["sammenslaing_drift", "sammenslaing_investering", "mindretall_grense"])
def test_how_large_a_thing_would_be_counts_for_nothing_while_its_lever_is_at_rest(base, name):
    assert same(history(3, **{name: PARAMS[name].high})[-1], base[2])


def test_what_voters_forgive_changes_majorities_and_nothing_before_the_first_election(base):
    moved = history(3, valgtap_robek=0.0, valgtap_skole=0.0, valgtap_eskatt=0.0, valgtap_kutt=0.0)
    assert same(moved[0], base[0], ("velgertap",))
    assert (moved[0]["velgertap"] == 0.0).all() and (base[0]["velgertap"] > 0.0).any()
    assert moved[1]["nytt_flertall"].sum() < base[1]["nytt_flertall"].sum()
    kept = moved[1]["nytt_flertall"] <= base[1]["nytt_flertall"]
    assert kept.all()  # the same draw: whoever falls without a loss falls with one


# proposal and decision


def test_a_council_that_amends_nothing_adopts_what_was_proposed():
    calm = {"fragmentering_fart": 0, "kapasitet_fart": 0, "venstre_fart": 0, "valgar_fart": 1}
    for units in history(3, runs=2, **calm):
        assert np.array_equal(units["foreslatt_innsparing"], units["vedtatt_innsparing"])


def test_councils_adopt_less_than_is_proposed_and_less_before_an_election(base):
    proposed, adopted = (
        np.array([units[name][:, :N].sum() for units in base])
        for name in ("foreslatt_innsparing", "vedtatt_innsparing")
    )
    assert (adopted < proposed).all()
    forgiving = history(5, valgar_fart=1.0)
    assert same(forgiving[0], base[0]) is False  # the budget of 2027, an election year, is adopted in 2026
    assert forgiving[0]["vedtatt_innsparing"].sum() > base[0]["vedtatt_innsparing"].sum()
    assert np.array_equal(forgiving[0]["foreslatt_innsparing"], base[0]["foreslatt_innsparing"])


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 0.2), st.booleans())
def test_a_council_adopts_less_when_fragmented_left_or_badly_prepared(split, able, left, more, close):
    q = q_with()
    share = council.council_share(unit(fragmentering=split, kapasitet=able, venstre_andel=left), q, close)
    worse = unit(fragmentering=split + more, kapasitet=able - more, venstre_andel=left + more)
    assert 0.0 <= council.council_share(worse, q, close) <= share
    assert council.council_share(worse, q, True) <= council.council_share(worse, q, False)


@given(st.floats(0.3, 1), st.floats(0, 1), st.floats(0, 1))
def test_delegation_helps_only_where_no_majority_governs(split, able, delegated):
    k = unit(fragmentering=split, kapasitet=able, venstre_andel=0.4)
    plain, other = (council.council_share(k, q_with(delegering=d), False) for d in (0.0, delegated))
    minority = split > PARAMS["mindretall_grense"].default
    assert other >= plain if minority else other == plain
    if minority and delegated == 1.0:
        assert other == pytest.approx(max(1.0, plain))


@given(st.floats(0, 1), st.floats(-5, 5), st.floats(0, 5))
def test_odds_keep_order_and_a_push_of_nothing_changes_nothing(p, push, more):
    assert council.with_odds(p, 0.0) == pytest.approx(p)
    pushed = council.with_odds(p, push)
    assert 0.0 <= pushed <= council.with_odds(p, push + more) <= 1.0
    if 0.01 < p < 0.99:
        assert np.log(pushed / (1 - pushed)) - np.log(p / (1 - p)) == pytest.approx(push)


@given(st.floats(0, 1, exclude_max=True), st.floats(0, 1), st.floats(-5, 5))
def test_what_happens_is_what_the_odds_say(u, p, push):
    assert council.happens(u, p, push) == (u < council.with_odds(p, push))


# elections


def test_elections_come_every_fourth_year_and_a_longer_term_moves_the_second_one():
    assert [politics.next_election(year) for year in (2022, 2023, 2026, 2027, 2028, 2035)] == [
        2023, 2023, 2027, 2027, 2031, 2035,
    ]  # fmt: skip
    held = {term: [bool(u["nytt_flertall"].any()) for u in history(10, valgperiode=term)] for term in (4, 5)}
    years = {term: [FIRST_YEAR + at for at, one in enumerate(flags) if one] for term, flags in held.items()}
    assert years == {4: [2027, 2031, 2035], 5: [2027, 2032]}


def test_proposals_wait_for_the_election_and_move_with_it():
    runs = 20
    four, five, free = (
        np.array([u["skoleforslag"][:, :N].mean() for u in history(7, runs, **values)])
        for values in ({}, {"valgperiode": 5}, {"valghensyn": 0})
    )
    at = {year: year - FIRST_YEAR for year in range(2026, 2033)}
    assert four[at[2026]] < 0.85 * free[at[2026]]
    assert four[at[2030]] < 0.85 * five[at[2030]]  # under a term of five the election is in 2032
    assert five[at[2031]] < 0.85 * five[at[2030]]
    assert np.array_equal(four[: at[2030]], five[: at[2030]])


def test_a_longer_term_changes_only_dates_until_the_old_calendar_would_have_acted(base):
    longer = history(5, valgperiode=5)
    for year in (2026, 2027, 2028, 2029):
        assert same(longer[year - FIRST_YEAR], base[year - FIRST_YEAR], OTHERS), year
    assert not same(longer[-1], base[4], OTHERS)


def test_a_rejected_plan_costs_votes_as_an_adopted_one_and_rests_until_after_the_next_election(base):
    rejected = (base[0]["skoleforslag"] > 0) & (base[0]["skolevedtak"] == 0)
    assert rejected.sum() > 50
    assert (base[0]["velgertap"][rejected] > 0).all()
    rests = base[0]["skole_sperre_til"] > 0
    assert 0.3 < rests.sum() / rejected.sum() < 0.7 and not rests[~rejected].any()
    assert (base[0]["skole_sperre_til"][rests] == 2028).all()
    assert not base[1]["skoleforslag"][rests].any() and base[2]["skoleforslag"][rests].any()
    assert base[1]["skoleforslag"][rejected & ~rests].any()
    after = base[1]["skole_sperre_til"] > 2028  # rejected after the election of 2027
    assert after.any() and (base[1]["skole_sperre_til"][after] == 2032).all()
    free = history(2, valghensyn=0)
    assert not any(units["skole_sperre_til"].any() or units["velgertap"].any() for units in free)


def test_where_every_rejected_plan_rests_none_comes_back_before_the_election_is_over():
    found = history(6, runs=4, skole_hvile=1.0)
    for before, after in pairwise(found):
        rejected = (before["skoleforslag"] > 0) & (before["skolevedtak"] == 0)
        assert not after["skoleforslag"][rejected].any() or after is found[2]  # 2028: the rest of 2026 is over


def test_a_new_majority_redraws_the_council_and_keeps_the_spread_of_councils():
    first, *_, last = history(10, runs=10)
    for name in ("venstre_andel", "fragmentering"):
        before, after = first[name][:, :N], last[name][:, :N]
        assert abs(after.mean() - before.mean()) < 0.02, name
        assert 0.8 < after.std() / before.std() < 1.25, name
    unmoved = history(2, runs=1)
    stays = unmoved[1]["nytt_flertall"][0, :N] == 0
    assert np.array_equal(unmoved[1]["venstre_andel"][0, :N][stays], unmoved[0]["venstre_andel"][0, :N][stays])


@given(st.floats(0, 0.1), st.floats(0, 0.1), st.integers(0, 10**6))
def test_more_blame_never_saves_a_majority(loss, more, run):
    fates = []
    for blame in (loss, loss + more):
        k = unit(velgertap=blame, venstre_andel=0.4, fragmentering=0.7)
        politics.hold_election(k, q_with(), 1, run, 301, 2027)
        fates.append(float(k["nytt_flertall"]))
        assert k["velgertap"] == 0.0
    assert fates[0] <= fates[1]


def test_three_points_of_votes_cost_twelve_of_re_election():
    """behaviour.md C14: both figures are of the same study."""
    q = q_with()
    kept = 1.0 - council.with_odds(q["maktskifte"], 0.0)
    assert kept - (1.0 - council.with_odds(q["maktskifte"], q["valg_utslag"] * 0.03)) == pytest.approx(0.12, abs=0.01)
