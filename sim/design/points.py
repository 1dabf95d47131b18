"""The points of a design, made when they are asked for: at most a number per point and factor is held."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import TYPE_CHECKING, overload

from sim.design.factor import Factor
from sim.scenario.values import Given

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True)
class Point:
    """One base (its place in the design) with settings; `shares` is where a sampled point lies, a number per factor."""

    number: int
    base: int
    settings: Mapping[str, Given]
    shares: tuple[float, ...] = ()


@dataclass(frozen=True)
class Computed(ABC):
    """Points that follow from the levels of the factors; base by base."""

    factors: tuple[Factor, ...]
    bases: int

    def __len__(self) -> int:
        return self.bases * self.each

    @cached_property
    @abstractmethod
    def each(self) -> int:
        """Points of a base."""

    @abstractmethod
    def settings(self, at: int) -> dict[str, Given]:
        """Of the point at this place in a base."""

    def point(self, number: int) -> Point:
        """The point of this number."""
        base, at = divmod(number, self.each)
        return Point(number, base, self.settings(at))

    def makes_sense(self) -> bool:
        """True: there is nothing that could be wrong."""
        return True


@dataclass(frozen=True)
class Grid(Computed):
    """Every combination of levels, the last factor changing fastest."""

    @cached_property
    def each(self) -> int:
        return prod(len(factor.levels) for factor in self.factors)

    def settings(self, at: int) -> dict[str, Given]:
        found = {}
        for factor in reversed(self.factors):
            at, level = divmod(at, len(factor.levels))
            found[factor.name] = factor.levels[level]
        return {factor.name: found[factor.name] for factor in self.factors}


@dataclass(frozen=True)
class OneAtATime(Computed):
    """The base as it is, then each level of each factor alone."""

    @cached_property
    def each(self) -> int:
        return 1 + sum(len(factor.levels) for factor in self.factors)

    def settings(self, at: int) -> dict[str, Given]:
        for factor in self.factors:
            if 0 < at <= len(factor.levels):
                return {factor.name: factor.levels[at - 1]}
            at -= len(factor.levels)
        return {}


@dataclass(frozen=True, eq=False)
class Sampled:
    """Places in the unit cube, (points of a base, factors) from 0 to 1, the same for every base; base by base."""

    factors: tuple[Factor, ...]
    bases: int
    shares: "np.ndarray"

    def __len__(self) -> int:
        return self.bases * len(self.shares)

    def point(self, number: int) -> Point:
        """The point of this number."""
        base, at = divmod(number, len(self.shares))
        shares = tuple(self.shares[at].tolist())
        settings = {factor.name: factor.at(share) for factor, share in zip(self.factors, shares, strict=True)}
        return Point(number, base, settings, shares)

    def makes_sense(self) -> bool:
        """True if every place is in the cube."""
        return bool(((self.shares >= 0.0) & (self.shares <= 1.0)).all())


@dataclass(frozen=True, eq=False)
class Listed:
    """Rows of a table: in (rows, factors) the places of the values; chosen (rows,): the base of each, or none: all."""

    factors: tuple[Factor, ...]
    bases: int
    values: "np.ndarray"
    chosen: "np.ndarray | None" = None

    def __len__(self) -> int:
        return len(self.values) * (self.bases if self.chosen is None else 1)

    def point(self, number: int) -> Point:
        """The point of this number."""
        row, base = divmod(number, self.bases) if self.chosen is None else (number, int(self.chosen[number]))
        places = self.values[row].tolist()
        return Point(number, base, {f.name: f.values[at] for f, at in zip(self.factors, places, strict=True)})

    def makes_sense(self) -> bool:
        """True if every row names values and a base that there are."""
        most = [len(factor.values) for factor in self.factors]
        whole = (self.values >= 0) & (self.values < most)
        return bool(whole.all() and (self.chosen is None or ((self.chosen >= 0) & (self.chosen < self.bases)).all()))


@dataclass(frozen=True, eq=False)
class Points(Sequence[Point]):
    """A sequence of the points that `plan` describes; none of them is held."""

    plan: Grid | OneAtATime | Sampled | Listed

    def __len__(self) -> int:
        return len(self.plan)

    @overload
    def __getitem__(self, number: int) -> Point: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[Point, ...]: ...
    def __getitem__(self, number: int | slice) -> Point | tuple[Point, ...]:
        if isinstance(number, slice):
            return tuple(self.plan.point(at) for at in range(*number.indices(len(self))))
        if not -len(self) <= number < len(self):
            raise IndexError(number)
        return self.plan.point(number % len(self))

    def __iter__(self) -> Iterator[Point]:
        return map(self.plan.point, range(len(self)))
