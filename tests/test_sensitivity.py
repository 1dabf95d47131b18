"""Which factors matter: against functions whose indices are known, and against variances computed by hand."""

import dataclasses
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.analysis.decompose import cross, decompose
from sim.analysis.sample import Sample, checked, coded, known_outputs, refuse_holes, samples
from sim.analysis.sensitivity import INDICES, METHODS, sensitivity, slopes
from sim.analysis.sobol import corrected
from sim.errors import UserError
from sim.store import open_results
from tests.stored import shared_result

ISHIGAMI_S1, ISHIGAMI_ST = (0.3139, 0.4424, 0.0), (0.5576, 0.4424, 0.2437)  # a = 7, b = 0.1, analytic
NAMES = ("x1", "x2", "x3")


def ishigami(x: np.ndarray) -> np.ndarray:
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def sobol_sample(base: int, noise: float = 0.0, runs: int = 1, shared: float = 0.0) -> Sample:
    """Ishigami on SALib's Saltelli points; chance that is common to all points (shared) and that is not (noise)."""
    from SALib.sample import sobol

    bounds = np.array([[-np.pi, np.pi]] * 3)
    problem = {"num_vars": 3, "names": list(NAMES), "bounds": bounds.tolist()}
    x = sobol.sample(problem, base, calc_second_order=False, seed=1)
    rng = np.random.default_rng(2)
    y = ishigami(x)[:, None] + noise * rng.normal(size=(len(x), runs)) + shared * rng.normal(size=runs)
    return sample(x, y, bounds, "sobol")


def sample(x: np.ndarray, y: np.ndarray, bounds: np.ndarray, sampling: str) -> Sample:
    names = tuple(f"x{k + 1}" for k in range(x.shape[1]))
    return Sample("test", sampling, names, bounds, x, np.arange(len(x)), {"y": y}, {"y": "kr"}, 2030, "kommuner")


def values(rows: pd.DataFrame, index: str) -> np.ndarray:
    return rows[rows["index"] == index]["value"].to_numpy(float)


def test_sobol_indices_of_ishigami_are_the_analytic_ones() -> None:
    rows, parts, notes = sensitivity(sobol_sample(1024))
    assert np.allclose(values(rows, "S1"), ISHIGAMI_S1, atol=0.03)
    assert np.allclose(values(rows, "ST"), ISHIGAMI_ST, atol=0.03)
    inside = [(row.low <= true <= row.high) for row, true in
              zip(rows[rows["index"] == "ST"].itertuples(), ISHIGAMI_ST, strict=True)]  # fmt: skip
    assert sum(inside) >= 2
    assert not notes and np.isnan(parts["noise"].iloc[0])  # one run: nothing is known of chance
    assert not set(rows["index"]) & {"S1_corrected", "ST_corrected"}


def test_left_over_chance_biases_plain_indices_and_not_the_corrected_ones() -> None:
    noisy = sobol_sample(4096, noise=8.0, runs=8, shared=5.0)
    rows, parts, _ = sensitivity(noisy)
    variance = 0.5 + 49 / 8 + 0.1 * np.pi**4 / 5 + 0.01 * np.pi**8 / 18
    noise = 64.0 / 8
    assert parts["noise"].iloc[0] == pytest.approx(noise / (variance + noise), rel=0.1)
    assert parts["factors"].iloc[0] == pytest.approx(variance, rel=0.1)
    assert parts["interaction"].iloc[0] == pytest.approx(64.0, rel=0.05)
    plain = values(rows, "ST")
    assert (plain - ISHIGAMI_ST > 0.1).sum() >= 2  # too high, as the docstring says
    assert np.allclose(values(rows, "ST_corrected"), ISHIGAMI_ST, atol=0.08)
    assert np.allclose(values(rows, "S1_corrected"), ISHIGAMI_S1, atol=0.08)
    for row, true in zip(rows[rows["index"] == "ST_corrected"].itertuples(), ISHIGAMI_ST, strict=True):
        assert row.low - 0.03 <= true <= row.high + 0.03


def test_without_chance_the_corrected_indices_are_salibs() -> None:
    one = sobol_sample(128)
    rows, _, _ = sensitivity(one)
    again = corrected(one.factors, np.repeat(one.y["y"], 3, axis=1))
    by_index = {(row["factor"], row["index"]): row["value"] for row in again}
    for at, factor in enumerate(one.factors):
        assert by_index[factor, "S1_corrected"] == pytest.approx(values(rows, "S1")[at], abs=1e-9)
        assert by_index[factor, "ST_corrected"] == pytest.approx(values(rows, "ST")[at], abs=1e-9)


def test_morris_finds_the_effects_of_a_straight_line_over_its_whole_range() -> None:
    from SALib.sample import morris

    bounds = np.array([[0.0, 10.0], [-1.0, 1.0], [5.0, 6.0]])
    x = morris.sample({"num_vars": 3, "names": list(NAMES), "bounds": bounds.tolist()}, 20, num_levels=4, seed=3)
    y = 2.0 * x[:, :1] - 30.0 * x[:, 1:2]
    rows, _, _ = sensitivity(sample(x, np.repeat(y, 2, axis=1), bounds, "morris"))
    assert np.allclose(values(rows, "mu"), [20.0, -60.0, 0.0], atol=1e-6)
    assert np.allclose(values(rows, "mu_star"), [20.0, 60.0, 0.0], atol=1e-6)
    assert np.allclose(values(rows, "sigma"), 0.0, atol=1e-6)


