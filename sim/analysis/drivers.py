"""What moves an outcome: the runs where something was low beside the runs where it was high."""

from typing import TYPE_CHECKING

from sim.analysis.quantity import quantities, unit_runs

if TYPE_CHECKING:
    import pandas as pd

    from sim.store import Results

NATION = ("deflator", "rente", "skatt_midlertidig", "skatt_varig")  # drawn for the nation in every run
STARTS = ("netto_driftsresultat_pct", "disposisjonsfond_pct", "lanegjeld_pct")
GROWTHS = ("folketall", "frie_inntekter")
MEANS = ("investering_pct",)
LOW, HIGH = 0.2, 0.8  # shares of runs below which a factor counts as low, above which as high


def national_factors(national: "pd.DataFrame", year: int) -> "pd.DataFrame":
    """A row per run: the mean of each draw of the nation over the years until `year`."""
    rows = national[(national["year"] <= year) & (national["gruppe"] == national["gruppe"].iloc[0])]
    return rows.groupby("run")[[name for name in NATION if name in rows]].mean()


def unit_factors(results: "Results", code: str, year: int, outcome: str) -> "pd.DataFrame":
    """A row per run: what one unit starts with, how it grows and what it invests until `year`.

    Columns start_<quantity>, vekst_<output> (% from the first year) and snitt_<quantity> (mean over years), as far
    as the panel has them; not the start of the outcome itself in that same year.
    """
    import pandas as pd

    known, first = quantities(results), results.years[0]
    until = [each for each in results.years if each <= year]
    found = {}
    for name in STARTS:
        if name in known and (name, first) != (outcome, year):
            found[f"start_{name}"] = unit_runs(results, known[name], first).loc[code]
    for name in GROWTHS:
        if name in known and year > first:
            ends = [unit_runs(results, known[name], each).loc[code] for each in (first, year)]
            found[f"vekst_{name}"] = 100.0 * (ends[1] / ends[0] - 1.0)
    for name in MEANS:
        if name in known:
            found[f"snitt_{name}"] = sum(unit_runs(results, known[name], each).loc[code] for each in until) / len(until)
    return pd.DataFrame(found)


def low_and_high(factors: "pd.DataFrame", outcome: "pd.Series") -> "pd.DataFrame":
    """Columns factor, low, high: median outcome where each factor is in its lowest and in its highest fifth.

    Both are indexed by run. A factor that is the same in every run is left out. Widest difference first.
    """
    import pandas as pd

    rows = []
    for name in factors:
        values = factors[name].reindex(outcome.index)
        if values.max() > values.min():
            place = values.rank(method="first", pct=True)
            rows.append((name, outcome[place <= LOW].median(), outcome[place > HIGH].median()))
    table = pd.DataFrame(rows, columns=["factor", "low", "high"])
    width = (table["high"] - table["low"]).abs()
    return table.iloc[width.sort_values(ascending=False, kind="stable").index].reset_index(drop=True)
