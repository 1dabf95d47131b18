"""Sweeps: the same bytes however they are computed, and nothing broken is taken for good."""

import json
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from sim import batch
from sim.batch.chunks import Sweep, run_chunk
from sim.errors import UserError
from sim.outputs import select
from sim.state import new_state
from sim.store import StoreError, open_results
from sim.store.files import locked
from sim.store.panel import Layout, kommunenummer
from tests.sweeps import PANEL, hashes, scenario, world

RUNS, YEARS = 230, 2  # three parts, the last one short


@pytest.fixture(scope="module")
def result(tmp_path_factory) -> Path:
    """A complete result with the default workers and chunk."""
    return batch.run(scenario(RUNS, YEARS), world(), tmp_path_factory.mktemp("result"))


def numbers(chosen, first_run: int, runs: int) -> np.ndarray:
    """Panel (outputs, years, runs, units) of some runs, without a store."""
    units = world().units
    names = tuple(kommunenummer(units["kode"], units["er_fylke"]))
    layout = Layout(select(chosen.panel), chosen.years, names, chosen.runs)
    out = np.full((len(layout.outputs), len(layout.years), runs, len(units)), -1.0, np.float32)
    run_chunk(Sweep(chosen, world(), layout, True), new_state(runs, len(units)), first_run, out)
    return out


@pytest.mark.parametrize(("workers", "chunk"), [(1, 1), (2, 7), (2, 16), (3, 100)])
def test_every_file_is_the_same_for_any_workers_and_chunk(result, tmp_path, workers, chunk):
    folder = batch.run(scenario(RUNS, YEARS), world(), tmp_path, workers, chunk)
    assert folder.name == result.name
    assert hashes(folder) == hashes(result)


def test_a_run_is_the_same_alone_and_inside_a_sweep(result):
    stored = open_results(result).panel()
    for run in (0, 99, 100, 229):
        alone = numbers(scenario(RUNS, YEARS), run, 1)
        rows = stored[stored["run"] == run]
        for k, name in enumerate(PANEL):
            assert np.array_equal(rows[name].to_numpy(), alone[k].reshape(-1), equal_nan=True), (run, name)


def test_a_bigger_sweep_begins_with_the_smaller_one(result, tmp_path):
    small = open_results(batch.run(scenario(40, YEARS), world(), tmp_path)).panel()
    big = open_results(result).panel(runs=range(40))
    pd.testing.assert_frame_equal(small.reset_index(drop=True), big.reset_index(drop=True), check_exact=True)


def test_a_seed_and_the_start_move_the_numbers():
    drawn = numbers(scenario(4), 0, 4)
    assert not np.array_equal(drawn, numbers(scenario(4, seed=4), 0, 4), equal_nan=True)
    assert not np.array_equal(drawn, numbers(scenario(4, start="median"), 0, 4), equal_nan=True)


def test_the_panel_says_what_every_column_is_and_has_the_units_as_text(result):
    results = open_results(result)
    file = pq.ParquetFile(result / "panel" / "part-00000.parquet", page_checksum_verification=True)
    assert file.schema_arrow.names == ["run", "year", "kommunenummer", *PANEL]
    for column in file.schema_arrow:
        assert column.metadata[b"unit"] and column.metadata[b"text"], column.name
    assert str(file.schema_arrow.field("run").type) == "int32"
    assert str(file.schema_arrow.field("year").type) == "int16"
    assert {str(file.schema_arrow.field(name).type) for name in PANEL} == {"float"}
    panel = results.panel(["robek"], [2027], range(1))
    assert panel["kommunenummer"].iloc[0] == "0301" and panel["kommunenummer"].iloc[-1] == "56"
    assert len(panel) == 372 and set(panel["robek"]) <= {0.0, 1.0}
    assert results.columns["disposisjonsfond_p50"][0] == "kr"


def test_an_output_a_unit_cannot_have_is_not_a_number(result):
    panel = open_results(result).panel(["tjenesteniva_grunnskole"])
    fylke = panel["kommunenummer"].astype(str).str.len() == 2
    assert panel.loc[fylke, "tjenesteniva_grunnskole"].isna().all()
    assert panel.loc[~fylke, "tjenesteniva_grunnskole"].notna().all()


