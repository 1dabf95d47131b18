"""docs/model.md says what the code says: tables, names and steps cannot drift apart unnoticed."""

import ast
import json
import re
from pathlib import Path

import pytest

from sim.explain import document
from sim.markers import filled
from sim.measures import MEASURES
from sim.outputs import OUTPUTS
from sim.params import PARAMS
from sim.schema import Param
from sim.state import NATION_COLUMNS, STATE_COLUMNS, WORLD_COLUMNS

TEXT = document.DOCUMENT.read_text(encoding="utf-8")
OTHER_WORDS = {"code", "evidence", "identified", "off at"}  # headings of tables
ODD = (  # Grimm et al. 2020
    "1 Purpose and patterns", "2 Entities, state variables and scales", "3 Process overview and scheduling",
    "4 Design concepts", "5 Initialisation", "6 Input data", "7 Submodels",
)  # fmt: skip
CONCEPTS = (
    "Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction", "Sensing", "Interaction",
    "Stochasticity", "Collectives", "Observation",
)  # fmt: skip


def by_hand() -> str:
    """The text without the tables that are made."""
    text = TEXT
    for name in document.TABLES:
        text = re.sub(rf"<!-- {name} -->\n.*?\n<!-- /{name} -->", "", text, flags=re.DOTALL)
    return text


def functions() -> set[str]:
    """Every function of the kernel."""
    found = set()
    for path in document.KERNEL.glob("*.py"):
        found |= {node.name for node in ast.parse(path.read_text(encoding="utf-8")).body
                  if isinstance(node, ast.FunctionDef)}  # fmt: skip
    return found


def test_the_tables_are_those_of_the_code():
    assert filled(TEXT, document.TABLES) == TEXT, "run python -m sim.explain.document"


def test_the_protocol_is_complete_and_in_its_order():
    headings = re.findall(r"^## (.+)$", TEXT, re.MULTILINE)
    assert headings[: len(ODD)] == list(ODD)
    concepts = TEXT[TEXT.index("## 4 ") : TEXT.index("## 5 ")]
    assert re.findall(r"^\*\*(.+?)\.\*\*", concepts, re.MULTILINE) == list(CONCEPTS)


def test_every_name_in_the_text_is_one_of_the_code():
    known = {*PARAMS, *STATE_COLUMNS, *NATION_COLUMNS, *WORLD_COLUMNS, *OUTPUTS, *(m.name for m in MEASURES)}
    known |= functions() | OTHER_WORDS
    named = set(re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", by_hand(), flags=re.DOTALL)))
    unknown = {name for name in named if re.fullmatch(r"[a-z][a-z0-9_]*", name) and name not in known}
    assert not unknown, unknown


def test_every_long_name_in_an_equation_is_one_of_the_code():
    known = {*PARAMS, *STATE_COLUMNS, *NATION_COLUMNS, *OUTPUTS}
    equations = "\n".join(re.findall(r"```\n(.*?)```", by_hand(), re.DOTALL))
    named = set(re.findall(r"\b[a-z]+_[a-z_]+\b", equations))
    local = {name for name in named if re.search(r"_[a-z]$", name)} | {"own_level"}  # with a subscript
    assert not named - known - local


def test_every_parameter_column_output_and_step_has_its_row():
    for declared in (PARAMS, STATE_COLUMNS, NATION_COLUMNS, WORLD_COLUMNS, OUTPUTS):
        for name in declared:
            assert f"\n| `{name}`" in TEXT, name
    called = {
        name
        for stage in ("prepare_year", "carry_out_budget", "decide_and_close", "decide")
        for name in document.calls(stage)
    }
    for name in called & functions() - set(document.SMALL):
        assert f"| `{name}` |" in TEXT, name


def test_a_table_without_a_place_is_an_error_and_not_forgotten():
    with pytest.raises(ValueError, match="no place for the table 'levers'"):
        filled(TEXT.replace("<!-- levers -->", ""), document.TABLES)


def test_values_ranges_and_choices_read_as_in_a_scenario_file():
    rule = PARAMS["robek_utgang"]
    assert (document.value(rule), document.span(rule)) == ("`zero`", "`zero`, `below_threshold`")
    years = Param("x", 0.5, "share", 0.0, 2.0, "s", "t", by_year=((2026, 1.0), (2027, 1.5)))
    assert document.value(years) == "0.5 (2026: 1, 2027: 1.5)"
    assert document.table(("a",), [("x|y",)]).endswith("| x\\|y |")


def test_what_the_calibration_identified_is_shown_once_there_is_one(tmp_path: Path, monkeypatch):
    sets = tmp_path / "parameter_sets.json"
    said = [{"name": "alfa_lav", "identified": "yes"}, {"name": "kappa", "identified": "no"}]
    sets.write_text(json.dumps({"parameters": said}))
    monkeypatch.setattr(document, "SETS", sets)
    rows = {line.split("`")[1]: line for line in document.parameters(tuple(PARAMS.values())).splitlines()[2:]}
    assert [rows[name].split(" | ")[5] for name in ("alfa_lav", "kappa", "levetid_nye")] == ["yes", "no", ""]


def test_the_summary_is_one_page_in_norwegian(root: Path):
    text = (root / "docs" / "modellen.md").read_text(encoding="utf-8")
    assert len(text.split()) < 650
    for term in (
        "merforbruk",
        "disposisjonsfond",
        "økonomiplan",
        "strykninger",
        "inndekning",
        "minimumsavdrag",
        "§ 28-1",
    ):
        assert term in text.lower(), term
