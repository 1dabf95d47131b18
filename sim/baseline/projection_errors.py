"""Errors of a population projection by kommune: the vintage of 2024 against those counted on 1 July 2026.

One projection and one count are public in the tables here, two and a half years apart. They give how far kommuner and
fylker were off; how long a year's error lasts they do not tell, so persistence stays an assumption. docs/demography.md.
"""

import math
from typing import NamedTuple

import numpy as np

JUMP_OFF, COUNTED = 2024.0, 2026.5  # first year of the vintage, and 1 July 2026
TYPICAL = 10_000.0  # inhabitants at which the parameter is stated, as World risk
LEAST = 500.0  # below this a kommune counts as of this size
BOUNDARY = ("1525", "1578")  # Stranda and Fjord: moved boundary, not an error


class Errors(NamedTuple):
    """Standard deviations of the error after JUMP_OFF to COUNTED: own at TYPICAL inhabitants, its fall with size
    (elasticity), that of a fylke; and the nation's own error (one draw), all in logarithms."""

    own: float
    elasticity: float
    fylke: float
    nation: float


def projected_july_2026(january_2026: np.ndarray, january_2028: np.ndarray) -> np.ndarray:
    """The projection on 1 July 2026: a quarter of the way, at even growth, between its two published years."""
    return january_2026 * (january_2028 / january_2026) ** 0.25


def projection_errors(counted: np.ndarray, projected: np.ndarray, fylke: np.ndarray) -> Errors:
    """Estimates from persons counted and projected (kommuner,); `fylke` (kommuner,) says which belong together.

    Errors are taken relative to the nation's and, by weighted least squares, to a line in log size: that small kommuner
    were projected too high on the whole is a bias and no spread. Then own and fylke are told apart by turns: own by
    maximum likelihood of N(0, (own (persons / TYPICAL)^-elasticity)^2 + fylke^2), fylke by the spread of the weighted
    means of its kommuner beyond what own errors give (DerSimonian and Laird).
    """
    error = np.log(counted / projected)
    nation = math.log(counted.sum() / projected.sum())
    size = np.log(np.maximum(counted, LEAST) / TYPICAL)
    own, elasticity, between = 0.02, 0.3, 0.0
    for _ in range(60):
        variance = own**2 * np.exp(-2.0 * elasticity * size) + between
        line = np.polynomial.Polynomial.fit(size, error - nation, 1, w=1.0 / np.sqrt(variance))
        left = error - nation - line(size)
        own, elasticity = _own(left, size, between, own, elasticity)
        between = _between(left, own**2 * np.exp(-2.0 * elasticity * size), fylke)
    return Errors(own, elasticity, math.sqrt(between), nation)


def _own(left: np.ndarray, size: np.ndarray, between: float, own: float, elasticity: float) -> tuple[float, float]:
    """One step of Fisher scoring for log own^2 and -2 elasticity."""
    part = own**2 * np.exp(-2.0 * elasticity * size)
    variance = part + between
    slope = part / variance  # of the log of the variance by that of its own part
    design = np.stack([slope, slope * size], axis=1)
    step = np.linalg.solve(design.T @ design, design.T @ (left**2 / variance - 1.0))
    step = np.clip(step, -0.5, 0.5)
    return own * math.exp(0.5 * step[0]), elasticity - 0.5 * step[1]


def _between(left: np.ndarray, variance: np.ndarray, group: np.ndarray) -> float:
    """Variance of what all of a group have in common, at least 0."""
    names = np.unique(group)
    weight = np.array([(1.0 / variance[group == name]).sum() for name in names])
    mean = np.array([(left / variance)[group == name].sum() for name in names]) / weight
    centre = (weight * mean).sum() / weight.sum()
    spread = (weight * (mean - centre) ** 2).sum()
    return max(0.0, (spread - (len(names) - 1)) / (weight.sum() - (weight**2).sum() / weight.sum()))


def years_of_growth(persistence: float, years: float) -> float:
    """How much larger the error of a level is after `years` than a year's shock to growth that lasts as given.

    Shocks of each year are independent; of one that is j years old the level has 1 + p + ... + p^(j-1), and of a year
    that has only begun its part.
    """
    whole, part = int(years), years - int(years)
    total = 0.0
    for born in range(whole + (1 if part > 0.0 else 0)):
        lived = sum(persistence**age for age in range(whole - born))
        total += (lived + part * persistence ** (whole - born)) ** 2
    return math.sqrt(total)


def growth_spread(error: float, persistence: float) -> float:
    """Standard deviation of a yearly shock to growth that makes an error of a level of `error` at COUNTED."""
    return error / years_of_growth(persistence, COUNTED - JUMP_OFF)


def embedded() -> Errors:
    """From the tables of the project."""
    from sim.baseline.tables import DATA, read_table

    names = ("kommunenummer", "fylkesnummer", "population_2026_07", "p2026", "p2028")
    table = read_table(DATA / "kommuner.csv", names)
    keep = np.array([code not in BOUNDARY for code in table.text("kommunenummer")])
    counted, now, then = (table.numbers(name, 50, 2e6)[keep] for name in names[2:])
    fylke = np.array(table.text("fylkesnummer"))[keep]
    return projection_errors(counted, projected_july_2026(now, then), fylke)
