"""The ledger in Norwegian: whatever it may say, and every line of real years."""

import ast
import re
from pathlib import Path

import pytest
from test_words import english

ROOT = Path(__file__).resolve().parents[1]
WRITERS = ("accounts", "closing", "council", "decision", "pace", "plan", "register")


def fragments(name: str) -> list[str]:
    """What a module of the ledger may say: its strings of two words or more, docstrings and references left out."""
    tree = ast.parse((ROOT / "sim" / "explain" / f"{name}.py").read_text(encoding="utf-8"))
    doc = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    strings = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in doc]
    said = [text.strip(" .:;,%") for text in strings if isinstance(text, str)]
    units = ("share of", "share per", "relative price", "per mille", "of driftsinntekter", "1 = national", "part of ")
    return [t for t in said if " " in t and not re.search(r"§|behaviour\.md", t) and not t.startswith(units)]


@pytest.mark.parametrize("name", WRITERS)
def test_everything_that_the_ledger_may_say_has_a_pattern_in_norwegian(name) -> None:
    from sim.words.told import PATTERNS

    known = "\n".join(PATTERNS)
    found = fragments(name)
    assert found and [text for text in found if text not in known] == []


def test_a_pattern_says_the_same_figures_in_both_languages() -> None:
    from sim.words.told import PATTERNS

    for said, other in PATTERNS.items():
        assert sorted(re.findall(r"{\w+}", said)) == sorted(re.findall(r"{\w+}", other)), said
        assert not english(re.sub(r"{\w+}", "", other)), other


@pytest.mark.parametrize(("said", "expected"), [
    ("12.3 million kr", "12,3 mill. kr"), ("-1,234.5 kr", "−1 234,5 kr"), ("-0.00 %", "0,00 %"),
    ("1 school", "1 skole"),
    ("yes", "ja"), ("0.25 relative price", "0,25 relativ pris"),
])  # fmt: skip
def test_an_amount_is_written_as_norwegian_writes_it(said, expected) -> None:
    from sim.words.told import amount

    assert amount(said, "nb").replace("\N{NO-BREAK SPACE}", " ") == expected and amount(said) == said


def test_no_line_of_a_ledger_stays_english() -> None:
    from sim.commands.stepper import _nation
    from sim.explain import OneRun, write_ledger
    from sim.explain.chosen import behaviour, choose
    from sim.explain.show import in_short
    from sim.state import STATE_COLUMNS
    from sim.words.told import line, sentence, told
    from tests.sweeps import scenario, world

    numbers = choose("scenarios/baseline.toml", {}, 0, None, None).numbers
    units = [numbers.index(number) for number in ("0301", "03", "46", "3418")]
    for at, unit in enumerate(units):
        one = OneRun(scenario(at + 1, 4), world(), at)
        for _ in range(3):
            ledger = write_ledger(one.watch(unit))
            for entry in ledger.entries:
                declared = entry.name in STATE_COLUMNS and STATE_COLUMNS[entry.name].text == entry.text
                measure = entry.name.startswith(("tiltak_", "virkning_", "vedtatt_"))
                assert told(entry.text) or declared or measure, entry
                norwegian = line(entry.name, entry.text, "nb")
                assert not english(norwegian) and (norwegian != entry.text or entry.name == "premieavvik"), entry
                assert line(entry.name, entry.text) == entry.text
            for part in (in_short(ledger), *_nation(one).strip().split("\n")):
                assert not english(sentence(part, "nb")) and sentence(part, "nb") != part
    chosen = choose("scenarios/baseline.toml", {}, 0, None, None)
    assert sentence(behaviour(chosen), "nb").startswith("Parametre: ")