def test_regression_finds_the_slopes_and_the_share_they_explain() -> None:
    rng = np.random.default_rng(4)
    x = rng.uniform([0, 0, 0], [1, 10, 1], (400, 3))
    noise = rng.normal(0, 1.0, (400, 1))
    rows, parts, _ = sensitivity(
        sample(x, 6 * x[:, :1] - 0.3 * x[:, 1:2] + noise, np.array([[0, 1], [0, 10], [0, 1]]), "lhs")
    )
    assert np.allclose(values(rows, "swing"), [6.0, -3.0, 0.0], atol=0.4)
    variance = 36 / 12 + 9 / 12 + 1.0
    assert np.allclose(values(rows, "src"), np.array([6, -3, 0]) / np.sqrt(12 * variance), atol=0.05)
    assert np.allclose(values(rows, "S1_rbd"), np.array([3, 0.75, 0]) / variance, atol=0.12)
    assert parts["r2"].iloc[0] == pytest.approx(3.75 / variance, abs=0.05)
    swing = rows[rows["index"] == "swing"]
    assert (swing["low"] <= [6, -3, 0]).sum() + (swing["high"] >= [6, -3, 0]).sum() >= 5


@given(arrays(float, (7, 4), elements=st.floats(-100, 100)))
@settings(max_examples=50)
def test_the_parts_of_the_variance_are_those_of_the_two_way_table(y: np.ndarray) -> None:
    points, runs = y.shape
    grand = y.mean()
    ss_points = runs * ((y.mean(axis=1) - grand) ** 2).sum()
    ss_runs = points * ((y.mean(axis=0) - grand) ** 2).sum()
    ss_rest = ((y - grand) ** 2).sum() - ss_points - ss_runs
    ms_points, ms_runs = ss_points / (points - 1), ss_runs / (runs - 1)
    ms_rest = ss_rest / ((points - 1) * (runs - 1))
    found = decompose(y)
    assert found.interaction == pytest.approx(ms_rest, abs=1e-6)
    assert found.factors == pytest.approx((ms_points - ms_rest) / runs, abs=1e-6)
    assert found.chance == pytest.approx((ms_runs - ms_rest) / points, abs=1e-6)


@given(arrays(float, (5,), elements=st.floats(-100, 100)), arrays(float, (5,), elements=st.floats(-100, 100)))
@settings(max_examples=50)
def test_a_cross_product_is_the_mean_over_pairs_of_different_runs(u: np.ndarray, v: np.ndarray) -> None:
    by_hand = np.mean([u[r] * v[s] for r in range(5) for s in range(5) if r != s])
    assert cross(u, v) == pytest.approx(by_hand, abs=1e-8)


def test_an_output_that_does_not_vary_has_no_index_and_is_named() -> None:
    rng = np.random.default_rng(5)
    x = rng.uniform(size=(50, 2))
    both = dataclasses.replace(
        sample(x, x[:, :1], np.array([[0, 1]] * 2), "lhs"),
        y={"y": x[:, :1], "flat": np.full((50, 1), 7.0)}, units={"y": "kr", "flat": "kr"},
    )  # fmt: skip
    rows, _, notes = sensitivity(both)
    assert set(rows["output"]) == {"y"} and "flat in 2030 is the same at every point" in notes[0]
    with pytest.raises(UserError, match="flat in 2030: none of them differs between the 50 points"):
        sensitivity(dataclasses.replace(both, y={"flat": np.full((50, 1), 7.0)}))


@given(st.sets(st.integers(0, 19), min_size=1, max_size=8), st.sampled_from([np.nan, np.inf, -np.inf]))
@settings(max_examples=30)
def test_numbers_that_are_not_finite_are_refused_and_their_points_named(bad: set[int], number: float) -> None:
    y = np.ones((20, 3))
    y[sorted(bad), 1] = number
    with pytest.raises(UserError, match=rf"at {len(bad)} of 20 points .points? {min(bad)}\b"):
        checked(sample(np.zeros((20, 1)), y, np.array([[0, 1]]), "lhs"))


def test_a_design_with_holes_is_refused_and_its_points_named() -> None:
    points = pd.DataFrame({"status": ["ok", "failed", "partial", "ok"], "reason": ["", "no room", "", ""]})
    missing = pd.DataFrame({"point": [2, 2], "run": [4, 5], "reason": ["division", "division"]})
    with pytest.raises(
        UserError, match=r"2 of 4 points are incomplete .points 1, 2; the first: no room.*ranges of factors"
    ):
        refuse_holes(points, missing)
    refuse_holes(points.iloc[[0, 3]], missing.iloc[:0])


