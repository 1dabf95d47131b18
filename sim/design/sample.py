"""From factors to points: settings by base, in an order that the indices computed later rely on."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.design.factor import Factor
from sim.design.points import Grid, OneAtATime, Points, Sampled

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


def make_points(sampling: str, samples: int, factors: Sequence[Factor], bases: int, seed: int) -> Points:
    """All points, base by base; for sobol and morris in the order of SALib, the same in every base."""
    some = tuple(factors)
    if sampling == "grid":
        return Points(Grid(some, bases))
    if sampling == "oat":
        return Points(OneAtATime(some, bases))
    return Points(Sampled(some, bases, _unit_cube(sampling, samples, len(some), seed)))


def _unit_cube(sampling: str, samples: int, k: int, seed: int) -> "np.ndarray":
    """Places (points, k) from 0 to 1."""
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
