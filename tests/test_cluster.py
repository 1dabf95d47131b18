"""Studies on Dask: the same bytes from other processes, with one of them killed, and sentences where it cannot be."""

import os
import signal
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.batch import task
from sim.batch.stop import Stop, StoppedError
from sim.batch.study import run_study
from sim.cluster import engine
from sim.cluster.address import Address, read_address
from sim.cluster.exchange import fetch_begun, offer_begun
from sim.commands.study import extend_folder, resume_folder
from sim.errors import UserError
from sim.store import StoreError, open_results
from sim.store.identity import digest, read_identity
from sim.store.study import RUNS_PER_RECORD
from tests.designs import design, make_study, study_hashes
from tests.sweeps import world

try:
    import distributed  # noqa: F401
    import fsspec  # noqa: F401

    INSTALLED = True
except ImportError:
    INSTALLED = False
needs_dask = pytest.mark.skipif(not INSTALLED, reason="NOT TESTED: the extra 'cluster' (distributed) is not installed")
RUNS = 6


@pytest.fixture(scope="module")
def local(tmp_path_factory) -> dict[str, str]:
    """What a study of 4 points is when threads of this process compute it."""
    return study_hashes(make_study(tmp_path_factory.mktemp("local"), RUNS, 1))


@pytest.fixture(scope="module")
def cluster():
    """Two worker processes on loopback."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address="127.0.0.1:0",
        worker_dashboard_address="127.0.0.1:0", silence_logs=50, memory_limit=0,
    ) as made:  # fmt: skip
        yield made


def where(cluster, more: str = "") -> str:
    return "dask://" + cluster.scheduler_address.removeprefix("tcp://") + more


def pids(cluster) -> list[int]:
    return [nanny.process.pid for nanny in cluster.workers.values() if nanny.process is not None]


class Killing:
    """An engine that kills a worker as soon as the first part is done."""

    def __init__(self, inner, cluster) -> None:
        self.inner, self.cluster, self.killed = inner, cluster, []

    def __call__(self, folder, parts, tick, stop) -> None:
        def killing(runs: int) -> None:
            tick(runs)
            if not self.killed:
                self.killed.append(pids(self.cluster)[0])
                os.kill(self.killed[0], signal.SIGKILL)

        self.inner(folder, parts, killing, stop)


@needs_dask
def test_two_processes_one_of_them_killed_give_the_bytes_of_this_process(cluster, local, tmp_path: Path) -> None:
    killing = Killing(engine(where(cluster)), cluster)
    path = run_study(design(tmp_path, RUNS), world(), tmp_path / "out", 1, engine=killing)
    assert study_hashes(path) == local
    assert killing.killed and killing.killed[0] not in pids(cluster)  # it did die, and another took its place
    assert open_results(path).points["status"].eq("ok").all()


@needs_dask
def test_files_that_travel_by_a_url_are_the_same_bytes(cluster, local, tmp_path: Path) -> None:
    via = (tmp_path / "bucket" / "study").as_uri()
    made = engine(where(cluster, f"?via={via}"))
    path = run_study(design(tmp_path, RUNS), world(), tmp_path / "out", 1, engine=made)
    assert study_hashes(path) == local
    assert any((tmp_path / "bucket" / "study" / "points").rglob("record-*"))


@needs_dask
def test_a_study_that_was_cut_short_goes_on_elsewhere(cluster, local, tmp_path: Path) -> None:
    made = engine(where(cluster))
    stop_after_one = Stopping(made)
    with pytest.raises(StoppedError):
        run_study(design(tmp_path, RUNS), world(), tmp_path / "out", 1, engine=stop_after_one)
    folder = next((tmp_path / "out").iterdir())
    assert not (folder / "COMPLETE").exists() and list(folder.rglob("record-*"))
    assert study_hashes(run_study(design(tmp_path, RUNS), world(), tmp_path / "out", 1, engine=made)) == local


@needs_dask
@pytest.mark.parametrize("travels", [False, True])
def test_more_runs_and_damaged_parts_are_computed_elsewhere_too(cluster, local, tmp_path: Path, travels) -> None:
    via = f"?via={(tmp_path / 'bucket').as_uri()}" if travels else ""
    folder = make_study(tmp_path, RUNS - 2, 1)
    extend_folder(str(folder), RUNS, where(cluster, via), 1, None, True)
    assert study_hashes(folder) == local
    (folder / "points" / "00002" / "national-00000.parquet").write_bytes(b"gone")
    resume_folder(str(folder), where(cluster, via), 1, None, True)
    assert study_hashes(folder) == local


@needs_dask
def test_a_part_that_travels_keeps_the_runs_it_has(tmp_path: Path) -> None:
    folder, url = make_study(tmp_path, RUNS - 2, 1), (tmp_path / "bucket").as_uri()
    identity = read_identity(folder)
    assert identity is not None
    names = offer_begun(folder, 1, 0, digest(identity), url)
    fetch_begun(tmp_path / "worker", names, url)
    assert {name.rpartition("/")[2].split("-")[0] for name in names} == {"national", "panel", "record"}
    assert all((tmp_path / "worker" / name).read_bytes() == (folder / name).read_bytes() for name in names)
    (folder / names[0]).write_bytes(b"damaged")
    assert offer_begun(folder, 1, 0, digest(identity), url) == []


class Stopping:
    """An engine that raises the flag, as Ctrl-C does, when the first part is done."""

    def __init__(self, inner) -> None:
        self.inner = inner

    def __call__(self, folder, parts, tick, stop: Stop) -> None:
        self.inner(folder, parts, lambda runs: (tick(runs), stop.set(signal.SIGINT))[0], stop)


@needs_dask
def test_a_url_that_cannot_be_written_ends_the_study_in_one_sentence(cluster, tmp_path: Path) -> None:
    made = engine(where(cluster, "?via=nowhere://there"))
    with pytest.raises(StoreError, match=r"nowhere://there/design\.json: cannot be written"):
        run_study(design(tmp_path, RUNS), world(), tmp_path / "out", 1, engine=made)


@needs_dask
def test_a_part_that_no_worker_can_compute_ends_in_one_sentence(cluster, tmp_path: Path) -> None:
    begun = run_study(design(tmp_path, RUNS), world(), tmp_path / "out", 1)
    (begun / "design.json").write_bytes(b"{}")  # what the workers read is not what it was
    with pytest.raises(UserError, match="the stored design is of another version"):
        engine(where(cluster))(begun, [(0, 0)], lambda runs: None, Stop())


def test_a_worker_leaves_alone_what_another_is_writing(tmp_path: Path) -> None:
    from sim.store.files import replacing

    begun = run_study(design(tmp_path, RUNS), world(), tmp_path / "out", 1)
    (begun / "points" / "00001" / "record-00000").unlink()  # so that there is something to do
    with replacing(begun / "points" / "00001" / "panel-00000.parquet") as temporary:
        temporary.write_bytes(b"the first half of another worker's file")
        task.compute(str(begun), 1, 0)
        assert temporary.read_bytes() == b"the first half of another worker's file"
        temporary.write_bytes((begun / "points" / "00001" / "panel-00000.parquet").read_bytes())
    assert not open_results(begun).verify()
    assert not list(begun.rglob("*.tmp"))


def test_two_writers_of_the_same_file_do_not_disturb_each_other(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from sim.store.study import write_beside

    data = bytes(range(256)) * 2000
    with ThreadPoolExecutor(8) as pool:
        written = list(pool.map(lambda _: write_beside(tmp_path / "part", data), range(40)))
    assert len(set(written)) == 1 and (tmp_path / "part").read_bytes() == data
    assert [path.name for path in tmp_path.iterdir()] == ["part"]


@needs_dask
def test_progress_counts_every_run_once(cluster, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("sim.cluster.dask_engine.AHEAD", 1)  # fewer tasks at a time than there are
    seen: list[int] = []
    folder = run_study(design(tmp_path, RUNS), world(), tmp_path / "out", 1)
    engine(where(cluster))(folder, [(point, 0) for point in range(4)], seen.append, Stop())
    assert seen == [RUNS] * 4 and RUNS < RUNS_PER_RECORD


@needs_dask
def test_where_nothing_listens_is_said(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("sim.cluster.dask_engine.PATIENCE", "1s")
    with pytest.raises(UserError, match=r"dask://127\.0\.0\.1:1: no scheduler answers there"):
        engine("dask://127.0.0.1:1")(tmp_path, [(0, 0)], lambda runs: None, Stop())


def test_addresses_are_read_as_they_are_written() -> None:
    assert read_address("dask") == read_address("dask://") == Address("", "")
    assert read_address("dask://node1:8786") == Address("node1:8786", "")
    assert read_address("dask://[::1]:8786") == Address("[::1]:8786", "")
    assert read_address("dask://h:1?via=s3://bucket/a/") == Address("h:1", "s3://bucket/a")
    assert read_address("dask?via=file:///srv/x") == Address("", "file:///srv/x")


@pytest.mark.parametrize(
    "text",
    ["dask://host", "dask://host:99999", "dask://:80", "dask://h:1/path", "dask://h:1?by=x", "dask?via=here", "dusk"],
)
def test_any_other_address_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="--on"):
        read_address(text)


@settings(max_examples=60)
@given(st.text(max_size=30))
def test_no_text_makes_an_address_fail_without_a_sentence(text: str) -> None:
    for where_ in (text, f"dask://{text}"):
        try:
            read_address(where_)
        except UserError as error:
            assert "\n" not in str(error)


@needs_dask
def test_a_file_that_changed_on_its_way_is_refused(tmp_path: Path) -> None:
    from sim.cluster.exchange import collect

    (tmp_path / "far" / "points" / "00000").mkdir(parents=True)
    (tmp_path / "far" / "points" / "00000" / "record-00000").write_bytes(b"other")
    files = {"points/00000/record-00000": {"sha256": "0" * 64, "bytes": 5}}
    with pytest.raises(StoreError, match="not what the worker wrote"):
        collect(tmp_path / "near", files, (tmp_path / "far").as_uri())
    assert not list((tmp_path / "near").rglob("record*"))


@needs_dask
def test_own_workers_listen_on_loopback_only_and_are_gone_afterwards(tmp_path: Path) -> None:
    made = engine("dask", 1)
    with made.client() as client:
        info = client.scheduler_info()
        assert info["address"].startswith("tcp://127.0.0.1:")
        assert all(address.startswith("tcp://127.0.0.1:") for address in info["workers"])
        (pid,) = client.run(os.getpid).values()
        assert set(client.run(signal.getsignal, signal.SIGINT).values()) == {signal.SIG_IGN}  # Ctrl-C is the parent's
    deadline = threading.Event()
    for _ in range(100):
        if not Path(f"/proc/{pid}").exists():
            break
        deadline.wait(0.1)
    assert not Path(f"/proc/{pid}").exists()