@pytest.mark.parametrize(
    ("x", "method", "said"),
    [
        (np.ones((10, 3)), "sobol", "the design is lhs, not sobol"),
        (np.ones((10, 3)), "guess", "choose one of sobol, morris, regression"),
        (np.arange(12.0).reshape(4, 3), "regression", "too few for a regression"),
        (np.repeat(np.arange(20.0)[:, None], 2, axis=1), "regression", "cannot be told apart"),
        (np.column_stack([np.arange(20.0), np.ones(20)]), "regression", "cannot be told apart"),
    ],
)
def test_a_method_that_does_not_fit_is_refused(x: np.ndarray, method: str, said: str) -> None:
    y = np.arange(float(len(x)))[:, None]
    with pytest.raises(UserError, match=said):
        sensitivity(sample(x, y, np.array([[0, 1]] * x.shape[1]), "lhs"), method)


def test_points_that_are_no_saltelli_design_are_refused() -> None:
    for name in ("sobol", "morris"):
        with pytest.raises(UserError, match="are no"):
            METHODS[name](sample(np.ones((13, 3)), np.ones((13, 1)), np.ones((3, 2)), name), np.arange(13.0)[:, None])


def test_choices_are_placed_in_their_order_and_numbers_stand() -> None:
    frame = pd.DataFrame({"a": ["2", "9"], "kind": ["late", "early"]})
    design = {"factors": [{"name": "a", "low": 1, "high": 9}, {"name": "kind", "values": ["early", "late"]}]}
    x, bounds = coded(frame, design)
    assert x.tolist() == [[2.0, 1.0], [9.0, 0.0]]
    assert bounds.tolist() == [[1.0, 9.0], [0.0, 1.0]]


def test_an_unknown_output_is_refused_with_the_nearest() -> None:
    assert known_outputs(["robek", "antall_robek"], ["antall_robek"]) == ["antall_robek"]
    with pytest.raises(UserError, match="did you mean 'skoler'"):
        known_outputs(["skolr"], ["skoler"])


def test_every_run_of_a_plain_result_is_a_point_with_the_assumptions_it_was_given() -> None:
    from sim.scenario import from_file
    from tests.stored import BASELINE

    result = open_results(shared_result())
    one = samples(result, ["robek"], 2027, "kommuner")[0]
    rows = from_file(BASELINE, {}, {"runs": 25, "years": 4}).rows(0, 25)
    assert one.runs == 1 and len(one.x) == 25
    assert {"alfa_lav", "skatterisiko_skala"} <= set(one.factors)
    for at, name in enumerate(one.factors):
        assert np.array_equal(one.x[:, at], rows[name][0])
        assert (one.x[:, at] >= one.bounds[at, 0]).all() and (one.x[:, at] <= one.bounds[at, 1]).all()
    national = result.national()
    national = national[(national["year"] == 2027) & (national["gruppe"] == "kommuner")]
    assert one.y["antall_robek"][:, 0].tolist() == national["antall_robek"].tolist()
    with pytest.raises(UserError, match="2026, 2027, 2028, 2029"):
        samples(result, ["robek"], 2040, "kommuner")


@given(st.integers(3, 30), st.integers(1, 4))
@settings(max_examples=25)
def test_slopes_are_those_of_any_least_squares(points: int, factors: int) -> None:
    rng = np.random.default_rng(points * 7 + factors)
    x = rng.normal(size=(points + factors + 1, factors)) * 10.0 ** rng.integers(-6, 6, factors)
    y = rng.normal(size=len(x))
    expected = np.linalg.pinv(np.column_stack([np.ones(len(x)), x])) @ y
    assert np.allclose(slopes(x, y) * x.std(axis=0), expected[1:] * x.std(axis=0), rtol=1e-3, atol=1e-6)


def test_the_command_writes_indices_and_figures(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "run.py", "sensitivity", str(shared_result()), "--out", str(out), "--json"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    factors = len(samples(open_results(shared_result()), ["robek"], None, "kommuner")[0].factors)
    assert factors > 20  # the calibrated set and the ranges of the baseline
    assert done.returncode == 2 and f"25 points are too few for a regression on {factors} factors" in done.stderr
    assert "Traceback" not in done.stderr and not done.stdout


def test_the_figures_of_every_method_are_drawn(tmp_path: Path) -> None:
    from sim.plots.answers import write_sensitivity_figures

    x = np.random.default_rng(1).uniform(size=(40, 3))
    drawn = {
        "sobol": sobol_sample(32, 1.0, 3),
        "regression": sample(x, np.arange(40.0)[:, None], np.ones((3, 2)), "lhs"),
    }
    for name, one in drawn.items():
        two = dataclasses.replace(one, y={"y": one.y["y"], "z": one.y["y"] ** 2}, units={"y": "kr", "z": "%"})
        rows, _, _ = sensitivity(two)
        assert set(rows["index"]) <= set(INDICES)
        written = write_sensitivity_figures(rows, tmp_path / name, "a title", "an origin")
        assert {path.stem for path in written} == {"tornado-y", "tornado-z", "heat_map"}
        assert all(path.stat().st_size > 3000 for path in written)
        assert json.loads(rows.to_json(orient="records"))
