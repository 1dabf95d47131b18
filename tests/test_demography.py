"""People: sums, signs, totals, ageing, refugees, surprises as large as the published ones, needs beyond ageing."""

import csv
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.kernel import demography, people
from sim.params import default_rows
from sim.state import NATION_DTYPE, STATE_DTYPE, WORLD_DTYPE
from tests.simulate import advance, opened, run, world

KOMMUNER = 357
CALM = {
    "befolkning_spredning": 0, "lokal_vekst_spredning": 0, "fylke_vekst_spredning": 0,
}  # fmt: skip


def place(units: int, fylker: int = 2) -> tuple[np.ndarray, np.void, np.ndarray]:
    """A small country: state, nation, world; every kommune is in a fylke of its own number mod `fylker`."""
    state = np.zeros(units + fylker, STATE_DTYPE)
    w = np.zeros(units + fylker, WORLD_DTYPE)
    w["er_fylke"][units:], w["fylke"][units:] = 1, np.arange(fylker)
    w["fylke"][:units] = np.arange(units) % fylker
    w["kode"] = np.arange(units + fylker) + 1000
    w["vekst"], w["sentralitet"] = 1.0, 3.0
    state["risikofaktor"] = 1.0
    return state, np.zeros(1, NATION_DTYPE)[0], w


def settle_in(state: np.ndarray, n: np.void, ages: np.ndarray, growth: np.ndarray) -> None:
    units = len(ages)
    state["alder"][:units], state["folketall"][:units] = ages, ages.sum(1)
    n["alder"], n["aldersvekst"] = ages.sum(0), growth


def move(state: np.ndarray, n: np.void, w: np.ndarray, z: float = 0.0, **params: float) -> None:
    """One year, with the same own shock z for everybody."""
    rows = default_rows([2027])[0]
    for name, value in params.items():
        rows[name] = value
    units = int((w["er_fylke"] == 0).sum())
    demography.move_people(state, w, n, rows[0], 1, 0, 2027, units, np.full((len(w), 1), z), 0)


def naive_year(x: np.ndarray, growth: np.ndarray, own: np.ndarray, keep: float) -> np.ndarray:
    """The same year written with whole flows and numpy: an independent account of docs/demography.md."""
    now = x.sum(0)
    then = now * growth
    deaths = np.array(demography.DEATHS)
    up = np.array([1 / 2, 1 / 4, 1 / 10, 1 / 7, 0.0, 0.0, 0.0])
    for g in (7, 6, 5):  # what a group has and has not lost came from below
        lost = deaths[g] * now[g] + (up[g] * now[g] if g < 7 else 0.0)
        up[g - 1] = (then[g] - now[g] + lost) / now[g - 1]
    births = then[0] - now[0] + (deaths[0] + up[0]) * now[0]
    flowed = x * (1.0 - deaths)
    shares = x / now
    entry = demography.ENTRY
    flowed[:, 0] += births * (entry[0] * shares[:, 0] + (1 - entry[0]) * shares[:, 4])
    for g in range(7):
        persons = up[g] * now[g] * ((1 - entry[g + 1]) * shares[:, g] + entry[g + 1] * shares[:, g + 1])
        flowed[:, g] -= persons
        flowed[:, g + 1] += persons
    flowed *= then / flowed.sum(0)
    kept = np.array([keep] * 5 + [0.0] * 3)
    new = (1 - kept) * flowed + kept * x * growth
    mobile = np.array(demography.MOBILITY)
    total = own * then.sum() / own.sum()
    new *= 1.0 + np.outer((total - new.sum(1)) / (new @ mobile), mobile)
    return new * then / new.sum(0)


def test_one_year_agrees_with_an_independent_account_of_the_flows() -> None:
    w = world()
    x, growth = w.start["alder"][:KOMMUNER], w.ages[2, 0] / w.ages[1, 0]
    state, n, small = place(KOMMUNER)
    small["vekst"][:KOMMUNER] = w.units["vekst"][:KOMMUNER]
    settle_in(state, n, x, growth)
    move(state, n, small, **CALM)
    own = x.sum(1) * w.units["vekst"][:KOMMUNER, 0]
    assert np.allclose(state["alder"][:KOMMUNER], naive_year(x, growth, own, 0.75), rtol=1e-9)


