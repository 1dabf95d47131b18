"""Array columns by name: a mapping that reads and writes the state it stands for."""

from collections.abc import Callable, Hashable, Iterator, Mapping, MutableMapping
from difflib import get_close_matches
from typing import Any

import numpy as np

from sim.errors import printable
from sim.schema import Column
from sim.state import AGE_GROUPS


def near(name: object, known: Any) -> str:
    """A question that names the nearest of the known names, after a space; or nothing."""
    found = get_close_matches(str(name), [str(one) for one in known], n=1)
    return f" Did you mean '{found[0]}'?" if found else ""


def checked(column: Column, value: Any) -> float | int:
    """`value` as it may stand in this column: a finite number; whole kroner are kept whole.

    ValueError if it is not a finite number, or is below 0 where the column is a number of people or things.
    """
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise ValueError(f"{column.name} = {printable(value)} is not a number.") from None
    if not np.isfinite(number):
        raise ValueError(f"{column.name} = {number} is not a finite number.")
    if number < 0.0 and (column.unit.split()[0] in COUNTS or column.name in STOCKS):
        raise ValueError(f"{column.name} = {number:.12g} is below 0; it is {column.unit}: {column.text}")
    if column.integer:
        if number != int(number):
            raise ValueError(f"{column.name} = {number:.12g} is not a whole number.")
        return int(number)
    return float(np.floor(number + 0.5)) if column.unit == "kr" else number


COUNTS = ("persons", "pupils", "schools", "bits")
STOCKS = (  # never below 0 (law.md § 6)
    "disposisjonsfond", "bundne_fond", "ubundet_investeringsfond", "bundet_investeringsfond", "merforbruk",
    "merforbruk_argang", "udekket_investering", "ubrukte_lanemidler", "lanegjeld", "anleggsmidler",
    "budsjett_utgifter",
)  # fmt: skip


class Cells(MutableMapping):
    """An array column by name, e.g. alder["6-15"]; assigning writes the state through `write(index, value)`.

    KeyError, with the nearest name, for a name that is not there.
    """

    __slots__ = ("_column", "_places", "_values", "_write")

    def __init__(
        self,
        column: Column,
        values: np.ndarray,
        places: Mapping[Hashable, int],
        write: Callable[[int, float], None],
    ) -> None:
        self._column, self._values, self._places, self._write = column, values, places, write

    def _place(self, name: Hashable) -> int:
        place = self._places.get(name)
        if place is None:
            known = ", ".join(str(one) for one in self._places)
            raise KeyError(f"{self._column.name} has no {printable(name)!r}; it has {known}.")
        return place

    def __getitem__(self, name: Hashable) -> float:
        return float(self._values[self._place(name)])

    def __setitem__(self, name: Hashable, value: float) -> None:
        self._write(self._place(name), value)

    def __delitem__(self, name: Hashable) -> None:
        raise TypeError(f"{self._column.name} always has the same names; assign 0 instead.")

    def __iter__(self) -> Iterator[Any]:
        return iter(self._places)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        return f"{self._column.name}({dict(self)})"


class Vintages(Cells):
    """Amounts by the year they arose. Any year of the column can be read and written; those at 0 are not listed."""

    __slots__ = ()

    def __iter__(self) -> Iterator[Any]:
        return (year for year, place in self._places.items() if self._values[place] != 0.0)

    def __delitem__(self, name: Hashable) -> None:
        self._write(self._place(name), 0.0)


AGES: dict[Hashable, int] = {name: index for index, name in enumerate(AGE_GROUPS)}
