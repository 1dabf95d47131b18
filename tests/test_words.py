"""Everything that a reader meets is said in Norwegian too, and the Norwegian is used where it is asked for."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from stored import shared_result

from sim import words
from sim.measures import MEASURES
from sim.outputs import OUTPUTS
from sim.params import PARAMS
from sim.words.assumptions import ASSUMPTIONS_NB
from sim.words.explained import EXPLAINED_NB
from sim.words.levers import LEVERS_NB
from sim.words.scenarios import SCENARIOS_NB
from sim.words.sources import SOURCES_NB

ROOT = Path(__file__).resolve().parents[1]
SAME = {"kr", "km", "kr per kr", "log", "logit", "2026 = 1"}  # units that are the same in both
# words of English that are no words of Norwegian, and no names
ENGLISH = re.compile(r"\b(the|of|and|from|no|with|is|are|by|more|rate|year|years|growth|share|what|than|which)\b")
PUBLISHED = "National League of Cities"


def english(said: str) -> bool:
    return bool(ENGLISH.search(said.replace(PUBLISHED, "")))


@pytest.mark.parametrize("name", PARAMS)
def test_a_lever_or_assumption_has_title_text_unit_source_and_choices_in_norwegian(name) -> None:
    param = PARAMS[name]
    assert name in {**LEVERS_NB, **ASSUMPTIONS_NB} or words.parameter_title(name, "nb") != words.parameter_title(name)
    said = words.parameter_text(name, param.text, "nb")
    assert said.endswith(".") and said != param.text and not english(said)
    assert param.unit in SAME or words.parameter_unit(param.unit, "nb") != param.unit
    assert not english(words.source(param.source, "nb"))
    for choice in param.choices:
        assert choice == "veto" or words.choice_word(choice, "nb") != choice.replace("_", " ")
    assert words.parameter_text(name, param.text) == param.text and words.source(param.source) == param.source


@pytest.mark.parametrize("name", OUTPUTS)
def test_an_output_has_title_text_and_unit_in_norwegian(name) -> None:
    out = OUTPUTS[name]
    said = words.output_text(name, out.text, "nb")
    assert said.endswith(".") and not english(said) and not english(words.output_title(name, "nb"))
    assert said != out.text or name == "premieavvik"
    assert out.unit in SAME or words.output_unit(out.unit, "nb") != out.unit


def test_nothing_is_told_of_what_is_not_declared() -> None:
    assert {**LEVERS_NB, **ASSUMPTIONS_NB}.keys() <= PARAMS.keys()
    assert EXPLAINED_NB.keys() <= OUTPUTS.keys()
    assert SOURCES_NB.keys() <= {param.source for param in PARAMS.values()}
    assert all(words.measure_text(measure.name, measure.text, "nb") != measure.text for measure in MEASURES)


def test_every_scenario_that_comes_with_the_program_is_told_in_norwegian() -> None:
    found = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "scenarios").glob("*.toml")}
    assert found.keys() == SCENARIOS_NB.keys()
    for name, said in found.items():
        told = words.scenario_words({"name": name, **said}, "nb")
        assert told["title"] != said["title"] and told["question"] != said["question"] and not english(told["question"])
        assert bool(told["expected"]) == bool(said.get("expected"))
        assert words.scenario_words({"name": name, **said})["question"] == said["question"]


def test_a_scenario_of_the_user_keeps_the_words_of_the_user() -> None:
    own = {"name": "baseline", "title": "My own", "question": "What?", "expected": ""}
    assert words.scenario_words(own, "nb") == {"title": "My own", "question": "What?", "expected": ""}
    assert words.scenario_words({"name": "x", "title": None, "question": None}, "nb")["title"] == "x"


def test_the_report_and_its_tables_speak_norwegian() -> None:
    from sim.report.page import context
    from sim.store import open_results

    results = open_results(shared_result())
    found = context(results, [], "nb")
    for row in (*found["levers"], *found["assumptions"]):
        assert row["title"] == words.parameter_title(row["name"], "nb") and not english(
            f"{row['text']} {row['source']}"
        )
    named = {row["name"]: row for row in found["levers"]}
    assert named["statlig_kontroll"]["value"] == "bare ROBEK" and named["dekningsfrist"]["unit"] == "år"


def test_lists_are_printed_in_norwegian_on_request() -> None:
    for what, expected in (("levers", "Dekningsfrist: År til å dekke et merforbruk."), ("scenarios", "Uten ROBEK")):
        command = [sys.executable, "run.py", "list", what, "--lang", "nb", "--json"]
        rows = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
        assert any(expected in (row.get("text", ""), row.get("title", "")) for row in rows)
    command = [sys.executable, "run.py", "list", "levers", "--lang", "xx"]
    refused = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert refused.returncode == 2 and "nb" in refused.stderr and "Traceback" not in refused.stderr


def test_the_page_names_levers_and_scenarios_in_norwegian() -> None:
    pytest.importorskip("dash", reason="dash is not installed: the dashboard is NOT TESTED")
    from sim.dashboard.try_it import panel

    said = json.dumps(panel("nb").to_plotly_json(), default=lambda part: part.to_plotly_json(), ensure_ascii=False)
    for expected in ("Dekningsfrist", "År til å dekke et merforbruk.", "Referansebanen", "Uten ROBEK"):
        assert expected in said
    assert "Years allowed" not in said and "Without ROBEK" not in said


def test_every_step_of_the_ledger_has_a_heading_in_norwegian() -> None:
    from sim.explain.ledger import STEPS, title
    from sim.words.ledger import STEPS_NB, step_title

    assert STEPS_NB.keys() == STEPS.keys()
    for step in STEPS:
        said = step_title(step, title(step, 2029), 2029, "nb")
        assert "{" not in said and not english(said) and step_title(step, "x", 2029) == "x"
        assert set(re.findall(r"20\d\d", said)) == set(re.findall(r"20\d\d", title(step, 2029)))


def test_both_languages_say_the_same_things_with_the_same_values() -> None:
    from sim.dashboard.words import TEXTS

    for key, (english, norwegian) in TEXTS.items():
        assert english and norwegian, key
        assert set(re.findall(r"{\w+}", english)) == set(re.findall(r"{\w+}", norwegian)), key
