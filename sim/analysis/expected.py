"""What was expected of an experiment before it was run, held against what came out."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.contrast import contrast
from sim.errors import UserError, printable

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("scenario", "group", "output", "from", "to", "direction")
UP, DOWN, LITTLE = "up", "down", "little"
AS_EXPECTED, OTHER_WAY, UNCLEAR, MORE = "as expected", "the other way", "unclear", "more than little"
SMALL = 0.1  # of the standard deviation over runs in the reference: what `little` may be


@dataclass(frozen=True)
class Expectation:
    """Of a scenario against the reference: which way the mean over these years of a national column goes."""

    scenario: str
    group: str
    output: str
    years: range
    direction: str


def read_expected(path: Path) -> list[Expectation]:
    """The table of expectations, a row each. UserError with file and line for a row that is none."""
    found = []
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if tuple(rows.fieldnames or ()) != COLUMNS:
            raise UserError(f"{printable(path, 200)}:1: the columns must be {', '.join(COLUMNS)}.")
        for line, row in enumerate(rows, 2):
            try:
                years = range(int(row["from"]), int(row["to"]) + 1)
                if not years or row["direction"] not in (UP, DOWN, LITTLE) or None in row:
                    raise ValueError
            except (TypeError, ValueError):
                said = "give two years in their order and a direction: up, down or little."
                raise UserError(f"{printable(path, 200)}:{line}: {said}") from None
            found.append(Expectation(row["scenario"], row["group"], row["output"], years, row["direction"]))
    return found


def judge(a: "pd.DataFrame", b: "pd.DataFrame", expected: Expectation) -> dict[str, object]:
    """What came out: the mean over runs of B minus A with its 95 % interval, and a verdict.

    a, b: national tables, complete. As expected: the whole interval is on the side that was expected (`little`: within
    SMALL standard deviations of A). Unclear: the interval contains 0. KeyError if the output is not a column.
    """
    values = []
    for table in (a, b):
        mine = table[(table["gruppe"] == expected.group) & table["year"].isin(list(expected.years))]
        values.append(mine.groupby("run", as_index=False)[[expected.output]].mean().assign(all=0))
    row = contrast(values[0], values[1], [expected.output], ("all",)).iloc[0]
    low, high = float(row["low"]), float(row["high"])
    if expected.direction == LITTLE:
        most = SMALL * float(values[0][expected.output].std(ddof=1))
        verdict = AS_EXPECTED if -most <= low and high <= most else MORE
    else:
        sign = 1.0 if expected.direction == UP else -1.0
        ends = sorted((sign * low, sign * high))
        verdict = AS_EXPECTED if ends[0] > 0.0 else OTHER_WAY if ends[1] < 0.0 else UNCLEAR
    if not np.isfinite(low + high):
        verdict = UNCLEAR
    years = f"{expected.years[0]}" if len(expected.years) == 1 else f"{expected.years[0]}–{expected.years[-1]}"
    return {
        "scenario": expected.scenario, "group": expected.group, "output": expected.output, "years": years,
        "direction": expected.direction, "reference": float(row["mean_a"]), "difference": float(row["difference"]),
        "low": low, "high": high, "verdict": verdict,
    }  # fmt: skip
