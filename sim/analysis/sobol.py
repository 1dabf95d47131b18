"""Sobol indices: SALib's on the means over runs, and the same indices without the noise of the replicates.

The index of a mean over R runs counts left-over chance as variance: S1 comes out too low and ST too high. The
corrected indices replace every product of two means by the mean of products over pairs of different runs
(sim.analysis.decompose.cross), which has the expectation of the product without noise, whatever the points
share. They are indices of the expected output.
"""

from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.decompose import cross
from sim.errors import UserError

if TYPE_CHECKING:
    from sim.analysis.sample import Sample

RESAMPLES = 500  # for the intervals
LEVEL = 0.95
SEED = 20260101  # of the resampling: the same intervals every time
Row = dict[str, float | str]


def problem(sample: "Sample") -> dict:
    """The factors as SALib describes them."""
    return {
        "num_vars": len(sample.factors),
        "names": list(sample.factors),
        "bounds": [[float(low), float(high)] for low, high in sample.bounds],
    }


def sobol(sample: "Sample", y: np.ndarray) -> list[Row]:
    """Rows of factor, index (S1, ST, S1_corrected, ST_corrected), value, low, high.

    y: (points, runs) in SALib's order of a Saltelli design without second order. UserError if the number of
    points is no such design. With one run nothing can be corrected, and those rows are left out.
    """
    from SALib.analyze import sobol as salib

    k = len(sample.factors)
    if len(y) % (k + 2):
        raise UserError(
            f"{len(y)} points are no Sobol design of {k} factors, which has a multiple of {k + 2}; "
            "choose --method regression."
        )
    means = y.mean(axis=1)
    found = salib.analyze(
        problem(sample), means, calc_second_order=False, num_resamples=RESAMPLES, conf_level=LEVEL, seed=SEED
    )
    rows: list[Row] = []
    for at, factor in enumerate(sample.factors):
        for index in ("S1", "ST"):
            value, half = float(found[index][at]), float(found[f"{index}_conf"][at])
            rows.append({"factor": factor, "index": index, "value": value, "low": value - half, "high": value + half})
    return rows + (corrected(sample.factors, y) if y.shape[1] > 1 else [])


def corrected(factors: tuple[str, ...], y: np.ndarray) -> list[Row]:
    """S1 and ST of the expected output, with bootstrap intervals over the base samples."""
    first, total, variance = _terms(y.reshape(-1, len(factors) + 2, y.shape[1]))
    rng = np.random.default_rng(SEED)
    picks = rng.integers(0, len(first), (RESAMPLES, len(first)))
    rows: list[Row] = []
    for index, terms in (("S1_corrected", first), ("ST_corrected", total)):
        whole = _ratio(terms.mean(axis=0), variance.mean())
        draws = np.array([_ratio(terms[pick].mean(axis=0), variance[pick].mean()) for pick in picks])
        low, high = np.nanquantile(draws, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
        rows += [
            {"factor": factor, "index": index, "value": float(v), "low": float(a), "high": float(b)}
            for factor, v, a, b in zip(factors, whole, low, high, strict=True)
        ]
    return rows


def _terms(blocks: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What the indices are means of, per base sample: first and total (base samples, factors), variance.

    blocks: (base samples, factors + 2, runs), in each A, AB_1 .. AB_k, B. Centred as SALib does, on all of them.
    """
    a, ab, b = blocks[:, :1], blocks[:, 1:-1], blocks[:, -1:]
    both = blocks[:, [0, -1]]
    centred = both - both.mean(axis=(0, 1))
    first = cross(b - blocks.mean(axis=(0, 1)), ab - a)
    return first, 0.5 * cross(a - ab, a - ab), cross(centred, centred).mean(axis=1)


def _ratio(terms: np.ndarray, variance: float) -> np.ndarray:
    """NaN if the factors explain nothing."""
    return terms / variance if variance > 0.0 else np.full_like(terms, np.nan)
