"""Kommuner as the start model sees them: inhabitants, age groups, need indices, growth, revenue type."""

from dataclasses import dataclass

import numpy as np

from sim.baseline import population, revenue_type
from sim.baseline.sources import SECTORS, Sources


@dataclass(frozen=True)
class Kommuner:
    """Arrays are (kommuner,) unless said."""

    persons: np.ndarray  # 1 January 2026
    ages: population.Ages
    national: np.ndarray  # (26 years from 2025, main/low/high, 8 groups)
    infants: float
    one_year_olds: float
    dki: np.ndarray  # (kommuner, 7), weighted mean 1
    dki_sd: np.ndarray  # 0 where published
    growth: np.ndarray  # (kommuner, 25), factors from 1 January of 2026 + k
    types: np.ndarray  # index into REVENUE_TYPES
    p_type: np.ndarray  # (kommuner, 3)
    size: np.ndarray  # index into SIZES


def construct(s: Sources) -> Kommuner:
    """What no table gives per kommune, constructed from what the tables give (docs/start_accounts.md)."""
    persons = population.inhabitants_2026(s.in_2025, s.in_july_2026)
    given = np.zeros(len(persons), bool)
    if s.supplied_ages is not None:
        given = ~np.isnan(s.supplied_ages[:, 0])
        persons = np.where(given, np.nansum(s.supplied_ages, axis=1), persons)
    national = population.national_ages(s.projection, s.elderly_2025.sum(0), s.in_2025.sum())
    infants = population.infants_2026(s.projection)
    one = national[1, 0, 0] - infants
    far = 1.0 - s.centrality / 1000.0
    dki, dki_sd = complete_indices(s, persons, far)
    now = national[1, 0] * persons.sum() / national[1, 0].sum()
    ages = population.construct_ages(
        s.cost_key,
        {name: dki[:, i] for i, name in enumerate(SECTORS)},
        {name: dki_sd[:, i] for i, name in enumerate(SECTORS)},
        persons,
        s.elderly_2025,
        s.in_2025,
        far,
        now,
        infants,
        one,
    )
    if s.supplied_ages is not None:
        share = s.supplied_ages[given] / s.supplied_ages[given].sum(1, keepdims=True)
        ages.persons[given], ages.log_sd[given] = share * persons[given, None], 0.0
    size = revenue_type.size_groups(persons, s.cells["counts"].sum(0))
    p_type = revenue_type.type_probabilities(s, persons, dki @ s.shares, size)
    types = revenue_type.likeliest_types(p_type, size, s.cells["counts"])
    growth = growth_factors(s.projected, persons, national)
    return Kommuner(persons, ages, national, infants, one, dki, dki_sd, growth, types, p_type, size)


def complete_indices(s: Sources, persons: np.ndarray, far: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Sector indices (kommuner, 7) with weighted mean 1, and how unsure the missing ones are.

    Missing ones follow size, remoteness and the elderly, and half of what the four nearest lie above that.
    """
    old = s.elderly_2025 / s.in_2025[:, None]
    logs = np.log(persons)
    features = np.stack([np.ones_like(far), far, far**2, logs, logs**2, 1000.0 / persons, old[:, 0], old[:, 1]], axis=1)
    missing = np.isnan(s.dki[:, 0])
    dki, sd = s.dki.copy(), np.zeros_like(s.dki)
    km = revenue_type.great_circle(s.lon, s.lat, s.lon, s.lat)
    for j in range(dki.shape[1]):
        fit, *_ = np.linalg.lstsq(features[~missing], s.dki[~missing, j], rcond=None)
        residual = s.dki[:, j] - features @ fit
        for i in np.flatnonzero(missing):
            near = np.argsort(np.where(missing, np.inf, km[i]), kind="stable")[:4]
            dki[i, j] = features[i] @ fit + 0.5 * residual[near].mean()
            alike = persons[~missing] > 0.3 * persons[i]  # the indices of the very small vary more
            sd[i, j] = residual[~missing][alike].std()
    if s.supplied_need is not None:
        for i in np.flatnonzero(missing & ~np.isnan(s.supplied_need)):
            dki[i] *= s.supplied_need[i] / (dki[i] @ s.shares)
    return dki / ((persons @ dki) / persons.sum()), sd


def growth_factors(projected: np.ndarray, persons: np.ndarray, national: np.ndarray) -> np.ndarray:
    """Growth (kommuner, 25): own projection to 2036, then its last rate; scaled to the national main path."""
    own = np.sqrt(projected[:, 1:] / projected[:, :-1])
    out = np.empty((len(persons), 25))
    people = persons.copy()
    total = national[:, 0].sum(1)
    for k in range(25):
        t = min(k + 1, len(total) - 2)  # 2026 is row 1; after 2050 the last national growth is repeated
        step = own[:, min(k // 2, own.shape[1] - 1)]
        out[:, k] = step * (total[t + 1] / total[t]) * people.sum() / (people @ step)
        people = people * out[:, k]
    return out
