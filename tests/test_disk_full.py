"""A disk that really is full or read-only: one sentence, exit code 2, nothing finished lost, the same bytes with room.

The disk is a tmpfs of a few pages in a mount namespace of the child's own, which needs no rights on most machines.
"""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from sim import batch
from sim.store import open_results
from tests.designs import make_study, study_hashes
from tests.sweeps import hashes, scenario, world
from tests.test_study_damage import SMALL

SHARES = (0.4, 0.9)  # of what a whole folder takes
# on a disk mounted with each of some options in turn, what it holds being kept
SCRIPT = """
set -e
disk=$1 run=$2 python=$3 before=$4 after=$5
shift 5
mount -t tmpfs -o size=64m tmpfs "$disk"
cp -r "$before/." "$disk"
folder=$(ls "$disk")
for options in "$@"; do
  mount -o "remount,$options" "$disk"
  code=0
  "$python" "$run" resume "$disk/$folder" --workers 1 --quiet >"$after/out" 2>"$after/err" || code=$?
  echo "$code $(cat "$after/out")|$(cat "$after/err")|$(find "$disk" -name '*.tmp' | wc -l)"
  ls --full-time "$disk/$folder"/points/*/record-* "$disk/$folder"/progress/part-* 2>/dev/null | sed 's/^/had /' || true
done
cp -r "$disk/." "$after"
"""


def namespaces() -> bool:
    """True if a process here can have a disk of its own."""
    trial = 'mount -t tmpfs -o size=1m tmpfs "$1" && mount -o remount,size=2m "$1"'
    try:
        with subprocess.Popen(["unshare", "-rm", "sh", "-c", trial, "sh", "/mnt"], stderr=subprocess.DEVNULL) as tried:
            return tried.wait() == 0
    except OSError:
        return False


pytestmark = pytest.mark.skipif(not namespaces(), reason="NOT TESTED: no mount namespace may be made here")


def resumed(before: Path, root: Path, tmp_path: Path, size: int) -> tuple[list[list[str]], list[list[str]], Path]:
    """What `run.py resume` said on each disk (code, out, error, leftovers), what was finished then, the folder at last.

    size: bytes that the whole folder takes.
    """
    disk, after = tmp_path / "disk", tmp_path / "after"
    disk.mkdir()
    after.mkdir()
    options = ["ro", *(f"rw,size={int(share * size)}" for share in SHARES), "rw,size=64m"]
    given = [str(disk), str(root / "run.py"), sys.executable, str(before), str(after), *options]
    command = ["unshare", "-rm", "sh", "-c", SCRIPT, "sh", *given]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    said: list[list[str]] = []
    had: list[list[str]] = []
    for line in done.stdout.splitlines():
        if line.startswith("had "):
            had[-1].append(line.split(maxsplit=6)[-1])  # time of the last change, and name
        else:
            code, _, rest = line.partition(" ")
            said.append([code, *rest.split("|")])
            had.append([])
    (folder,) = (path for path in after.iterdir() if path.is_dir())
    return said, had, folder


def judge(said: list[list[str]], had: list[list[str]]) -> None:
    locked, *full, last = said
    assert (locked[0], locked[1], locked[3]) == ("2", "", "0"), said
    assert locked[2].endswith("no permission to write here; choose another place with --out."), said
    assert last[0] == "0" and last[2:] == ["", "0"], said
    assert len(full) == len(SHARES)
    for code, out, error, leftovers in full:
        assert (code, out, leftovers) == ("2", "", "0"), said
        assert error.endswith("the disk is full; make room (or choose another --out) and run again to go on."), said
    for earlier, later in pairwise(had[:-1]):
        assert set(earlier) <= set(later), (earlier, later)


def bytes_of(folder: Path) -> int:
    """What the files take in pages."""
    return sum(-(-path.stat().st_size // 4096) * 4096 for path in folder.rglob("*") if path.is_file())


def test_a_study_on_a_full_disk_goes_on_when_there_is_room(root, tmp_path):
    whole = make_study(tmp_path / "whole", 3, text=SMALL, panel='"robek"')
    begun = tmp_path / "begun" / whole.name
    begun.mkdir(parents=True)
    for name in ("design.json", "identity.json"):
        (begun / name).write_bytes((whole / name).read_bytes())
    said, had, folder = resumed(begun.parent, root, tmp_path, bytes_of(whole))
    judge(said, had)
    assert study_hashes(folder) == study_hashes(whole)
    assert any(had[:-1])  # on one of the full disks a part was finished


def test_a_result_on_a_full_disk_goes_on_when_there_is_room(root, tmp_path):
    whole = batch.run(scenario(150, 1, panel=("robek", "lanegjeld")), world(), tmp_path / "whole")
    begun = tmp_path / "begun" / whole.name
    begun.mkdir(parents=True)
    (begun / "scenario.json").write_bytes((whole / "scenario.json").read_bytes())
    said, had, folder = resumed(begun.parent, root, tmp_path, bytes_of(whole))
    judge(said, had)
    assert hashes(folder) == hashes(whole)
    open_results(folder).verify()
    assert any(had[:-1])
