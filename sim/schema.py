"""How a quantity is declared: once, in one line, with everything a human must know about it.

A `Param` is something a user may set (a lever of policy or an uncertain assumption); a `Column` is something
a unit has. dtype, validation, documentation, file schema and dashboard controls derive from these lines.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeVar

import numpy as np

Evidence = Literal["law", "official", "estimate", "assumption"]
Kind = Literal["lever", "assumption"]
Provenance = Literal["official", "constructed", "supplied"]
T = TypeVar("T", "Param", "Column")


@dataclass(frozen=True)
class Param:
    """A number that a scenario may set: `default` lies in [low, high]; `evidence` says how sure it is."""

    name: str
    default: float
    unit: str
    low: float
    high: float
    source: str
    text: str
    evidence: Evidence = "assumption"
    integer: bool = False
    choices: tuple[str, ...] = ()  # names of the integer values 0, 1, 2 ..., for switches and rules
    kind: Kind = "assumption"
    by_year: tuple[tuple[int, float], ...] = ()  # published values of single years, instead of the default
    inert: float | None = None  # the value at which the mechanism is switched off exactly, where there is one

    def __post_init__(self) -> None:
        if not self.low <= self.default <= self.high:
            raise ValueError(f"{self.name}: default {self.default} is outside {self.low} to {self.high}")


@dataclass(frozen=True)
class Column:
    """A number that every unit (or the nation) has. `shape` is () or (n,); a stock is carried to the next year."""

    name: str
    unit: str
    text: str
    shape: tuple[int, ...] = ()
    integer: bool = False


def record_dtype(columns: Iterable[Column | Param]) -> np.dtype:
    """The numpy record of these declarations: float64, or int64 where a Column is declared `integer`."""
    fields: list[tuple] = []
    for column in columns:
        if isinstance(column, Param):
            fields.append((column.name, "f8"))
            continue
        kind = "i8" if column.integer else "f8"
        fields.append((column.name, kind, column.shape) if column.shape else (column.name, kind))
    return np.dtype(fields, align=True)


def by_name(declarations: Iterable[T]) -> dict[str, T]:
    """Declarations by name; a name declared twice is an error."""
    found: dict[str, T] = {}
    for declaration in declarations:
        if declaration.name in found:
            raise ValueError(f"{declaration.name} is declared twice")
        found[declaration.name] = declaration
    return found
