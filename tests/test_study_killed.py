"""kill -9 at random instants, and signals: the finished study has the bytes of an undisturbed one."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim.store import open_results
from tests.designs import design, make_study, study_hashes

LONG = bool(os.environ.get("KOMMUNESIM_LONG"))
KILLS = 60 if LONG else 3
RUNS, POINTS = 20, 25
MANY = """
[design]
scenarios = ["base.toml"]
runs = {runs}
seed = 3
years = 1
[[design.factor]]
name = "rente_tillegg"
values = [VALUES]
[outputs]
panel = [{panel}]
years = [2026]
summary = ["netto_driftsresultat", "robek"]
""".replace("VALUES", ", ".join(str(i / 1000) for i in range(POINTS)))
# in a process of its own; says when the clock of the killer may start
WORK = """
import sys
from pathlib import Path
from sim.baseline import load_world
from sim.batch.study import run_study
from sim.batch.stop import StoppedError
from sim.design import read_design

design, world = read_design(sys.argv[1]), load_world()
print("ready", flush=True)
try:
    run_study(design, world, sys.argv[2], 2)
except StoppedError as stopped:
    print(stopped, file=sys.stderr)
    sys.exit(stopped.exit_code)
print("complete", flush=True)
"""


def start(folder: Path, root: Path) -> subprocess.Popen:
    """A study in a process of its own, at the moment when it begins."""
    process = subprocess.Popen(
        [sys.executable, "-c", WORK, str(folder / "trial.toml"), str(folder / "out")], cwd=root, text=True,
        env=os.environ | {"PYTHONPATH": str(root)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n", process.communicate()[1]
    return process


def undisturbed(folder: Path, root: Path) -> tuple[dict[str, str], float]:
    """Hashes of a study that nobody disturbed, and how long it took."""
    design(folder, RUNS, '"robek"', MANY)
    process, begin = start(folder, root), time.monotonic()
    assert process.communicate()[0] == "complete\n"
    (made,) = (folder / "out").iterdir()
    return study_hashes(made), time.monotonic() - begin


@pytest.fixture(scope="module")
def expected(tmp_path_factory, root) -> tuple[dict[str, str], float]:
    """What a study is without disturbance."""
    return undisturbed(tmp_path_factory.mktemp("undisturbed"), root)


def test_a_study_that_was_killed_again_and_again_has_the_bytes_of_an_undisturbed_one(tmp_path, root, expected):
    hashes, seconds = expected
    chance, kills, studies = random.Random(7), 0, 0
    while kills < KILLS:
        place = tmp_path / str(studies)
        if studies % 2:  # every other one is killed while it grows
            make_study(place, RUNS // 3, text=MANY, panel='"robek"')
        design(place, RUNS, '"robek"', MANY)
        while True:
            process = start(place, root)
            time.sleep(chance.uniform(0.0, 0.5 * seconds))  # so that few attempts live to the end
            process.kill()
            out, errors = process.communicate()
            assert errors == ""
            if "complete" in out:
                break
            kills += 1
            if kills >= KILLS and process.returncode:
                assert start(place, root).communicate()[0] == "complete\n"
                break
        (made,) = (place / "out").iterdir()
        assert study_hashes(made) == hashes
        open_results(made).verify()
        assert not list(made.rglob("*.tmp"))
        studies += 1
        print(f"{kills} kills, {studies} studies whole", flush=True)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_a_study_in_one_sentence_and_nothing_finished_is_lost(tmp_path, root, expected, number, code):
    design(tmp_path, RUNS, '"robek"', MANY)
    process = start(tmp_path, root)
    deadline = time.monotonic() + 60.0
    while not list(tmp_path.glob("out/*/points/*/record-*")) and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(number)
    out, errors = process.communicate(timeout=30.0)
    assert (process.returncode, out) == (code, "")
    assert errors.endswith("runs are stored; the same command goes on from there.\n") and errors.count("\n") == 1
    (folder,) = (tmp_path / "out").iterdir()
    before = {path: path.stat().st_mtime_ns for path in folder.glob("points/*/record-*")}
    assert before
    assert start(tmp_path, root).communicate()[0] == "complete\n"
    assert study_hashes(folder) == expected[0]
    assert all(path.stat().st_mtime_ns == then for path, then in before.items())
