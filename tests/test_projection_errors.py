"""Local growth risk from a past projection and a count: the estimator finds what made the errors.

The defaults of the parameters are what it finds in the tables.
"""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.baseline import projection_errors as errors
from sim.baseline.tables import DATA, read_table
from sim.params import PARAMS
from tests.simulate import advance, opened

N = 357
FYLKE = np.repeat(np.arange(15), 24)


def made(own: float, elasticity: float, fylke: float, seed: int) -> errors.Errors:
    """Estimates from errors that are made with these numbers, and with a bias by size and of the nation."""
    chance = np.random.default_rng(seed)
    people = np.exp(chance.normal(8.6, 1.2, len(FYLKE)))
    size = np.maximum(people, errors.LEAST) / errors.TYPICAL
    off = own * size**-elasticity * chance.standard_normal(len(FYLKE))
    off += fylke * chance.standard_normal(15)[FYLKE] + 0.004 * np.log(size) - 0.003
    return errors.projection_errors(people, people * np.exp(-off), FYLKE)


@pytest.mark.parametrize(("own", "elasticity", "fylke"), [(0.018, 0.4, 0.003), (0.01, 0.1, 0.006), (0.03, 0.3, 0.0)])
def test_the_estimator_finds_the_spread_that_made_the_errors(own, elasticity, fylke):
    found = np.array([made(own, elasticity, fylke, seed)[:3] for seed in range(60)])
    error = found.std(axis=0) / math.sqrt(60)
    assert found[:, 0].mean() == pytest.approx(own, rel=0.03)
    assert abs(found[:, 1].mean() - elasticity) < 4 * error[1] + 0.01
    squares = (found[:, 2] ** 2).mean()  # the variance is what is estimated; it is cut off at 0
    assert squares == pytest.approx(fylke**2, abs=4 * (found[:, 2] ** 2).std() / math.sqrt(60) + 4e-6)


@given(st.floats(0, 0.95), st.integers(1, 8), st.floats(0, 0.99))
def test_shocks_to_growth_add_up_to_the_error_of_the_level(persistence, whole, part):
    """Oracle: let one shock of each year run through the recursion of the kernel and add the squares."""
    total = 0.0
    for born in range(whole + 1):
        growth, level = 0.0, 0.0
        for year in range(whole + 1):
            growth = persistence * growth + (1.0 if year == born else 0.0)
            level += growth * (part if year == whole else 1.0)
        total += level**2
    assert errors.years_of_growth(persistence, whole + part) == pytest.approx(math.sqrt(total), rel=1e-9, abs=1e-12)


def test_the_defaults_are_what_the_tables_give_rounded():
    found = errors.embedded()
    value = {name: param.default for name, param in PARAMS.items()}
    own = errors.growth_spread(found.own, value["lokal_vekst_treghet"])
    fylke = errors.growth_spread(found.fylke, value["fylke_vekst_treghet"])
    assert round(own, 3) == value["lokal_vekst_spredning"]
    assert round(found.elasticity, 2) == value["lokal_vekst_storrelse"]
    assert round(fylke, 3) == value["fylke_vekst_spredning"]


def test_two_and_a_half_simulated_years_are_off_as_the_projection_was():
    """Simulated levels against the mean of many runs, by size; the half year as the mean of two 1 January."""
    state = opened(40)
    levels = [now.units["folketall"][:, :N].copy() for _, _, now, _ in advance(state, 4, befolkning_spredning=0)]
    level = np.log(0.5 * (levels[2] + levels[3]))  # two and three years after the first 1 January
    simulated = np.sqrt(((level - level.mean(axis=0)) ** 2).sum(axis=0) / 39)
    table = read_table(DATA / "kommuner.csv", ("kommunenummer", "population_2026_07", "p2026", "p2028"))
    people, now, then = (table.numbers(name, 50, 2e6) for name in ("population_2026_07", "p2026", "p2028"))
    off = np.log(people / errors.projected_july_2026(now, then))
    for low, high in ((0, 3_000), (3_000, 10_000), (10_000, 40_000), (40_000, 1e7)):
        group = (people >= low) & (people < high)
        spread = off[group].std()
        sure = 4.0 * spread / math.sqrt(2.0 * group.sum())  # of the published one: one draw per kommune
        assert abs(math.sqrt((simulated[group] ** 2).mean()) - spread) < sure + 0.1 * spread, (low, high)


def test_the_trend_of_resource_intensive_services_is_that_of_the_grant_at_fixed_prices_per_inhabitant():
    """Accounts of 575.60; deflators 2015-2025 (income_system.md § 7.1, 2025 without pension); inhabitants, millions on
    1 January (SSB, from memory)."""
    table = read_table(DATA / "grants.csv", ("chapter", "post", "year", "accounts_mkr"))
    paid = {
        row["year"]: float(row["accounts_mkr"])
        for row in table.rows
        if row["chapter"] == "575" and row["post"] == "60" and row["accounts_mkr"]
    }
    prices = math.prod(1.0 + rate / 100.0 for rate in (2.4, 2.6, 2.4, 3.1, 3.2, 1.0, 4.4, 6.7, 4.3, 5.0, 4.0))
    growth = paid["2025"] / paid["2014"] / prices / (5.594 / 5.109)
    assert growth ** (1.0 / 11.0) - 1.0 == pytest.approx(PARAMS["ressurskrevende_vekst"].default, abs=0.001)
