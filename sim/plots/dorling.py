"""A Dorling cartogram: a circle per kommune, its area by population, as near its place as the others allow."""

from dataclasses import dataclass
from functools import cache

import numpy as np

OSLO = 82.0  # km: the radius of a circle of LARGEST inhabitants; all of them cover four tenths of the country
LARGEST = 729_454.0  # inhabitants of Oslo in July 2026
MERIDIAN = 15.0  # degrees east, the middle of the country
KM = 111.2  # per degree of latitude
WITHIN, BETWEEN = 1.2, 13.0  # km kept free between circles of one fylke, and of two
PULLED, LOOSE = 400, 4000  # rounds with a pull towards the place; most rounds without, to get rid of the last overlaps
PULL = 0.04  # share of the way back that a circle goes per round
SHOVE = 0.9  # share of an overlap that is undone per round
REFRESH = 20  # rounds after which neighbours are looked up again


@dataclass(frozen=True)
class Layout:
    """Centres and radii of the circles, km; x to the east, y to the north."""

    x: np.ndarray
    y: np.ndarray
    radius: np.ndarray


def project(lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Degrees to km east and north; areas are true (sinusoidal)."""
    return KM * np.cos(np.radians(lat)) * (lon - MERIDIAN), KM * lat


def radii(people: np.ndarray) -> np.ndarray:
    """km; areas in proportion to the number of people."""
    return OSLO * np.sqrt(people / LARGEST)


def relax(x: np.ndarray, y: np.ndarray, radius: np.ndarray, group: np.ndarray) -> Layout:
    """Moves circles apart until none lies on another, and no further than it takes; the same on every call.

    Two circles that overlap move away from each other, the lighter one more; all are drawn back to where they
    belong, less and less. Circles of different `group` keep BETWEEN km, of the same WITHIN. Arrays (n,).
    """
    place, home = np.column_stack([x, y]).astype(float), np.column_stack([x, y]).astype(float)
    weight, every = radius**2, np.triu_indices(len(radius), 1)
    one = other = np.empty(0, np.int64)
    for turn in range(PULLED + LOOSE):
        if turn % REFRESH == 0:
            one, other = _near(place, radius, every)
        free = np.where(group[one] == group[other], WITHIN, BETWEEN)
        step = place[other] - place[one]
        apart = np.hypot(step[:, 0], step[:, 1])
        lacking = radius[one] + radius[other] + free - apart
        hit = lacking > 1e-3
        if turn >= PULLED and not hit.any() and turn % REFRESH == 0:
            break
        a, b, miss, far = one[hit], other[hit], lacking[hit], apart[hit]
        angle = a * 2.399963 + b  # for circles on one spot: any direction will do, if always the same
        blind = np.column_stack([np.cos(angle), np.sin(angle)])
        way = np.where(far[:, None] > 1e-9, step[hit] / np.maximum(far, 1e-9)[:, None], blind)
        pushed = weight[b] / (weight[a] + weight[b])
        move = np.zeros_like(place)
        for axis in (0, 1):
            shove = SHOVE * miss * way[:, axis]
            move[:, axis] -= np.bincount(a, shove * pushed, len(place))
            move[:, axis] += np.bincount(b, shove * (1.0 - pushed), len(place))
        if turn < PULLED:
            move += PULL * (1.0 - turn / PULLED) * (home - place)
        place = place + move
    return Layout(place[:, 0], place[:, 1], radius)


def _near(place: np.ndarray, radius: np.ndarray, every: tuple) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of circles that could touch within the next rounds."""
    one, other = every
    reach = radius[one] + radius[other] + BETWEEN + 25.0
    close = ((place[one] - place[other]) ** 2).sum(axis=1) < reach**2
    return one[close], other[close]


@cache
def layout() -> tuple[tuple[str, ...], Layout]:
    """kommunenummer and circles of the 357 kommuner; computed once in a process."""
    from sim.analysis.labels import unit_labels

    labels = unit_labels()
    labels = labels[labels["lon"].notna()]
    x, y = project(labels["lon"].to_numpy(float), labels["lat"].to_numpy(float))
    group = np.unique(labels["fylkesnummer"], return_inverse=True)[1]
    found = relax(x, y, radii(labels["inhabitants"].to_numpy(float)), group)
    return tuple(labels.index), found