@settings(max_examples=60)
@given(
    st.integers(1, 6).flatmap(
        lambda units: st.lists(
            st.lists(st.one_of(st.just(0.0), st.floats(0.5, 5e4)), min_size=8, max_size=8),
            min_size=units,
            max_size=units,
        )
    ),
    st.lists(st.floats(0.9, 1.1), min_size=8, max_size=8),
    st.floats(-8, 8),
    st.floats(0.0, 1.0),
    st.floats(-500.0, 500.0),
)
def test_every_group_is_never_negative_and_sums_to_the_nations(
    rows: list[list[float]], growth: list[float], z: float, keep: float, refugees: float
) -> None:
    ages = np.array(rows)
    ages[0] += 3_000.0  # somebody lives in every group of the nation, and more than come or go
    state, n, w = place(len(ages))
    settle_in(state, n, ages, np.array(growth))
    n["bosatt_utover"] = refugees
    w["sentralitet"][: len(ages)] = 1 + np.arange(len(ages)) % 6
    move(state, n, w, z, alder_vedvarer=keep, lokal_vekst_spredning=0.02, innvandring_spredning=50)
    moved = state["alder"][: len(ages)]
    assert (moved >= 0.0).all() and np.isfinite(moved).all()
    path = ages.sum(0) * growth
    assert np.allclose(moved.sum(0), path + n["alder_avvik"], rtol=1e-10)
    assert np.allclose(moved.sum(1), state["folketall"][: len(ages)], rtol=1e-12)


def test_the_sum_of_the_kommuner_follows_the_national_path_of_every_run_and_year() -> None:
    state = opened(3)
    base = state.nation["alder"].copy()
    for year, _, after, _ in advance(state, 5):
        n = after.nation
        base = base * n["aldersvekst"]
        assert np.allclose(n["alder"] - n["alder_avvik"], base, rtol=1e-11)
        assert np.allclose(after.units["alder"][:, :KOMMUNER].sum(1), n["alder"], rtol=1e-12)
        assert np.allclose(after.units["alder"][:, KOMMUNER:].sum(1), n["alder"], rtol=1e-12)
        assert year == 2026 or np.abs(n["alder_avvik"]).sum() > 0.0


def test_without_surprises_the_nation_is_the_main_alternative() -> None:
    state = opened(1, spread=0.0, befolkning_spredning=0)
    for year, _, after, _ in advance(state, 6, **CALM):
        main = world().ages[year - 2025, 0]
        assert np.allclose(after.nation["alder"][0], main, rtol=2e-4)  # whole persons at the start


def test_without_surprises_a_kommune_follows_its_own_projection() -> None:
    state = opened(1, spread=0.0)
    for year, before, after, _ in advance(state, 6, **CALM):
        if year > 2026:
            own = before["folketall"][0, :KOMMUNER] * world().units["vekst"][:KOMMUNER, year - 2027]
            assert np.allclose(after.units["folketall"][0, :KOMMUNER], own, rtol=5e-5)


def test_without_surprises_people_do_not_depend_on_the_seed() -> None:
    one, other = opened(1, spread=0.0, seed=1), opened(1, spread=0.0, seed=2)
    list(advance(one, 4, seed=1, **CALM))
    list(advance(other, 4, seed=2, **CALM))
    assert np.array_equal(one.units["alder"], other.units["alder"])


def test_a_kommune_with_twice_as_many_aged_67_to_79_gets_more_aged_80_to_89() -> None:
    ages = np.tile([200.0, 400, 1_200, 850, 5_600, 1_300, 500, 100], (20, 1))
    ages[0, 5], ages[0, 4] = 2_600, 4_300
    state, n, w = place(20)
    settle_in(state, n, ages, np.array([1, 1, 1, 1, 1.0, 1.01, 1.03, 1.02]))
    for _ in range(5):
        move(state, n, w, **CALM)
        n["alder"] = state["alder"][:20].sum(0)
    old = state["alder"][:20, 6]
    assert old[0] > 1.2 * old[1] and old[1] > 0.9 * ages[1, 6]
    assert old[1] == pytest.approx(old[19], rel=1e-9)


def test_kommuner_of_a_fylke_share_its_shock_and_no_other() -> None:
    state, n, w = place(6, fylker=3)
    settle_in(state, n, np.tile([200.0, 400, 1_200, 850, 5_600, 1_300, 500, 100], (6, 1)), np.ones(8))
    move(state, n, w, **(CALM | {"fylke_vekst_spredning": 0.01}))
    total = state["folketall"][:6]
    assert np.allclose(total[:3], total[3:], rtol=1e-9)
    assert len(np.unique(total[:3].round(3))) == 3


def test_refugees_beyond_the_projection_live_in_the_country_next_new_year() -> None:
    usual, more = run(2, 1, **CALM), run(2, 1, bosetting_anmodning=19_000, **CALM)
    extra = more.units["alder"][0, :KOMMUNER].sum(0) - usual.units["alder"][0, :KOMMUNER].sum(0)
    assert extra.sum() == pytest.approx(3_000.0, abs=1e-3)  # 16 000 of 2026 are inside the projection
    assert extra[3:5].sum() > 0.7 * extra.sum()
    moved = more.units["folketall"][0, :KOMMUNER] - usual.units["folketall"][0, :KOMMUNER]
    people_now = usual.units["folketall"][0, :KOMMUNER]
    central = world().units["sentralitet"][:KOMMUNER] <= 2
    share = people_now[central].sum() / people_now.sum()
    assert moved[central].sum() / moved.sum() == pytest.approx(0.8 * share + 0.2, rel=0.02)


def test_the_default_settlement_is_what_the_projection_holds() -> None:
    for year in (2026, 2027, 2030):
        row = default_rows([year])
        assert row["bosetting_anmodning"] == row["bosetting_framskrevet"]


