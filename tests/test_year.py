"""What one year of the model must do whatever the numbers: addresses, zero sums, monotone accounts, calm."""

import copy

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.kernel import closing
from sim.params import default_rows
from sim.state import STATE_DTYPE
from tests.simulate import advance, opened, run, world

KOMMUNER = 357


def test_a_run_alone_equals_the_same_run_in_a_batch_bit_for_bit():
    batch = run(years=4, runs=3)
    alone = run(years=4, runs=1, first_run=2)
    assert alone.units[0].tobytes() == batch.units[2].tobytes()
    assert alone.nation[0].tobytes() == batch.nation[2].tobytes()


def test_runs_differ_and_seeds_differ():
    a, b = run(years=2, runs=2), run(years=2, runs=2, seed=12)
    assert not np.array_equal(a.units["skatt"][0], a.units["skatt"][1])
    assert not np.array_equal(a.units["skatt"], b.units["skatt"])


def test_what_is_done_to_one_kommune_leaves_the_draws_of_all_others():
    state, other = opened(2), opened(2)
    other.units["disposisjonsfond"][:, 40] += 1e9
    other.units["arbeidskapital"][:, 40] += 1e9
    list(advance(state, 3))
    list(advance(other, 3))
    shocks = ("lokal_skatt", "lokal_kostnad", "avvik_siste", "lokal_natur", "premie_over_kostnad")
    for name in shocks:
        mine = np.delete(state.units[name], 40, axis=1)
        theirs = np.delete(other.units[name], 40, axis=1)
        if name == "premie_over_kostnad":  # a share of own income, which a rescue for all could move
            assert np.allclose(mine, theirs, rtol=1e-3)
        else:
            assert np.array_equal(mine, theirs), name
    assert not np.array_equal(state.units["gap"][:, 40], other.units["gap"][:, 40])


def test_a_scenario_meets_the_same_shocks_as_the_baseline():
    base, policy = run(years=3), run(years=3, dekningsfrist=1, robek=0, utjevningsgrad=0.5)
    for name in ("lokal_skatt", "lokal_kostnad", "avvik_siste", "alder", "folketall"):
        assert np.array_equal(base.units[name], policy.units[name]), name
    for name in ("skatt_varig", "skatt_midlertidig", "kostnad_overraskelse", "rente"):
        assert np.array_equal(base.nation[name], policy.nation[name]), name


def test_grants_and_expected_tax_add_up_to_the_frame():
    state = opened(2)
    w = world().units[:KOMMUNER]
    for year, _, after, _ in advance(state, 6):
        if year < 2028:
            continue
        k, n = after.units[:, :KOMMUNER], after.nation
        grants = (k["rammetilskudd"] - k["inntektsutjevning"] - k["redning"]).sum(axis=1)
        tax = (n["skatt_niva"][:, None] * w["skatteindeks"] * k["folketall"]).sum(axis=1)
        assert np.abs(grants + tax - n["ramme"]).max() < KOMMUNER  # each grant is rounded to a krone


def test_published_frie_inntekter_come_out_when_nothing_happens():
    calm = {"skatterisiko_skala": 0, "skatteanslag_skjevhet": 0, "kostnad_spredning": 0, "lokal_skatt_spredning": 0,
            "lokal_vekst_spredning": 0, "befolkning_spredning": 0, "redning": 0}  # fmt: skip
    state = opened(1, spread=0.0, **calm)
    published = {2026: "frie_2026", 2027: "frie_2027"}
    for year, _, after, _ in advance(state, 2, **calm):
        mine = after.units["frie_inntekter"][0]
        theirs = world().units[published[year]]
        assert np.allclose(mine[:KOMMUNER], theirs[:KOMMUNER], rtol=2e-3)
        assert abs(mine[:KOMMUNER].sum() / theirs[:KOMMUNER].sum() - 1) < 1e-4


def test_private_pupils_and_lost_schools_move_money_but_make_none():
    # the same nation with more private pupils in one kommune: the frame is the same, others gain what it loses
    state, other = opened(1), opened(1)
    other.units["privatelever"][0, 5] += 200
    list(advance(state, 3))
    list(advance(other, 3))
    totals = [(s.units["rammetilskudd"] - s.units["redning"])[:, :KOMMUNER].sum() for s in (state, other)]
    assert abs(totals[0] - totals[1]) < KOMMUNER
    assert other.units["rammetilskudd"][0, 5] < state.units["rammetilskudd"][0, 5]


money = st.integers(0, 10**9).map(float)
signed = st.integers(-(10**9), 10**9).map(float)


@st.composite
def books(draw):
    """One unit's books at the end of a year, decisions made, before the closing."""
    k = np.zeros(1, STATE_DTYPE)[0]
    k["driftsinntekter"] = draw(st.integers(10**7, 10**10))
    k["netto_driftsresultat"] = draw(signed)
    amounts = (
        "avsetning_bundne", "disposisjonsfond", "overforing_investering", "avsetning_disposisjonsfond",
        "bruk_disposisjonsfond", "dekning_tidligere_merforbruk", "budsjett_bruk_disposisjonsfond",
    )  # fmt: skip
    for name in amounts:
        k[name] = draw(money)
    vintages = [draw(st.one_of(st.just(0.0), money)) for _ in range(5)]
    k["merforbruk_argang"][:5] = vintages
    k["merforbruk"] = sum(vintages)
    return k


@given(books(), st.integers(0, 10**9), st.integers(0, 127))
def test_with_decisions_fixed_more_revenue_never_adds_merforbruk_or_a_ground(k, more, register):
    q = default_rows([2026])[0, 0]
    k["robek_grunnlag"] = register
    richer = copy.deepcopy(k)
    richer["netto_driftsresultat"] += more
    richer["driftsinntekter"] += more
    found = []
    for unit in (k, richer):
        records = np.array([unit], STATE_DTYPE)
        closing.close_operations(records[0], q)
        closing.review_accounts(records[0], q, False, 0)
        found.append(records[0])
    poor, rich = found
    assert rich["merforbruk"] <= poor["merforbruk"]
    assert rich["nytt_merforbruk"] <= poor["nytt_merforbruk"]
    assert rich["disposisjonsfond"] >= poor["disposisjonsfond"]
    assert int(rich["robek_grunnlag"]) & ~int(poor["robek_grunnlag"]) == 0


def test_without_shocks_no_unit_in_balance_gets_a_deficit():
    calm = {
        "skatterisiko_skala": 0, "skatteanslag_skjevhet": 0, "kostnad_spredning": 0, "lokal_skatt_spredning": 0,
        "lokal_vekst_spredning": 0, "befolkning_spredning": 0, "natur_spredning": 0, "varig_kostnad_spredning": 0,
        "forbigaende_spredning": 0, "premieavvik_spredning": 0, "prognosefeil": 0, "overskridelse": 0,
        "rente_spredning": 0, "start_forbigaende": 0, "sen_behandling": 0,
    }  # fmt: skip
    state = opened(1, spread=0.0, **calm)
    ratio = state.units["netto_driftsresultat"] / state.units["driftsinntekter"]
    fund = state.units["disposisjonsfond"] / state.units["driftsinntekter"]
    sound = (ratio > 0.0175) & (fund > 0.08) & (state.units["merforbruk"] == 0)
    assert sound.sum() > 50
    for _, _, after, _ in advance(state, 5, **calm):
        assert after.units["merforbruk"][sound].sum() == 0
        assert not (after.units["robek_grunnlag"][sound] > 0).any()
