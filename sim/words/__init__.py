"""Words and numbers for readers, in English (en) and Norwegian (nb). Nothing here knows the model."""

from sim.words.catalogue import LANGUAGES, head, language, say
from sim.words.figures import figure_text
from sim.words.numbers import number, percent, signed
from sim.words.outputs import measure_title, output_title, output_unit

__all__ = [
    "LANGUAGES", "figure_text", "head", "language", "measure_title", "number", "output_title", "output_unit", "percent", "say", "signed",
]  # fmt: skip
