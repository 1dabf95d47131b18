"""Whom a kommune may look at, and how far apart its schools lie: constructed from published columns."""

import numpy as np

from sim.baseline.people import Kommuner
from sim.baseline.revenue_type import great_circle
from sim.baseline.sources import Sources

N_NEIGHBOURS = 8
OTHER_GROUP = 100.0  # a peer of another size group or revenue type comes after all of the own
LAND = 323_800.0  # km2 of the mainland with lakes (Kartverket, from memory)
NEAREST = 4
LEAST_TRAVEL = 0.1  # of the national mean: the index of travel is a remainder and may be near 0


def nearest(lon: np.ndarray, lat: np.ndarray, offset: int) -> np.ndarray:
    """The eight nearest by great circle (units, 8), as unit indices; equal distances in code order."""
    km = great_circle(lon, lat, lon, lat)
    np.fill_diagonal(km, np.inf)
    return _first(km) + offset


def peers(persons: np.ndarray, centrality: np.ndarray, size: np.ndarray, kind: np.ndarray, offset: int) -> np.ndarray:
    """The eight most alike (units, 8): of the same size group and revenue type, nearest in inhabitants and centrality.

    Distance: sum of the differences in the logarithm of inhabitants and in the centrality index, each in standard
    deviations. Where a group has too few, those of a group that differs in one of the two come next.
    """
    away = np.zeros((len(persons), len(persons)))
    for column in (np.log(persons), centrality):
        scale = column.std() or 1.0
        away += np.abs(column[:, None] - column[None, :]) / scale
    for group in (size, kind):
        away += OTHER_GROUP * (group[:, None] != group[None, :])
    np.fill_diagonal(away, np.inf)
    return _first(away) + offset


def area(s: Sources, k: Kommuner) -> np.ndarray:
    """Land of each kommune, km2, from two signs of it; their sum is the country's.

    What pupils and basis leave of the index of grunnskole is travel per inhabitant: its square times inhabitants is
    one sign (districts of equal population); the square of the mean distance to the four nearest is the other. The
    geometric mean of both, because neither is more than a hint.
    """
    weight = s.cost_key["grunnskole"]
    share = k.persons / k.persons.sum()
    pupils = k.ages.persons[:, 2]
    on_pupils = (weight["innb_6_12"] + weight["innb_13_15"]) * (pupils / pupils.sum()) / share
    rest = k.dki[:, 0] - on_pupils - weight["basis"] / (len(share) * share) - weight["innv_6_15"]
    travel = np.maximum(rest / (weight["reise_sone"] + weight["reise_nabo"]), LEAST_TRAVEL)
    km = great_circle(s.lon, s.lat, s.lon, s.lat)
    np.fill_diagonal(km, np.inf)
    away = np.sort(km, axis=1)[:, :NEAREST].mean(1)
    hint = travel * np.sqrt(k.persons) * away
    return LAND * hint / hint.sum()


def _first(away: np.ndarray) -> np.ndarray:
    return np.argsort(away, axis=1, kind="stable")[:, :N_NEIGHBOURS]
