"""The table on the screen after a run: plain text, at most 100 columns, the same numbers as in the report."""

import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.analysis.measures import OPEN, TITLES, measures_used
from sim.analysis.summary import GROUPS, SPREAD, Headline, grounds, headlines, summary
from sim.errors import printable
from sim.store import Results, open_result

if TYPE_CHECKING:
    import pandas as pd

WIDTH = 100
ONLY_MEDIAN = ("skoler",)  # its spread is small and the line is full


def summary_table(folder: Path | str) -> str:
    """The result in words and numbers, without a final line break. StoreError if it cannot be read.

    Per year and group: median over runs with 5 to 95 % behind it; then the measures, their share of all
    relief, their amount and how many units use them, as means per year.
    """
    results = open_result(folder)
    national = results.national()
    table = summary(national)
    lines = opening(results)
    for group in GROUPS:
        if group in table.index.get_level_values("gruppe"):
            lines += ["", *group_table(table.loc[group], group, national)]
    lines += ["", *measures_table(measures_used(national), results.years)]
    return "\n".join(lines)


def opening(results: Results) -> list[str]:
    """Title, question, and what was run."""
    scenario, years = results.scenario, results.years
    title = printable(scenario["title"] or scenario["name"], WIDTH)
    lines = [title, "=" * len(title)]
    if scenario["question"]:
        lines += textwrap.wrap(printable(scenario["question"], 400), WIDTH)
    period = f"{years[0]}-{years[-1]}" if len(years) > 1 else str(years[0])
    runs = f"{results.runs:,} run{'s' if results.runs != 1 else ''}"
    lines.append(f"{period}, {runs}, seed {results.manifest['seed']}. Median over runs, then 5 to 95 % of runs.")
    return lines


def group_table(table: "pd.DataFrame", group: str, national: "pd.DataFrame") -> list[str]:
    """Heading, one line per year, and the grounds of those registered in the last year."""
    chosen = headlines(group)
    rows = [["", *(h.heading[0] for h in chosen)], ["", *(h.heading[1] for h in chosen)]]
    cells = [aligned([spread(values, headline) for _, values in table.iterrows()]) for headline in chosen]
    rows += [[str(year), *row] for year, *row in zip(table.index, *cells, strict=True)]
    count = national.loc[national["gruppe"] == group, "n_units"].iloc[0]
    return [f"{count:.0f} {group}", *columns(rows, str.ljust), *grounds_line(national, group, table.index[-1])]


def spread(values: "pd.Series", headline: Headline) -> tuple[str, str]:
    """Median and range, as in `2.3` and `1.3..3.4`."""
    median, low, high = (
        number(values[headline.column, level], places) for level, places in zip(SPREAD, headline.places, strict=True)
    )
    return median, "" if headline.column in ONLY_MEDIAN else f"{low}..{high}"


def aligned(cells: Sequence[tuple[str, str]]) -> list[str]:
    """Medians end, and ranges begin, below each other."""
    left, right = (max(len(cell[at]) for cell in cells) for at in (0, 1))
    return [f"{median.rjust(left)} {reach.ljust(right)}" for median, reach in cells]


def number(value: float, decimals: int, thousands: str = "") -> str:
    """A number with this many decimals; a dash if there is none, and no minus before a zero."""
    if value != value:
        return "-"
    return f"{round(value, decimals) + 0.0:{thousands}.{decimals}f}"


def columns(rows: Sequence[Sequence[str]], adjust: Callable[[str, int], str] = str.rjust) -> list[str]:
    """The rows as lines, with the first column at the left and the others as `adjust` has it."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [adjust(text, width) for text, width in zip(row[1:], widths[1:], strict=True)]
        lines.append("  ".join([row[0].ljust(widths[0]), *cells]).rstrip())
    return lines


def grounds_line(national: "pd.DataFrame", group: str, year: int) -> list[str]:
    """How many are registered on which ground, mean over runs; nothing if hardly any is."""
    found = grounds(national).loc[(group, year)]
    found = found[found >= 0.05]
    if found.empty:
        return []
    said = ", ".join(f"{letter} {value:.1f}" for letter, value in found.items())
    return [f"ROBEK {year} by ground (§ 28-1), mean number of units: {said}"]


def measures_table(used: "pd.DataFrame", years: Sequence[int]) -> list[str]:
    """Which measures, both groups side by side, in the order of the kommuner."""
    groups = [group for group in GROUPS if (used["gruppe"] == group).any()]
    by_group = {group: used[used["gruppe"] == group].set_index("measure") for group in groups}
    rows = [[f"Measures, mean per year {years[0]}-{years[-1]}"], [""]]
    for group in groups:
        rows[0] += ["", group, ""]
        rows[1] += ["of relief", "million kr", "units"]
    for measure in by_group[groups[0]].index:
        row = [TITLES.get(measure, measure)]
        for group in groups:
            values = by_group[group].loc[measure]
            share = "" if measure == OPEN else number(100 * values["share"], 0) + " %"
            row += [share, number(values["kr"] / 1e6, 0, ","), number(values["units"], 1)]
        rows.append(row)
    return columns(rows)
