"""Quantiles without sorting are those of numpy; no number is left out or read twice."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.kernel.quantiles import summarise
from sim.store.units import QUANTILES, STATISTICS, interpolation, tasks

AWKWARD = [0.0, -0.0, 1.0, 2.0**-100, 2.0**127, -(2.0**127)]
FLOATS = st.floats(-(2.0**40), 2.0**40, width=32) | st.sampled_from(AWKWARD)


def summary(block: np.ndarray) -> np.ndarray:
    """Mean and quantiles (cells, statistics) by the kernel."""
    ranks, low, high, weight = interpolation(block.shape[1])
    out = np.full((len(block), len(STATISTICS)), -1.0, np.float32)
    summarise(block, low, high, weight, ranks, out)
    return out


@given(arrays(np.float32, st.tuples(st.integers(1, 4), st.integers(1, 60)), elements=FLOATS))
def test_mean_and_quantiles_are_those_of_numpy(block):
    wide = block.astype(np.float64)
    expected = np.quantile(wide, list(QUANTILES.values()), axis=1).T
    found = summary(block)
    assert np.allclose(found[:, 1:], expected.astype(np.float32), rtol=1e-6, atol=1e-37)
    # a mean of large numbers of both signs is only as exact as the sum
    assert np.allclose(found[:, 0], wide.mean(axis=1), rtol=1e-6, atol=1e-9 * np.abs(wide).max())


@given(arrays(np.float32, 40, elements=FLOATS), st.integers(0, 39))
def test_a_number_that_is_not_one_makes_the_quantiles_not_defined(series, at):
    for bad in (np.nan, np.inf, -np.inf):
        series[at] = bad
        assert np.isnan(summary(series[None])[0, 1:]).all()


@given(arrays(np.float32, 50, elements=FLOATS), st.randoms())
def test_the_order_of_runs_does_not_move_a_quantile(series, chance):
    shuffled = series.copy()
    chance.shuffle(shuffled)
    assert np.array_equal(summary(series[None])[:, 1:], summary(shuffled[None])[:, 1:])


def test_many_equal_values_and_a_long_tail_are_exact():
    chance = np.random.default_rng(0)
    series = np.where(chance.random((3, 10_000)) < 0.9, 0.0, chance.pareto(0.7, (3, 10_000)) * 1e6).astype(np.float32)
    expected = np.quantile(series.astype(np.float64), list(QUANTILES.values()), axis=1).T
    assert np.array_equal(summary(series)[:, 1:], expected.astype(np.float32))


@given(*[st.integers(1, n) for n in (3000, 12, 40, 15)], st.integers(1, 200_000))
def test_tasks_cover_every_number_once_within_the_budget(runs, years, units, outputs, budget):
    seen = np.zeros((years, outputs, units), int)
    for year, some, these in tasks(runs, years, units, outputs, budget):
        seen[year, some, these] += 1
        held = 4 * runs * (some.stop - some.start) * (these.stop - these.start)
        assert held <= budget or held == 4 * runs  # one series is the least that can be held
    assert (seen == 1).all()
