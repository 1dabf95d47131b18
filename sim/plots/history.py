"""Official figures of the years before the simulation, from the embedded national series."""

import csv
from functools import cache
from pathlib import Path

SERIES = Path(__file__).resolve().parents[1] / "data" / "national_series.csv"
FROM, TO = 2015, 2025

# group and output -> series and how its dots are drawn; hollow: kommuner and fylkeskommuner together
HISTORY = {
    ("kommuner", "netto_driftsresultat_pct"): (("ndr_sector", "hollow"), ("ndr_kommuner", "filled")),
    ("kommuner", "disposisjonsfond_pct"): (
        ("disposisjonsfond_sector", "hollow"),
        ("disposisjonsfond_kommuner", "filled"),
    ),
    ("kommuner", "antall_robek"): (("robek_count_yearend", "filled"),),
    ("fylkeskommuner", "netto_driftsresultat_pct"): (("ndr_fylkeskommuner", "filled"),),
    ("fylkeskommuner", "disposisjonsfond_pct"): (("disposisjonsfond_fylkeskommuner", "filled"),),
}
LEVELS = {"kommuner": "tbu_recommended_ndr_kommuner", "fylkeskommuner": "tbu_recommended_ndr_fylkeskommuner"}


@cache
def _series() -> dict[str, dict[int, float]]:
    found: dict[str, dict[int, float]] = {}
    with SERIES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["quality"] == "official" or row["quality"].startswith("digitised"):
                found.setdefault(row["variable"], {})[int(row["year"])] = float(row["value"])
    return found


def official(variable: str, first: int = FROM, last: int = TO) -> dict[int, float]:
    """Year -> value of an official (or digitised) series, in order; empty if it has none in these years."""
    years = _series().get(variable, {})
    return {year: years[year] for year in sorted(years) if first <= year <= last}


def recommended(group: str) -> float | None:
    """The net operating result that TBU recommends, % of driftsinntekter."""
    return next(iter(official(LEVELS[group], 2026, 2026).values()), None)
