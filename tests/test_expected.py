"""Expectations written down before a run are held against what came out, and each experiment has some."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import ttest_rel

from sim.analysis.expected import Expectation, judge, read_expected
from sim.errors import UserError
from sim.store.national import GROUPS, national_schema

HEAD = "scenario,group,output,from,to,direction\n"


def test_every_experiment_has_an_expectation_of_a_column_that_there_is(root: Path) -> None:
    found = read_expected(root / "scenarios" / "expected.csv")
    assert {one.scenario for one in found} == {path.stem for path in (root / "scenarios").glob("*.toml")} - {"baseline"}
    assert {one.output for one in found} <= set(national_schema().names)
    assert {one.group for one in found} <= set(GROUPS)
    assert all(2026 <= one.years[0] <= one.years[-1] <= 2035 for one in found)
    assert len({(one.scenario, one.group, one.output, one.years) for one in found}) == len(found)


def table(values: np.ndarray, group: str = "kommuner") -> pd.DataFrame:
    """A national table of these numbers (runs, years) from 2030, and others of the other group and of 2029."""
    runs, years = values.shape
    rows = [(run, 2030 + year, group, values[run, year]) for run in range(runs) for year in range(years)]
    rows += [(run, 2029, group, 1e9) for run in range(runs)] + [(run, 2030, "others", -1e9) for run in range(runs)]
    return pd.DataFrame(rows, columns=["run", "year", "gruppe", "x"])


NUMBERS = st.integers(-50, 50).map(float)


@settings(max_examples=40)
@given(st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS, NUMBERS), min_size=3, max_size=12))
def test_the_verdict_is_that_of_a_paired_t_test_on_means_over_years(rows: list) -> None:
    numbers = np.array(rows)
    a, b = numbers[:, :2], numbers[:, 2:]
    difference = b.mean(axis=1) - a.mean(axis=1)
    found = {way: judge(table(a), table(b), Expectation("s", "kommuner", "x", range(2030, 2032), way))
             for way in ("up", "down", "little")}  # fmt: skip
    assert found["up"]["difference"] == pytest.approx(difference.mean())
    if np.ptp(difference) > 0.0:
        low, high = ttest_rel(b.mean(axis=1), a.mean(axis=1)).confidence_interval(0.95)
        assert (found["up"]["low"], found["up"]["high"]) == pytest.approx((low, high), rel=1e-4)
    else:
        low = high = difference.mean()
    swapped = {"as expected": "the other way", "the other way": "as expected", "unclear": "unclear"}
    assert found["down"]["verdict"] == swapped[str(found["up"]["verdict"])]
    if min(abs(low), abs(high)) > 1e-3:  # else the last digits decide
        assert found["up"]["verdict"] == ("as expected" if low > 0 else "the other way" if high < 0 else "unclear")
    most = 0.1 * a.mean(axis=1).std(ddof=1)
    if min(abs(abs(low) - most), abs(abs(high) - most)) > 1e-3:
        small = -most <= low and high <= most
        assert found["little"]["verdict"] == ("as expected" if small else "more than little")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("scenario,output\n", ":1: the columns must be"), (HEAD + "a,kommuner,x,2030,2029,up\n", ":2: give two years"),
        (HEAD + "a,kommuner,x,2030,2031,sideways\n", ":2: give two years"), (HEAD + "a,kommuner,x\n", ":2: give two"),
        (HEAD + "a,kommuner,x,2030,2031,up,more\n", ":2: give two years"), ("", ":1: the columns must be"),
    ],
)  # fmt: skip
def test_a_row_that_is_no_expectation_is_one_sentence_with_its_line(tmp_path, text: str, said: str) -> None:
    (tmp_path / "expected.csv").write_text(text)
    with pytest.raises(UserError, match=said):
        read_expected(tmp_path / "expected.csv")
