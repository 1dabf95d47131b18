"""What a figure is asked for: of which result, about whom, which year and output, in which language."""

from dataclasses import dataclass, field

from sim.analysis.quantity import Quantity, quantity
from sim.analysis.who import Who, everyone
from sim.errors import UserError, printable
from sim.plots.material import Material
from sim.words import number, output_title, output_unit, say


@dataclass(frozen=True)
class Request:
    """`other` is the result compared with `material`; `year` and `output` may be left to the figure."""

    material: Material
    who: Who = field(default_factory=everyone)
    year: int | None = None
    output: str | None = None
    other: Material | None = None
    by: str = "size"

    @property
    def lang(self) -> str:
        """Language of all texts."""
        return self.material.lang

    @property
    def last(self) -> int:
        """The year asked for, else the last one. UserError if the result has not that year."""
        years = self.material.results.years
        if self.year is None:
            return years[-1]
        if self.year not in years:
            raise UserError(f"--year {self.year}: this result has {years[0]} to {years[-1]}.")
        return self.year

    def quantity(self, default: str) -> Quantity:
        """What is shown: the output asked for, else `default`."""
        return quantity(self.material.results, self.output or default)

    def say(self, key: str, **values: object) -> str:
        """A phrase in the language asked for."""
        return say(key, self.lang, **values)

    def number(self, value: float, decimals: int = 0) -> str:
        """A number in the language asked for."""
        return number(value, decimals, self.lang)

    @property
    def who_text(self) -> str:
        """The units in words, with their number."""
        return who_text(self.who, self.lang)

    def named(self, what: Quantity) -> str:
        """Title of a quantity."""
        return output_title(what.name, self.lang)


def who_text(who: Who, lang: str) -> str:
    """Units in words: "357 kommuner", "kommuner in Innlandet", the name of one unit."""
    if who.kind == "unit":
        return printable(who.name)
    if who.kind == "all":
        return say(f"all_{who.name}", lang, n=len(who.units))
    name = say(who.name, lang) if who.kind == "size" else who.name
    return say(f"in_{who.kind}", lang, name=name)


def short_name(who: Who, lang: str) -> str:
    """A group as the heading of a small panel."""
    if who.kind == "size":
        return say("size_panel", lang, name=say(who.name, lang))
    return say("in_sentralitet_panel", lang, name=who.name) if who.kind == "sentralitet" else printable(who.name)


def lower(title: str) -> str:
    """A title inside a sentence: without its capital, unless it is an abbreviation or a name."""
    return title if title[:2].isupper() else title[:1].lower() + title[1:]


def finer(decimals: int, unit: str) -> int:
    """Decimals of a difference: one more than of a level, but not of kroner or of whole things."""
    return decimals + (decimals > 0 or "%" in unit)


def scaled(what: Quantity, group: bool, lang: str) -> tuple[float, str, int]:
    """How a quantity is printed: factor, unit and decimals. Sums of kroner are in millions."""
    if what.kind == "sum" and what.unit == "kr":
        return 1e-6, output_unit("million kr", lang), 0 if group else 1
    if what.kind == "event" and not group:
        return 100.0, say("share_reviewed", lang), 0
    return 1.0, output_unit(what.unit, lang), what.decimals
