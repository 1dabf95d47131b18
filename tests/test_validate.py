"""The scorecard: published facts beside simulated ones, by a rule fixed beforehand."""

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.baseline.tables import DATA
from sim.commands.validate import validate
from sim.errors import UserError
from sim.markers import filled
from sim.scenario import from_file
from sim.validate import FACTS, Fact, Verdict, against_naive, judge, measure_on, score
from sim.validate.document import README
from sim.validate.facts import START_FACTS
from sim.validate.measure_years import april_register, latent
from sim.validate.naive import NAIVE
from sim.validate.paths import Paths

BASELINE = Path(__file__).resolve().parents[1] / "scenarios" / "baseline.toml"
KEYS = [
    "id", "statement", "unit", "source", "year", "published", "low", "high", "simulated", "sim_low", "sim_high",
    "in_sample", "benchmark", "naive", "nearer", "passed", "why", "measured_on", "sign",
]  # fmt: skip


RUNS = 40


@pytest.fixture(scope="module")
def material():
    return measure_on(lambda years: from_file(BASELINE, {}, {"years": years}), RUNS)


@pytest.fixture(scope="module")
def paths(material):
    return material["baseline"]


def fact(published: float, slack: float) -> Fact:
    return Fact("x", "X", "bn kr", 2026, published, slack, "source", False, lambda p: np.zeros(1))


def test_every_fact_has_a_name_of_its_own_a_source_a_year_and_a_slack_that_is_no_negative():
    assert len({f.id for f in FACTS}) == len({f.statement for f in FACTS}) == len(FACTS)
    for f in FACTS:
        assert f.source and f.unit and 2024 <= f.year <= 2043 and f.slack >= 0, f.id
        assert f.low <= f.high and (f.sign or f.low <= f.published <= f.high), f.id
        assert not f.sign or f.bounds, f.id


def test_the_scorecard_has_what_was_asked_for_in_both_samples():
    inside = [f for f in FACTS if f.in_sample]
    assert len(FACTS) >= 30 and len(inside) >= 10 and len(FACTS) - len(inside) >= 20
    asked = {
        "bt-ndr-2024", "bt-ndr-2025", "bt-fylke-2024", "bt-fylke-2025", "bt-negative-2024", "bt-negative-2025",
        "bt-negative-both", "bt-weakest", "bt-dispersion", "bt-nofund-2024", "bt-nofund-2025", "bt-fund-sector-2024",
        "bt-debt-2024", "bt-investment-2025", "bt-robek-april", "bt-ground-a", "bt-ground-b", "bt-ground-c",
        "bt-ground-d", "bt-ground-f", "bt-merforbruk-2024", "bt-proposals", "bt-closures", "closures-small",
        "closures-others", "bt-ndr-size-small", "bt-ndr-nature", "tbu-2027", "tbu-care", "bt-fylke-range", "bt-latent",
        "elasticity", "debt-first", "grant-to-tax", "stay",
    }  # fmt: skip
    assert asked <= {f.id for f in FACTS}


def test_every_fact_has_a_naive_forecast_or_says_why_there_is_none():
    assert set(NAIVE) <= {f.id for f in FACTS}
    for f in FACTS:
        assert f.naive_is, f.id
        assert (f.benchmark is None) == f.naive_is.startswith("none: "), f.id
    assert sum(f.benchmark is None for f in FACTS) < 0.25 * len(FACTS)


@given(st.floats(-5, 5), st.floats(-5, 5))
def test_nearer_than_the_naive_forecast_is_counted_where_it_says_something(middle, naive):
    said = Verdict(Fact("z", "Z", "", 2025, 1.0, 0.0, "s", False, lambda p: p, naive), middle, middle, middle)
    assert said.nearer == (None if naive == 1.0 else abs(middle - 1.0) < abs(naive - 1.0))
    count = against_naive([said])["out of sample"]
    assert count == ((0, 0) if said.nearer is None else (int(said.nearer), 1))
    assert Verdict(fact(1.0, 0.0), middle, middle, middle).nearer is None


@given(st.floats(-50, 50), st.floats(0, 10), st.floats(-50, 50), st.floats(0, 10))
def test_a_failure_without_a_known_cause_says_how_it_fails(published, slack, middle, half):
    verdict = Verdict(fact(published, slack), middle, middle - half, middle + half)
    assert verdict.passed == (verdict.why == "")
    if not verdict.passed:
        assert ("too high" if middle > published else "too low") in verdict.why


def test_what_is_published_of_the_spread_of_fylkeskommuner_and_of_the_register_follows_from_the_tables():
    table = pd.read_csv(DATA / "fylkeskommuner_finance.csv", dtype={"fylkeskommunekode": str})
    table = table[~table["fylkeskommunekode"].isin(["0300", "EAFKUO"])]  # Oslo, and the country without it
    spread = table.groupby(["variable", "year"])["value"].std(ddof=0)
    by_id = {f.id: f for f in FACTS}
    for name, variable, year, near in (
        ("bt-fylke-spread-2024", "ndr", 2024, 0.05), ("bt-fylke-spread-2025", "ndr", 2025, 0.05),
        ("bt-fylke-fund-spread", "disposisjonsfond", 2025, 0.05),
        ("bt-fylke-debt-spread", "netto_laanegjeld_per_inhabitant", 2025, 5.0),
    ):  # fmt: skip
        assert by_id[name].published == pytest.approx(spread[variable, year], abs=near)
        if year == 2025:
            assert by_id[name].benchmark == pytest.approx(spread[variable, 2024], abs=2 * near)
    series = pd.read_csv(DATA / "national_series.csv")
    ends = series[series["variable"] == "robek_count_yearend"].set_index("year")["value"].loc[2012:2025]
    number = np.array([429, *[428] * 4, 426, 422, 422, *[356] * 4, 357, 357])
    shares = 100.0 * ends.to_numpy(float) / number
    assert by_id["robek-share"].published == pytest.approx(shares.mean(), abs=0.05)
    assert by_id["robek-swing"].published == pytest.approx(np.diff(shares).std(), abs=0.05)


