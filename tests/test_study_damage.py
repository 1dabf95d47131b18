"""Damage of any kind is named, never read as good, and `resume` computes just what is damaged."""

import errno
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sim import batch
from sim.batch import chunks, cost
from sim.batch.existing import resume
from sim.batch.study import fill, run_study, stored_design
from sim.commands import inspect
from sim.errors import UserError
from sim.store import StoreError, open_results
from sim.store.files import locked
from tests.designs import design, make_study, study_hashes
from tests.sweeps import scenario, world

LONG = bool(os.environ.get("KOMMUNESIM_LONG"))
TRIALS = 20_000 if LONG else 1_000
SMALL = """
[design]
scenarios = ["base.toml"]
runs = {runs}
seed = 3
sampling = "oat"
[[design.factor]]
name = "rente_tillegg"
values = [0.02]
[outputs]
panel = [{panel}]
years = [2027]
summary = ["robek"]
"""
SEALS = ("manifest.json", "COMPLETE")


@pytest.fixture(scope="module")
def study(tmp_path_factory) -> Path:
    """A complete study of two points and few runs."""
    return make_study(tmp_path_factory.mktemp("study"), 3, text=SMALL, panel='"robek"')


@pytest.fixture(scope="module")
def result(tmp_path_factory) -> Path:
    """A complete ordinary result."""
    return batch.run(scenario(3, 1, panel=("robek", "lanegjeld")), world(), tmp_path_factory.mktemp("result"))


def damage(path: Path, chance: random.Random) -> str:
    """Flips a bit, cuts off the end, empties or removes the file."""
    data = bytearray(path.read_bytes())
    how = chance.choice(["flip"] * 7 + ["cut", "empty", "remove"])
    if how == "flip":
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    elif how == "cut":
        del data[chance.randrange(len(data)) :]
    path.unlink()
    if how != "remove":
        path.write_bytes(b"" if how == "empty" else data)
    return how


def readers(folder: Path) -> dict[str, Callable[[], object]]:
    """For the beginning of a file's name: what reads the file."""
    return {
        "design.json": lambda: open_results(folder).design,
        "points.parquet": lambda: open_results(folder).points,
        "failures.parquet": lambda: open_results(folder).missing,
        "summary.parquet": lambda: open_results(folder).summary(),
        "points/00000/national": lambda: open_results(folder).national(points=[0]),
        "points/00001/national": lambda: open_results(folder).query("select count(*) from national"),
        "points/00000/panel": lambda: open_results(folder).panel(points=[0]),
        "points/00001/panel": lambda: open_results(folder).query("select avg(robek) from panel"),
        "panel/": lambda: open_results(folder).panel(),
        "national.parquet": lambda: open_results(folder).national(),
        "units.parquet": lambda: open_results(folder).units(),
        "scenario.json": lambda: open_results(folder).scenario,
        "manifest.json": lambda: open_results(folder),
        "COMPLETE": lambda: open_results(folder),
    }


