"""`run.py compare STUDY`: every point of a study against one of them."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def run_points(
    study: Any, reference: int, outputs: Sequence[str], year: int | None, group: str, out: Path | None, as_json: bool
) -> int:
    """Print the differences and write the table; the last line on stdout is its folder. UserError otherwise."""
    from sim.analysis.contrast import COLUMNS
    from sim.analysis.points import against
    from sim.commands.progress import say
    from sim.store.files import make_folder
    from sim.store.table import write_table

    found = against(study, reference, outputs, year, group)
    lost = len(study.missing)
    if lost:
        say(f"note: {lost:,} runs or points are missing and left out; 'status' names them.")
    folder = out or study.folder / "compare"
    make_folder(folder)
    write_table(found, folder / f"points-against-{reference}", COLUMNS)
    if as_json:
        from sim.commands.compare import records

        json.dump({"folder": str(folder), "reference": reference, "points": records(found)}, sys.stdout, indent=1,
                  ensure_ascii=False, allow_nan=False)  # fmt: skip
        print()
        return 0
    print_points(study, found, reference, group)
    from sim.commands.run import shown_path

    print(shown_path(folder))
    return 0


def print_points(study: Any, found: "pd.DataFrame", reference: int, group: str) -> None:
    """A line per point, a column per output: the mean difference with half its 95 % interval."""
    from rich.console import Console
    from rich.table import Table

    from sim.commands.compare_text import decimals, number
    from sim.commands.library import HEADS

    runs, year = int(found["runs"].max()), int(found["year"].iloc[0])
    print(f"{group} as one, {year}: each point minus point {reference} ({name_of(study, reference)}), {runs:,} pairs.")
    outputs = list(dict.fromkeys(found["output"]))
    table = Table("point", "", *(HEADS.get(name, name) for name in outputs), box=None, show_edge=False, pad_edge=False)
    rows = found.set_index(["point", "output"])
    for point in dict.fromkeys(found["point"]):
        cells = []
        for output in outputs:
            row = rows.loc[(point, output)]
            half = (row["high"] - row["low"]) / 2
            places = decimals(half or abs(row["difference"]) or 1.0)
            cells.append(f"{number(row['difference'], places, True)} ± {number(half, places)}")
        table.add_row(str(point), name_of(study, point), *cells)
    Console(width=None if sys.stdout.isatty() else 200, highlight=False, markup=False).print(table)


def name_of(study: Any, point: int) -> str:
    """The base scenario and each factor of a point."""
    from sim.analysis.study_point import StudyPoint

    return StudyPoint(study, point).scenario["title"]