def test_services_and_tax_move_nobody_while_the_response_is_off() -> None:
    state, other = opened(1), opened(1)
    other.units["tjenesteniva"][0, 7] *= 1.5
    other.units["eiendomsskatt_promille"][0, 7] = 4.0
    mine = [after.units["alder"].copy() for _, _, after, _ in advance(state, 3)]
    theirs = [after.units["alder"].copy() for _, _, after, _ in advance(other, 3)]
    assert all(np.array_equal(a, b) for a, b in zip(mine, theirs, strict=True))


@pytest.mark.parametrize(("column", "param", "gains"), [
    ("tjenesteniva", "flytting_tjeneste", True), ("eiendomsskatt_promille", "flytting_skatt", False),
])  # fmt: skip
def test_when_people_respond_they_move_to_better_services_and_from_tax(column: str, param: str, gains: bool) -> None:
    ages = np.tile([200.0, 400, 1_200, 850, 5_600, 1_300, 500, 100], (9, 1))
    state, n, w = place(9)
    state["behov"], state["tjenesteniva"] = 1.0, 1.0
    settle_in(state, n, ages, np.ones(8))
    state[column][0] += 1.0
    move(state, n, w, **CALM, **{param: 0.01})
    assert (state["folketall"][0] > state["folketall"][1]) == gains
    assert abs(state["folketall"][0] / state["folketall"][1] - 1.0) == pytest.approx(0.01, rel=0.02)


def test_need_beyond_ageing_is_exactly_ageing_at_zero_and_a_quarter_more_after_ten_years() -> None:
    w = world()
    flat = {"omsorg_under_50_vekst": 0, "spesialundervisning_vekst": 0, "ressurskrevende_vekst": 0}
    after = run(2, 1, **flat).units[0, :KOMMUNER]
    plain = w.units["behov_rest"][:KOMMUNER] * after["folketall"][:, None] + after["alder"] @ w.unit_cost[0].T
    assert np.allclose(after["behov"], plain, rtol=1e-12)
    n = np.zeros(1, NATION_DTYPE)[0]
    q = default_rows([2027])[0, 0]
    q["elever_andel"] = 1.0
    people.need_by_age(w.unit_cost, n, q, True)
    for _ in range(10):
        by_age = people.need_by_age(w.unit_cost, n, q, False)
    growth = by_age[0] / np.where(w.unit_cost[0].T > 0, w.unit_cost[0].T, 1.0)
    assert np.allclose(growth[:3, people.PLEIE], 1.25, rtol=2e-3)
    users = 1.012**10 - 1.0  # of resource-intensive services: 16-66
    assert np.allclose(growth[3, people.PLEIE], 1.25 + people.RESOURCE_SHARE * users, rtol=2e-3)
    assert np.allclose(growth[4, people.PLEIE], 1.0 + 0.25 * people.UNDER_50 + people.RESOURCE_SHARE * users, rtol=2e-3)
    assert np.allclose(growth[2, people.GRUNNSKOLE], 1.0 + 0.2 * people.SPECIAL_SHARE, rtol=2e-3)
    assert np.allclose(growth[5:, people.PLEIE], 1.0, rtol=1e-15) and np.array_equal(by_age[1], w.unit_cost[1].T)


def test_flows_come_nearer_the_true_elderly_of_ten_years_later_than_proportional_growth(shared: Path) -> None:
    names = ("0_1", "2_5", "6_15", "16_22", "23_66", "67_79", "80_89", "90plus")
    with (shared / "data/check/population_age_groups.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if int(row["year"]) >= 2016]
    true: dict[int, dict[str, list[float]]] = {}
    for row in rows:
        true.setdefault(int(row["year"]), {})[row["kommunenummer"]] = [float(row[f"pop_{name}"]) for name in names]
    ages = [np.array([true[year][code] for code in sorted(true[year])]) for year in range(2016, 2027)]
    state, n, w = place(KOMMUNER)
    settle_in(state, n, ages[0], np.ones(8))
    proportional = ages[0].copy()
    for before, after in pairwise(ages):
        growth = after.sum(0) / before.sum(0)
        n["aldersvekst"], n["alder"], n["alder_avvik"] = growth, before.sum(0), 0.0
        state["folketall"][:KOMMUNER] = state["alder"][:KOMMUNER].sum(1)
        w["vekst"][:KOMMUNER] = (after.sum(1) / state["folketall"][:KOMMUNER])[:, None]
        move(state, n, w, **CALM)
        proportional *= growth
        proportional *= (after.sum(1) / proportional.sum(1))[:, None]
    end = ages[-1]

    def error(guess: np.ndarray) -> np.ndarray:
        return (np.abs(guess - end)).sum(0) / end.sum(0)

    flows, other = error(state["alder"][:KOMMUNER]), error(proportional)
    assert (flows[6:] < 0.75 * other[6:]).all() and flows.sum() < other.sum()
