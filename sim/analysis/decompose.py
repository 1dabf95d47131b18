"""How much of the spread comes from the factors and how much from chance, when points share their runs.

With y of point p and run r: mean + a(p) + b(r) + e(p, r). All points have the same runs, so b is common to
them and falls out of every difference between points; what is left of chance in a mean of R runs is e / R.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Parts:
    """Variances of a single run in a single point, in the squared unit of the output; NaN where unknown.

    factors: of the expected output over points (may come out below 0 if it is small); chance: common to all
    points; interaction: chance that works differently in different points; means: of the means over runs
    between points, as observed; noise: the share of `means` that is left-over chance.
    """

    factors: float
    chance: float
    interaction: float
    means: float
    noise: float


def decompose(y: np.ndarray) -> Parts:
    """Two-way analysis of variance without replication. y: (points, runs), complete.

    All three are unbiased. With one run chance cannot be told from the factors, with one point nothing can.
    """
    points, runs = y.shape
    means = float(np.var(y.mean(axis=1), ddof=1)) if points > 1 else np.nan
    if points < 2 or runs < 2:
        return Parts(np.nan, np.nan, np.nan, means, np.nan)
    rest = y - y.mean(axis=1, keepdims=True) - y.mean(axis=0, keepdims=True) + y.mean()
    interaction = float((rest**2).sum() / ((points - 1) * (runs - 1)))
    factors = means - interaction / runs
    chance = float(np.var(y.mean(axis=0), ddof=1)) - interaction / points
    noise = interaction / runs / means if means > 0.0 else np.nan
    return Parts(factors, chance, interaction, means, noise)


def cross(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Mean of u(r) v(s) over pairs of different runs r and s: the product of expectations, free of noise.

    u, v: (..., runs), at least two. The plain product of the means would add the covariance over runs / R.
    """
    runs = u.shape[-1]
    return (u.sum(axis=-1) * v.sum(axis=-1) - (u * v).sum(axis=-1)) / (runs * (runs - 1))
