"""A unit as a Mesa agent: a thin view of its record in the state.

Every column of sim.state.STATE is an attribute that reads and writes the state; every declared output of
sim.outputs can be read. Nothing is stored here, so there is nothing that could disagree with the kernel.
"""

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

from agents.cells import AGES, Cells, Vintages, checked, near
from agents.mesa_api import Agent
from sim.errors import printable
from sim.measures import MEASURES
from sim.outputs import OUTPUTS
from sim.schema import Column
from sim.state import (
    N_LAGS,
    ROBEK_LETTERS,
    SECTORS_FYLKE,
    SECTORS_KOMMUNE,
    STATE,
    STATE_COLUMNS,
    WORLD,
)

if TYPE_CHECKING:
    from agents.model import KommuneModel

CAPITAL = {  # arbeidskapital is the sum of these (identities I10 and I11, law.md § 6)
    "disposisjonsfond": 1, "bundne_fond": 1, "ubundet_investeringsfond": 1, "bundet_investeringsfond": 1,
    "ubrukte_lanemidler": 1, "merforbruk": -1, "udekket_investering": -1,
}  # fmt: skip
BY_YEAR = ("merforbruk_argang", "premieavvik_argang", "premieavvik_ar_argang")
PLACES: dict[str, Mapping[Hashable, int]] = {
    "alder": AGES,
    "tiltak": {measure.name: index for index, measure in enumerate(MEASURES)},
    "skoler_vedtatt": {lag + 1: lag for lag in range(N_LAGS)},  # due in so many years
}
MESA_OWN = {"model", "unique_id", "pos", "cell"}  # set by Mesa itself


def _column_property(column: Column) -> property:
    name = column.name
    if column.shape:

        def read(self: "Unit") -> Any:
            return self._cells(column)

        def write(self: "Unit", value: Any) -> None:
            self._write_all(column, value)

    else:

        def read(self: "Unit") -> Any:
            return self._record[name].item()

        def write(self: "Unit", value: Any) -> None:
            self._write(column, value)

    return property(read, write, doc=f"{column.text} [{column.unit}]")


def _world_property(name: str, doc: str) -> property:
    return property(lambda self: self._world[name].item(), doc=doc)


