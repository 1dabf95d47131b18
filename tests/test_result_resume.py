"""Ordinary results that grow or were damaged: what is whole is used, what is not is all that is computed."""

import shutil
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from sim import batch
from sim.batch import sweep
from sim.batch.existing import extend, resume
from sim.commands.study import resume_folder
from sim.errors import UserError
from sim.store import StoreError, open_results
from sim.store.manifest import vouched
from tests.sweeps import hashes, scenario, world

RUNS = 230  # three parts, of which the last is short
PANEL = ("robek", "lanegjeld")


@pytest.fixture(scope="module")
def result(tmp_path_factory) -> Path:
    """A complete result of three parts."""
    return batch.run(scenario(RUNS, 1, panel=PANEL), world(), tmp_path_factory.mktemp("result"))


@pytest.fixture
def copy(result, tmp_path) -> Path:
    """A copy that a test may damage."""
    return Path(shutil.copytree(result, tmp_path / result.name))


@pytest.fixture
def asked(monkeypatch) -> list[int]:
    """The first run of every chunk that is computed."""
    found: list[int] = []
    run_chunk = sweep.run_chunk
    monkeypatch.setattr(sweep, "run_chunk", lambda *given: (found.append(given[2]), run_chunk(*given))[1])
    return found


def flip(path: Path, at: int) -> None:
    """Changes one bit."""
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(("before", "after"), [(100, 230), (130, 230), (7, 40)])
def test_a_result_that_grew_has_the_bytes_of_one_made_at_once(tmp_path, before, after):
    first = batch.run(scenario(before), world(), tmp_path / "a")
    grown = extend(first, after, world())
    assert grown.parent == first.parent
    assert hashes(grown) == hashes(batch.run(scenario(after), world(), tmp_path / "b"))
    assert hashes(first) == hashes(batch.run(scenario(before), world(), tmp_path / "c"))
    with pytest.raises(UserError, match="extend only adds"):
        extend(grown, after - 1, world())


def test_growing_computes_only_what_is_added(copy, asked):
    extend(copy, RUNS + 20, world())
    assert min(asked) == RUNS and max(asked) < RUNS + 20


@pytest.mark.parametrize(
    "again", [resume, lambda folder, start: batch.run(scenario(RUNS, 1, panel=PANEL), start, folder.parent)]
)
def test_a_damaged_part_of_a_complete_result_is_all_that_is_computed(result, copy, asked, again):
    flip(copy / "panel" / "part-00001.parquet", 1000)
    assert again(copy, world()) == copy
    assert hashes(copy) == hashes(result) and open_results(copy).runs == RUNS
    assert min(asked) == 100 and max(asked) < 200


@pytest.mark.parametrize("name", ["units.parquet", "manifest.json", "COMPLETE", "identity.json"])
@pytest.mark.parametrize("gone", [False, True])
def test_what_follows_from_the_parts_is_made_anew_without_computing_a_run(result, copy, asked, name, gone):
    flip(copy / name, (copy / name).stat().st_size // 2)
    if gone:
        (copy / name).unlink()
    assert resume(copy, world()) == copy
    assert asked == [] and hashes(copy) == hashes(result)
    open_results(copy).verify()
    assert (copy / "identity.json").read_bytes() == (result / "identity.json").read_bytes()


def test_of_a_damaged_national_table_only_the_runs_of_the_damaged_rows_are_computed(result, copy, asked):
    victim = copy / "national.parquet"
    column = pq.ParquetFile(victim).metadata.row_group(2).column(5)
    flip(victim, column.data_page_offset + column.total_compressed_size // 2)
    assert resume(copy, world()) == copy
    assert hashes(copy) == hashes(result)
    assert min(asked) == 200


def test_rows_that_read_well_but_are_not_those_of_their_part_are_computed_again(result, copy, asked):
    """The table is written anew with one number changed: every checksum inside the file is right."""
    table = pq.read_table(copy / "national.parquet")
    column = table.column("antall_robek").to_numpy().copy()
    column[1] += 1.0
    at = table.schema.get_field_index("antall_robek")
    pq.write_table(
        table.set_column(at, table.schema.field(at), [column]), copy / "national.parquet", row_group_size=200
    )
    assert resume(copy, world()) == copy
    assert hashes(copy) == hashes(result)
    assert asked and max(asked) < 100


def test_without_a_national_table_every_run_is_computed_for_no_other_file_holds_it(result, copy, asked):
    (copy / "national.parquet").unlink()
    resume(copy, world())
    assert hashes(copy) == hashes(result) and (min(asked), max(asked) >= 200) == (0, True)


def test_either_seal_vouches_for_the_files_if_the_other_is_gone(result, copy):
    whole = vouched(result)
    assert all(len(sums) == 1 for sums in whole.values())
    for name in ("manifest.json", "COMPLETE"):
        kept = (copy / name).read_bytes()
        (copy / name).write_bytes(kept[: len(kept) // 3])
        found = vouched(copy)
        assert all(found[file] >= whole[file] for file in open_results(result).manifest["files"])
        (copy / name).write_bytes(kept)


def test_complete_is_a_list_that_sha256sum_can_check(result):
    import hashlib

    lines = (result / "COMPLETE").read_text().splitlines()
    names = [line.split("  ")[1] for line in lines]
    assert names == ["manifest.json", *sorted(open_results(result).manifest["files"])]
    for line in lines:
        digest, name = line.split("  ")
        assert hashlib.sha256((result / name).read_bytes()).hexdigest() == digest


def test_a_bit_anywhere_in_either_seal_is_noticed(copy):
    for name in ("manifest.json", "COMPLETE"):
        for at in np.linspace(0, (copy / name).stat().st_size - 1, 40).astype(int):
            flip(copy / name, at)
            with pytest.raises(StoreError, match="changed since it was written"):
                open_results(copy)
            flip(copy / name, at)
    open_results(copy).verify()


def test_a_result_of_other_data_is_not_gone_on_with(copy, asked):
    units = world().units.copy()
    units["frie_2026"][17] += 1.0
    for name in ("COMPLETE", "manifest.json"):  # whole, then with what it was begun with in identity.json alone
        with pytest.raises(StoreError, match=r"the start data \(units\.frie_2026\)"):
            resume(copy, world()._replace(units=units))
        (copy / name).unlink()
    assert asked == []


def test_a_folder_under_the_name_of_another_result_is_never_taken_for_it(copy, asked, tmp_path, monkeypatch):
    other = scenario(RUNS, 1, seed=4, panel=PANEL)
    mine = sweep.result_path(other, world(), tmp_path)
    copy.rename(mine)
    fill = sweep._fill
    monkeypatch.setattr(sweep, "_fill", lambda *_: None)  # stopped before anything is computed
    batch.run(other, world(), tmp_path)
    monkeypatch.setattr(sweep, "_fill", fill)
    assert batch.run(other, world(), tmp_path) == mine
    assert sorted({run // 100 for run in asked}) == [0, 1, 2]
    assert hashes(mine) == hashes(batch.run(other, world(), tmp_path / "again"))


def test_the_result_of_a_single_scenario_is_computed_here(copy):
    with pytest.raises(UserError, match=r"--on dask: .* is the result of a single scenario, which is computed here"):
        resume_folder(str(copy), "dask", None, None, True)
