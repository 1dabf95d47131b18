"""Which factors matter: Sobol, Morris or regression by way of SALib, and the share of chance apart from them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.decompose import decompose
from sim.analysis.sobol import LEVEL, RESAMPLES, SEED, Row, problem, sobol
from sim.errors import UserError, printable

if TYPE_CHECKING:
    import pandas as pd

    from sim.analysis.sample import Sample

MORRIS_LEVELS = 4  # as the design is drawn
LEAST_POINTS = 2  # of a regression, per factor and for the mean
LEAST_RBD = 65  # points that RBD-FAST needs for ten harmonics and a tolerable bias
INDICES = {  # index: (unit or "output", text)
    "S1": ("share of variance", "First-order Sobol index of the mean over runs."),
    "ST": ("share of variance", "Total Sobol index of the mean over runs."),
    "S1_corrected": ("share of variance", "First-order index of the expected output: without left-over chance."),
    "ST_corrected": ("share of variance", "Total index of the expected output: without left-over chance."),
    "mu_star": ("output", "Mean size of the elementary effects over the whole range of the factor (Morris)."),
    "mu": ("output", "Mean of the elementary effects: its sign says which way."),
    "sigma": ("output", "Spread of the elementary effects: large if it is not linear or depends on other factors."),
    "src": ("1", "Standardised regression coefficient."),
    "swing": ("output", "Fitted change of the output from the low to the high end of the factor."),
    "S1_rbd": ("share of variance", "First-order index by random balance designs (RBD-FAST)."),
}


def sensitivity(sample: "Sample", method: str | None = None) -> "tuple[pd.DataFrame, pd.DataFrame, list[str]]":
    """Indices, parts of the variance, and sentences about what could not be had.

    method: sobol, morris, regression, or None for that of the design. Indices: rows output, factor, index with
    value, low, high (95 %); parts: a row per output. An output that is the same at every point has no index:
    it is left out and said; UserError if that is all of them, or if the method does not fit the design.
    """
    import pandas as pd

    name = method or {"sobol": "sobol", "morris": "morris"}.get(sample.sampling, "regression")
    if name not in METHODS:
        raise UserError(f"--method {printable(name)}: choose one of {', '.join(METHODS)}.")
    if name != "regression" and sample.sampling != name:
        raise UserError(f"--method {name}: the design is {sample.sampling}, not {name}; choose --method regression.")
    rows: list[dict] = []
    parts: list[dict] = []
    notes = []
    for output, y in sample.y.items():
        means = y.mean(axis=1)
        if np.ptp(means) <= 1e-12 * max(1.0, float(np.abs(means).max())):
            notes.append(f"{output} in {sample.year} is the same at every point: it has no index.")
            continue
        head = {"scenario": sample.scenario, "year": sample.year, "output": output, "unit": sample.units[output]}
        rows += [head | {"method": name} | row for row in METHODS[name](sample, y)]
        parts.append(head | {"points": len(y), "runs": y.shape[1]} | vars(decompose(y)) | fit(sample.x, means))
    if not rows:
        points = f"{len(sample.x):,} point{'s' if len(sample.x) != 1 else ''}"
        raise UserError(
            f"{', '.join(sample.y)} in {sample.year}: none of them differs between the {points}; nothing is there to "
            "explain; choose a later year, other outputs or more runs."
        )
    return pd.DataFrame(rows), pd.DataFrame(parts), notes


def morris(sample: "Sample", y: np.ndarray) -> list[Row]:
    """mu_star with its interval, mu and sigma of the means over runs; effects over the whole range of a factor."""
    from SALib.analyze import morris as salib

    k = len(sample.factors)
    if len(y) % (k + 1):
        raise UserError(f"{len(y)} points are no Morris design of {k} factors, which has a multiple of {k + 1}.")
    places = sample.shares if sample.shares is not None else sample.x  # a choice has a place, not a size
    found = salib.analyze(
        problem(sample), places, y.mean(axis=1), conf_level=LEVEL, num_resamples=RESAMPLES,
        num_levels=MORRIS_LEVELS, seed=SEED,
    )  # fmt: skip
    rows: list[Row] = []
    for at, factor in enumerate(sample.factors):
        value, half = float(found["mu_star"][at]), float(found["mu_star_conf"][at])
        rows.append({"factor": factor, "index": "mu_star", "value": value, "low": value - half, "high": value + half})
        for index in ("mu", "sigma"):
            rows.append({
                "factor": factor, "index": index, "value": float(found[index][at]), "low": np.nan, "high": np.nan,
            })  # fmt: skip
    return rows


def regression(sample: "Sample", y: np.ndarray) -> list[Row]:
    """src and swing by least squares, intervals by resampling points; S1_rbd where there are points enough.

    The slopes are our own, for SALib has no linear regression: of its methods for a given sample RBD-FAST is used; HDMR
    (least squares on splines) and its successor raise errors in SALib 1.6; DELTA, PAWN and RSA compare
    distributions and have neither sign nor unit. A slope says which way and by how much, which is what one asks of a
    policy, and r2 beside it how far straight lines may be believed.
    """
    x, means = sample.x, y.mean(axis=1)
    refuse_unfit(sample, x)
    rng = np.random.default_rng(SEED)
    picks = rng.integers(0, len(x), (RESAMPLES, len(x)))
    draws = np.array([slopes(x[pick], means[pick]) for pick in picks])
    span = x.max(axis=0) - x.min(axis=0)
    spread = x.std(axis=0, ddof=1) / means.std(ddof=1)
    rows: list[Row] = []
    for index, factor in (("src", spread), ("swing", span)):
        value = slopes(x, means) * factor
        ends = np.nanquantile(draws * factor, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
        rows += [
            {"factor": name, "index": index, "value": float(v), "low": float(low), "high": float(high)}
            for name, v, low, high in zip(sample.factors, value, ends[0], ends[1], strict=True)
        ]
    return rows + (rbd(sample, means) if len(x) >= LEAST_RBD and sample.sampling in ("free", "lhs") else [])


def rbd(sample: "Sample", means: np.ndarray) -> list[Row]:
    """S1 by SALib's RBD-FAST, for points drawn over the whole space; no index is assumed to be linear."""
    from SALib.analyze import rbd_fast

    found = rbd_fast.analyze(
        problem(sample), sample.x, means, num_resamples=RESAMPLES // 5, conf_level=LEVEL, seed=SEED
    )
    return [
        {
            "factor": name, "index": "S1_rbd", "value": float(value), "low": float(value - half),
            "high": float(value + half),
        }
        for name, value, half in zip(sample.factors, found["S1"], found["S1_conf"], strict=True)
    ]  # fmt: skip