class Unit(Agent):
    """What kommuner and fylkeskommuner have in common.

    Writing keeps what must agree in agreement: funds and deficits move arbeidskapital, merforbruk and its
    vintages move each other, people and age groups too. A misspelt attribute raises AttributeError, read or written.
    """

    sectors: tuple[str, ...] = ()

    def __init__(self, model: "KommuneModel", index: int, kommunenummer: str, name: str) -> None:
        self._index, self._kommunenummer, self._name = index, kommunenummer, name
        self._record = model.state.units[0, index]  # a view: reads and writes the array
        self._world = model.world.units[index]
        super().__init__(model)

    # who it is

    @property
    def kommunenummer(self) -> str:
        """Four digits; of a fylkeskommune the two of its fylke."""
        return self._kommunenummer

    @property
    def name(self) -> str:
        """Its name in Norwegian."""
        return self._name

    @property
    def fylke(self) -> str:
        """The name of the fylke it lies in."""
        return self.model.fylker[int(self._world["fylke"])]

    @property
    def neighbours(self) -> list["Unit"]:
        """The eight nearest units of the same kind, nearest first."""
        return [self.model.units[index] for index in self._world["naboer"]]

    @property
    def peers(self) -> list["Unit"]:
        """The eight most alike in size group, revenue type, inhabitants and centrality, most alike first."""
        return [self.model.units[index] for index in self._world["sammenlignbare"]]

    # register and measures

    @property
    def robek(self) -> bool:
        """Registered in ROBEK after the review of the year's accounts."""
        return bool(self._record["robek_grunnlag"])

    @property
    def robek_letters(self) -> frozenset[str]:
        """The grounds of kommuneloven § 28-1 on which it is registered, as letters a to g; can be assigned."""
        bits = int(self._record["robek_grunnlag"])
        return frozenset(letter for bit, letter in enumerate(ROBEK_LETTERS) if bits >> bit & 1)

    @robek_letters.setter
    def robek_letters(self, letters: Any) -> None:
        wrong = [letter for letter in letters if letter not in tuple(ROBEK_LETTERS)]
        if wrong:
            raise ValueError(f"{printable(wrong[0])!r} is not a ground of § 28-1; those are a to g.")
        self._record["robek_grunnlag"] = sum(1 << ROBEK_LETTERS.index(letter) for letter in set(letters))

    @property
    def measures_taken(self) -> dict[str, float]:
        """Measure -> kr, of those adopted for the coming year with more than 0 kr."""
        return {name: amount for name, amount in self.tiltak.items() if amount > 0.0}

    # reading and writing the record

    def _cells(self, column: Column) -> Cells:
        values, name = self._record[column.name], column.name
        if name in BY_YEAR:
            year = self.model.year
            return Vintages(column, values, {year - age: age for age in range(len(values))}, self._writer(column))
        places = PLACES.get(name) or _by_sector(self.sectors)
        return Cells(column, values, places, self._writer(column))

    def _writer(self, column: Column) -> Any:
        return lambda index, value: self._write_cell(column, index, checked(column, value))

    def _write_cell(self, column: Column, index: int, number: float) -> None:
        rise = number - float(self._record[column.name][index])
        self._record[column.name][index] = number
        if column.name == "merforbruk_argang":
            self._record["merforbruk"] += rise
            self._record["arbeidskapital"] -= rise
        elif column.name == "alder":
            self._people_changed(index, rise)

    def _people_changed(self, group: int, rise: float) -> None:
        self._record["folketall"] += rise

    def _write_all(self, column: Column, values: Any) -> None:
        """All places at once, from a mapping; of vintages those that are not named become 0."""
        cells = self._cells(column)
        if not isinstance(values, Mapping):
            raise ValueError(f"{column.name} takes a mapping like {{{next(iter(cells._places))!r}: 1}}.")
        new = {cells._place(name): checked(column, value) for name, value in values.items()}
        if isinstance(cells, Vintages):
            new = dict.fromkeys(cells._places.values(), 0.0) | new
        for index, number in new.items():
            self._write_cell(column, index, number)

    def _write(self, column: Column, value: Any) -> None:
        number, name = checked(column, value), column.name
        rise = number - self._record[name].item()
        if name == "folketall":
            self._scale_people(number)
        elif name == "merforbruk":
            self._set_merforbruk(rise)
        else:
            self._record[name] = number
            self._record["arbeidskapital"] += CAPITAL.get(name, 0) * rise

    def _set_merforbruk(self, rise: float) -> None:
        """More is a deficit of this accounts year; less is covered oldest first (kommuneloven § 14-11)."""
        column, vintages = STATE_COLUMNS["merforbruk_argang"], self._record["merforbruk_argang"]
        if rise > 0.0:
            self._write_cell(column, 0, float(vintages[0]) + rise)
            return
        for age in range(len(vintages) - 1, -1, -1):
            paid = min(float(vintages[age]), -rise)
            self._write_cell(column, age, float(vintages[age]) - paid)
            rise += paid

    def _scale_people(self, number: float) -> None:
        """Every age group grows by the same factor."""
        before = self._record["alder"].copy()
        if before.sum() <= 0.0:
            raise ValueError("folketall cannot be set where there is nobody; set alder instead.")
        for group, persons in enumerate(before):
            self._write_cell(STATE_COLUMNS["alder"], group, float(persons * (number / before.sum())))
        self._record["folketall"] = number  # not what rounding made of the sum

    def __getattr__(self, name: str) -> Any:
        """Declared outputs; called only for what is not an attribute."""
        if name.startswith("_"):
            raise AttributeError(name)
        if name in OUTPUTS:
            return self.model.output(name, self._index)
        raise AttributeError(f"{type(self).__name__} has no {name!r}.{near(name, _known(type(self)))}")

    def __setattr__(self, name: str, value: Any) -> None:
        if name in MESA_OWN or name.startswith("_") or hasattr(type(self), name):
            object.__setattr__(self, name, value)
            return
        if name in OUTPUTS:
            raise AttributeError(f"{name} is computed from the state; set what it is computed from.")
        raise AttributeError(f"{type(self).__name__} has no {name!r}.{near(name, _known(type(self)))}")

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._kommunenummer} {self._name}>"


def _by_sector(sectors: tuple[str, ...]) -> dict[Hashable, int]:
    return {name: index for index, name in enumerate(sectors) if name != "ikke_i_bruk"}


def _known(kind: type) -> list[str]:
    return [name for name in {*dir(kind), *OUTPUTS} if not name.startswith("_")]


for _column in STATE:
    setattr(Unit, _column.name, _column_property(_column))
for _given in WORLD:
    if _given.name not in ("kode", "er_fylke", "fylke", "naboer") and not _given.shape:
        setattr(Unit, _given.name, _world_property(_given.name, f"{_given.text} [{_given.unit}] Read only."))


class Kommune(Unit):
    """One of the 357 kommuner."""

    sectors = SECTORS_KOMMUNE

    @property
    def fylkeskommune(self) -> "Fylkeskommune":
        """The fylkeskommune of its fylke."""
        return self.model.units[self.model.n_kommuner + int(self._world["fylke"])]

    def _people_changed(self, group: int, rise: float) -> None:
        super()._people_changed(group, rise)
        county = self.fylkeskommune._record  # has the people of its kommuner
        county["alder"][group] += rise
        county["folketall"] += rise


class Fylkeskommune(Unit):
    """One of the 15 fylkeskommuner; its people are those of its kommuner."""

    sectors = SECTORS_FYLKE

    @property
    def kommuner(self) -> list[Kommune]:
        """The kommuner of its fylke."""
        own = int(self._world["fylke"])
        return [k for k in self.model.units[: self.model.n_kommuner] if int(k._world["fylke"]) == own]
