"""History matching in waves: a space-filling design, then new candidates where the last wave came near.

Wave 1 is a scrambled Sobol design over the prior. Each later wave draws from a smooth picture of the nearest sets of
the one before: in normal scores, where the prior is a standard normal, each is drawn towards their mean and shaken so
that mean and covariance stay (Liu and West 2001). A weight, prior density over proposal density, undoes what the
proposal prefers. Only directions in which the nearest sets differ from the prior are drawn so (`active`); all others
come from the prior itself, so what the moments do not inform keeps its prior exactly. All is a function of the seed.
"""

from dataclasses import dataclass

import numpy as np

NEAREST = 0.10  # share of a wave that the next one starts from
SHAKE = 0.6  # standard deviation of the step, relative to that of the nearest sets
FLOOR = 1e-3  # of the prior's variance, so that no direction dies
CAP = 0.99  # quantile at which weights end: a point far out must not be worth a hundred others
UNLIKELY = 1.63  # Kolmogorov-Smirnov distance times the root of the sample: one in a hundred by chance
NEAR_ENOUGH = 3.0  # standard errors of a moment (Pukelsheim's rule for any unimodal distribution)


@dataclass(frozen=True)
class Wave:
    """Points (n, d) of the unit cube, their weights (n,), which sum to 1, and the directions (d,) that were tilted."""

    points: np.ndarray
    weights: np.ndarray
    active: np.ndarray


def first_wave(count: int, dimensions: int, seed: int) -> Wave:
    """A scrambled Sobol design; `count` need not be a power of two."""
    points = _sobol(count, dimensions, seed, 1)
    return Wave(points, np.full(count, 1.0 / count), np.zeros(dimensions, bool))


def next_wave(wave: Wave, distance: np.ndarray, count: int, seed: int, number: int) -> Wave:
    """The wave `number` (2, 3, ...) from the nearest sets of `wave`; distance (n,) from the published moments."""
    from scipy.special import ndtr, ndtri

    dimensions = wave.points.shape[1]
    chance = np.random.default_rng([seed, number])
    parents = np.argsort(distance, kind="stable")[: max(2 * dimensions, int(np.ceil(NEAREST * len(distance))))]
    weights = wave.weights[parents] / wave.weights[parents].sum()
    active = wave.active | (departure(wave.points[parents], weights) > UNLIKELY * np.sqrt((weights**2).sum()))
    points = _sobol(count, dimensions, seed, number)
    if not active.any():
        return Wave(points, np.full(count, 1.0 / count), active)
    scores = ndtri(np.clip(wave.points[parents][:, active], 1e-9, 1.0 - 1e-9))
    mean = weights @ scores
    covariance = (scores - mean).T @ ((scores - mean) * weights[:, None]) + FLOOR * np.eye(len(mean))
    centres = mean + np.sqrt(1.0 - SHAKE**2) * (scores - mean)
    root = SHAKE * np.linalg.cholesky(covariance)
    chosen = chance.choice(len(centres), size=count, p=weights)
    new = centres[chosen] + ndtri(np.clip(points[:, active], 1e-9, 1.0 - 1e-9)) @ root.T
    points[:, active] = ndtr(new)
    return Wave(points, _weights(new, centres, weights, root), active)


def departure(points: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Kolmogorov-Smirnov distance of weighted points (n, d) from the uniform, in each direction (d,)."""
    found = np.empty(points.shape[1])
    for k in range(points.shape[1]):
        order = np.argsort(points[:, k], kind="stable")
        x, up = points[order, k], np.cumsum(weights[order])
        found[k] = max((up - x).max(), (x - (up - weights[order])).max())
    return found


def _sobol(count: int, dimensions: int, seed: int, number: int) -> np.ndarray:
    from scipy.stats import qmc

    power = int(np.ceil(np.log2(max(2, count))))
    design = qmc.Sobol(dimensions, scramble=True, rng=np.random.default_rng([seed, number, 7]))
    return design.random_base2(power)[:count].copy()


def _weights(scores: np.ndarray, centres: np.ndarray, weights: np.ndarray, root: np.ndarray) -> np.ndarray:
    """Standard normal over the mixture of normals that the scores come from (up to a constant), summing to 1."""
    scaled, mine = np.linalg.solve(root, scores.T).T, np.linalg.solve(root, centres.T).T
    squares = (scaled**2).sum(1)[:, None] + (mine**2).sum(1)[None, :] - 2.0 * scaled @ mine.T
    least = squares.min(axis=1, keepdims=True)
    log_proposal = np.log(np.exp(-0.5 * (squares - least)) @ weights) - 0.5 * least[:, 0]
    log_weight = -0.5 * (scores**2).sum(1) - log_proposal
    found = np.exp(log_weight - log_weight.max())
    found = np.minimum(found, np.quantile(found, CAP))
    return found / found.sum()


def accept(wave: Wave, distance: np.ndarray, worst: np.ndarray, keep: int, seed: int) -> np.ndarray:
    """Indices of `keep` different sets, drawn without return and by weight among those near enough; in wave order.

    Near enough: no moment more than NEAR_ENOUGH away (`worst`), and among the nearest third of the wave. If fewer than
    `keep` are, the nearest 2 `keep` instead, and `worst` tells how far they are.
    """
    order = np.argsort(distance, kind="stable")
    third = order[: max(2 * keep, len(order) // 3)]
    near = third[worst[third] < NEAR_ENOUGH]
    pool = near if len(near) >= keep else third[: 2 * keep]
    # the keys of Efraimidis and Spirakis: the largest u^(1/w) are a weighted sample without return
    u = np.random.default_rng([seed, 0]).random(len(pool))
    keys = np.log(u) / wave.weights[pool]
    return np.sort(pool[np.argsort(-keys, kind="stable")[:keep]])
