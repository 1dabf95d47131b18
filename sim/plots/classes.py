"""Numbers in few classes of colour, with round limits: a reader tells five shades apart, not fifty."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.plots.style import ABOVE, BELOW, NOTHING, STEPS

TINY = 1e-12  # no limit is drawn for less


@dataclass(frozen=True)
class Classes:
    """`limits` between the classes, ascending; one more colour than limits."""

    limits: tuple[float, ...]
    colours: tuple[str, ...]

    def colour(self, value: float) -> str:
        """Of the class that the value is in; a value on a limit is in the class above it."""
        if value != value:
            return NOTHING
        return self.colours[int(np.searchsorted(self.limits, value, side="right"))]


def round_to(value: float, up: bool = False) -> float:
    """The nearest of 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten (`up`: the next not below)."""
    if abs(value) < TINY or not np.isfinite(value):
        return 0.0
    power = 10.0 ** np.floor(np.log10(abs(value)))
    steps = np.array([1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0])
    scaled = abs(value) / power
    near = steps[steps >= scaled - 1e-9][0] if up else steps[np.abs(steps - scaled).argmin()]
    return float(np.sign(value) * round(near * power, 10))


def sequential(values: Sequence[float] | np.ndarray) -> Classes:
    """Five shades with limits near the quintiles of the values, rounded; fewer if they are the same."""
    known = np.asarray(values, float)
    known = known[np.isfinite(known)]
    if not len(known):
        return Classes((), STEPS[2:3])
    found = [round_to(float(level)) for level in np.quantile(known, (0.2, 0.4, 0.6, 0.8))]
    limits = tuple(sorted({limit for limit in found if known.min() < limit <= known.max()}))
    places = np.linspace(0, len(STEPS) - 1, len(limits) + 1).round().astype(int)
    return Classes(limits, tuple(STEPS[at] for at in places))


def diverging(values: Sequence[float] | np.ndarray) -> Classes:
    """Three shades on each side of zero with the same limits, and a pale one around it."""
    known = np.abs(np.asarray(values, float))
    known = known[np.isfinite(known)]
    reach = round_to(float(np.quantile(known, 0.95)), up=True) if len(known) else 0.0
    if reach == 0.0:
        return Classes((), (NOTHING,))
    steps = [round(reach * part, 12) for part in (0.1, 0.4, 0.8)]
    limits = (*(-step for step in reversed(steps)), *steps)
    return Classes(limits, (*BELOW, NOTHING, *ABOVE))


def shares() -> Classes:
    """Probabilities in per cent."""
    return Classes((1.0, 5.0, 15.0, 30.0), STEPS)
