"""`run.py data compare DIR`: the headline numbers from embedded and from supplied data."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sim.analysis.starts import Difference

RUNS = 100
SPAN = "5..95 %"


@click.command()
@click.argument("folder", type=click.Path(file_okay=False))
@click.option(
    "--runs", type=click.IntRange(20, 10_000), default=RUNS, show_default=True, help="Futures from each start."
)
@click.option("--seed", type=int, help="Seed of all chance (default: that of the baseline).")
@click.option("--scenario", help="Scenario file or name (default: baseline).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def compare(folder: str, runs: int, seed: int | None, scenario: str | None, as_json: bool) -> int:
    """Run the main job from embedded data and from FOLDER and show what differs; nothing is stored.

    Median and 5 to 95 % over runs, and the difference of the medians with its standard error: both have the
    same seed, so that only the start differs. A star marks a difference of more than twice its standard error.
    """
    from sim.cache import use_kernel_cache

    use_kernel_cache()
    from sim.analysis.starts import as_records, differences, national_table
    from sim.baseline import load_world
    from sim.baseline.sources import read_sources
    from sim.commands.run import find_scenario
    from sim.scenario import from_file

    sources = read_sources(Path(folder))  # a bad table is said before anything is computed
    chosen = from_file(find_scenario(scenario), {}, {"runs": runs, "seed": seed})
    tables = [national_table(chosen, load_world(where)) for where in (None, Path(folder))]
    rows = differences(*tables)
    if as_json:
        report = {
            "runs": runs, "seed": chosen.seed, "scenario": chosen.name, "supplied": sources.supplied,
            "notes": sources.notes, "differences": as_records(rows),
        }  # fmt: skip
        json.dump(report, sys.stdout, ensure_ascii=False, indent=1, allow_nan=False)
        sys.stdout.write("\n")
        return 0
    print(f"{chosen.name}, {runs} runs from each start, seed {chosen.seed}; nothing is stored.")
    for name, count in sources.supplied.items():
        print(f"  {name}: {count} kommuner" if name != "fylkeskommuner.csv" else f"  {name}: {count}")
    for note in sources.notes:
        print(f"  note: {note}")
    _print(rows)
    return 0


def _print(rows: "list[Difference]") -> None:
    """A table per group: each headline number by year."""
    before = ("", "")
    for row in rows:
        if (row.group, row.output) != before:
            before = (row.group, row.output)
            print(f"\n{row.group}: {row.output} ({row.text})")
            print(f"  year {'embedded':>9} {SPAN:>17} {'supplied':>9} {SPAN:>17} {'difference':>11} {'error':>7}")
        star = " *" if row.clear else ""
        print(
            f"  {row.year} {row.embedded:9,.2f} {_span(row.embedded_low, row.embedded_high):>17} "
            f"{row.supplied:9,.2f} {_span(row.supplied_low, row.supplied_high):>17} "
            f"{row.difference:+11,.2f} {row.error:7,.2f}{star}"
        )


def _span(low: float, high: float) -> str:
    return f"{low:,.1f}..{high:,.1f}"
