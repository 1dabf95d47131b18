"""What the State announces of demographic costs, against what they become and what was published."""

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from sim.kernel.national import FREE_SHARE_FYLKE
from tests.simulate import advance, opened, world

PRICES_2020_TO_2025 = 1.044 * 1.067 * 1.043 * 1.050 * 1.047  # kommunal deflator 2021-2025 (income_system.md § 7.1)


def cost_per_person() -> np.ndarray:
    """kr of 2025: what frie inntekter are to cover."""
    w = world()
    return w.unit_cost[0, :7].sum(0) + FREE_SHARE_FYLKE * w.unit_cost[1].sum(0)


def forecast_errors(runs: int, years: int, **params: float) -> Iterator[np.ndarray]:
    """Announced less actual demographic cost, bn 2020-kr, year by year (runs,)."""
    params |= {"elever_andel": 1.0}  # costs per person that stay: pupils a fixed share of those aged 16-22
    state = opened(runs, **params)
    before: tuple[np.ndarray, np.ndarray] | None = None
    for _, _, after, _ in advance(state, years, **params):
        n = after.nation
        if before is not None:
            actual = (n["alder"] - before[0]) @ cost_per_person()
            yield (before[1] - actual) / 1e9 / PRICES_2020_TO_2025
        before = n["alder"].copy(), n["demografi"] + n["demografi_fylke"]


def test_the_error_of_announced_demographic_costs_is_as_large_as_the_published_one(root: Path) -> None:
    series: dict[str, dict[int, float]] = {}
    with (root / "sim/data/national_series.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["unit"] == "billion 2020-kr":
                series.setdefault(row["variable"], {})[int(row["year"])] = float(row["value"])
    announced, actual = (series[f"demographic_cost_{kind}_sector"] for kind in ("announced", "actual"))
    published = np.array([announced[year] - actual[year] for year in sorted(announced)])
    assert len(published) == 15
    errors = np.array(list(forecast_errors(runs=50, years=8)))
    recent, all_years = published[3:].std(ddof=1), published.std(ddof=1)
    assert 0.95 * recent < errors.std() < all_years
    assert abs(errors.mean()) < 0.1 and abs(published.mean()) < 0.2


def test_the_state_is_wrong_only_about_what_it_cannot_know() -> None:
    quiet = {"innvandring_spredning": 0, "fodsler_spredning": 0, "dodsfall_spredning": 0, "bosetting_anmodning": 20_000}
    for errors in forecast_errors(runs=3, years=5, **quiet):
        assert np.abs(errors).max() < 1e-6