@given(st.floats(-5, 5), st.floats(0, 3))
def test_a_fact_that_is_only_a_sign_passes_exactly_if_the_median_has_it(middle, half):
    falls = Fact("z", "Z", "points", 2025, 0.0, 0.0, "s", False, lambda p: p, bounds=(-100.0, 0.0), sign=True)
    assert Verdict(falls, middle, middle - half, middle + half).passed == (middle <= 0.0)


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
    verdict = judge([one], {"baseline": paths})[0]
    assert (verdict.sim_low, verdict.simulated, verdict.sim_high) == (5.0, 50.0, 95.0)
    assert not verdict.passed


def test_every_fact_can_be_measured_and_one_that_fails_says_why(material):
    verdicts = judge(FACTS, material)
    for v in verdicts:
        assert np.isfinite([v.simulated, v.sim_low, v.sim_high]).all(), v.fact.id
        assert v.passed or v.fact.why.endswith("."), v.fact.id
        assert v.passed or v.why.endswith("."), v.fact.id
    start = {f.id for f in START_FACTS}
    inside = [v.passed for v in verdicts if v.fact.in_sample and v.fact.id in start]
    assert sum(inside) >= len(inside) - 1  # net debt is another concept
    for passed, count in score(verdicts).values():
        assert 0 < passed <= count
    assert sum(count for _, count in score(verdicts).values()) == len(FACTS)


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
    assert paths.of(2026, "fylkeskommuner")["folketall"].shape[1] == 15


def test_wages_and_inputs_are_what_is_left_of_running_costs_without_transfers(material):
    found = {v.fact.id: v.simulated for v in judge(START_FACTS, material)}
    transfers = found["running-2026"] - found["wages-2026"] - found["inputs-2026"]
    assert transfers / found["running-2026"] == pytest.approx(83.9 / 763.9, abs=2e-3)


def test_the_april_register_is_the_accounts_reviewed_and_the_budget_reviewed():
    c, d, a, f = 4, 8, 1, 32
    grounds = {2024: [c, d | a, f, 0, 0], 2025: [0, d, 0, a, c]}
    years = {
        year: {
            "robek_grunnlag": np.array([bits]),
            "plan_for_sent": np.array([[0.0, 0.0, 0.0, 0.0, 1.0 * (year == 2025)]]),
        }
        for year, bits in grounds.items()
    }
    # a of last year's budget has lapsed, c of the accounts of 2025 is not reviewed yet, that of the plan is
    assert april_register(Paths(years, 5, {}), 2025).tolist() == [[c, d, f, a, c]]


def test_the_latent_correlation_is_that_of_the_normals_behind_the_results():
    chance = np.random.default_rng(1)
    x, noise = chance.standard_normal((2, 20_000)), chance.standard_normal((2, 20_000))
    y = 0.4 * x + np.sqrt(1.0 - 0.16) * noise
    one = np.ones_like(x)
    years = {
        2024: {"netto_driftsresultat": np.exp(x), "driftsinntekter": one},
        2025: {"netto_driftsresultat": y**3, "driftsinntekter": one},
    }
    assert latent(2024, 2025)(Paths(years, x.shape[1], {})) == pytest.approx(0.4, abs=0.02)


def test_the_command_prints_the_table_and_the_same_facts_as_json(capsys, tmp_path):
    picture = tmp_path / "score.svg"
    assert validate(BASELINE, 20, True, "calibrated", picture) == 0
    assert picture.stat().st_size > 10_000
    with pytest.raises(UserError, match=r"\.png or \.svg"):
        validate(BASELINE, 20, True, None, tmp_path / "score.pdf")
    facts = json.loads(capsys.readouterr().out)["facts"]
    assert [list(f) for f in facts] == [KEYS] * len(FACTS)
    assert validate(BASELINE, 20, False) == 0
    table = capsys.readouterr().out
    for f in facts:
        assert f["statement"] in table
        assert f["passed"] or f"FAIL {f['id']}: {f['why']}" in table


def test_the_readme_has_the_score_of_as_many_facts_as_there_are():
    text = README.read_text(encoding="utf-8")
    counts = re.findall(r"(\d+) of (\d+) facts pass (in|out of) sample", text)
    inside = sum(f.in_sample for f in FACTS)
    assert {kind: int(count) for _, count, kind in counts} == {"in": inside, "out of": len(FACTS) - inside}
    assert filled(text, {"score": lambda: "x"}).count("<!-- score -->\nx\n<!-- /score -->") == 1
