"""Schools, networks, mergers: each mechanism on and off in paired runs, and rules alone."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.kernel import merger, neighbours, schools, step
from sim.kernel.portfolio import FLOOR, SKOLESTRUKTUR, STANDARD
from sim.kernel.revenue import lost_school_grants, private_deduction, published_deduction
from sim.params import PARAMS
from sim.state import FIRST_YEAR, WORLD_DTYPE, State
from tests.histories import RUNS, N, history, q_with, same, unit
from tests.simulate import opened, rows_with, world


@pytest.fixture(scope="module")
def base() -> list[np.ndarray]:
    return history(7)


# schools


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


@given(st.integers(2, 140), st.floats(0, 1, exclude_max=True), st.floats(0, 0.2))
def test_a_plan_closes_at_least_one_school_and_at_most_a_third(number, u, more):
    k, q = unit(skoler=number), q_with()
    size = schools.plan_size(k, q, u)
    assert 1 <= size <= max(1, number // 3)
    assert schools.plan_size(k, q, min(u + more, 0.999)) <= size


# networks


def test_without_imitation_no_network_counts_bit_for_bit(base):
    off = history(4, naboeffekt=0)
    assert not same(off[-1], base[3])
    w = world()
    scrambled = w.units.copy()
    scrambled["naboer"][:N] = np.random.default_rng(1).integers(0, N, (N, 8))
    scrambled["sammenlignbare"][:N] = 0
    strong = {"nabonettverk": 2, "eskatt_nabo": 12, "skole_s5": 2, "nabo_norm": 0.5}
    rows = rows_with(5, RUNS, {"naboeffekt": 0, **strong})
    state = opened(RUNS, naboeffekt=0)
    for at in range(4):
        step.step_year(*state, scrambled, w.unit_cost, w.ages, rows[at], rows[at + 1], 11, 0, FIRST_YEAR + at)
        assert same(state.units, off[at])


def test_without_imitation_a_year_is_that_of_a_model_without_the_code():
    from tests.test_agents_reference import pair

    _, whole = pair(naboeffekt=0.0)
    _, bare = pair(naboeffekt=0.0)
    inner = vars(bare.rules.module("step"))["step_year"].__globals__
    inner["watch_neighbours"] = inner["follow_norms"] = lambda *arguments: None  # what is seen stays all zeros
    for _ in range(2):
        whole.step()
        bare.step()
    assert same(whole.state().units, bare.state().units)


def test_imitation_makes_clusters_of_taxes_plans_and_norms_on_the_network_that_is_watched():
    from sim.analysis.clustering import joins, morans_i

    # without the common push of neighbours that are alike: a tax for many, by chance and imitation alone
    strong = {"eskatt_nabo": 12, "skole_s5": 2, "eskatt_innforing": 0.05}
    start = opened(12)
    start.units["eiendomsskatt_promille"][:, :N] *= np.random.default_rng(5).random((12, N)) < 0.5
    found = {}
    for name, values in {
        "none": {"naboeffekt": 0}, "nearest": {"naboeffekt": 0.5}, "peers": {"naboeffekt": 0.5, "nabonettverk": 1},
    }.items():  # fmt: skip
        units = history(8, 12, start, **strong, **values)
        has = start.units["eiendomsskatt_promille"][:, :N] > 0
        new = ((units[-1]["eiendomsskatt_promille"][:, :N] > 0) & ~has).astype(float)
        plans = np.array([u["skoleforslag"][:, :N] for u in units])
        around = plans[:-1][..., world().units["naboer"][:N]].mean(-1)
        follows = (around * plans[1:]).sum() / plans[1:].sum() / around.mean()
        found[name] = (
            np.nanmean(joins(new, world().units["naboer"][:N])),
            np.nanmean(joins(new, world().units["sammenlignbare"][:N])),
            follows,
            morans_i(units[-1]["tjenesteniva"][:, :N, 0], world().units["naboer"][:N]).mean(),
        )
    assert found["nearest"][0] > 1.1 * found["none"][0]
    assert found["peers"][1] > 1.1 * found["none"][1]
    assert found["nearest"][2] > 1.05 * found["none"][2]
    assert found["nearest"][3] > 1.1 * max(found["none"][3], found["peers"][3])


def test_what_one_kommune_does_moves_its_neighbours_decisions_and_nobody_s_draws():
    start = opened(20)
    moved = State(start.units.copy(), start.nation.copy())
    w = world().units
    watchers = [u for u in range(N) if 40 in w["naboer"][u]]
    moved.units["eiendomsskatt_promille"][:, 40] = np.where(moved.units["eiendomsskatt_promille"][:, 40] > 0, 0.0, 4.0)
    ours, theirs = (history(3, 20, one, naboeffekt=0.5, eskatt_nabo=12) for one in (start, moved))
    for name in ("lokal_skatt", "lokal_kostnad", "avvik_siste", "lokal_natur"):
        assert np.array_equal(np.delete(ours[-1][name], 40, 1), np.delete(theirs[-1][name], 40, 1)), name
    first = (ours[0]["eiendomsskatt_promille"] != theirs[0]["eiendomsskatt_promille"]).any(0)
    outsiders = [u for u in range(N) if u not in watchers and u != 40]
    assert not first[outsiders].any()
    off = [history(3, 20, one, naboeffekt=0, eskatt_nabo=12) for one in (start, moved)]
    assert np.array_equal(*(np.delete(o[0]["budsjett_utgifter"], 40, 1) for o in off))
    assert not np.array_equal(*(np.delete(o[-1]["eiendomsskatt_promille"], 40, 1) for o in (ours, theirs)))


@given(st.floats(0.8, 1.3), st.floats(0.8, 1.3), st.booleans())
def test_standards_drift_up_in_good_years_and_down_when_saving_but_not_below_the_floor(own, theirs, saves):
    norms = np.zeros((5, 8))
    norms[FLOOR], norms[STANDARD] = 0.9, 1.0
    k = unit(konsoliderer=float(saves))
    k["behov"], k["tjenesteniva"], k["budsjett_utgifter"] = 1e8, own, np.floor(own * 1e8)
    seen = np.full(neighbours.N_SEEN, theirs)
    before = k["budsjett_utgifter"].copy()
    neighbours.follow_norms(k, q_with(), seen, norms)
    change = k["budsjett_utgifter"] - before
    assert (change[neighbours.N_WELFARE :] == 0).all()
    assert (change <= 0).all() if saves else (change >= 0).all()
    if theirs == own or (theirs < own) != saves:
        assert (change == 0).all()
    assert (k["budsjett_utgifter"] >= np.minimum(before, 0.9e8)).all()
    k["budsjett_utgifter"] = before
    neighbours.follow_norms(k, q_with(naboeffekt=0.0), seen, norms)
    assert np.array_equal(k["budsjett_utgifter"], before)


# mergers


def test_before_a_merger_the_small_overspend_and_both_build_and_no_budget_shows_it(base):
    planned = {"sammenslaing_grense": {2028: 2500.0, 2029: 0.0}}
    ours = history(4, **planned)
    before, during, after = ours[1], ours[2], ours[3]
    assert same(before, base[1])
    who = during["sammenslaing"][:, :N]
    small = during["folketall"][:, :N] < 2500
    assert np.array_equal(who == merger.JUNIOR, small)
    assert (who == merger.SENIOR).any() and not after["sammenslaing"].any()
    more = (during["merkostnad"] - base[2]["merkostnad"])[:, :N]
    rate = PARAMS["sammenslaing_drift"].default * during["driftsinntekter"][:, :N]
    assert np.allclose(more[small], rate[small], atol=1.0) and (more[~small] == 0).all()
    built = (during["investering"] - base[2]["investering"])[:, :N]
    assert (built[who == 0] == 0).all() and built[who > 0].sum() > 0
    assert np.array_equal(during["utgifter"][:, :N][who == 0], base[2]["utgifter"][:, :N][who == 0])
