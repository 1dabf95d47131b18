"""What the figures of one result are made of: its stored tables, its name and its origin."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.bands import bands
from sim.analysis.distribution import counts_in_bins
from sim.analysis.summary import HEADLINES
from sim.errors import printable
from sim.plots.spread import WINDOWS
from sim.store import Results
from sim.words import number, say, scenario_words

if TYPE_CHECKING:
    import pandas as pd

MOST_RUNS = 2_000  # in distributions over kommuner: more move no line of them
RUNS_AT_A_TIME = 100
OF_INCOME = "driftsinntekter"


@dataclass(frozen=True)
class Material:
    """A stored result, with the tables that several figures share read once."""

    results: Results
    lang: str = "en"

    @cached_property
    def national(self) -> "pd.DataFrame":
        """A row per run, year and group."""
        return self.results.national()

    @cached_property
    def bands(self) -> "pd.DataFrame":
        """Quantiles over runs by group, year and output."""
        return bands(self.national, [headline.column for headline in HEADLINES])

    @property
    def title(self) -> str:
        """Title of the scenario (its name if it has none), on one line."""
        scenario = self.results.scenario
        return printable(scenario_words(scenario, self.lang)["title"], 70)

    @property
    def period(self) -> str:
        """First and last year."""
        years = self.results.years
        return f"{years[0]}–{years[-1]}" if len(years) > 1 else f"{years[0]}"

    def units_in(self, group: str) -> int:
        """Number of units in a group."""
        rows = self.national.loc[self.national["gruppe"] == group, "n_units"]
        return int(rows.iloc[0]) if len(rows) else 0

    @property
    def origin(self) -> str:
        """One line: which result this is of."""
        manifest = self.results.manifest
        version = manifest["versions"].get("kommunesim", "not installed")
        program = "kommunesim" if version == "not installed" else f"kommunesim {version}"
        runs = manifest["runs"]
        count = f"{number(runs, 0, self.lang)} {say('run' if runs == 1 else 'runs', self.lang)}"
        return say(
            "origin", self.lang, program=program, name=printable(manifest["name"]), count=count,
            seed=manifest["seed"], digest=self.digest,
        )  # fmt: skip

    @property
    def digest(self) -> str:
        """The first eight letters of the digest."""
        return self.results.manifest["hashes"]["digest"][:8]

    @property
    def short(self) -> str:
        """The title of the scenario, short enough for a line with another one."""
        return printable(self.title, 40)

    def counts(self) -> dict[str, "pd.DataFrame"] | None:
        """Number of kommune-runs by year and bin, per output of WINDOWS; None if the panel has not all.

        Only kommuner, in % of driftsinntekter; of the fund only those that have one.
        """
        if not {*WINDOWS, OF_INCOME} <= set(self.results.outputs):
            return None
        total: dict[str, pd.DataFrame] = {}
        runs = min(self.results.runs, MOST_RUNS)
        for start in range(0, runs, RUNS_AT_A_TIME):
            some = range(start, min(start + RUNS_AT_A_TIME, runs))
            frame = self.results.panel([*WINDOWS, OF_INCOME], runs=some)
            kommuner = frame["kommunenummer"].astype(str).str.len() == 4
            frame = frame[kommuner.to_numpy()]
            income, years = frame[OF_INCOME].to_numpy(), frame["year"].to_numpy()
            for output, window in WINDOWS.items():
                low, high = window.counted
                edges = low + window.bin * np.arange(round((high - low) / window.bin) + 1)
                values = 100.0 * frame[output].to_numpy() / np.where(income > 0.0, income, np.nan)
                if output == "disposisjonsfond":
                    values = np.where(values > 0.0, values, np.nan)
                found = counts_in_bins(years, values, edges)
                total[output] = total[output].add(found, fill_value=0) if output in total else found
        return total
