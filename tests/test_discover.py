"""Scenario discovery: a known box is found again, chance finds none, and the numbers are those of a count."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from sim.analysis.discover import Condition, box_table, conditions_of, discover
from sim.analysis.prim import LEAST, binomial_tail, prim
from sim.errors import UserError
from sim.store import open_results
from tests.stored import shared_result


def known_box(seed: int = 1, cases: int = 1500, factors: int = 5) -> tuple[np.ndarray, np.ndarray]:
    """Uniform cases; of interest where x0 > 0.6 and x2 < 0.5."""
    x = np.random.default_rng(seed).uniform(size=(cases, factors))
    return x, (x[:, 0] > 0.6) & (x[:, 2] < 0.5)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_known_box_is_found_again(seed: int) -> None:
    x, interest = known_box(seed)
    (box,) = prim(x, interest, density=0.95)
    assert set(box.chance) == {0, 2}
    assert box.low[0] == pytest.approx(0.6, abs=0.04) and np.isinf(box.high[0])
    assert box.high[2] == pytest.approx(0.5, abs=0.04) and np.isinf(box.low[2])
    assert box.density >= 0.95 and box.coverage > 0.9
    assert max(box.chance.values()) < 1e-6


def test_a_known_box_is_found_through_noise_and_idle_factors() -> None:
    x, interest = known_box(5, 2000, 12)
    rng = np.random.default_rng(6)
    flipped = interest ^ (rng.uniform(size=len(x)) < 0.15)
    (box,) = prim(x, flipped, density=0.83)
    assert {0, 2} <= set(box.chance) and len(box.chance) <= 4
    assert box.low[0] == pytest.approx(0.6, abs=0.06) and box.high[2] == pytest.approx(0.5, abs=0.06)


def test_a_factor_with_few_values_is_cut_between_them() -> None:
    rng = np.random.default_rng(2)
    x = np.column_stack([rng.integers(1, 5, 800), rng.uniform(size=800)]).astype(float)
    (box,) = prim(x, x[:, 0] >= 3, density=0.9)
    assert set(box.chance) == {0} and box.low[0] == 3.0
    assert box.density == box.coverage == 1.0


def test_two_boxes_are_found_one_after_the_other() -> None:
    x = np.random.default_rng(9).uniform(size=(2000, 3))
    interest = (x[:, 0] > 0.85) | (x[:, 1] < 0.1)
    found = prim(x, interest, density=0.9, boxes=3)
    assert len(found) >= 2
    limited = {next(iter(box.chance)) for box in found[:2]}
    assert limited == {0, 1}
    assert sum(box.coverage for box in found) > 0.9


def test_chance_alone_gives_hardly_any_box() -> None:
    rng = np.random.default_rng(12)
    found = [prim(rng.uniform(size=(400, 6)), rng.uniform(size=400) < 0.3, density=0.9) for _ in range(10)]
    assert sum(len(boxes) for boxes in found) <= 3
    assert all(box.support >= LEAST for boxes in found for box in boxes)


@given(st.integers(0, 10_000), st.floats(0.05, 0.95), st.integers(1, 4))
@settings(max_examples=25)
def test_the_numbers_of_a_box_are_counts(seed: int, share: float, factors: int) -> None:
    rng = np.random.default_rng(seed)
    x = np.round(rng.uniform(size=(150, factors)), rng.integers(0, 4))
    interest = x[:, 0] + rng.normal(0, 0.3, 150) > np.quantile(x[:, 0], share)
    if not interest.any():
        return
    taken = np.zeros(150, bool)
    for box in prim(x, interest, boxes=2):
        inside = box.holds(x) & ~taken
        assert box.support == pytest.approx(inside.mean())
        assert box.density == pytest.approx(interest[inside].mean())
        assert box.coverage == pytest.approx(interest[inside].sum() / interest.sum())
        assert box.density > interest[~taken].mean()
        assert all((np.isfinite(box.low[f]) or np.isfinite(box.high[f])) for f in box.chance)
        taken |= inside


@given(st.integers(0, 60), st.integers(1, 60), st.floats(0.01, 0.99))
def test_the_binomial_tail_is_that_of_scipy(least: int, n: int, share: float) -> None:
    assert binomial_tail(min(least, n), n, share) == pytest.approx(
        stats.binom.sf(min(least, n) - 1, n, share), abs=1e-9
    )


def test_conditions_are_read_as_they_are_written() -> None:
    assert conditions_of(("robek > 40",)) == (Condition("robek", ">", 40.0),)
    assert conditions_of(("skoler<=2e3 and tjenesteniva >=-.5".replace("-.5", "-0.5"),)) == (
        Condition("skoler", "<=", 2000.0), Condition("tjenesteniva", ">=", -0.5),
    )  # fmt: skip


@pytest.mark.parametrize(
    "text", ["", "robek", "robek = 4", "robek > many", "__import__('os') > 1", "robek > 4 or x < 2"]
)
def test_any_other_condition_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="--when"):
        conditions_of((text,))


@settings(max_examples=60)
@given(st.text(max_size=40))
def test_no_text_makes_a_condition_fail_without_a_sentence(text: str) -> None:
    try:
        assert all(isinstance(condition.limit, float) for condition in conditions_of((text,)))
    except UserError as error:
        assert "\n" not in str(error)


def test_a_limit_that_tells_nothing_apart_is_refused_with_the_range() -> None:
    result = open_results(shared_result())
    with pytest.raises(UserError, match=r"antall_robek.*|robek > 9999 holds at no point in 2029.*lies between"):
        discover(result, ("robek > 9999",))
    with pytest.raises(UserError, match="holds at every point"):
        discover(result, ("robek >= 0",))
    with pytest.raises(UserError, match="did you mean"):
        discover(result, ("skolr > 1",))


def test_a_stored_result_gives_a_table_of_its_boxes() -> None:
    result = open_results(shared_result())
    middle = float(result.national().query("gruppe == 'kommuner' and year == 2029")["skoler"].median())
    found = discover(result, (f"skoler < {middle}",))
    assert found[0].interest.sum() in (11, 12, 13)
    table = box_table(found)
    assert len(table) == sum(len(box.chance) for box in found[0].boxes)
    assert list(table.columns)[:3] == ["scenario", "box", "factor"]


def test_the_command_says_what_it_found_or_why_not(root: Path, tmp_path: Path) -> None:
    command = [sys.executable, "run.py", "discover", str(shared_result()), "--out", str(tmp_path / "out"), "--when"]
    done = subprocess.run([*command, "skoler < 2300"], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 2) and "Traceback" not in done.stderr
    refused = subprocess.run([*command, "skoler is low"], cwd=root, capture_output=True, text=True, check=False)
    assert refused.returncode == 2 and "--when 'skoler is low'" in refused.stderr and not refused.stdout


def test_the_figure_of_a_box_is_drawn(tmp_path: Path) -> None:
    from sim.analysis.discover import Discovery
    from sim.plots.answers import write_discovery_figure
    from tests.test_sensitivity import sample

    x, interest = known_box()
    one = Discovery(
        sample(x, interest[:, None].astype(float), np.array([[0, 1]] * 5), "lhs"),
        (Condition("y", ">", 0.5),), interest, prim(x, interest),
    )  # fmt: skip
    written = write_discovery_figure(one, tmp_path, "a title", "an origin")
    assert [path.name for path in written] == ["boxes.png", "boxes.svg"]
    assert all(path.stat().st_size > 5000 for path in written)
