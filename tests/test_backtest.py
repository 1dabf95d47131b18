"""The backtest: another start of the same kernel, with the years 2024 and 2025 as the nation met them."""

import numpy as np
import pytest

from sim.baseline import backtest_values as given
from sim.baseline.backtest import backtest_world
from sim.batch.walk import drawn, first_year, walk
from sim.checks import verify
from sim.kernel.national import since_start
from sim.params import PARAMS
from sim.state import NATION_DTYPE, State
from sim.validate.backtest import OBSERVED, YEARS, backtest_rows, world
from tests.simulate import world as ordinary

N = 357
RUNS, SEED = 3, 5


@pytest.fixture(scope="module")
def years():
    """Year -> (state before, state after, its rows)."""
    w, rows = world(), backtest_rows(RUNS)
    state = drawn(w, RUNS, SEED)
    start = State(state.units.copy(), state.nation.copy())
    found, before = {2023: (None, start, None)}, None
    for index, year in enumerate(walk(w, state, rows, SEED)):
        if year > YEARS[-1]:
            break
        found[year] = (before, State(state.units.copy(), state.nation.copy()), rows[index])
        before = state.units.copy()
    return found


def test_the_first_simulated_year_is_two_years_earlier_and_the_ordinary_start_stays():
    assert (first_year(world()), first_year(ordinary())) == (2024, 2026)
    n = np.zeros(1, NATION_DTYPE)[0]
    assert [int(since_start(n, year)) for year in (2025, 2026, 2027)] == [-1, 0, 1]
    n["tidligere_start"] = 2
    assert [int(since_start(n, year)) for year in (2023, 2024, 2025)] == [-1, 0, 1]


def test_every_accounting_identity_holds_in_the_backtest(years):
    before, after, rows = years[2025]
    assert verify(before, after, rows, 2025) == []


def test_the_observed_national_sums_are_met(years):
    kommuner = {year: after.units[:, :N] for year, (_, after, _) in years.items()}
    people = {year: kommuner[year]["folketall"].sum(axis=1) for year in YEARS}
    assert people[2024] == pytest.approx(given.INHABITANTS[2024], abs=1.0)
    assert people[2025] == pytest.approx(5_594_340, rel=1e-5)
    for year, growth in ((2024, given.GROWTH_2024), (2025, given.GROWTH_2024 * given.GROWTH_2025)):
        frie = kommuner[year]["frie_inntekter"].sum(axis=1)
        assert frie == pytest.approx(given.FRIE_2023 * growth, rel=3e-3), year  # own tax bases have chance
    paid = kommuner[2024]["integreringstilskudd"].sum(axis=1)
    assert paid == pytest.approx(given.INTEGRERING_2024, rel=1e-4)
    for year, total in ((2024, given.TOPP_2024), (2025, given.TOPP_2025)):
        assert kommuner[year]["toppfinansiering"].sum(axis=1) == pytest.approx(total, rel=1e-3), year


def test_the_rescue_of_2024_is_equal_per_head(years):
    k = years[2024][1].units[:, :N]
    assert k["redning"].sum(axis=1) == pytest.approx(given.EXTRA_GRANT[2024], rel=1e-6)
    per_head = k["redning"] / k["folketall"]
    assert np.ptp(per_head) < 0.02  # whole kroner over at least fifty people


def test_all_runs_meet_the_same_nation_and_each_kommune_its_own_chance(years):
    after = years[2025][1]
    for name in ("deflator", "rente", "skatt_midlertidig"):
        assert np.ptp(after.nation[name]) <= 1e-9 * abs(float(after.nation[name][0])) + 1e-12, name
    assert after.nation["deflator"][0] == pytest.approx(0.047, abs=2e-4)
    assert (np.ptp(after.units["netto_driftsresultat"], axis=0) > 0).all()


def test_the_accounts_of_2023_have_the_published_sums(years):
    k = years[2023][1].units[:, :N]
    revenue = k["driftsinntekter"].sum(axis=1)
    assert 100 * k["netto_driftsresultat"].sum(axis=1) / revenue == pytest.approx(0.8, abs=0.5)
    assert 100 * k["disposisjonsfond"].sum(axis=1) / revenue == pytest.approx(13.2, abs=1.6)
    assert ((k["robek_grunnlag"] > 0).sum(axis=1) == 22).all()
    assert k["skatt"].sum(axis=1) / given.INHABITANTS[2023] == pytest.approx(38_348.6, rel=1e-3)


def test_what_is_observed_are_assumptions_within_their_limits_but_for_spreads_that_are_switched_off():
    for name, seen in OBSERVED.items():
        param = PARAMS[name]
        for value in seen if isinstance(seen, tuple) else (seen,):
            assert value == 0.0 or param.low <= value <= param.high, name


def test_given_surprises_are_inert_by_default_and_move_costs_and_grants_by_their_size():
    assert PARAMS["kostnad_gitt"].default == PARAMS["redning_gitt"].default == 0.0
    w = world()
    results = []
    for more in (0.0, 0.01):
        rows = backtest_rows(1)
        rows["kostnad_gitt"][0] += more
        state = drawn(w, 1, SEED)
        next(walk(w, state, rows, SEED))
        results.append(float(state.units["driftsutgifter"][0, :N].sum()))
    assert results[1] / results[0] - 1.0 == pytest.approx(0.01 / 1.043, rel=0.25)


def test_a_world_built_twice_is_the_same():
    again = backtest_world()
    for name, array in world()._asdict().items():
        assert array.tobytes() == getattr(again, name).tobytes(), name
