"""The scenarios that come with the program are valid, say what they are for, and move what they say."""

from pathlib import Path

import pytest

from sim.params import PARAMS
from sim.scenario import Range, from_file
from sim.scenario.json_schema import scenario_schema, schema_text

FOLDER = Path(__file__).parents[1] / "scenarios"
FILES = sorted(FOLDER.glob("*.toml"))
EXPERIMENTS = [path for path in FILES if path.stem != "baseline"]


def test_there_is_a_baseline_and_a_set_of_experiments():
    assert len(EXPERIMENTS) >= 20
    assert FOLDER / "baseline.toml" in FILES


def test_the_baseline_keeps_the_law_of_today_and_varies_only_assumptions():
    baseline = from_file(FOLDER / "baseline.toml")
    assert (baseline.runs, len(baseline.years), baseline.start) == (1000, 10, "drawn")
    changed = baseline.difference()
    assert baseline.parameters == "calibrated" and len(baseline.drawn) >= 20
    assert len(changed) + len(baseline.drawn) >= 10
    assert {PARAMS[name].kind for name in baseline.drawn} == {"assumption"}
    for entry in changed:
        param, value = PARAMS[entry["name"]], baseline.values[entry["name"]]
        assert entry["kind"] == "assumption"
        assert isinstance(value, Range)
        assert value.low <= param.default <= value.high


@pytest.mark.parametrize("path", EXPERIMENTS, ids=lambda path: path.stem)
def test_an_experiment_is_of_one_kind_and_says_what_to_expect(path):
    baseline, scenario = from_file(FOLDER / "baseline.toml"), from_file(path)
    changed = scenario.difference(baseline)
    # policy moves levers; an experiment on behaviour (behaviour.md § 7 nos. 7, 13, 18, 20) assumptions; none both
    assert len({entry["kind"] for entry in changed}) == 1
    if changed[0]["kind"] == "assumption":
        assert "# About behaviour" in path.read_text(encoding="utf-8")
    assert scenario.title and scenario.question.endswith("?") and scenario.expected.endswith(".")
    assert (scenario.runs, scenario.seed, scenario.years) == (baseline.runs, baseline.seed, baseline.years)


def test_the_schema_for_editors_is_up_to_date():
    stored = (FOLDER / "schema.json").read_text(encoding="utf-8")
    assert stored == schema_text(), "run: python -m sim.scenario.json_schema > scenarios/schema.json"


def test_the_schema_knows_every_parameter_and_its_limits():
    sections = scenario_schema()["properties"]
    for name, param in PARAMS.items():
        number = sections[f"{param.kind}s"]["properties"][name]["anyOf"][0]
        number = number["anyOf"][1] if param.choices else number
        assert (number["minimum"], number["maximum"]) == (param.low, param.high)
