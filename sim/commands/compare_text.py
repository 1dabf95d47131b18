"""A comparison as tables in the terminal."""

import math
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

    from sim.analysis.compare import Comparison

WIDTH = 120


def settings_in_words(apart: list[dict[str, Any]], most: int = 8) -> str:
    """What A and B set differently, at most so many of it."""
    from sim.report.tables import shown

    said = [f"{row['name']} {shown(row['a'])} / {shown(row['b'])}" for row in apart[:most]]
    if len(apart) > most:
        said.append(f"and {len(apart) - most} more (compare.json)")
    return "; ".join(said)


def print_comparison(found: "Comparison", about: dict[str, Any], group: str, listed: int) -> None:
    """The group as a whole, groups of kommuner if asked for, then winners and losers by name."""
    from rich.console import Console

    console = Console(width=None if sys.stdout.isatty() else WIDTH, highlight=False, markup=False)
    for key in ("a", "b"):
        side = about[key]
        console.print(f"{key.upper()}: {side['title']} ({side['name']} {side['digest'][:8]})")
    if about["settings"]:
        console.print(f"Set differently (A / B): {settings_in_words(about['settings'])}.")
    if about["b"]["question"]:
        console.print(f"Question of B: {about['b']['question']}")
    if about["b"]["expected"]:
        console.print(f"Expected beforehand: {about['b']['expected']}")
    console.print()
    rows = found.national[(found.national["gruppe"] == group) & (found.national["year"] == found.year)]
    title = f"All {group} as one, {found.year}: B minus A over {found.runs:,} pairs of runs"
    console.print(magnitude_table(rows, title))
    console.print()
    console.print(certainty_table(rows, shares_of(found.units) if group == "kommuner" else None))
    console.print()
    if found.groups is not None:
        for output, part in found.groups.groupby("output", sort=False):
            said = f"{output}, {part['unit'].iloc[0]}, by group of kommuner (mean over kommuner), {found.year}"
            console.print(magnitude_table(part, said))
            console.print(certainty_table(part, None))
            console.print()
    print_winners(console, found.units, group, listed)
    console.print(
        "kommuner better, worse: share of kommuner whose mean difference stands out from the noise. "
        "unpaired runs needed: of each of A and B, for the same interval without pairing."
    )


def shares_of(units: "pd.DataFrame") -> "pd.DataFrame":
    """Share of kommuner by verdict, rows outputs; national names too."""
    from sim.analysis.compare import SAME_THING
    from sim.analysis.winners import counted

    table = counted(units[units["kommunenummer"].str.len() == 4])
    return table.rename(index={name: other for name, other in SAME_THING.items() if name in table.index})


def magnitude_table(rows: "pd.DataFrame", title: str) -> Any:
    """How large: A, B, the mean difference with its interval, the spread of the differences over runs."""
    table = _table(title, ("A", "B", "B - A (95 % interval)", "median (5 to 95 % of runs)"))
    for row in rows.to_dict("records"):
        half = (row["high"] - row["low"]) / 2
        scales = (half, abs(row["difference"]), abs(row["mean_a"]) / 100, 1e-4)
        places = decimals(next(scale for scale in scales if scale > 0.0))
        widths = ((row["p95"] - row["p5"]) / 4, half / 2)
        spread = decimals(max((width for width in widths if width > 0.0), default=1.0))
        low, high = (number(row[name], spread, True) for name in ("p5", "p95"))
        table.add_row(
            _name(row), number(row["mean_a"], places), number(row["mean_b"], places),
            f"{number(row['difference'], places, True)} ± {number(half, places)}",
            f"{number(row['p50'], spread, True)} ({low} to {high})",
        )  # fmt: skip
    return table


def certainty_table(rows: "pd.DataFrame", kommuner: "pd.DataFrame | None") -> Any:
    """How sure: shares of runs and of kommuner, and what pairing saves."""
    heads = ("runs better", "worse", *(("kommuner better", "worse") if kommuner is not None else ()))
    table = _table("", (*heads, "variance ratio", "unpaired runs needed"))
    for row in rows.to_dict("records"):
        cells = better_or_higher(row)
        if kommuner is not None:
            cells += _of_kommuner(kommuner, row["output"])
        table.add_row(_name(row), *cells, ratio(row["variance_ratio"]), ratio(row["unpaired_runs"]))
    return table