def test_the_table_of_units_has_the_quantiles_and_shares_of_the_panel(result):
    results = open_results(result)
    panel, units = results.panel(), results.units()
    assert len(units) == YEARS * 372
    groups = panel.groupby(["year", "kommunenummer"], observed=True)
    wide = units.set_index(["year", "kommunenummer"])
    for name in ("disposisjonsfond", "netto_driftsresultat", "merforbruk_alder"):
        for statistic, q in {"p5": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p95": 0.95}.items():
            expected = groups[name].quantile(q).reindex(wide.index)
            assert np.allclose(wide[f"{name}_{statistic}"], expected, rtol=1e-6), (name, statistic)
        assert np.allclose(wide[f"{name}_mean"], groups[name].mean().reindex(wide.index), rtol=1e-5)
    for name, event in {
        "negativ": panel["netto_driftsresultat"] < 0,
        "robek": panel["robek"] > 0,
        "uten_fond": panel["disposisjonsfond"] <= 0,
    }.items():
        share = event.groupby([panel["year"], panel["kommunenummer"]], observed=True).mean()
        assert np.allclose(wide[f"sannsynlighet_{name}"], share.reindex(wide.index)), name


def test_the_national_table_adds_up_the_panel(result):
    results = open_results(result)
    panel, national = results.panel(), results.national()
    assert len(national) == RUNS * YEARS * 2
    panel["gruppe"] = np.where(panel["kommunenummer"].astype(str).str.len() == 4, "kommuner", "fylkeskommuner")
    wide = national.set_index(["run", "year", "gruppe"])
    groups = panel.astype({"lanegjeld": float, "frie_inntekter": float}).groupby(["run", "year", "gruppe"])
    for name in ("lanegjeld", "frie_inntekter", "skoler", "folketall"):
        assert np.allclose(wide[name], groups[name].sum().reindex(wide.index), rtol=1e-6), name
    once = panel[panel["kommunenummer"].astype(str) != "03"].groupby(["run", "year", "gruppe"])  # Oslo is 0301
    assert np.array_equal(wide["antall_robek"], once["robek"].sum().reindex(wide.index))
    assert np.array_equal(wide["n_units"], once["robek"].count().reindex(wide.index))
    assert set(wide.loc[(0, 2026, "kommuner"), ["n_units"]]) == {357.0}
    draws = national.groupby(["run", "year"])[["deflator", "rente"]].nunique()
    assert (draws == 1).all(axis=None)


def test_a_complete_result_is_used_as_it_is(result, tmp_path):
    copy = tmp_path / result.name
    shutil.copytree(result, copy)
    before = (copy / "manifest.json").read_bytes()
    said: list[str] = []
    assert batch.run(scenario(RUNS, YEARS), world(), tmp_path, say=said.append) == copy
    assert (copy / "manifest.json").read_bytes() == before
    assert "already" in said[0]


@pytest.mark.parametrize("what", ["flip", "cut", "remove"])
def test_a_complete_result_that_was_damaged_is_computed_anew(result, tmp_path, what):
    copy = tmp_path / result.name
    shutil.copytree(result, copy)
    victim = copy / "panel" / "part-00001.parquet"
    data = bytearray(victim.read_bytes())
    data[len(data) // 2] ^= 1
    {
        "flip": lambda: victim.write_bytes(data),
        "cut": lambda: victim.write_bytes(data[:-100]),
        "remove": victim.unlink,
    }[what]()
    with pytest.raises(StoreError, match=r"part-00001.parquet damaged"):
        open_results(copy).verify()
    batch.run(scenario(RUNS, YEARS), world(), tmp_path)
    assert hashes(copy) == hashes(result)


def test_one_flipped_bit_in_a_page_is_not_read(result, tmp_path):
    copy = tmp_path / result.name
    shutil.copytree(result, copy)
    victim = copy / "panel" / "part-00000.parquet"
    data = bytearray(victim.read_bytes())
    place = pq.ParquetFile(victim).metadata.row_group(0).column(3).data_page_offset
    data[place + 200] ^= 1
    victim.write_bytes(data)
    with pytest.raises(StoreError, match="damaged"):
        open_results(copy).panel([PANEL[0]])


@pytest.mark.parametrize("name", ["manifest.json", "COMPLETE"])
def test_a_result_without_its_seal_is_not_opened(result, tmp_path, name):
    copy = tmp_path / "copy"
    shutil.copytree(result, copy)
    data = bytearray((copy / name).read_bytes())
    data[len(data) // 2] ^= 1  # of a hash, any letter may be absent: a bit is always there
    (copy / name).write_bytes(data)
    with pytest.raises(StoreError):
        open_results(copy)
    (copy / name).unlink()
    with pytest.raises(StoreError, match="not a complete result"):
        open_results(copy)


def test_a_small_table_that_was_changed_is_not_read(result, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(result, copy)
    with (copy / "national.parquet").open("ab") as file:
        file.write(b"x")
    with pytest.raises(StoreError, match=r"national.parquet: damaged"):
        open_results(copy).national()


def test_what_is_asked_of_a_result_and_not_there_is_one_sentence(result):
    results = open_results(result)
    with pytest.raises(StoreError, match="there is no output skatt in this result"):
        results.panel(["skatt"])
    with pytest.raises(StoreError, match="there is no year 2040"):
        results.panel(years=[2040])
    assert len(results.panel(["robek"], runs=range(500, 600))) == 0
    assert set(results.panel(["robek"], units=["1101"])["kommunenummer"]) == {"1101"}


def test_the_manifest_says_what_it_came_from_and_nothing_of_the_machine(result, tmp_path):
    import getpass
    import platform

    text = (result / "manifest.json").read_text("utf-8")
    manifest = json.loads(text)
    assert manifest["seed"] == 3 and manifest["runs"] == RUNS and manifest["panel"] == list(PANEL)
    assert result.name == f"test-{manifest['hashes']['digest'][:8]}"
    assert set(manifest["files"]) == {
        *(f"panel/part-{part:05d}.parquet" for part in range(3)),
        *("scenario.json", "identity.json", "national.parquet", "units.parquet"),
    }
    stored = open_results(result).scenario
    assert stored == json.loads(scenario(RUNS, YEARS).to_json())
    assert [row["name"] for row in stored["difference"]] == ["skole_vedtak"]
    for secret in (platform.node(), str(result.parent), f"/home/{getpass.getuser()}"):
        assert secret not in text
    assert sorted(path.name for path in result.iterdir()) == sorted(
        ["COMPLETE", "identity.json", "manifest.json", "national.parquet", "panel", "scenario.json", "units.parquet"]
    )


def test_the_digest_moves_with_scenario_and_start_accounts():
    from sim.store.digest import result_hashes

    text = scenario(3).to_json().encode()
    same = result_hashes(text, world())
    assert result_hashes(text, world()) == same
    assert result_hashes(scenario(4).to_json().encode(), world())["digest"] != same["digest"]
    units = world().units.copy()
    units["frie_2026"][17] += 1.0
    other = result_hashes(text, world()._replace(units=units))
    assert other["digest"] != same["digest"] and other["data"] != same["data"] and other["rules"] == same["rules"]


def test_a_second_process_in_the_same_folder_is_told_so(tmp_path):
    with (
        locked(tmp_path),
        pytest.raises(StoreError, match="another process"),
        locked(tmp_path),
    ):
        raise AssertionError("the lock was given twice")
    with locked(tmp_path):  # free again
        pass


@pytest.mark.parametrize(("name", "value"), [("workers", 0), ("workers", 1000), ("chunk", 0), ("chunk", 101)])
def test_workers_and_chunk_out_of_range_are_one_sentence(tmp_path, name, value):
    with pytest.raises(UserError, match=f"{name} = {value} is not a whole number from 1 to"):
        batch.run(scenario(1), world(), tmp_path, **{name: value})


def test_progress_ends_at_all_runs(tmp_path):
    seen: list[tuple[int, int, float]] = []
    batch.run(scenario(25), world(), tmp_path, progress=lambda *now: seen.append(now))
    assert seen[-1][:2] == (25, 25) and seen[-1][2] > 0.0
    assert [done for done, _, _ in seen] == sorted(done for done, _, _ in seen)
