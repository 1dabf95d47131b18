"""A published fact, and the rule of the verdict.

The rule was set before looking: a fact passes if the interval published +- slack (or its bounds) and the simulated
5-95 % interval over runs have a point in common. slack is the published uncertainty (rounding, sample, another concept
of the figure) and never less than that. Of a fact that is only a sign, the simulated median must have the sign.
`in_sample` marks facts that the start accounts, a default parameter or the calibrated set were fitted to.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

import numpy as np

P_contra = TypeVar("P_contra", contravariant=True)
On = Literal["baseline", "backtest", "response", "method"]
GROUPS = {  # where a fact is measured: in words
    "baseline": "the start and the decade ahead",
    "backtest": "2024 and 2025 from the accounts of 2023",
    "response": "what follows a lasting rise of revenue, and stays in the register",
    "method": "TBU's method, no chance in it",
}

LAST_VALUE = "the last published value"


@dataclass(frozen=True)
class Fact(Generic[P_contra]):
    """A published number and how the simulation measures the same: a function to one value per run.

    `on` says what is measured: Paths of the baseline or the backtest, a Response, or nothing simulated.
    """

    id: str
    statement: str
    unit: str
    year: int
    published: float
    slack: float
    source: str
    in_sample: bool
    measure: Callable[[P_contra], np.ndarray]
    benchmark: float | None = None  # what a naive forecast would have said
    why: str = ""  # a sentence on a known failure
    on: On = "baseline"
    bounds: tuple[float, float] | None = None  # instead of published +- slack
    sign: bool = False  # only the sign is published: `bounds` are one side of 0
    naive: str = ""  # what the naive forecast is, or why there is none

    @property
    def naive_is(self) -> str:
        """What the benchmark is in words, or why there is none."""
        if self.naive:
            return self.naive
        return LAST_VALUE if self.benchmark is not None else ""

    @property
    def low(self) -> float:
        """The least value that is still as published."""
        return self.bounds[0] if self.bounds else self.published - self.slack

    @property
    def high(self) -> float:
        """The greatest."""
        return self.bounds[1] if self.bounds else self.published + self.slack
