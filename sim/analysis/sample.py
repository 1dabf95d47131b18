"""What sensitivity and discovery look at: the values of the factors, and one output by point and run.

A study is read point by point. In an ordinary result every run is a point of its own: its factors are the
assumptions that the scenario gives as a range, drawn by address, and those of its vector of the calibrated set, whose
parameters are not independent of each other; there are no replicates.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.errors import UserError, printable

if TYPE_CHECKING:
    import pandas as pd

NAMED = 5  # points named in an error
KEYS = ("point", "run", "year", "gruppe")
FREE = "free"  # runs of one scenario, without a design
SAME_THING = {"robek": "antall_robek"}  # what is counted over a group under another name


@dataclass(frozen=True)
class Sample:
    """Points of one base scenario. x: (points, factors), a choice as its place in the list of choices; `ids`
    their numbers; bounds: (factors, 2); y: output -> (points, runs) of one group and year; units: of outputs."""

    scenario: str
    sampling: str
    factors: tuple[str, ...]
    bounds: np.ndarray
    x: np.ndarray
    ids: np.ndarray
    y: dict[str, np.ndarray]
    units: dict[str, str]
    year: int
    group: str
    shares: np.ndarray | None = None  # (points, factors), where sampled points lie between 0 and 1

    @property
    def runs(self) -> int:
        """Runs in each point."""
        return next(iter(self.y.values())).shape[1]


def samples(result: Any, outputs: Sequence[str], year: int | None, group: str) -> list[Sample]:
    """A sample per base scenario of a study, or the one of an ordinary result.

    UserError if an output or the year is unknown, there is nothing to vary, or the design has holes or numbers
    that are not finite: then it names the points. Nothing is filled in.
    """
    years = list(result.years)
    if year is not None and year not in years:
        raise UserError(f"--year {year}: the results hold {', '.join(str(y) for y in years)}.")
    chosen = years[-1] if year is None else year
    return _of_study(result, outputs, chosen, group) if is_study(result) else [_of_runs(result, outputs, chosen, group)]


def is_study(result: Any) -> bool:
    """True for a folder of `run.py sweep`."""
    return hasattr(result, "points") and hasattr(result, "factors")


def _of_runs(result: Any, outputs: Sequence[str], year: int, group: str) -> Sample:
    from sim.scenario import Range, from_stored
    from sim.scenario.parameter_set import required

    scenario, manifest = from_stored(result.scenario), result.manifest
    ends = {
        name: (value.low, value.high)
        for name, value in scenario.values.items()
        if isinstance(value, Range) and value.low < value.high
    }
    ends |= {name: required().ends(name) for name in scenario.drawn}
    if not ends:
        raise UserError(
            f"{printable(result.folder.name)}: its scenario draws no assumption, so there is nothing to vary; give "
            "ranges in [assumptions], or run a design with run.py sweep."
        )
    drawn = scenario.rows(0, result.runs)
    names = known_outputs(outputs, result.national_columns)
    table = result.national(names)
    table = table[(table["year"] == year) & (table["gruppe"] == group)].sort_values("run")
    return checked(Sample(
        manifest["name"], FREE, tuple(ends), np.array(list(ends.values()), float),
        np.column_stack([drawn[name][0] for name in ends]).astype(float), table["run"].to_numpy(),
        {name: table[[name]].to_numpy(float) for name in names},
        {name: result.columns[name][0] for name in names}, year, group,
    ))  # fmt: skip


def _of_study(study: Any, outputs: Sequence[str], year: int, group: str) -> list[Sample]:
    points = study.points
    refuse_holes(points, study.missing)
    names = known_outputs(outputs, [name for name in study.national_columns if name not in KEYS])
    table = study.national(columns=names, years=[year])
    table = table[table["gruppe"] == group]
    factors, found = list(study.factors), []
    if not factors:
        raise UserError("the design has no factor, so there is nothing to vary.")
    for scenario, rows in points.groupby("scenario", sort=False):
        mine = table[table["point"].isin(rows.index)]
        y = {}
        for name in names:
            wide = mine.pivot_table(index="point", columns="run", values=name, dropna=False, observed=True)
            y[name] = wide.reindex(rows.index).to_numpy(float)
        x, bounds = coded(rows[factors], study.design)
        found.append(checked(Sample(
            str(scenario), study.design["sampling"], tuple(factors), bounds, x, rows.index.to_numpy(), y,
            {name: study.columns[name][0] for name in names}, year, group, _shares(study, rows.index),
        )))  # fmt: skip
    return found


def _shares(study: Any, points: "pd.Index") -> np.ndarray | None:
    shares = study.shares.loc[points]
    return shares.to_numpy(float) if shares.shape[1] else None


def coded(values: "pd.DataFrame", design: dict[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """The factors as numbers (points, factors), and their ends (factors, 2).

    A number stands as it is; a choice, or values by year, as its place among the factor's values in the design
    (one that is not among them comes after those).
    """
    declared = {factor["name"]: factor for factor in design["factors"]}
    x = np.empty(values.shape)
    bounds = np.empty((values.shape[1], 2))
    for at, name in enumerate(values):
        column, said = values[name], declared.get(name, {})
        try:
            x[:, at] = [float(value) for value in column]
        except (TypeError, ValueError):
            given = [value if isinstance(value, str) else json.dumps(value) for value in said.get("values", ())]
            order = list(dict.fromkeys([*given, *(str(value) for value in column)]))
            x[:, at] = [order.index(str(value)) for value in column]
        ends = (said["low"], said["high"]) if "low" in said else (x[:, at].min(), x[:, at].max())
        bounds[at] = ends
    return x, bounds


def known_outputs(asked: Sequence[str], there: Sequence[str]) -> list[str]:
    """The columns of the national table that are meant, each once; UserError for an unknown one."""
    found: dict[str, None] = {}
    for name in asked:
        meant = name if name in there else SAME_THING.get(name, name)
        if meant not in there:
            near = get_close_matches(name, [*there, *SAME_THING], n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"there is {', '.join(there[:8])} and more."
            raise UserError(f"there is no output {printable(name)!r} of the group; {hint}")
        found[meant] = None
    return list(found)


def refuse_holes(points: "pd.DataFrame", missing: "pd.DataFrame") -> None:
    """UserError naming the points that failed or lack runs: indices of a design with holes mean nothing."""
    bad = points[points["status"] != "ok"]
    numbers = sorted({*bad.index.tolist(), *missing["point"].tolist()})
    if numbers:
        why = next((str(text) for text in [*bad["reason"], *missing["reason"]] if text), "no reason is stored")
        raise UserError(
            f"{len(numbers)} of {len(points)} points are incomplete ({_some(numbers)}; the first: {printable(why)}); "
            "no index is computed from a design with holes, and they would fail again; change the ranges of factors."
        )


def checked(sample: Sample) -> Sample:
    """The sample itself. UserError naming the points at which an output is not finite, or missing in some run."""
    for name, values in sample.y.items():
        bad = ~np.isfinite(values).all(axis=1)
        if bad.any():
            raise UserError(
                f"{name} in {sample.year} is not a finite number at {bad.sum()} of {len(values)} points "
                f"({_some(sample.ids[bad].tolist())}); no index is computed from such a design."
            )
    return sample


def _some(numbers: Sequence[int]) -> str:
    word = "points" if len(numbers) > 1 else "point"
    shown = ", ".join(str(number) for number in numbers[:NAMED])
    return f"{word} {shown}" + (f" and {len(numbers) - NAMED} more" if len(numbers) > NAMED else "")
