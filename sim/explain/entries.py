"""The ledger as data: entries in the order of the year, each with its figure, unit, words and paragraph."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from sim.outputs import OUTPUTS
from sim.state import STATE_COLUMNS


@dataclass(frozen=True)
class Entry:
    """One line. `value` is None for a sentence without a figure of its own.

    output: the declared output whose value in the panel this is (the panel stores it as float32). into: the name of
    the total of the same step that the line is added to, times `sign`; a total is itself a line with `total` set.
    """

    step: str
    name: str
    value: float | None
    unit: str
    text: str
    law: str = ""
    output: str = ""
    into: str = ""
    sign: int = 1
    total: bool = False


@dataclass(frozen=True)
class Ledger:
    """A year of one unit in one run."""

    year: int
    entries: tuple[Entry, ...]

    def step(self, step: str) -> list[Entry]:
        """The entries of one step."""
        return [entry for entry in self.entries if entry.step == step]

    def steps(self) -> Iterator[tuple[str, list[Entry]]]:
        """The steps in their order, each with its entries."""
        for step in dict.fromkeys(entry.step for entry in self.entries):
            yield step, self.step(step)

    def entry(self, name: str, step: str = "") -> Entry:
        """The first entry of this name (in this step, if one is named). KeyError if there is none."""
        for entry in self.entries:
            if entry.name == name and step in ("", entry.step):
                return entry
        raise KeyError(name)

    def value(self, name: str, step: str = "") -> float | None:
        """The figure of `entry`."""
        return self.entry(name, step).value

    def to_dict(self) -> dict[str, Any]:
        """For JSON: year and entries; fields that are empty are left out."""
        rows = []
        for entry in self.entries:
            row = asdict(entry)
            rows.append({key: value for key, value in row.items() if value not in ("", False) or key == "value"})
        return {"year": self.year, "entries": rows}


@dataclass
class Page:
    """Collects the entries of one step."""

    step: str
    entries: list[Entry] = field(default_factory=list)

    def say(self, name: str, text: str, law: str = "") -> None:
        """A sentence without a figure of its own."""
        self.entries.append(Entry(self.step, name, None, "", text, law))

    def figure(self, name: str, value: Any, unit: str, text: str, law: str = "", **more: Any) -> None:
        """A figure that no column holds."""
        self.entries.append(Entry(self.step, name, float(value), unit, text, law, **more))

    def column(self, record: Any, name: str, text: str = "", law: str = "", **more: Any) -> None:
        """A column of the state as it stands in this record; the words are those of its declaration by default."""
        column = STATE_COLUMNS[name]
        self.figure(more.pop("named", name), record[name], column.unit, text or column.text, law, **more)

    def final(self, record: Any, name: str, text: str = "", law: str = "", **more: Any) -> None:
        """A column that keeps this value to the end of the year, so that it is what the panel stores."""
        self.column(record, name, text, law, output=name if name in OUTPUTS else "", **more)


def money(value: float) -> str:
    """Kroner in words: '1.23 billion kr', '12.3 million kr', whole kroner below a million."""
    if abs(value) >= 1e9:
        return f"{value / 1e9:,.2f} billion kr"
    return f"{value / 1e6:,.1f} million kr" if abs(value) >= 1e6 else f"{value:,.0f} kr"


def percent(share: float, digits: int = 2) -> str:
    """A share in per cent."""
    return f"{100.0 * share:.{digits}f} %"
