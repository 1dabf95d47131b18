"""Levers, assumptions, outputs, measures and scenarios for readers: their declaration in English, the same in Norwegian."""

from collections.abc import Mapping
from typing import Any

from sim.words.assumptions import ASSUMPTIONS_NB
from sim.words.behaviour import ASPECTS_NB
from sim.words.explained import BY_SECTOR_NB, EXPLAINED_NB, MEASURE_TEXTS_NB, SECTORS_NB
from sim.words.levers import CHOICES_NB, LEVERS_NB
from sim.words.outputs import MEASURES, output_unit
from sim.words.scenarios import SCENARIOS_NB
from sim.words.units import OF_PARAMETERS_NB


def parameter_title(name: str, lang: str = "en") -> str:
    """What a lever or assumption is called."""
    found = _parameter(name) if lang == "nb" else None
    return found[0] if found else name.replace("_", " ").capitalize()


def parameter_text(name: str, declared: str, lang: str = "en") -> str:
    """What it is; `declared` in English, or of a name that is no longer declared."""
    found = _parameter(name) if lang == "nb" else None
    return found[1] if found else declared


def _parameter(name: str) -> tuple[str, str] | None:
    for table in (LEVERS_NB, ASSUMPTIONS_NB):
        if name in table:
            return table[name]
    measure, _, aspect = name.rpartition("_")
    if measure in MEASURES and aspect in ASPECTS_NB:
        title, said = ASPECTS_NB[aspect]
        what = MEASURES[measure][1]
        return title.format(what=what), said.format(what=what[:1].lower() + what[1:])
    return None


def parameter_unit(unit: str, lang: str = "en") -> str:
    """The unit of a lever or assumption."""
    return OF_PARAMETERS_NB.get(unit, output_unit(unit, lang)) if lang == "nb" else unit


def choice_word(word: str, lang: str = "en") -> str:
    """One of the choices of a lever."""
    return CHOICES_NB.get(word, word.replace("_", " ")) if lang == "nb" else word.replace("_", " ")


def output_text(name: str, declared: str, lang: str = "en") -> str:
    """What an output is."""
    if lang == "en":
        return declared
    if name in EXPLAINED_NB:
        return EXPLAINED_NB[name][1]
    if name.startswith("tiltak_") and name.removeprefix("tiltak_") in MEASURE_TEXTS_NB:
        return MEASURE_TEXTS_NB[name.removeprefix("tiltak_")]
    stem, _, sector = name.partition("_")
    return (
        BY_SECTOR_NB[stem].format(sector=SECTORS_NB[sector])
        if stem in BY_SECTOR_NB and sector in SECTORS_NB
        else declared
    )


def measure_text(name: str, declared: str, lang: str = "en") -> str:
    """What a measure is."""
    return MEASURE_TEXTS_NB.get(name, declared) if lang == "nb" else declared


def scenario_words(scenario: Mapping[str, Any], lang: str = "en") -> dict[str, str]:
    """title, question and expected of a scenario (or of its declaration in a result), as far as it is one of ours."""
    own = {key: str(scenario.get(key) or "") for key in ("title", "question", "expected")}
    name = str(scenario.get("name") or "")
    own["title"] = own["title"] or name
    if lang == "nb" and name in SCENARIOS_NB:
        english, *norwegian = SCENARIOS_NB[name]
        if own["title"] == english:
            return dict(zip(own, norwegian, strict=True))
    return own