def _table(title: str, heads: Sequence[str]) -> Any:
    from rich.table import Table

    table = Table(title=title or None, title_justify="left", show_edge=False, pad_edge=False, box=None)
    table.add_column("", no_wrap=True)
    for head in heads:
        table.add_column(head, justify="right", no_wrap=True)
    return table


def _name(row: dict[str, Any]) -> str:
    return f"{row['group']} ({row['kommuner']:.0f})" if "group" in row else titled(row["output"], row["unit"])


def titled(output: str, unit: str) -> str:
    """An output with its unit, unless its name says it."""
    short = {"% of driftsinntekter": "", "1 = national 2025 standard": "", "0/1": ""}.get(unit, unit)
    return f"{output}, {short}" if short and short != output else output


def better_or_higher(row: dict[str, Any]) -> list[str]:
    """Shares of runs: better and worse, or higher and lower where neither is better."""
    if math.isfinite(row["better"]):
        return [percent(row["better"]), percent(row["worse"])]
    return [f"({percent(row['higher'])} up)", f"({percent(row['lower'])} down)"]


def _of_kommuner(kommuner: "pd.DataFrame", output: str) -> list[str]:
    if output not in kommuner.index:
        return ["", ""]
    row = kommuner.loc[output]
    if row["higher"] + row["lower"] > 0:
        return [f"({percent(row['higher'])} up)", f"({percent(row['lower'])} down)"]
    return [percent(row["better"]), percent(row["worse"])]


def print_winners(console: "Console", units: "pd.DataFrame", group: str, listed: int) -> None:
    """The clear losers and winners of each output, most first."""
    from sim.analysis.direction import direction
    from sim.analysis.winners import extremes

    digits = 4 if group == "kommuner" else 2
    some = units[units["kommunenummer"].str.len() == digits]
    for output in dict.fromkeys(some["output"]):
        rows = extremes(some, output, listed)
        if not len(rows):
            continue
        way = direction(output) or 1
        words = {True: "winners", False: "losers"} if direction(output) else {True: "rises most", False: "falls most"}
        for gain in (False, True):
            part = rows[(way * rows["difference"] > 0) == gain]
            part = part.iloc[::-1] if gain else part
            if len(part):
                names = ", ".join(
                    f"{row['name']} {number(row['difference'], decimals(abs(row['difference'])), True)}"
                    for row in part.to_dict("records")
                )
                console.print(f"{output}, {words[gain]} ({rows['unit'].iloc[0]}): {names}")
    console.print()


def decimals(scale: float) -> int:
    """How many decimals show a number of this scale to two digits; 0 to 5."""
    if not math.isfinite(scale) or scale <= 0.0:
        return 0
    return min(5, max(0, 1 - math.floor(math.log10(scale))))


def number(value: float, places: int, sign: bool = False) -> str:
    """A number with so many decimals; a dash if unknown, no sign if it rounds to zero."""
    if not math.isfinite(value):
        return "–"
    text = f"{value:{'+' if sign else ''},.{places}f}"
    return text if any(digit in text for digit in "123456789") else text.lstrip("+-")


def percent(share: float) -> str:
    """A share in per cent."""
    return "–" if not math.isfinite(share) else "< 1 %" if 0 < share < 0.005 else f"{100 * share:.0f} %"


def ratio(value: float) -> str:
    """A ratio or a count of runs with two or three digits."""
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "infinite"
    for size, word in ((1e9, "bn"), (1e6, "m"), (1e4, "k")):
        if value >= size:
            size = min(size, 1e3) if word == "k" else size
            return f"{float(f'{value / size:.2g}'):,.4g} {word}"
    return f"{value:,.1f}" if value < 100 else f"{value:,.0f}"
