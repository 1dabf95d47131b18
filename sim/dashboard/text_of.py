"""How a view says its numbers: name, unit, decimals and classes of colour."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from sim.analysis.direction import direction
from sim.dashboard.choice import Choice
from sim.dashboard.values import by_unit, what_is
from sim.dashboard.words import text
from sim.plots.classes import Classes, diverging, sequential, shares
from sim.plots.request import lower, scaled, who_text
from sim.words import number, output_title, signed


@dataclass(frozen=True)
class Shown:
    """The values of a view by unit, in the unit that is printed."""

    title: str
    unit: str
    decimals: int
    values: np.ndarray  # (units,)
    classes: Classes
    differs: bool
    event: bool
    lowest_first: bool

    def said(self, value: float, lang: str) -> str:
        """A value with its unit."""
        if value != value:
            return "–"
        write = signed if self.differs else number
        return f"{write(float(value), self.decimals, lang)}{self.unit_after}"

    @property
    def unit_after(self) -> str:
        """The unit behind a number: only what is short. A difference between percentages is no percentage."""
        return "\N{NO-BREAK SPACE}%" if self.unit.startswith("%") and not self.differs else ""


def shown(choice: Choice) -> Shown:
    """The values of the view; with another result the paired differences. UserError if they cannot be paired."""
    what, lang = what_is(choice.stored, choice.output), choice.lang
    event = what.kind == "event"
    factor, unit, decimals = (1.0, "%", 0) if event else scaled(what, False, lang)
    values = factor * by_unit(choice.stored, choice.output, choice.year, choice.other)
    inside = np.isin(choice.stored.units, choice.who.units)
    those = values[inside]
    differs = choice.other is not None
    low, high = (float(np.nanmin(those)), float(np.nanmax(those))) if len(those) else (0.0, 0.0)
    signs = differs or low < 0.0 < high
    classes = diverging(those) if signs else shares() if event else sequential(those)
    good = not event and direction(choice.output) > 0
    if differs and unit.startswith("%"):
        unit, decimals = text("points", lang), max(1, decimals + 1)
    return Shown(output_title(choice.output, lang), unit, decimals, values, classes, differs, event, good)


def title_in(what: str) -> str:
    """A title inside a sentence."""
    return lower(what)


def group_text(choice: Choice) -> str:
    """The group in words."""
    return who_text(choice.who, choice.lang)


def key_rows(of: Shown, lang: str) -> list[tuple[str, str]]:
    """Colour and words of each class of the map."""
    limits = [f"{number(limit, _decimals(of.classes.limits), lang)}{of.unit_after}" for limit in of.classes.limits]
    if not limits:
        return []
    words = [text("below", lang, value=limits[0])]
    words += [text("between", lang, low=low, high=high) for low, high in pairwise(limits)]
    return list(zip(of.classes.colours, [*words, text("above", lang, value=limits[-1])], strict=True))


def _decimals(limits: tuple[float, ...]) -> int:
    return max((len(f"{abs(limit):g}".partition(".")[2]) for limit in limits), default=0)