def slopes(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Least-squares slopes of y on the columns of x and a constant; NaN if they cannot be told apart."""
    design = np.column_stack([np.ones(len(x)), x - x.mean(axis=0)])
    scale = np.maximum(np.abs(design).max(axis=0), 1e-300)
    found, _, rank, _ = np.linalg.lstsq(design / scale, y, rcond=None)
    return found[1:] / scale[1:] if rank == design.shape[1] else np.full(x.shape[1], np.nan)


def fit(x: np.ndarray, y: np.ndarray) -> dict[str, float]:
    """`r2`: the share of variance between points that a straight line in every factor fits; NaN if there is none."""
    found = slopes(x, y)
    rest = y - y.mean() - (x - x.mean(axis=0)) @ found
    return {"r2": float(1.0 - (rest**2).sum() / ((y - y.mean()) ** 2).sum())}


def refuse_unfit(sample: "Sample", x: np.ndarray) -> None:
    """UserError if a regression has too few points, or factors that cannot be told apart."""
    least = LEAST_POINTS * (len(sample.factors) + 1)
    if len(x) < least:
        raise UserError(
            f"{len(x)} points are too few for a regression on {len(sample.factors)} factors; have at least {least} "
            "(of a plain result a run is a point, and `extend` adds runs)."
        )
    if np.isnan(slopes(x, np.arange(len(x), dtype=float))).any():
        raise UserError(
            "the factors cannot be told apart: one of them is constant or follows from the others; "
            "vary them on their own."
        )


METHODS: dict[str, Callable[["Sample", np.ndarray], list[Row]]] = {
    "sobol": sobol, "morris": morris, "regression": regression,
}  # fmt: skip