@pytest.mark.parametrize("kind", ["study", "result"])
def test_every_flipped_bit_cut_or_missing_file_is_named_and_never_read_as_good(request, tmp_path, kind):
    folder = Path(shutil.copytree(request.getfixturevalue(kind), tmp_path / "copy"))
    names = [*open_results(folder).manifest["files"], *SEALS]
    assert inspect.verify(folder) == {"complete": True, "files": len(names), "damaged": []}
    chance, read = random.Random(1), readers(folder)
    for trial in range(TRIALS // 2):
        name = names[trial % len(names)]
        whole = (folder / name).read_bytes()
        how = damage(folder / name, chance)
        found = inspect.verify(folder)
        if name in SEALS:
            assert not found["complete"], (trial, name, how)
            assert how == "remove" or any(name in one for one in found["damaged"]), (trial, name, how)
        else:
            assert found["damaged"] == [name], (trial, name, how)
        for start, reader in read.items():
            if name.startswith(start):
                with pytest.raises(StoreError, match=r"damaged|changed|not a complete"):
                    reader()
        (folder / name).write_bytes(whole)
    open_results(folder).verify()


def test_a_file_that_the_study_does_not_have_is_no_hindrance(study, tmp_path):
    folder = Path(shutil.copytree(study, tmp_path / "copy"))
    (folder / "figures").mkdir()
    (folder / "figures" / "own.png").write_bytes(b"mine")
    assert inspect.verify(folder)["damaged"] == []


WHAT = [
    "points/00001/record-00000", "points/00001/national-00000.parquet", "points/00001/panel-00000.parquet", "ruler",
    "summary.parquet", "units.parquet", "points.parquet", "failures.parquet", "identity.json", *SEALS,
]  # fmt: skip


@pytest.mark.parametrize("name", WHAT)
def test_resume_computes_just_what_is_damaged(study, tmp_path, monkeypatch, name):
    folder = Path(shutil.copytree(study, tmp_path / study.name))
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 4
    (folder / name).write_bytes(data)
    asked: list[float] = []
    run_chunk = chunks.run_chunk
    monkeypatch.setattr(
        chunks, "run_chunk",
        lambda *given: (asked.append(given[0].scenario.values["rente_tillegg"][0]), run_chunk(*given))[1],
    )  # fmt: skip
    assert fill(stored_design(folder), world(), folder) == folder
    assert study_hashes(folder) == study_hashes(study)
    assert inspect.verify(folder)["damaged"] == [] and inspect.verify(folder)["complete"]
    if name.startswith("points/"):
        assert asked == [0.02]  # one chunk of the damaged point
    elif name != "ruler":
        assert asked == []


@pytest.mark.parametrize("name", ["design.json", "scenario.json"])
def test_without_what_was_asked_for_nothing_can_be_resumed_and_that_is_said(study, result, tmp_path, name):
    folder = Path(shutil.copytree(study if name == "design.json" else result, tmp_path / "copy"))
    (folder / name).write_bytes(b"{")
    with pytest.raises(StoreError, match=rf"{name}: damaged or not there; run"):
        _ = stored_design(folder) if name == "design.json" else resume(folder, world())


@pytest.mark.parametrize("name", ["national.parquet", "units.parquet", *SEALS])
def test_a_result_whose_tables_are_damaged_becomes_whole_again(result, tmp_path, name):
    folder = Path(shutil.copytree(result, tmp_path / result.name))
    (folder / name).write_bytes(b"gone")
    assert resume(folder, world()) == folder
    for one in open_results(folder).manifest["files"]:
        assert (folder / one).read_bytes() == (result / one).read_bytes(), one


# disks and other processes


def test_two_processes_on_one_study_do_not_meet(study, tmp_path):
    folder = Path(shutil.copytree(study, tmp_path / study.name))
    (folder / "COMPLETE").unlink()
    with locked(folder), pytest.raises(StoreError, match="another process writes here"):
        fill(stored_design(folder), world(), folder)


@pytest.mark.parametrize(
    ("number", "said"), [(errno.ENOSPC, "the disk is full"), (errno.EROFS, "no permission to write here")]
)
@pytest.mark.parametrize("after", [1, 7, 13, 20])
def test_a_failing_disk_is_one_sentence_and_loses_nothing_finished(study, tmp_path, monkeypatch, number, said, after):
    sync, left = os.fsync, [after]

    def failing(handle: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(number, os.strerror(number))
        sync(handle)

    asked = design(tmp_path, 3, '"robek"', SMALL)
    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(StoreError, match=said):
        run_study(asked, world(), tmp_path / "out", 1)
    monkeypatch.setattr(os, "fsync", sync)
    (folder,) = (tmp_path / "out").iterdir()
    records = {path: path.stat().st_mtime_ns for path in folder.glob("points/*/record-*")}
    assert not list(folder.rglob("*.tmp"))
    run_study(asked, world(), tmp_path / "out", 1)
    assert study_hashes(folder) == study_hashes(study)
    assert all(path.stat().st_mtime_ns == before for path, before in records.items())


def test_a_study_that_does_not_fit_is_refused_with_the_reason(tmp_path, monkeypatch):
    small = cost.Cost(10, 100, 60.0, 5e9, 1e9, 2)
    assert "10 points x 100 runs = 1,000 runs: about 1:00 min with 2 workers, 4.7 GB on the disk" in small.sentence()
    monkeypatch.setattr(cost.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**10, 10**10, 10**9))
    with pytest.raises(UserError, match=r"needs about 4\.7 GB and 954 MB are free"):
        cost.check_fits(small, tmp_path / "not" / "there")
    monkeypatch.setattr(cost.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**12, 0, 10**12))
    monkeypatch.setattr(cost, "free_memory", lambda: 5e8)
    with pytest.raises(UserError, match="of memory with 2 workers and 477 MB are free"):
        cost.check_fits(small, tmp_path)


def test_points_of_few_runs_are_said_to_cost_more_than_their_runs():
    from sim.outputs import select
    from sim.store.study import StudyLayout

    def seconds(points: int, runs: int, years: int) -> float:
        layout = StudyLayout(select(["robek"]), 0, tuple(range(2026, 2026 + years)), ("0301",) * 372, runs, points)
        return cost.seconds_of(layout, 0.004)

    assert seconds(1000, 1, 10) > 3 * 1000 * 0.004
    assert seconds(1000, 1, 10) > seconds(1000, 1, 1) > seconds(1, 1000, 1) > 1000 * 0.004
    assert seconds(2000, 1, 10) == 2 * seconds(1000, 1, 10)


def test_what_a_study_is_said_to_need_on_the_disk_is_near_what_it_takes(study):
    from sim.batch.task import layout_of

    found = sum(path.stat().st_size for path in study.rglob("*") if path.is_file())
    said = cost.disk_bytes(layout_of(stored_design(study), world()))
    assert found / 5 < said < 5 * found
