"""A download that is stopped, killed or interrupted by a full disk goes on where it was; `data use`."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fetch_invented import TABLES, dataset
from fetch_server import SSB, answer, be_silent, serving

from sim.commands.fetch import data_fetch, data_use
from sim.errors import UserError
from sim.fetch.choice import chosen_folder, config_file
from sim.fetch.errors import FetchError
from sim.fetch.files import alone, write_whole

SCRIPT = """
import sys
from pathlib import Path
from sim.commands.fetch import data_fetch
from sim.fetch.client import Client
from sim.fetch.pace import Pace
from sim.fetch.site import Site
client = Client(Site("http", ("127.0.0.1",), int(sys.argv[1])), pace=Pace(10_000, 5_000))
data_fetch(("12143", "12134"), Path(sys.argv[2]), False, client)
"""


@pytest.fixture
def ssb() -> Iterator[SSB]:
    with serving() as server:
        yield server


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user with empty folders of their own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    return tmp_path


def tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.csv") if path.name != "SOURCES.csv"}


def data_questions(asked: list[str]) -> list[str]:
    return [path for path in asked if "/data?" in path]


@pytest.mark.parametrize("question", [0, 2, 4, 6, 8])
def test_a_killed_download_goes_on_without_asking_twice_and_ends_with_the_same_bytes(
    root: Path, tmp_path: Path, question: int
) -> None:
    with serving() as ssb:
        data_fetch(("12143", "12134"), tmp_path / "whole", False, ssb.client())
        assert len(ssb.asked) > 8
    with serving() as ssb:
        ssb.faults = {question: be_silent}
        command = [sys.executable, "-c", SCRIPT, str(ssb.server_port), str(tmp_path / "killed")]
        process = subprocess.Popen(command, cwd=root, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while len(ssb.asked) <= question and time.monotonic() < deadline:
            time.sleep(0.01)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert len(ssb.asked) == question + 1
        for content in tables(tmp_path / "killed").values():  # only whole tables are there
            assert content in tables(tmp_path / "whole").values()
        data_fetch(("12143", "12134"), tmp_path / "killed", False, ssb.client())
        answered = data_questions(ssb.asked[:question])
        assert not set(answered) & set(data_questions(ssb.asked[question + 1 :]))
    assert tables(tmp_path / "killed") == tables(tmp_path / "whole")


def test_a_second_download_asks_only_for_what_the_tables_are_today(ssb: SSB, tmp_path: Path) -> None:
    data_fetch(("12143",), tmp_path, False, ssb.client())
    first = len(ssb.asked)
    data_fetch(("12143",), tmp_path, False, ssb.client())
    assert len(ssb.asked) == first + 1 and "/metadata" in ssb.asked[-1]


def test_a_table_that_was_revised_is_fetched_anew_and_its_old_parts_go(ssb: SSB, tmp_path: Path) -> None:
    data_fetch(("12143",), tmp_path, False, ssb.client())
    parts = {path.name for path in (tmp_path / ".fetch" / "12143").iterdir()}
    first = len(ssb.asked)
    with serving() as later:
        revised = dataset("12143", TABLES["12143"], False) | {"updated": "2027-03-15T07:00:00Z"}
        later.faults = {0: answer(json.dumps(revised))}
        data_fetch(("12143",), tmp_path, False, later.client())
        assert len(later.asked) == first
    assert not parts & {path.name for path in (tmp_path / ".fetch" / "12143").iterdir()}


@pytest.mark.parametrize("harm", ["emptied", "one byte", "no note", "note of a list"])
def test_a_kept_part_that_was_harmed_is_asked_for_again(ssb: SSB, tmp_path: Path, harm: str) -> None:
    data_fetch(("12143",), tmp_path, False, ssb.client())
    whole, first = tables(tmp_path), len(ssb.asked)
    note = sorted((tmp_path / ".fetch" / "12143").glob("*.source.json"))[0]
    part = note.with_name(note.name.replace(".source.json", ".json"))
    if harm == "emptied":
        part.write_bytes(b"")
    elif harm == "one byte":
        part.write_bytes(part.read_bytes().replace(b"1", b"2", 1))
    elif harm == "no note":
        note.unlink()
    else:
        note.write_bytes(b"[]")
    data_fetch(("12143",), tmp_path, False, ssb.client())
    assert len(data_questions(ssb.asked[first:])) == 1
    assert tables(tmp_path) == whole


def test_a_failed_table_leaves_the_one_that_was_there(ssb: SSB, tmp_path: Path) -> None:
    data_fetch(("12143",), tmp_path, False, ssb.client())
    before = tables(tmp_path)
    ssb.tables = {}
    with pytest.raises(FetchError, match="Non-existent table"):
        data_fetch(("12143",), tmp_path, False, ssb.client())
    assert tables(tmp_path) == before


def test_a_full_disk_is_one_sentence_and_harms_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "table.csv"
    write_whole(path, b"before")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FetchError, match="the disk is full"):
        write_whole(path, b"after")
    assert path.read_bytes() == b"before" and [p.name for p in tmp_path.iterdir()] == ["table.csv"]


def test_a_stop_before_the_last_step_of_writing_leaves_the_file_that_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "table.csv"
    write_whole(path, b"before")

    def stopped(_: Path, __: Path) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        write_whole(path, b"after")
    assert path.read_bytes() == b"before" and [p.name for p in tmp_path.iterdir()] == ["table.csv"]


def test_a_file_where_the_folder_should_be_is_one_sentence(ssb: SSB, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x")
    with pytest.raises(FetchError, match="stands in the way"):
        data_fetch(("12143",), tmp_path / "taken", False, ssb.client())
    assert ssb.asked == []


def test_two_downloads_into_one_folder_do_not_mix(ssb: SSB, tmp_path: Path) -> None:
    with alone(tmp_path / ".fetch"), pytest.raises(FetchError, match="another download writes here"):
        data_fetch(("12143",), tmp_path, False, ssb.client())
    assert ssb.asked == []


def test_json_output_is_one_document_with_records(ssb: SSB, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert data_fetch(("12143",), tmp_path, True, ssb.client()) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["queries"] == len(ssb.asked)
    assert [file["file"] for file in printed["tables"][0]["files"]] == ["debt_kostra.csv"]


def test_the_default_folder_is_the_users_own_and_can_be_chosen(
    ssb: SSB, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert chosen_folder() is None
    with pytest.raises(UserError, match="data fetch"):
        data_use("official")
    assert not config_file().exists()
    assert data_fetch(("12143",), None, False, ssb.client()) == 0
    assert data_use("official") == 0
    assert chosen_folder() == home / "share" / "kommunesim" / "official"
    assert data_use("embedded") == 0
    assert chosen_folder() is None
    assert "embedded tables" in capsys.readouterr().out


def test_a_folder_is_recorded_with_its_whole_path(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = tmp_path / "mine æøå"
    mine.mkdir()
    shutil.copy(Path(__file__).parents[1] / "sim/data/elderly_2025.csv", mine)
    monkeypatch.chdir(tmp_path)
    assert data_use("mine æøå") == 0
    monkeypatch.chdir("/")
    assert chosen_folder() == mine


@pytest.mark.parametrize("what", ["nowhere", "", "  ", "a\0b"])
def test_a_folder_that_is_not_there_is_not_recorded(home: Path, what: str) -> None:
    with pytest.raises(UserError) as refused:
        data_use(what)
    assert refused.value.exit_code == 2 and "\n" not in str(refused.value)
    assert not config_file().exists()


def test_a_folder_with_a_bad_table_is_not_recorded(home: Path, tmp_path: Path) -> None:
    (tmp_path / "population_age_groups.csv").write_text("kommunenummer,year\n1103,2026\n")
    with pytest.raises(UserError, match="pop_total"):
        data_use(str(tmp_path))
    assert not config_file().exists()


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"data": 3}', '{"data": ""}', '{"data": "/no/such/folder"}'])
def test_a_record_that_cannot_be_used_is_an_error_and_not_other_data(home: Path, text: str) -> None:
    config_file().parent.mkdir(parents=True)
    config_file().write_text(text)
    with pytest.raises(UserError, match="data use embedded") as refused:
        chosen_folder()
    assert "\n" not in str(refused.value)


def test_importing_the_downloader_opens_no_connection_and_loads_nothing_heavy(root: Path) -> None:
    script = (
        "import sys, socket; socket.socket.connect = None; import sim.commands.fetch, sim.fetch.choice;"
        "print(*sorted({n.split('.')[0] for n in sys.modules} & {'numba', 'pandas', 'matplotlib', 'rich'}))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
