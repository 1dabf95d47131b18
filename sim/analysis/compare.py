"""A against B, from two stored results to tables: the groups as a whole, groups of kommuner, and each unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from sim.analysis import pairing
from sim.analysis.contrast import COLUMNS, contrast
from sim.analysis.groups import GROUPINGS, group_order, kommune_groups, unit_names
from sim.analysis.values import group_values, stored_for, unit_values
from sim.analysis.winners import verdicts
from sim.errors import UserError, printable

if TYPE_CHECKING:
    import pandas as pd

    from sim.analysis.pairing import Stored

NATIONAL = (
    "netto_driftsresultat_pct", "disposisjonsfond_pct", "lanegjeld_pct", "investering_pct", "antall_robek",
    "antall_merforbruk", "tjenesteniva", "skoler",
)  # fmt: skip
UNITS = ("netto_driftsresultat_pct", "disposisjonsfond_pct", "lanegjeld_pct", "robek", "tjenesteniva", "skoler")
SAME_THING = {"robek": "antall_robek", "antall_robek": "robek"}  # per unit, and counted over a group


@dataclass(frozen=True)
class Comparison:
    """What came out. national: by gruppe and year; groups: by group and year (None without `by`); units: by
    kommunenummer and year, with name and verdict. All have the columns of sim.analysis.contrast and `unit`."""

    national: "pd.DataFrame"
    groups: "pd.DataFrame | None"
    units: "pd.DataFrame"
    runs: int
    year: int
    notes: list[str]


def compare(
    a: "Stored",
    b: "Stored",
    outputs: Sequence[str] = (),
    year: int | None = None,
    by: str | None = None,
    rules_may_differ: bool = False,
) -> Comparison:
    """B minus A, run by run. outputs: none for the usual ones; year: of units and groups (None: the last).

    Memory holds the national tables and a block of the panel, whatever the number of runs. UserError if the
    results are no pair, or an output, the year or the grouping is unknown.
    """
    notes = pairing.check_pair(a, b, rules_may_differ)
    if by is not None and by not in GROUPINGS:
        raise UserError(f"--by {printable(by)}: choose one of {', '.join(GROUPINGS)}.")
    years, runs = pairing.common_years(a, b), pairing.common_runs(a, b)
    year = chosen_year(year, years)
    in_nation = [name for name in a.national_columns if name in set(b.national_columns)]
    stored = [name for name in a.outputs if name in set(b.outputs)]
    of_nation, of_units = chosen_outputs(in_nation, stored, outputs)
    nation = a.national(of_nation), b.national(of_nation)
    kept = [frame[frame["run"].lt(runs) & frame["year"].isin(years)] for frame in nation]
    national = contrast(kept[0], kept[1], of_nation, ("gruppe", "year"))
    if not of_units:
        notes.append("Nothing is kept per unit in both: there are no tables by kommune and by group.")
    lost = runs - int(national["runs"].min()) if len(national) else 0
    if lost:
        notes.append(f"{lost:,} of {runs:,} runs are missing in one of the two and left out.")
    units = _units(a, b, of_units, year, runs)
    groups = _groups(a, b, of_units, year, runs, by) if by and of_units else None
    said = a.columns
    for table in (national, groups, units):
        if table is not None:
            _add_unit(table, said)
    return Comparison(national, groups, units, runs, year, notes)


def chosen_year(year: int | None, years: Sequence[int]) -> int:
    """The year asked for, the last if none; UserError if it is not there."""
    if year is not None and year not in years:
        raise UserError(f"--year {year}: the results hold {years[0]} to {years[-1]}.")
    return years[-1] if year is None else year


def chosen_outputs(nation: Sequence[str], stored: Sequence[str], asked: Sequence[str]) -> tuple[list[str], list[str]]:
    """Outputs of the national table, and of units; UserError for one that is in neither.

    nation: columns of the national tables; stored: columns of the panels; asked: none for the usual ones.
    """
    ratios = [f"{name}_pct" for name in stored]
    per_unit = {name for name in [*stored, *ratios] if stored_for(name, stored)}
    if not asked:
        return [n for n in NATIONAL if n in nation], [n for n in UNITS if n in per_unit]
    of_nation: dict[str, None] = {}
    of_units: dict[str, None] = {}
    for name in asked:
        names = (name, SAME_THING.get(name, name))
        in_nation = next((n for n in names if n in nation), None)
        in_units = next((n for n in names if n in per_unit), None)
        if in_nation is None and in_units is None:
            near = get_close_matches(name, sorted({*nation, *per_unit, *SAME_THING}), n=1)
            hint = f"did you mean {near[0]!r}?" if near else "'run.py list outputs' shows what a panel can hold."
            raise UserError(f"--outputs: there is no output {printable(name)!r} in both results; {hint}")
        if in_nation:
            of_nation[in_nation] = None
        if in_units:
            of_units[in_units] = None
    return list(of_nation), list(of_units)


def _units(a: "Stored", b: "Stored", outputs: list[str], year: int, runs: int) -> "pd.DataFrame":
    """A contrast per kommunenummer of one year, with name and verdict; a block of units at a time."""
    import pandas as pd

    if not outputs:
        return pd.DataFrame(columns=["kommunenummer", "name", "year", "output", *COLUMNS, "verdict"])
    names = unit_names()
    columns = _columns(outputs, a)
    tables = []
    for some in pairing.blocks(_units_of(a), runs):
        both = [
            pd.concat([unit_values(part, outputs) for part in pairing.parts(result, columns, [year], runs, some)])
            for result in (a, b)
        ]
        tables.append(contrast(_by_text(both[0]), _by_text(both[1]), outputs, ("kommunenummer", "year")))
    table = pd.concat(tables, ignore_index=True)
    table.insert(1, "name", table["kommunenummer"].map(names).fillna(table["kommunenummer"]))
    order = {output: place for place, output in enumerate(outputs)}
    table = table.sort_values(["output", "kommunenummer"], key=lambda c: c.map(order) if c.name == "output" else c)
    table = table.reset_index(drop=True)
    kommuner = table["kommunenummer"].str.len() == 4
    table["verdict"] = pd.concat([verdicts(table[kommuner]), verdicts(table[~kommuner])]).reindex(table.index)
    return table


def _groups(a: "Stored", b: "Stored", outputs: list[str], year: int, runs: int, by: str) -> "pd.DataFrame":
    """A contrast per group of kommuner of one year, in the order of the groups."""
    import pandas as pd

    groups = kommune_groups(by)
    columns = _columns(outputs, a)
    both = [
        pd.concat([group_values(part, groups, outputs) for part in pairing.parts(result, columns, [year], runs)])
        for result in (a, b)
    ]
    table = contrast(both[0], both[1], outputs, ("group", "year"))
    place = {name: at for at, name in enumerate(group_order(by, groups))}
    members = pd.Series(list(groups.values())).value_counts()
    table.insert(1, "kommuner", table["group"].map(members))
    order = {output: at for at, output in enumerate(outputs)}
    key = table["output"].map(order) * len(place) + table["group"].map(place)
    return table.loc[key.sort_values(kind="stable").index].reset_index(drop=True)


def _columns(outputs: Sequence[str], result: "Stored") -> list[str]:
    """The panel columns these outputs are made from."""
    return list(dict.fromkeys(column for output in outputs for column in stored_for(output, result.outputs) or ()))


def _units_of(result: "Stored") -> list[str]:
    """kommunenummer of every unit, in the order of the World."""
    panel = result.panel([], result.years[:1], range(1))
    return list(panel["kommunenummer"].astype(str))


def _by_text(frame: "pd.DataFrame") -> "pd.DataFrame":
    """kommunenummer as text: categories of two results need not have the same order."""
    return frame.assign(kommunenummer=frame["kommunenummer"].astype(str))


def _add_unit(table: "pd.DataFrame", said: dict[str, tuple[str, str]]) -> None:
    """Adds a column `unit` after the output: of the numbers that are in the unit of the output."""
    units = {name: "% of driftsinntekter" if name.endswith("_pct") else said.get(name, ("", ""))[0] for name in
             table["output"].unique()}  # fmt: skip
    table.insert(list(table.columns).index("output") + 1, "unit", table["output"].map(units))
