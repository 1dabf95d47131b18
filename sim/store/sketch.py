"""A summary of many runs in whole numbers, per output, year and unit: added in any order, the same bits.

What is kept, and how far off a quantile can be, stands in sim.kernel.fold. Mean and standard deviation are exact on
the grid (1 kr, or 2^-20 of any other unit); a quantile is off by at most the bin that it lies in, which within what
the first runs saw is 1/64 to 1/16 of half their range.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.outputs import Output
from sim.store.units import QUANTILES

STATISTICS = ("mean", "sd", "min", *QUANTILES, "max")
RULER_RUNS = 100  # of the first scenario: they say where the bins lie
FINE = 2.0**20


@dataclass(frozen=True)
class Ruler:
    """Where the bins of every cell lie: scale (outputs,), middle and half (outputs, years, units) in grid steps."""

    scale: np.ndarray
    middle: np.ndarray
    half: np.ndarray


@dataclass(frozen=True)
class Sketch:
    """counts (outputs, years, units, BINS), sums (..., 5) int64 and ends (..., 2) float32 of the runs so far."""

    counts: np.ndarray
    sums: np.ndarray
    ends: np.ndarray

    def add(self, other: "Sketch") -> None:
        """Adds the runs of another."""
        self.counts[...] += other.counts.astype(self.counts.dtype)
        self.sums[...] += other.sums
        np.minimum(self.ends[..., 0], other.ends[..., 0], out=self.ends[..., 0])
        np.maximum(self.ends[..., 1], other.ends[..., 1], out=self.ends[..., 1])


def grid(outputs: Sequence[Output]) -> np.ndarray:
    """Grid steps per unit of each output: whole kroner, and 2^20 steps of anything else."""
    return np.array([1.0 if output.unit == "kr" else FINE for output in outputs])


def make_ruler(outputs: Sequence[Output], values: np.ndarray) -> Ruler:
    """The ruler of these values (outputs, years, runs, units) float32; at least one run."""
    scale = grid(outputs)
    steps = np.nan_to_num(values.astype(np.float64), posinf=0.0, neginf=0.0) * scale[:, None, None, None]
    least, most = steps.min(axis=2), steps.max(axis=2)
    middle, half = np.rint((least + most) / 2.0), np.rint((most - least) / 2.0)
    for k in range(len(outputs)):
        seen = half[k][half[k] > 0.0]
        half[k][half[k] <= 0.0] = np.median(seen) if seen.size else scale[k]
    return Ruler(scale, middle.astype(np.int64), np.maximum(half, 1.0))


def empty_sketch(shape: tuple[int, ...], kind: type = np.uint16) -> Sketch:
    """No runs yet. shape: (outputs, years, units); `kind` uint16 for a part, int64 for a point."""
    from sim.kernel.fold import BINS

    ends = np.empty((*shape, 2), np.float32)
    ends[..., 0], ends[..., 1] = np.inf, -np.inf
    return Sketch(np.zeros((*shape, BINS), kind), np.zeros((*shape, 5), np.int64), ends)


def describe(sketch: Sketch, ruler: Ruler) -> np.ndarray:
    """The STATISTICS (outputs, years, units, statistics) float64; NaN where there is no value."""
    from sim.kernel import fold

    shape = sketch.counts.shape[:3]
    cells = int(np.prod(shape))
    scale = np.ascontiguousarray(np.broadcast_to(ruler.scale[:, None, None], shape)).reshape(-1)
    out = np.empty((cells, len(STATISTICS)))
    fold.describe(
        sketch.counts.reshape(cells, -1), sketch.sums.reshape(cells, 5), sketch.ends.reshape(cells, 2), scale,
        ruler.middle.reshape(-1), ruler.half.reshape(-1), np.array(list(QUANTILES.values())), out,
    )  # fmt: skip
    return out.reshape(*shape, len(STATISTICS))
