"""The numbers of the page, from the panel columns in memory: risk, medians, paths, states and differences."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from sim.analysis.contrast import half_width_factor
from sim.analysis.quantity import Quantity, quantities
from sim.analysis.states import NEEDS, STATES, flows, state_of
from sim.dashboard.stored import Stored
from sim.errors import UserError

if TYPE_CHECKING:
    import pandas as pd

# event -> the output it is read from
EVENTS = {
    "sannsynlighet_robek": "robek",
    "sannsynlighet_negativ": "netto_driftsresultat",
    "sannsynlighet_uten_fond": "disposisjonsfond",
}
LEVELS = {"p5": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p95": 0.95}
HEADLINES = (*EVENTS, "netto_driftsresultat_pct", "disposisjonsfond_pct", "lanegjeld_pct", "tjenesteniva")


def choices(stored: Stored) -> list[str]:
    """What can be shown: probabilities first, then what the panel holds and ratios of it."""
    events = [event for event, output in EVENTS.items() if output in stored.outputs]
    return events + [name for name in quantities(cast(Any, stored)) if name != "robek"]


def known(stored: Stored, name: str | None) -> str:
    """The name if it can be shown of this result, else the first that can."""
    names = choices(stored)
    return name if name in names else names[0]


def what_is(stored: Stored, name: str) -> Quantity:
    """How a name of `choices` is made; an event is a Quantity of kind "event"."""
    if name in EVENTS:
        return Quantity(name, "event", "0/1", EVENTS[name])
    return quantities(cast(Any, stored))[name]


def cells(stored: Stored, name: str, at: int | slice = slice(None), units: Any = slice(None)) -> np.ndarray:
    """Values ([years,] runs, units) float64 of some years (by place) and units (by place)."""
    what = what_is(stored, name)
    top = stored.array(what.top)[at][..., units].astype(np.float64)
    if what.kind == "event":
        return _event(name, top).astype(np.float64)
    top *= what.factor
    if what.bottom is None:
        return top
    below = stored.array(what.bottom)[at][..., units].astype(np.float64)
    return np.divide(top, below, out=np.full(top.shape, np.nan), where=below > 0.0)


def _event(name: str, values: np.ndarray) -> np.ndarray:
    """Where the event happens."""
    if name == "sannsynlighet_negativ":
        return values < 0.0
    return values <= 0.0 if name == "sannsynlighet_uten_fond" else values > 0.0


def by_unit(stored: Stored, name: str, year: int, other: Stored | None = None) -> np.ndarray:
    """(units,): share of runs in per cent for an event, else the median; with `other` of the paired difference."""
    at = stored.years.index(year)
    if name in EVENTS and other is None:
        return 100.0 * cells(stored, name, at).mean(axis=0)
    values = cells(stored, name, at)
    if other is not None:
        runs = paired_runs(stored, other, year)
        values = values[:runs] - cells(other, name, other.years.index(year))[:runs]
    if what_is(stored, name).kind == "event":
        return 100.0 * values.mean(axis=0)
    return np.median(values, axis=0)


def places(stored: Stored, units: Sequence[str]) -> list[int]:
    """Where these kommunenummer stand; those that the result has not are left out."""
    where = {code: at for at, code in enumerate(stored.units)}
    return [where[code] for code in units if code in where]


def paths(stored: Stored, name: str, units: Sequence[str], other: Stored | None = None) -> np.ndarray:
    """(years, runs) of a unit, or of a group as one: ratio of sums, sum, number of units, or weighted mean.

    With `other`: minus the same of `other`, run by run. Do not change it: it is kept for the next view.
    """
    if other is not None:
        runs, years = paired_runs(stored, other), min(len(stored.years), len(other.years))
        return paths(stored, name, units)[:years, :runs] - paths(other, name, units)[:years, :runs]
    return stored.kept(("paths", name, tuple(units)), lambda: _paths(stored, name, places(stored, units)))


def _paths(stored: Stored, name: str, at: list[int]) -> np.ndarray:
    what = what_is(stored, name)
    if what.kind == "ratio":
        top, below = total(stored.array(what.top), at), total(stored.array(str(what.bottom)), at)
        return np.divide(what.factor * top, below, out=np.full(top.shape, np.nan), where=below > 0.0)
    if what.kind == "event":
        return total(_event(name, stored.array(what.top)), at)
    if what.kind == "sum":
        return what.factor * total(stored.array(what.top), at)
    people = stored.array("folketall") if "folketall" in stored.outputs else None
    found = []
    for year in range(len(stored.years)):  # one at a time: the whole need not be there in double precision
        values = cells(stored, name, year, _chosen(at))
        weights = np.ones_like(values) if people is None else people[year][:, _chosen(at)].astype(np.float64)
        found.append(np.einsum("ru,ru->r", values, weights) / weights.sum(axis=1))
    return np.array(found)


def total(values: np.ndarray, at: list[int]) -> np.ndarray:
    """(years, runs) float64: the sum over these places of (years, runs, units)."""
    return values[..., _chosen(at)].sum(axis=2, dtype=np.float64)


def _chosen(at: list[int]) -> Any:
    """The same places as a slice if they stand side by side, which spares a copy."""
    return slice(at[0], at[-1] + 1) if at and at == list(range(at[0], at[-1] + 1)) else at


def band(values: np.ndarray) -> "dict[str, np.ndarray]":
    """p5 ... p95 and mean over runs of (years, runs)."""
    found = dict(zip(LEVELS, np.quantile(values, list(LEVELS.values()), axis=1), strict=True))
    return {**found, "mean": values.mean(axis=1)}


def paired_runs(one: Stored, other: Stored, year: int | None = None) -> int:
    """How many runs of both met the same chance. UserError if none did, or not both have the year."""
    same = one.seed == other.seed and one.start == other.start and one.years[0] == other.years[0]
    if not same or one.units != other.units or year not in (None, *other.years):
        raise UserError("pair")
    return min(one.runs, other.runs)


def has_states(stored: Stored) -> bool:
    """True if the panel holds what the states are made of."""
    return set(NEEDS) <= set(stored.outputs)


def moves(stored: Stored, units: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """(4, 4) share of those in a state (row) that are in each (column) a year later; (4,) mean number in each."""
    return stored.kept(("moves", tuple(units)), lambda: _moves(stored, places(stored, units)))


def _moves(stored: Stored, at: list[int]) -> tuple[np.ndarray, np.ndarray]:
    of = stored.kept(("states",), lambda: state_of(*(stored.array(name) for name in NEEDS)))
    of = of[..., _chosen(at)].swapaxes(1, 2)
    n = len(STATES)
    total = flows(of).sum(axis=0) if len(of) > 1 else np.zeros((n, n))
    count = total.sum(axis=1, keepdims=True)
    share = np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0.0)
    there = np.bincount(of.ravel(), minlength=n) / (of.shape[0] * of.shape[2])
    return share, there


def contrast_rows(one: Stored, other: Stored, units: Sequence[str], year: int) -> list[tuple[str, float, float, float]]:
    """name, mean difference of the group in a year (`one` minus `other`), ends of its 95 % interval."""
    found = []
    paired_runs(one, other, year)
    for name in HEADLINES:
        if name in choices(one) and name in choices(other):
            row = paths(one, name, units, other)[one.years.index(year)]
            half = half_width_factor(len(row)) * row.std(ddof=1) / len(row) ** 0.5 if len(row) > 1 else np.nan
            found.append((name, float(row.mean()), float(row.mean() - half), float(row.mean() + half)))
    return found


def drivers(stored: Stored, code: str, year: int) -> "pd.DataFrame | None":
    """What goes together with a high or low disposisjonsfond of the unit in `year`; None if it cannot be told."""
    import pandas as pd

    from sim.analysis.drivers import low_and_high, national_factors

    if not stored.complete or "disposisjonsfond_pct" not in choices(stored):
        return None
    at, unit = stored.years.index(year), places(stored, [code])
    factors = stored.kept(("factors", year), lambda: national_factors(stored.results.national(), year)).copy()
    for name in ("netto_driftsresultat_pct", "disposisjonsfond_pct", "lanegjeld_pct"):
        if at > 0 and name in choices(stored):
            factors[f"start_{name}"] = cells(stored, name, 0, unit)[:, 0]
    for name in ("folketall", "frie_inntekter"):
        if at > 0 and name in stored.outputs:
            ends = [cells(stored, name, each, unit)[:, 0] for each in (0, at)]
            factors[f"vekst_{name}"] = 100.0 * (ends[1] / ends[0] - 1.0)
    outcome = pd.Series(cells(stored, "disposisjonsfond_pct", at, unit)[:, 0], index=factors.index)
    return low_and_high(factors, outcome)
