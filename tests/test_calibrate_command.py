"""`run.py calibrate` from end to end, small: files, pictures, and the same bytes when it is asked again."""

import json

import pytest
from click.testing import CliRunner

from sim.commands.calibrate_cli import calibrate
from sim.plots.calibration import write_calibration_figures
from sim.scenario.parameter_set import ABOUT, DATA, TABLE, load_set

SMALL = ["--sets", "64", "--waves", "2", "--runs", "2", "--seed", "5"]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    out = tmp_path_factory.mktemp("calibration")
    first = CliRunner().invoke(calibrate, [*SMALL, "--out", str(out)], standalone_mode=False)
    assert first.exception is None, first.exception
    (folder,) = out.iterdir()
    return out, folder, first.stdout


def test_it_leaves_a_set_that_scenarios_can_read_and_says_what_is_identified(made):
    _, folder, said = made
    chosen = load_set(folder)
    assert chosen is not None and len(chosen.vectors) == 32  # half of the wave at most
    about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    assert about["seed"] == 5 and about["runs_per_set"] == 2 and about["sets_per_wave"] == 64
    assert "--seed 5" in about["reproduce"]
    for row in (*about["moments"], *about["parameters"]):
        assert row.get("fact", row.get("name")) in said
    assert said.splitlines()[-1].endswith(folder.name)


def test_asked_again_it_computes_nothing_and_leaves_the_same_bytes(made):
    out, folder, _ = made
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    parts = {path: path.stat().st_mtime_ns for path in folder.rglob("part-*")}
    assert parts
    again = CliRunner().invoke(
        calibrate, [*SMALL, "--out", str(out), "--quiet", "--workers", "1"], standalone_mode=False
    )
    assert again.exception is None and again.stdout.count("\n") == 1
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("part-*")} == parts


def test_a_test_run_does_not_touch_the_released_set(made):
    _, folder, _ = made
    assert (DATA / TABLE).read_bytes() != (folder / TABLE).read_bytes()


def test_the_pictures_are_made_from_the_stored_set_alone(made, tmp_path):
    _, folder, _ = made
    for name in (TABLE, ABOUT):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    written = write_calibration_figures(tmp_path)
    assert {path.name for path in written} == {f"{n}.{k}" for n in ("prior_accepted", "pairs") for k in ("png", "svg")}
    for path in written:
        assert path.read_bytes() == (folder / path.name).read_bytes(), path.name
