"""Result, fund and debt of kommuner at the end of 2025: by revenue type, size and register.

Scales are solved so that the published shares hold in expectation: 34 % negative results, 15 % without
fund, each cell's mean fund, the mean result and the mean debt. `v` are the values of the start model (Sources.value).
"""

import math
from collections.abc import Callable, Mapping

import numpy as np

from sim.baseline.parameters import FOND_2024, VALUE

SQRT2 = math.sqrt(2.0)
FOND_2024_SD = 0.1  # log; what a year may change of a fund known for 2024
_erf = np.vectorize(math.erf, otypes=[float])


def normal_cdf(x: np.ndarray) -> np.ndarray:
    """The standard normal distribution function."""
    return 0.5 * (1.0 + _erf(np.asarray(x, float) / SQRT2))


def skew_mean(skew: np.ndarray) -> np.ndarray:
    """Mean of (exp(g z) - 1) / g for a standard normal z."""
    return (np.exp(skew * skew / 2.0) - 1.0) / skew


def share_negative(median: np.ndarray, scale: np.ndarray, skew: np.ndarray) -> np.ndarray:
    """P(median + scale (exp(g z) - 1) / g < 0)."""
    inside = 1.0 - skew * median / scale
    return np.where(inside > 0.0, normal_cdf(np.log(np.maximum(inside, 1e-12)) / skew), 0.0)


def bisect(f: Callable[[float], float], low: float, high: float) -> float:
    """Where the rising function f crosses zero between low and high."""
    for _ in range(60):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if f(middle) < 0.0 else (low, middle)
    return 0.5 * (low + high)


def results(
    p: np.ndarray, size: np.ndarray, persons: np.ndarray, revenue: np.ndarray, cells: dict[str, np.ndarray],
    robek: np.ndarray, known: np.ndarray, v: Mapping[str, float] = VALUE,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:  # fmt: skip
    """Median result by type (units, 3), scale (units,) and skew (3,), shares of revenue.

    Cell means of 2024 move halfway to the common mean (the weakest improved most) and to the level of 2025;
    the scale makes 34 % negative. `known` marks units whose result is published (left out of the sums).
    """
    skew = np.array([v["ndr_skjevhet_andre"], v["ndr_skjevhet"], v["ndr_skjevhet"]])
    kept = v["ndr_treghet_celle"]
    target = v["ndr_uten_oslo"] + kept * (cells["ndr"] - cells["ndr_all"])[:, size].T
    registered = robek > 0
    target = target + np.where(registered & (robek & 12 > 0), v["ndr_robek"], 0.0)[:, None]
    target = target + np.where(registered & (robek & 3 > 0), v["ndr_robek_ab"], 0.0)[:, None]
    weight = np.where(known, 0.0, revenue)
    target = target + v["ndr_uten_oslo"] - (weight @ (p * target).sum(1)) / weight.sum()
    shape = (persons / 10_000.0) ** v["ndr_storrelse"]

    def negative(factor: float) -> float:
        scale = (factor * shape)[:, None]
        return (p * share_negative(target - scale * skew_mean(skew), scale, skew)).sum(1)[~known].mean()

    factor = bisect(lambda f: negative(f) - v["andel_negativ"], 0.005, 0.12)
    scale = factor * shape
    return target - scale[:, None] * skew_mean(skew), np.where(known, 0.0, scale), skew


def funds(
    p: np.ndarray, size: np.ndarray, revenue: np.ndarray, cells: dict[str, np.ndarray], robek: np.ndarray,
    known: np.ndarray, codes: list[str], v: Mapping[str, float] = VALUE,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:  # fmt: skip
    """Log median fund (units, 3 types), its spread, and the threshold below which the fund is empty (units,).

    Registered on c or d: empty. Others: empty with a probability by cell such that 15 % of kommuner are. The
    rest is lognormal with the published mean of the cell, revenue-weighted, empty ones included.
    """
    forced = robek & 12 > 0
    sd = np.array([v["fond_spredning"], v["fond_spredning_natur"], v["fond_spredning_natur"]])
    base = np.array([[0.20, 0.13, 0.04], [0.04, 0.06, 0.05], [0.04, 0.06, 0.05]])  # proportions between cells
    chance = (p * base[:, size].T).sum(1)
    free = ~forced & ~known
    empty = v["andel_uten_fond"] * len(p) - forced.sum()
    chance = np.where(free, np.minimum(chance * empty / chance[free].sum(), 0.6), 0.0)
    threshold = np.where(free, _normal_quantile(np.maximum(chance, 1e-9)), -9.0)
    threshold = np.where(forced, 9.0, threshold)
    fixed = np.array([FOND_2024.get(code, 0.0) for code in codes])
    threshold = np.where(fixed > 0.0, -9.0, threshold)
    log_median = np.zeros((len(p), 3))
    for t in range(3):
        for s in range(3):
            here = size == s
            weight = p[here, t] * np.where(known[here], 0.0, revenue[here])
            positive = np.exp(sd[t] ** 2 / 2.0) * normal_cdf(sd[t] - threshold[here])
            positive = np.where(forced[here] | (fixed[here] > 0.0), 0.0, positive)
            wanted = v["fond_niva"] * cells["fond"][t, s] * weight.sum() - weight @ fixed[here]
            log_median[here, t] = math.log(max(wanted, 0.02 * weight.sum()) / (weight @ positive))
    named = fixed > 0.0
    log_median[named] = np.log(fixed[named])[:, None]
    sds = np.repeat(sd[None, :], len(p), axis=0)
    sds[named] = FOND_2024_SD
    return log_median, sds, threshold


def _normal_quantile(p: np.ndarray) -> np.ndarray:
    low, high = np.full(p.shape, -9.0), np.full(p.shape, 9.0)
    for _ in range(60):
        middle = 0.5 * (low + high)
        below = normal_cdf(middle) < p
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return 0.5 * (low + high)


def debt(growth: np.ndarray, revenue: np.ndarray, known: np.ndarray, v: Mapping[str, float] = VALUE) -> np.ndarray:
    """Log median of own debt per revenue (units,): growing kommuner have built more; mean as given."""
    shape = np.exp(3.0 * (growth - 1.0))
    weight = np.where(known, 0.0, revenue)
    mean = (weight @ shape) / weight.sum() * math.exp(v["lanegjeld_spredning"] ** 2 / 2.0)
    return np.log(shape * v["lanegjeld"] / mean)
