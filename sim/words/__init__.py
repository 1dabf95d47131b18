"""Words and numbers for readers, in English (en) and Norwegian (nb). Nothing here knows the model."""

from sim.words.catalogue import LANGUAGES, head, language, say
from sim.words.declared import (
    choice_word,
    measure_text,
    output_text,
    parameter_text,
    parameter_title,
    parameter_unit,
    scenario_words,
)
from sim.words.figures import figure_text
from sim.words.numbers import number, percent, signed
from sim.words.outputs import measure_title, output_title, output_unit
from sim.words.sources import source

__all__ = [
    "LANGUAGES", "choice_word", "figure_text", "head", "language", "measure_text", "measure_title", "number",
    "output_text", "output_title", "output_unit", "parameter_text", "parameter_title", "parameter_unit", "percent", "say",
    "scenario_words", "signed", "source",
]  # fmt: skip
