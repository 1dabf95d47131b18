"""`run.py data compare`: what supplied data move, next to what chance alone would."""

import csv
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from sim.analysis.starts import differences, national_table
from sim.baseline.tables import DATA
from sim.baseline.world import load_world
from sim.commands.cli import cli
from sim.scenario import from_file

SHARES = ("andel_negativ", "andel_uten_fond", "tjenesteniva")  # shown times 100
BASELINE = Path(__file__).parents[1] / "scenarios" / "baseline.toml"


def shown(folder: Path) -> dict:
    """What the command prints for a folder, as JSON."""
    run = CliRunner().invoke(cli, ["data", "compare", str(folder), "--runs", "20", "--json"], standalone_mode=False)
    assert run.exception is None, run.exception
    return json.loads(run.stdout)


def test_the_embedded_tables_as_a_folder_differ_in_nothing(tmp_path: Path) -> None:
    shutil.copy(DATA / "kommuner.csv", tmp_path)
    rows = shown(tmp_path)["differences"]
    assert {row["year"] for row in rows} == set(range(2026, 2036))
    assert all(row["difference"] == row["error"] == row["low"] == row["high"] == 0.0 for row in rows)
    assert not any(row["clear"] for row in rows)


def test_twice_the_debt_is_seen_as_more_debt_and_leaves_the_schools_alone_in_the_first_year(tmp_path: Path) -> None:
    world = load_world()
    kommuner = world.units[world.units["er_fylke"] == 0]
    with (tmp_path / "debt_kostra.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(("kommunenummer", "year", "variable", "value", "unit"))
        for code in kommuner["kode"]:
            table.writerow((f"{code:04d}", 2025, "netto_laanegjeld", 190, "per cent of gross operating revenue"))
    report = shown(tmp_path)
    rows = {(row["group"], row["output"], row["year"]): row for row in report["differences"]}
    debt = rows["kommuner", "lanegjeld_pct", 2026]
    assert debt["clear"]
    assert debt["difference"] > 50.0
    assert rows["kommuner", "skoler", 2026]["difference"] == 0.0
    assert report["supplied"] == {"debt_kostra.csv": 357}


def test_the_table_in_memory_is_the_one_a_run_stores(tmp_path: Path) -> None:
    from sim import batch
    from sim.store import open_results

    scenario = from_file(BASELINE, {}, {"runs": 5, "years": 2})
    mine = national_table(scenario, load_world())
    stored = open_results(batch.run(scenario, load_world(), tmp_path, workers=1)).national()
    stored = stored.astype({"gruppe": str}).sort_values(["run", "year", "gruppe"])
    mine = mine.sort_values(["run", "year", "gruppe"])
    for name in ("netto_driftsresultat", "antall_robek", "skoler", "lanegjeld_pct", "rente"):
        np.testing.assert_array_equal(mine[name].to_numpy(), stored[name].to_numpy())


def test_the_error_of_a_difference_falls_with_the_root_of_the_runs() -> None:
    """Independent noise in both: the error is that of a difference of medians of normal numbers."""
    import pandas as pd

    rng = np.random.default_rng(7)
    few, many = 100, 1600

    def table(runs: int) -> "pd.DataFrame":
        columns = (
            "netto_driftsresultat_pct", "disposisjonsfond_pct", "lanegjeld_pct", "andel_negativ", "andel_uten_fond",
            "antall_robek", "skoler", "tjenesteniva",
        )  # fmt: skip
        frame = pd.DataFrame({"run": np.arange(runs), "year": 2026, "gruppe": "kommuner"})
        other = frame.assign(gruppe="fylkeskommuner")
        both = pd.concat([frame, other])
        return both.assign(**{name: rng.normal(size=2 * runs) for name in columns})

    error = {}
    for runs in (few, many):
        found = differences(table(runs), table(runs))
        error[runs] = np.mean([row.error for row in found if row.output not in SHARES])
        assert error[runs] == pytest.approx(np.sqrt(2.0 * np.pi / 2.0 / runs), rel=0.25)
    assert error[few] > 3.0 * error[many]
