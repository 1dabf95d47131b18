"""A finished figure in another language: its texts by the patterns of sim.words.told, numbers as it writes them."""

import re
from typing import TYPE_CHECKING

from sim.plots.style import localise
from sim.words import output_title, output_unit
from sim.words.outputs import TITLES
from sim.words.told import FIGURE, figures, told
from sim.words.units import UNITS

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NAMES = {english: name for name, (english, _) in TITLES.items()}


def in_language(figure: "Figure", lang: str) -> "Figure":
    """The figure with its words in this language; names, and what no pattern knows, stay as they are."""
    if lang == "en":
        return figure
    from matplotlib.text import Text
    from matplotlib.ticker import Formatter, FuncFormatter, ScalarFormatter

    def speaking(written: Formatter) -> FuncFormatter:
        return FuncFormatter(lambda value, place=None: spoken(str(written(value, place)), lang))

    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            written = axis.get_major_formatter()
            if not isinstance(written, ScalarFormatter):  # labels that were written out
                axis.set_major_formatter(speaking(written))
    localise(figure, lang)
    for text in figure.findobj(Text):
        text.set_text(spoken(text.get_text(), lang))
    return figure


def spoken(text: str, lang: str) -> str:
    """A text of a figure, line by line if it is not known as a whole."""
    if (found := told(text)) is not None:
        return found
    if (name := NAMES.get(" ".join(text.split()))) is not None:
        title = output_title(name, lang)
        return title.replace(" ", "\n", 1) if "\n" in text else title
    if text in UNITS:
        return output_unit(text, lang)
    if re.fullmatch(FIGURE, text):
        return figures(text)
    if "\n" in text:
        return "\n".join(spoken(line, lang) for line in text.split("\n"))
    return text
