"""History matching in waves: a space-filling design, then new candidates where the last wave came near.

Wave 1 is a scrambled Sobol design over the prior. Each later wave resamples the nearest sets of the one before and
shakes them (Beaumont et al. 2009, population Monte Carlo): a normal step with twice their covariance, cut at the prior.
A weight, prior density over proposal density, undoes what the proposal prefers. Everything is a function of the seed.
"""

from dataclasses import dataclass

import numpy as np

NEAREST = 0.12  # share of a wave that the next one starts from
FLOOR = 1e-4  # of the variance of a uniform, so that no direction dies


@dataclass(frozen=True)
class Wave:
    """Points (n, d) of the unit cube, and their weights (n,), which sum to 1."""

    points: np.ndarray
    weights: np.ndarray


def first_wave(count: int, dimensions: int, seed: int) -> Wave:
    """A scrambled Sobol design; `count` need not be a power of two."""
    from scipy.stats import qmc

    power = int(np.ceil(np.log2(max(2, count))))
    points = qmc.Sobol(dimensions, scramble=True, rng=np.random.default_rng([seed, 1])).random_base2(power)
    return Wave(points[:count], np.full(count, 1.0 / count))


def next_wave(wave: Wave, distance: np.ndarray, count: int, seed: int, number: int) -> Wave:
    """The wave `number` (2, 3, ...) from the nearest sets of `wave`; distance (n,) is NaN for a set to leave out."""
    chance = np.random.default_rng([seed, number])
    order = np.argsort(distance, kind="stable")
    order = order[np.isfinite(distance[order])]
    parents = order[: max(2 * wave.points.shape[1], int(np.ceil(NEAREST * len(order))))]
    centres = wave.points[parents]
    weights = wave.weights[parents] / wave.weights[parents].sum()
    mean = weights @ centres
    covariance = 2.0 * (centres - mean).T @ ((centres - mean) * weights[:, None])
    covariance += FLOOR / 12.0 * np.eye(len(mean))
    root = np.linalg.cholesky(covariance)
    points = np.empty((0, len(mean)))
    while len(points) < count:
        chosen = chance.choice(len(centres), size=count, p=weights)
        new = centres[chosen] + chance.standard_normal((count, len(mean))) @ root.T
        points = np.vstack([points, new[((new > 0.0) & (new < 1.0)).all(axis=1)]])
    points = points[:count]
    return Wave(points, _weights(points, centres, weights, root))


def _weights(points: np.ndarray, centres: np.ndarray, weights: np.ndarray, root: np.ndarray) -> np.ndarray:
    """Uniform prior over the mixture of normals that the points come from (up to a constant), summing to 1."""
    scaled, mine = np.linalg.solve(root, points.T).T, np.linalg.solve(root, centres.T).T
    squares = (scaled**2).sum(1)[:, None] + (mine**2).sum(1)[None, :] - 2.0 * scaled @ mine.T
    least = squares.min(axis=1, keepdims=True)
    log_density = np.log(np.exp(-0.5 * (squares - least)) @ weights) - 0.5 * least[:, 0]
    inverse = np.exp(-(log_density - log_density.max()))
    limit = np.quantile(inverse, 0.99)  # a point far out must not be worth a hundred others
    inverse = np.minimum(inverse, limit)
    return inverse / inverse.sum()


def accept(wave: Wave, distance: np.ndarray, worst: np.ndarray, keep: int, seed: int) -> np.ndarray:
    """Indices of `keep` different sets of the wave, without return and by weight among those near enough.

    Near enough: no moment more than three standard errors away (`worst`), and among the nearest third; the nearest
    2 `keep` if too few are. In the order of the wave.
    """
    order = np.argsort(distance, kind="stable")
    third = order[: max(2 * keep, len(order) // 3)]
    near = third[worst[third] < 3.0]
    pool = near if len(near) >= keep else third[: 2 * keep]
    # the keys of Efraimidis and Spirakis: the largest u^(1/w) are a weighted sample without return
    u = np.random.default_rng([seed, 0]).random(len(pool))
    keys = np.log(u) / wave.weights[pool]
    return np.sort(pool[np.argsort(-keys, kind="stable")[:keep]])
