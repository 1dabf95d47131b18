"""`run.py sensitivity DIR`: which factors matter, and how much is chance."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import UserError, printable

if TYPE_CHECKING:
    import pandas as pd

OUTPUTS = (
    "netto_driftsresultat_pct", "disposisjonsfond_pct", "lanegjeld_pct", "antall_robek", "tjenesteniva", "skoler",
)  # fmt: skip
PARTS = {  # columns of the table of variances: (unit, text)
    "points": ("points", "Points of the design."),
    "runs": ("runs", "Runs in each point."),
    "factors": ("output²", "Variance of the expected output over points; unbiased, so it can fall below 0."),
    "chance": ("output²", "Variance over runs that is common to all points."),
    "interaction": ("output²", "Variance over runs that differs between points."),
    "means": ("output²", "Variance of the means over runs between points, as observed."),
    "noise": ("share", "Share of `means` that is left-over chance."),
    "r2": ("share", "Share of `means` that straight lines in all factors fit."),
}


def run_sensitivity(
    folder: str, outputs: Sequence[str], year: int | None, method: str | None, group: str, out: Path | None,
    as_json: bool, lang: str = "en",
) -> int:  # fmt: skip
    """Print the indices and write tables and figures; the last line on stdout is their folder. UserError otherwise."""
    import pandas as pd

    from sim.analysis.sample import samples
    from sim.analysis.sensitivity import INDICES, sensitivity
    from sim.commands.progress import say
    from sim.plots.answers import write_sensitivity_figures
    from sim.store import open_results
    from sim.store.files import make_folder, remove_leftovers
    from sim.store.table import write_table

    need_salib()
    result = open_results(folder)
    place = out or Path(folder) / "sensitivity"
    tables: list[tuple[pd.DataFrame, pd.DataFrame]] = []
    for sample in samples(result, outputs or OUTPUTS, year, group):
        rows, parts, notes = sensitivity(sample, method)
        for note in notes:
            say(f"note: {note}")
        tables.append((rows, parts))
        make_folder(place)
        title = f"{sample.scenario}: what {group} in {sample.year} depend on"
        figures = place / figures_of(sample.scenario, len(tables))
        write_sensitivity_figures(rows, figures, title, origin(result, sample), lang)
    remove_leftovers(place)
    rows, parts = (pd.concat(kind, ignore_index=True) for kind in zip(*tables, strict=True))
    write_table(rows, place / "indices", {"value": ("by index", "; ".join(f"{k}: {v[1]}" for k, v in INDICES.items()))})
    write_table(parts, place / "variance", PARTS)
    if as_json:
        from sim.commands.compare import records

        document = {"folder": str(place), "indices": records(rows), "variance": records(parts)}
        json.dump(document, sys.stdout, ensure_ascii=False, indent=1, allow_nan=False)
        print()
        return 0
    print_indices(rows, parts)
    from sim.commands.run import shown_path

    print(shown_path(place))
    return 0


def need_salib() -> None:
    """UserError saying how to install it if SALib is missing."""
    from importlib.util import find_spec

    if find_spec("SALib") is None:
        raise UserError("sensitivity needs SALib, which is not installed: pip install 'kommunesim[sensitivity]'.")


def figures_of(scenario: str, number: int) -> str:
    """The folder of a scenario's figures: `figures`, with a number for every further scenario."""
    return "figures" if number == 1 else f"figures-{number}"


def origin(result: Any, sample: Any) -> str:
    """One line below a figure: what it is of."""
    from sim.analysis.sample import FREE

    name = printable(result.folder.resolve().name, 40)
    if sample.sampling == FREE:
        return f"kommunesim, {name}: {len(sample.x):,} runs, each with its own draw of the assumptions."
    return f"kommunesim, {name}: {sample.sampling} design, {len(sample.x):,} points of {sample.runs:,} runs."


WIDTH = 150  # columns where there is no terminal: a name and four intervals


def print_indices(rows: "pd.DataFrame", parts: "pd.DataFrame") -> None:
    """A table per scenario and output: factors as rows, most important first."""
    from rich.console import Console
    from rich.table import Table

    from sim.commands.compare_text import decimals, number, percent

    console = Console(width=None if sys.stdout.isatty() else WIDTH, highlight=False, markup=False)
    for (scenario, output), some in rows.groupby(["scenario", "output"], sort=False):
        indices = list(dict.fromkeys(some["index"]))
        table = Table(title=f"{scenario}, {output} ({some['unit'].iloc[0]}), {some['year'].iloc[0]}", box=None,
                      title_justify="left", show_edge=False, pad_edge=False)  # fmt: skip
        table.add_column("", no_wrap=True)
        for index in indices:
            table.add_column(f"{index} (95 %)" if some.loc[some["index"] == index, "low"].notna().any() else index,
                             justify="right", overflow="fold")  # fmt: skip
        main = some[some["index"] == indices[0]].set_index("factor")["value"].abs()
        for factor in main.sort_values(ascending=False, kind="stable").index:
            cells = []
            for index in indices:
                row = some[(some["factor"] == factor) & (some["index"] == index)].iloc[0]
                places = max(2, decimals(float(some.loc[some["index"] == index, "value"].abs().max()) / 10))
                text = number(row["value"], places, True)
                if row["low"] == row["low"]:
                    text += f" ({number(row['low'], places, True)} to {number(row['high'], places, True)})"
                cells.append(text)
            table.add_row(str(factor), *cells)
        console.print(table)
        part = parts[(parts["scenario"] == scenario) & (parts["output"] == output)].iloc[0]
        console.print(chance_sentence(part, percent))
        console.print()


def chance_sentence(part: Any, percent: Any) -> str:
    """How much of the spread is chance, in words."""
    fitted = f"straight lines fit {percent(max(0.0, part['r2']))} of the spread between points"
    if part["runs"] < 2:
        return f"One run per point: chance cannot be told from the factors; {fitted}."
    whole = max(0.0, part["factors"]) + max(0.0, part["chance"]) + part["interaction"]
    parts = [max(0.0, float(part[name])) for name in ("factors", "chance", "interaction")]
    shares = [percent(size / whole) if whole > 0 else "–" for size in parts]
    return (
        f"Of the spread of a single run: factors {shares[0]}, chance common to all points {shares[1]}, chance that "
        f"works differently between points {shares[2]}. Of the spread between the means of {part['runs']:.0f} runs, "
        f"{percent(part['noise'])} is left-over chance; {fitted}."
    )
