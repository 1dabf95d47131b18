"""Fylkeskommuner start from their results of 2020 to 2025: what lasts, and what was passing in 2025."""

from pathlib import Path

import numpy as np
import pytest

from sim.baseline.county_series import GROUP, components, deviations, passing_2025
from sim.baseline.sources import read_sources
from sim.baseline.tables import DATA, DataError, read_table
from tests.simulate import opened, world

HEAD = "fylkeskommunekode,name,year,variable,value,unit,source"


def series(levels: np.ndarray, noise: float, years: np.ndarray, rng: np.random.Generator) -> dict:
    return {
        f"{i:02d}": {2025 - t: level + noise * rng.normal() for t in range(n)}
        for i, (level, n) in enumerate(zip(levels, years, strict=True))
    }


@pytest.mark.parametrize(("own", "noise"), [(0.02, 0.01), (0.005, 0.02), (0.0, 0.015)])
def test_both_variances_are_recovered_from_units_with_unequal_numbers_of_years(own: float, noise: float) -> None:
    rng = np.random.default_rng(5)
    years = rng.integers(2, 7, 4000)
    between, within = components(series(own * rng.normal(size=4000), noise, years, rng))
    assert within == pytest.approx(noise**2, rel=0.05)
    assert between == pytest.approx(own**2, rel=0.08, abs=6e-6)


def test_the_passing_part_is_the_best_guess_of_the_years_own_noise() -> None:
    """Of many invented fylker: guess and noise go together, and no other share of the deviation guesses better."""
    rng = np.random.default_rng(8)
    n, own, noise = 3000, 0.015, 0.015
    level, first = own * rng.normal(size=n), noise * rng.normal(size=n)
    rows = {f"{i:02d}": {2025: level[i] + first[i], 2024: level[i] + noise * rng.normal()} for i in range(n)}
    between, within = components(rows)
    weight = between / (between + within / 2)
    mean = np.array([np.mean(list(row.values())) for row in rows.values()])
    guess = level + first - weight * mean
    error = np.mean((guess - first) ** 2)
    for other in (0.0, 0.5 * weight, min(1.0, 1.5 * weight), 1.0):
        assert error <= np.mean((level + first - other * mean - first) ** 2) * 1.001


def table(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "fylkeskommuner_finance.csv"
    path.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    return path


def test_results_are_set_against_the_group_of_the_same_year_and_oslo_is_left_out(tmp_path: Path) -> None:
    found = read_sources()
    mine = deviations(found.county_results)
    assert "03" not in mine and len(mine) == 14
    text = (DATA / "fylkeskommuner_finance.csv").read_text(encoding="utf-8").splitlines()
    raw = {tuple(line.split(",")[i] for i in (0, 2)): float(line.split(",")[4]) for line in text if ",ndr," in line}
    assert mine["15"][2025] == pytest.approx((raw["1500", "2025"] - raw[GROUP, "2025"]) / 100)
    assert passing_2025(found.county_results, found.county_codes)[found.county_codes.index("03")] == 0.0


def test_a_series_without_the_group_or_without_2025_is_refused_in_one_sentence(tmp_path: Path) -> None:
    fields = ("fylkeskommunekode", "year", "variable", "value")
    alone = read_table(table(tmp_path, "1100,Rogaland,2025,ndr,5,%,x"), fields)
    with pytest.raises(DataError, match="ndr of EAFKUO in 2025 is missing"):
        deviations(alone)
    rows = [
        f"{code},x,{year},ndr,{value},%,x" for code in ("1100", "1500", GROUP) for year, value in ((2023, 4), (2024, 5))
    ]
    old = read_table(table(tmp_path, *rows, f"{GROUP},x,2025,ndr,4,%,x"), fields)
    with pytest.raises(DataError, match="ndr of fylke 11 in 2025 is missing"):
        passing_2025(old, ["11", "15"])
    bad = read_table(table(tmp_path, f"{GROUP},x,2025,ndr,much,%,x"), fields)
    with pytest.raises(DataError, match=r":2: value = 'much' is not a number"):
        deviations(bad)


def test_what_was_passing_in_2025_is_not_in_the_first_budget() -> None:
    k, w = opened(2).units[:, 357:], world().units[357:]
    assert k["avvik_siste"] == pytest.approx(np.clip(-w["ndr_forbigaende"], -0.05, 0.05)[None, :].repeat(2, 0))
    lucky = int(np.argmax(w["ndr_forbigaende"]))
    assert (k["merkostnad"][:, lucky] < -0.02 * k["driftsinntekter"][:, lucky]).all()
