"""From factors to points: settings by base, in an order that the indices computed later rely on."""

import itertools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sim.design.design import Factor, Point

if TYPE_CHECKING:
    import numpy as np

LEVELS = 4  # of a Morris trajectory


def count(sampling: str, samples: int, factors: Sequence[Factor]) -> int:
    """Points per base, without making them (list: 0)."""
    k = len(factors)
    if sampling == "grid":
        points = 1
        for factor in factors:
            points *= len(factor.levels)
        return points
    if sampling == "oat":
        return 1 + sum(len(factor.levels) for factor in factors)
    return {"lhs": samples, "sobol": samples * (k + 2), "morris": samples * (k + 1)}.get(sampling, 0)


def make_points(sampling: str, samples: int, factors: Sequence[Factor], bases: int, seed: int) -> tuple[Point, ...]:
    """All points, base by base; for sobol and morris in the order of SALib, the same in every base."""
    shares: list[tuple[float, ...]] = []
    settings: list[dict] = []
    if sampling == "grid":
        names = [factor.name for factor in factors]
        settings = [dict(zip(names, row, strict=True)) for row in itertools.product(*(f.levels for f in factors))]
    elif sampling == "oat":
        settings = [{}, *({factor.name: level} for factor in factors for level in factor.levels)]
    else:
        shares = [tuple(float(share) for share in row) for row in _unit_cube(sampling, samples, len(factors), seed)]
        settings = [{f.name: f.at(share) for f, share in zip(factors, row, strict=True)} for row in shares]
    numbers = itertools.count()
    return tuple(
        Point(next(numbers), base, settings[at], shares[at] if shares else ())
        for base in range(bases)
        for at in range(len(settings))
    )


def _unit_cube(sampling: str, samples: int, k: int, seed: int) -> "Iterator[np.ndarray] | np.ndarray":
    import numpy as np

    if sampling == "lhs":
        from scipy.stats import qmc

        return qmc.LatinHypercube(k, rng=np.random.default_rng(seed)).random(samples)
    problem = {"num_vars": k, "names": [f"x{i}" for i in range(k)], "bounds": [[0.0, 1.0]] * k}
    if sampling == "sobol":
        from SALib.sample import sobol

        return sobol.sample(problem, samples, calc_second_order=False, seed=seed % 2**32)
    from SALib.sample import morris

    return morris.sample(problem, samples, num_levels=LEVELS, seed=seed % 2**32)
