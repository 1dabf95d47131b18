"""Primary schools: what closes, opens, saves and travels; rules of a plan alone."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.kernel import schools, step
from sim.kernel.portfolio import INVESTERING, SKOLESTRUKTUR
from sim.kernel.revenue import lost_school_grants, private_deduction, published_deduction
from sim.state import FIRST_YEAR, WORLD_DTYPE, State
from tests.polity import RUNS, N, history, q_with, unit
from tests.simulate import opened, rows_with, world


@pytest.fixture(scope="module")
def base() -> list[np.ndarray]:
    return history(7)


def test_schools_change_by_what_closes_and_opens_and_pupils_of_closed_ones_travel(base):
    for before, after in pairwise(base):
        change = after["skoler_apnet"] - after["skoler_nedlagt"]
        assert np.array_equal(after["skoler"], before["skoler"] + change)
        farther = after["skolevei_okning"] - before["skolevei_okning"]
        moved = after["elever_nedlagt"] - after["privatelever_nye"] > 0
        assert (farther[moved] > 0).all() and (farther[~moved] == 0).all()
        assert np.array_equal(after["elever_nedlagt"] > 0, after["skoler_nedlagt"] > 0)
    assert (base[-1]["elever_lengre_vei"] <= 1).all() and (base[-1]["elever_lengre_vei"] > 0).any()


def test_schools_open_where_pupils_become_more():
    found = history(6, runs=10, skole_apning=0.02)
    growth = np.array([units["behovsvekst"][:, :N, 0] for units in found])[:-1]
    number = np.array([units["skoler"][:, :N] for units in found])[:-1]
    opens = np.array([units["skoler_apnet"][:, :N] for units in found])[1:]
    parts = (growth < -0.01, (growth >= -0.01) & (growth < 0), growth >= 0)
    rates = [opens[part].sum() / number[part].sum() for part in parts]
    assert rates[0] == 0 < rates[1] < rates[2]
    assert not any(units["skoler_apnet"].any() for units in history(4, runs=1, skole_apning=0.0))


def test_the_extra_way_is_that_of_pupils_spread_over_a_square():
    points = np.random.default_rng(0).random((200_000, 2)) - 0.5
    shifts = [(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1) if (i, j) != (0, 0)]
    own = np.hypot(points[:, 0], points[:, 1])
    other = np.min([np.hypot(points[:, 0] - i, points[:, 1] - j) for i, j in shifts], axis=0)
    assert (other - own).mean() == pytest.approx(schools.EXTRA_WAY, abs=0.002)
    w = np.zeros(1, WORLD_DTYPE)[0]
    w["areal"] = 400.0
    k = unit(skoler=4, elever=400, elever_nedlagt=40)
    schools.lengthen_way(k, w)
    side = (schools.SETTLED * 400.0 / 4.0) ** 0.5
    assert k["skolevei_okning"] == pytest.approx(0.1 * schools.EXTRA_WAY * schools.ROAD * side)
    assert k["elever_lengre_vei"] == pytest.approx(0.1)


def _school_correction(k, q, nation):
    """What the grant of a unit has lost by its schools and private pupils since the start, below 0."""
    return private_deduction(k, q, nation) + published_deduction(k, nation) - lost_school_grants(k, q)


def test_the_right_to_say_no_to_private_schools_makes_closing_pay_more():
    gain, private = [], []
    plans = {"skole_s8": 0.0, "skole_s9": 0.0, "privat_erstatning": 0.4, "skole_vedtak": 0.7}  # the same plans in all
    for regime in (0, 1, 2):
        found = history(6, runs=4, privatskole_regime=regime, **plans)
        saved = sum(units["tiltak"][:, :N, SKOLESTRUKTUR].sum() for units in found)
        nation = np.zeros(1, [("prisnivaa_tilskudd", "f8")])
        nation["prisnivaa_tilskudd"] = 1.1
        last, q = found[-1], q_with(privatskole_regime=regime)
        taken = sum(_school_correction(last[0, u], q, nation[0]) for u in range(N))
        gain.append(saved / 4 + taken)
        private.append(float((last["privatelever"] - last["privatelever_start"])[:, :N].sum()))
    assert gain[0] < gain[1] < gain[2]
    assert private[0] > private[1] > private[2] == 0.0


def test_what_is_spent_again_is_missing_from_the_saving():
    q, w = q_with(), world()
    state = opened(1)
    results = []
    for again in (0.0, 0.4):
        k = State(state.units.copy(), state.nation.copy()).units[0, 200]
        k["skoler"], k["elever"], k["skoler_vedtatt"] = 8, 800, (2.0, 0.0, 0.0)
        before = k["budsjett_utgifter"][0]
        q["skole_gjenbruk"] = again
        schools.carry_out(k, q, state.nation[0], 3, 0, int(w.units[200]["kode"]), 2027)
        first = before - k["budsjett_utgifter"][0]
        results.append((first, k["skolesparing_neste"]))
    assert results[0][0] == results[1][0] > 0  # the first autumn is as it was
    full = sum(results[0])
    assert sum(results[1]) == pytest.approx(0.6 * full, abs=2)


def test_a_receiving_school_is_built_the_year_before_a_closure_that_has_a_lag():
    without, built = history(2, skole_mottak_bygg=0.0), history(2)
    rows, w = rows_with(2, RUNS, {}), world()
    state = opened(RUNS)
    step.step_year(*state, w.units, w.unit_cost, w.ages, rows[0], rows[1], 11, 0, FIRST_YEAR)
    free = built[0]["lanekontroll"][:, :N] == 0
    due = built[0]["skoler_vedtatt"][:, :N, 0]  # closes in 2028
    price = (state.nation["prisindeks"] * (1.0 + state.nation["prisanslag_neste"]))[:, None]
    put_off = (built[0]["tiltak"][:, :N, INVESTERING] == 0) & (without[0]["tiltak"][:, :N, INVESTERING] == 0)
    more = (built[0]["budsjett_investering"] - without[0]["budsjett_investering"])[:, :N]
    here = free & put_off & (due > 0)
    assert here.sum() > 20
    # what was put off since the start differs a little, and a third of it returns
    assert np.median(more[here] / (rows["skole_mottak_bygg"][0, 0] * price * due)[here]) == pytest.approx(1.0, abs=0.02)
    assert np.array_equal(built[1]["skoler_nedlagt"], without[1]["skoler_nedlagt"])


@given(st.integers(2, 140), st.floats(0, 1, exclude_max=True), st.floats(0, 0.2))
def test_a_plan_closes_at_least_one_school_and_at_most_a_third(number, u, more):
    k, q = unit(skoler=number), q_with()
    size = schools.plan_size(k, q, u)
    assert 1 <= size <= max(1, number // 3)
    assert schools.plan_size(k, q, min(u + more, 0.999)) <= size
