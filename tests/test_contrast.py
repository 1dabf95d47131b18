"""Paired differences, winners and ratios: against numpy and scipy, number by number."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from sim.analysis.contrast import contrast, p_value, t_quantile
from sim.analysis.library import ratio_table, reaching
from sim.analysis.winners import BETTER as WON
from sim.analysis.winners import SAME, WORSE, counted, extremes, stands_out, verdicts

finite = st.floats(-1e6, 1e6)


def table(values: np.ndarray, name: str = "merforbruk") -> pd.DataFrame:
    """Runs x cells as a frame."""
    runs, cells = values.shape
    keys = [(run, f"g{cell}") for run in range(runs) for cell in range(cells)]
    return pd.DataFrame(keys, columns=["run", "cell"]).assign(**{name: values.ravel()})


two_tables = st.tuples(st.integers(2, 12), st.integers(1, 4)).flatmap(
    lambda shape: st.tuples(arrays(float, shape, elements=finite), arrays(float, shape, elements=finite))
)


@settings(max_examples=25)
@given(two_tables)
def test_a_contrast_is_what_numpy_says_of_the_differences(values: tuple) -> None:
    first, second = values
    found = contrast(table(first), table(second).sample(frac=1.0, random_state=0), ["merforbruk"], ["cell"])
    difference = second - first
    assert np.allclose(found["difference"], difference.mean(axis=0), rtol=1e-9, atol=1e-6)
    assert np.allclose(found["sd"], difference.std(axis=0, ddof=1), rtol=1e-9, atol=1e-6)
    expected = np.quantile(difference, [0.05, 0.25, 0.5, 0.75, 0.95], axis=0).T
    assert np.allclose(found[["p5", "p25", "p50", "p75", "p95"]], expected, rtol=1e-9, atol=1e-6)
    assert np.allclose(found["better"], (difference < 0).mean(axis=0))  # less merforbruk is better
    assert np.allclose(found["worse"], (difference > 0).mean(axis=0))
    assert (found["runs"] == len(first)).all() and (found["missing"] == 0).all()


@settings(max_examples=25)
@given(two_tables)
def test_the_interval_is_that_of_a_paired_t_test(values: tuple) -> None:
    first, second = values
    found = contrast(table(first), table(second), ["merforbruk"], ["cell"])
    n = len(first)
    error = (second - first).std(axis=0, ddof=1) / math.sqrt(n)
    half = stats.t.ppf(0.975, n - 1) * error
    assert np.allclose(found["high"] - found["difference"], half, rtol=2e-4, atol=1e-6)
    assert np.allclose(found["difference"] - found["low"], half, rtol=2e-4, atol=1e-6)


@settings(max_examples=25)
@given(two_tables)
def test_swapping_a_and_b_flips_the_signs_and_nothing_else(values: tuple) -> None:
    there = contrast(table(values[0]), table(values[1]), ["merforbruk"], ["cell"])
    back = contrast(table(values[1]), table(values[0]), ["merforbruk"], ["cell"])
    assert np.array_equal(there["difference"], -back["difference"])
    assert np.array_equal(there["better"], back["worse"])
    assert np.allclose(there["low"], -back["high"], equal_nan=True)
    assert np.allclose(there["p5"], -back["p95"], atol=1e-6)
    assert np.array_equal(there["variance_ratio"], back["variance_ratio"], equal_nan=True)


@settings(max_examples=25)
@given(two_tables)
def test_a_against_itself_is_exactly_zero(values: tuple) -> None:
    found = contrast(table(values[0]), table(values[0]), ["merforbruk"], ["cell"])
    for column in ("difference", "low", "high", "sd", "p5", "p95", "higher", "lower", "better", "worse"):
        assert (found[column] == 0.0).all(), column


@settings(max_examples=25)
@given(arrays(float, (6, 2), elements=finite), st.lists(st.tuples(st.integers(0, 5), st.integers(0, 1)), max_size=6))
def test_pairs_without_a_number_are_counted_and_left_out(values: np.ndarray, holes: list) -> None:
    other = values + 1.0
    for run, cell in holes:
        other[run, cell] = np.nan
    found = contrast(table(values), table(other), ["merforbruk"], ["cell"])
    known = np.isfinite(other)
    assert list(found["missing"]) == list((~known).sum(axis=0))
    for cell, row in enumerate(found.to_dict("records")):
        if known[:, cell].any():
            expected = (other - values)[known[:, cell], cell].mean()
            assert row["difference"] == pytest.approx(expected, abs=1e-9)
        else:
            assert math.isnan(row["difference"])


def test_runs_that_only_one_of_the_two_has_are_no_pairs() -> None:
    first, second = table(np.arange(10.0).reshape(5, 2)), table(np.arange(10.0).reshape(5, 2) * 3)
    found = contrast(first[first["run"] != 1], second[second["run"] != 4], ["merforbruk"], ["cell"])
    assert list(found["runs"]) == [3, 3]
    assert list(found["difference"]) == [np.mean([0.0, 8.0, 12.0]), np.mean([2.0, 10.0, 14.0])]


def test_a_run_that_comes_twice_is_refused() -> None:
    frame = table(np.ones((3, 1)))
    with pytest.raises(ValueError, match="twice"):
        contrast(pd.concat([frame, frame]), frame, ["merforbruk"], ["cell"])


def test_the_variance_ratio_says_how_many_unpaired_runs_are_needed() -> None:
    rng = np.random.default_rng(5)
    shared, own = rng.normal(0.0, 3.0, (4000, 1)), rng.normal(0.0, 0.5, (4000, 2))
    first, second = table(shared + own[:, :1], "skoler"), table(shared + 1.0 + own[:, 1:], "skoler")
    found = contrast(first, second, ["skoler"], ["cell"])
    assert found["variance_ratio"].iloc[0] == pytest.approx(2 * (9 + 0.25) / 0.5, rel=0.1)
    # by hand: so many unpaired differences have the standard error of the 4000 pairs
    unpaired = found["unpaired_runs"].iloc[0]
    assert math.sqrt(2 * 9.25 / unpaired) == pytest.approx(found["sd"].iloc[0] / math.sqrt(4000), rel=0.1)


@given(st.floats(0.9, 0.99999), st.integers(1, 3000))
def test_t_quantiles_are_those_of_scipy(share: float, df: int) -> None:
    assert t_quantile(share, df) == pytest.approx(stats.t.ppf(share, df), rel=3e-3 if df < 4 else 1e-4)


@given(st.floats(0.0, 8.0), st.integers(20, 3000))
def test_p_values_are_those_of_scipy(t: float, df: int) -> None:
    assert p_value(t, df) == pytest.approx(2 * stats.t.sf(t, df), rel=0.05, abs=1e-9)


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=40))
def test_what_stands_out_is_what_benjamini_and_hochberg_reject(chances: list) -> None:
    adjusted = stats.false_discovery_control(chances)
    found = stands_out(np.array(chances))
    sure = np.abs(adjusted - 0.05) > 1e-12
    assert np.array_equal(found[sure], (adjusted <= 0.05)[sure])


def test_chance_alone_names_hardly_any_winner() -> None:
    rng = np.random.default_rng(11)
    named = 0
    for _ in range(20):
        first, second = rng.normal(size=(2, 60, 100))
        found = contrast(table(first), table(second), ["merforbruk"], ["cell"])
        found = found.rename(columns={"cell": "kommunenummer"})
        named += int(verdicts(found).isin([WON, WORSE]).any())
    assert named <= 4  # 5 % of 20 expected


def test_who_wins_and_who_loses_by_hand() -> None:
    rng = np.random.default_rng(3)
    first = rng.normal(size=(50, 4))
    second = first + np.array([-1.0, 2.0, 0.0, 0.0]) + rng.normal(0, 0.1, (50, 4)) * [1, 1, 0, 1]
    found = contrast(table(first), table(second), ["merforbruk"], ["cell"]).rename(columns={"cell": "kommunenummer"})
    found["verdict"] = verdicts(found)
    assert list(found["verdict"])[:3] == [WON, WORSE, SAME]
    ends = extremes(found, "merforbruk", 2)
    assert list(ends["kommunenummer"]) == ["g1", "g0"]  # the greatest loss first
    shares = counted(found).loc["merforbruk"]
    assert shares["better"] == shares["worse"] == shares["same"] == 0.25


def test_the_library_table_counts_who_reaches_the_goal() -> None:
    rng = np.random.default_rng(1)
    reference = rng.normal(size=(200, 1))
    other = {
        "paired": reference + 1 + rng.normal(0, 0.1, (200, 1)),
        "loose": rng.normal(size=(200, 1)),
        "none": reference,
    }
    frames = {
        name: contrast(*(table(v, "skoler").assign(gruppe="kommuner", year=2035) for v in (reference, values)),
                       ["skoler"], ["gruppe", "year"])
        for name, values in other.items()
    }  # fmt: skip
    found = ratio_table(frames, 2035, "kommuner", ["skoler"])
    assert found.loc["paired", "middle"] == pytest.approx(2 / 0.01, rel=0.4)
    assert found.loc["loose", "middle"] == pytest.approx(1.0, rel=0.3)
    assert math.isnan(found.loc["none", "middle"])
    assert reaching(found) == {"middle": 1, "all": 1, "scenarios": 2, "unchanged": 1}
