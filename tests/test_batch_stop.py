"""Interruption: signals, kill -9, full disks. What is finished stays, what is broken is computed again."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim import batch
from sim.batch.stop import Stop, on_signals, on_threads
from sim.store import StoreError, open_results
from sim.store.files import write_file
from sim.store.folder import ResultFolder
from tests.sweeps import hashes, scenario, world

RUNS = 350
SLOW = """
import sys, time
from pathlib import Path
from sim import batch
from sim.store.folder import ResultFolder
from tests.sweeps import scenario, world

write = ResultFolder.write_part
def slowly(self, part, *rest):
    write(self, part, *rest)
    print("stored", part, flush=True)
    time.sleep(float(sys.argv[2]))
ResultFolder.write_part = slowly
try:
    batch.run(scenario(350), world(), Path(sys.argv[1]), workers=1, say=lambda text: print(text, flush=True))
except batch.StoppedError as stopped:
    print(stopped, flush=True)
    sys.exit(stopped.exit_code)
print("complete", flush=True)
"""


def start(out: Path, pause: float, root: Path, **env: str) -> subprocess.Popen:
    """A sweep in a process of its own that pauses after each part."""
    return subprocess.Popen(
        [sys.executable, "-c", SLOW, str(out), str(pause)],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root)} | env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_for(process: subprocess.Popen, words: str) -> None:
    """Reads stdout up to the line with these words."""
    assert process.stdout is not None
    for line in process.stdout:
        if words in line:
            return
    raise AssertionError(f"never said {words!r}: {process.communicate()[1]}")


@pytest.fixture(scope="module")
def expected(tmp_path_factory) -> dict[str, str]:
    """Hashes of the files of an uninterrupted sweep."""
    return hashes(batch.run(scenario(RUNS), world(), tmp_path_factory.mktemp("whole")))


def test_a_killed_sweep_goes_on_and_ends_with_the_same_bytes(tmp_path, root, expected):
    process = start(tmp_path, 30.0, root)
    wait_for(process, "stored 0")
    process.kill()
    process.wait()
    (folder,) = tmp_path.iterdir()
    assert (folder / "panel" / "part-00000.parquet").exists() and not (folder / "COMPLETE").exists()
    first = (folder / "panel" / "part-00000.parquet").stat().st_mtime_ns
    with pytest.raises(StoreError, match="not a complete result"):
        open_results(folder)
    (folder / "panel" / "part-00001.parquet.tmp").write_bytes(b"half")  # as if killed in the middle of a write
    said: list[str] = []
    assert batch.run(scenario(RUNS), world(), tmp_path, say=said.append) == folder
    assert said == [f"Going on: 100 of {RUNS} runs are stored."]
    assert (folder / "panel" / "part-00000.parquet").stat().st_mtime_ns == first
    assert hashes(folder) == expected
    assert not list(folder.rglob("*.tmp"))


@pytest.mark.parametrize("broken", ["panel/part-00000.parquet", "progress/part-00000"])
@pytest.mark.parametrize("how", ["flip", "cut", "empty", "remove"])
def test_a_broken_part_is_computed_again_on_resuming(tmp_path, monkeypatch, expected, broken, how):
    kept = ResultFolder.finish
    monkeypatch.setattr(ResultFolder, "finish", lambda *_: None)  # stop before COMPLETE, with all parts stored
    folder = batch.run(scenario(RUNS), world(), tmp_path)
    monkeypatch.setattr(ResultFolder, "finish", kept)
    victim = folder / broken
    data = bytearray(victim.read_bytes())
    data[len(data) // 2] ^= 4
    victim.write_bytes({"flip": data, "cut": data[:-9], "empty": b"", "remove": b""}[how])
    if how == "remove":
        victim.unlink()
    said: list[str] = []
    batch.run(scenario(RUNS), world(), tmp_path, say=said.append)
    assert said == [f"Going on: {RUNS - 100} of {RUNS} runs are stored."]
    assert hashes(folder) == expected


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("pause", [0.2, 60.0])  # a worker that ends, and one that is stuck
def test_a_signal_ends_a_sweep_in_time_with_one_sentence(tmp_path, root, expected, number, code, pause):
    process = start(tmp_path, pause, root)
    wait_for(process, "stored 0")
    process.send_signal(number)
    out, err = process.communicate(timeout=15.0)
    assert process.returncode == code and err == ""
    assert "runs are stored; the same command goes on from there." in out and "complete" not in out
    (folder,) = tmp_path.iterdir()
    batch.run(scenario(RUNS), world(), tmp_path)
    assert hashes(folder) == expected


def test_a_signal_while_the_kernel_is_compiled_ends_in_time(tmp_path, root):
    process = start(tmp_path / "out", 0.0, root, XDG_CACHE_HOME=str(tmp_path / "cold"), NUMBA_CACHE_DIR="")
    compiled = tmp_path / "cold" / "kommunesim"
    deadline = time.monotonic() + 60.0
    while not list(compiled.rglob("*.nbi")) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=15.0)
    assert (process.returncode, err) == (143, "") and "stopped after 0 of" in out


def test_two_processes_in_one_folder_do_not_meet(tmp_path, root, expected):
    process = start(tmp_path, 30.0, root)
    wait_for(process, "stored 0")
    with pytest.raises(StoreError, match="another process writes here"):
        batch.run(scenario(RUNS), world(), tmp_path)
    process.kill()
    process.wait()
    assert hashes(batch.run(scenario(RUNS), world(), tmp_path)) == expected


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "no permission to write here"),
        (errno.EIO, "Input/output error"),
    ],
)
def test_a_failing_disk_is_one_sentence_and_loses_nothing_finished(tmp_path, monkeypatch, expected, number, said):
    sync, left = os.fsync, [12]  # scenario.json takes two, a part four: fails in the third part

    def failing(handle: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(number, os.strerror(number))
        sync(handle)

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(StoreError, match=said):
        batch.run(scenario(RUNS), world(), tmp_path, workers=1)
    monkeypatch.setattr(os, "fsync", sync)
    (folder,) = tmp_path.iterdir()
    assert not list(folder.rglob("*.tmp"))
    told: list[str] = []
    batch.run(scenario(RUNS), world(), tmp_path, say=told.append)
    assert told == [f"Going on: 200 of {RUNS} runs are stored."]
    assert hashes(folder) == expected


def test_a_file_where_the_results_should_go_is_one_sentence(tmp_path):
    (tmp_path / "results").write_text("not a folder")
    with pytest.raises(StoreError, match="a file stands where a folder must be"):
        batch.run(scenario(1), world(), tmp_path / "results")


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "kept"
    write_file(path, b"old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match="the disk is full"):
        write_file(path, b"new")
    assert path.read_bytes() == b"old" and [p.name for p in tmp_path.iterdir()] == ["kept"]


def test_handlers_of_signals_are_given_back():
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    stop = Stop()
    with on_signals(stop):
        signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGINT)
        assert stop and stop.signal_number == signal.SIGTERM
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before


def test_a_failing_worker_stops_the_others_and_is_heard():
    stop, turns = Stop(), iter(range(3))

    def work() -> None:
        if next(turns) == 1:
            raise ZeroDivisionError("one of them")
        while not stop:
            time.sleep(0.001)

    with pytest.raises(ZeroDivisionError, match="one of them"):
        on_threads(3, work, stop, lambda: None)
    assert stop.signal_number == 0


def test_workers_stop_when_reporting_fails():
    stop = Stop()

    def work() -> None:
        while not stop:
            time.sleep(0.001)

    def report() -> None:
        raise BrokenPipeError("nobody reads stderr")

    with pytest.raises(BrokenPipeError):
        on_threads(2, work, stop, report)
    assert stop
