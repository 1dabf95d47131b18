"""The nation of one run by name: a thin view of its record."""

from typing import Any

import numpy as np

from agents.cells import AGES, Cells, checked, near
from sim.schema import Column
from sim.state import NATION, SECTORS_FYLKE, SECTORS_KOMMUNE


class Nation:
    """What the nation has (sim.state.NATION) as attributes that read and write the state of one run."""

    __slots__ = ("_record",)

    def __init__(self, record: np.void) -> None:
        object.__setattr__(self, "_record", record)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"the nation has no {name!r}.{near(name, [one.name for one in NATION])}")

    def __setattr__(self, name: str, value: Any) -> None:
        if not isinstance(getattr(type(self), name, None), property):
            self.__getattr__(name)
        object.__setattr__(self, name, value)


def _places(column: Column) -> dict:
    if column.name == "standard":
        return {name: index for index, name in enumerate(SECTORS_KOMMUNE)}
    if column.name == "standard_fylke":
        return {name: index for index, name in enumerate(SECTORS_FYLKE) if name != "ikke_i_bruk"}
    if column.name.endswith("_argang"):  # by age in years: "0" arose this year
        return {str(age): age for age in range(column.shape[0])}
    return AGES


def _property(column: Column) -> property:
    doc = f"{column.text} [{column.unit}]"
    if not column.shape:

        def write(self: Nation, value: Any) -> None:
            self._record[column.name] = checked(column, value)

        return property(lambda self: self._record[column.name].item(), write, doc=doc)

    places = _places(column)

    def cells(self: Nation) -> Cells:
        values = self._record[column.name]
        return Cells(column, values, places, lambda at, value: values.__setitem__(at, checked(column, value)))

    return property(cells, doc=doc)


for _column in NATION:
    setattr(Nation, _column.name, _property(_column))
