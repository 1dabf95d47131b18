"""The headline: one row per group and year, a few numbers each with its spread over runs."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.analysis.bands import bands

if TYPE_CHECKING:
    import pandas as pd

GROUPS = ("kommuner", "fylkeskommuner")
SPREAD = ("p50", "p5", "p95")


@dataclass(frozen=True)
class Headline:
    """A column of the headline table: which national column, times what, with how many decimals."""

    column: str
    heading: tuple[str, str]
    text: str
    factor: float = 1.0
    decimals: int = 0
    range_decimals: int = 0
    kommuner_only: bool = False

    @property
    def places(self) -> tuple[int, int, int]:
        """Decimals of the median and of both ends, in the order of SPREAD."""
        return self.decimals, self.range_decimals, self.range_decimals


HEADLINES = (
    Headline("netto_driftsresultat_pct", ("NDR", "%"), "netto driftsresultat, % of driftsinntekter", 1, 1, 1),
    Headline("disposisjonsfond_pct", ("fond", "%"), "disposisjonsfond, % of driftsinntekter", 1, 1),
    Headline("lanegjeld_pct", ("gjeld", "%"), "lanegjeld for own purposes, % of driftsinntekter"),
    Headline("andel_negativ", ("NDR < 0", "% units"), "with netto driftsresultat below 0", 100),
    Headline("andel_uten_fond", ("no fond", "% units"), "without disposisjonsfond", 100),
    Headline("antall_robek", ("ROBEK", "units"), "registered after the review of the year's accounts"),
    Headline("skoler", ("schools", "number"), "public primary schools", kommuner_only=True),
    Headline("tjenesteniva", ("services", "2025=100"), "real spending per need, national 2025 = 100", 100),
)


def headlines(group: str) -> tuple[Headline, ...]:
    """The columns that mean something for this group (only kommuner have primary schools)."""
    return tuple(h for h in HEADLINES if group == "kommuner" or not h.kommuner_only)


def summary(national: "pd.DataFrame") -> "pd.DataFrame":
    """One row per group and year (index), columns (output, p50 | p5 | p95) in the unit shown.

    national: the stored national table, a row per run, year and group. Kommuner come first.
    """
    long = bands(national, [h.column for h in HEADLINES])
    wide = long.pivot_table(
        index=["gruppe", "year"], columns="output", values=list(SPREAD), observed=True, dropna=False
    )
    wide = wide.swaplevel(axis=1)[[(h.column, level) for h in HEADLINES for level in SPREAD]]
    for headline in HEADLINES:
        wide[headline.column] = wide[headline.column] * headline.factor
    return wide.reindex([group for group in GROUPS if group in wide.index.levels[0]], level="gruppe")


def grounds(national: "pd.DataFrame", letters: str = "abcdefg") -> "pd.DataFrame":
    """Mean number of units registered on each ground of § 28-1: rows (group, year), columns the letters."""
    names = {f"antall_{letter}": letter for letter in letters}
    return national.groupby(["gruppe", "year"], observed=True)[list(names)].mean().rename(columns=names)
