"""What varies in a design: a lever or assumption with its values, or from low to high."""

import math
from dataclasses import dataclass

from sim.scenario.values import Given
from sim.schema import Param


@dataclass(frozen=True)
class Factor:
    """A lever or assumption that varies: over `values`, or from low to high. It holds from the year `since` on."""

    param: Param
    values: tuple[Given, ...] = ()
    low: float = math.nan
    high: float = math.nan
    log: bool = False
    since: int | None = None

    @property
    def name(self) -> str:
        """Of the lever or assumption."""
        return self.param.name

    @property
    def levels(self) -> tuple[Given, ...]:
        """The values, or the two ends."""
        return self.values or (self.low, self.high)

    def at(self, share: float) -> Given:
        """The value at a share from 0 to 1 of the way from low to high, or along the values."""
        if self.values:
            return self.values[min(int(share * len(self.values)), len(self.values) - 1)]
        if self.param.integer:
            return min(math.floor(self.low + share * (self.high - self.low + 1.0)), self.high)
        if self.log:
            return min(max(self.low * (self.high / self.low) ** share, self.low), self.high)
        return min(max(self.low + share * (self.high - self.low), self.low), self.high)
