"""The scorecard: published facts beside simulated ones, by a rule fixed beforehand."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.commands.validate import validate
from sim.scenario import from_file
from sim.validate import FACTS, Fact, Verdict, judge, simulate

BASELINE = Path(__file__).resolve().parents[1] / "scenarios" / "baseline.toml"
KEYS = [
    "id", "statement", "unit", "source", "year", "published", "low", "high", "simulated", "sim_low", "sim_high",
    "in_sample", "benchmark", "passed", "why",
]  # fmt: skip


@pytest.fixture(scope="module")
def paths():
    return simulate(from_file(BASELINE, {}, {"years": 10}), 20)


def fact(published: float, slack: float) -> Fact:
    return Fact("x", "X", "bn kr", 2026, published, slack, "source", False, lambda p: np.zeros(1))


def test_every_fact_has_a_name_of_its_own_a_source_a_year_and_a_slack_that_is_no_negative():
    assert len({f.id for f in FACTS}) == len({f.statement for f in FACTS}) == len(FACTS)
    for f in FACTS:
        assert f.source and f.unit and 2024 <= f.year <= 2035 and f.slack >= 0, f.id


@given(st.floats(-50, 50), st.floats(0, 10), st.floats(-50, 50), st.floats(0, 10))
def test_a_fact_passes_exactly_if_the_two_intervals_have_a_point_in_common(published, slack, middle, half):
    verdict = Verdict(fact(published, slack), middle, middle - half, middle + half)
    grid = np.array([published - slack, published + slack, middle - half, middle + half])
    common = (
        (grid >= published - slack) & (grid <= published + slack) & (grid >= middle - half) & (grid <= middle + half)
    ).any()
    assert verdict.passed == bool(common)


def test_the_simulated_interval_is_the_5_to_95_per_cent_of_the_runs(paths):
    one = Fact("y", "Y", "", 2026, 0.0, 0.0, "s", False, lambda p: np.arange(101.0))
    verdict = judge([one], paths)[0]
    assert (verdict.sim_low, verdict.simulated, verdict.sim_high) == (5.0, 50.0, 95.0)
    assert not verdict.passed


def test_every_fact_can_be_measured_and_one_that_fails_says_why(paths):
    verdicts = judge(FACTS, paths)
    for v in verdicts:
        assert np.isfinite([v.simulated, v.sim_low, v.sim_high]).all(), v.fact.id
        assert v.passed or v.fact.why.endswith("."), v.fact.id
    inside = [v.passed for v in verdicts if v.fact.in_sample]
    assert sum(inside) >= len(inside) - 1  # net debt is another concept


def test_the_national_sums_of_2026_are_in_the_table_by_source_and_by_kind():
    ids = {f.id for f in FACTS}
    by_source = {"tax-2026", "state-2026", "property-2026", "property-income-2026", "income-2026"}
    by_kind = {"wages-2026", "inputs-2026", "interest-2026", "investment-2026", "running-2026", "spending-2026"}
    stocks = {"netdebt-2025", "fylke-debt-2025", "fund-sector-2024", "frie-all-2026", "frie-2026", "lending-2026"}
    assert by_source | by_kind | stocks <= ids


def test_sums_over_all_units_are_those_of_kommuner_and_of_fylkeskommuner(paths):
    for year in (2025, 2026):
        parts = [paths.of(year, who)["driftsinntekter"].sum(axis=1) for who in ("kommuner", "fylkeskommuner")]
        assert np.allclose(sum(parts), paths.of(year, "all")["driftsinntekter"].sum(axis=1), rtol=1e-12)
    assert paths.of(2026, "fylkeskommuner").shape[1] == 15


def test_wages_and_inputs_are_what_is_left_of_running_costs_without_transfers(paths):
    found = {v.fact.id: v.simulated for v in judge(FACTS, paths)}
    transfers = found["running-2026"] - found["wages-2026"] - found["inputs-2026"]
    assert transfers / found["running-2026"] == pytest.approx(83.9 / 763.9, abs=2e-3)


def test_the_command_prints_the_table_and_the_same_facts_as_json(capsys):
    assert validate(BASELINE, 20, True) == 0
    facts = json.loads(capsys.readouterr().out)["facts"]
    assert [list(f) for f in facts] == [KEYS] * len(FACTS)
    assert validate(BASELINE, 20, False) == 0
    table = capsys.readouterr().out
    for f in facts:
        assert f["statement"] in table
        assert f["passed"] or f"FAIL {f['id']}: {f['why']}" in table
