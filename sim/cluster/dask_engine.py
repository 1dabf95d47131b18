"""An engine on Dask distributed: a part of a study is a task, a lost worker's parts are computed by others."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue
from typing import TYPE_CHECKING, Any

from sim.batch.stop import Stop
from sim.batch.study import stored_runs
from sim.cluster.address import Address
from sim.errors import UserError, printable
from sim.processors import processors
from sim.store.files import StoreError
from sim.store.identity import digest, read_identity
from sim.store.study import RUNS_PER_RECORD

if TYPE_CHECKING:
    from distributed import Client

Part = tuple[int, int]
LOOPBACK = "127.0.0.1"
AHEAD = 4  # tasks per thread of the cluster that the scheduler holds at a time
RETRIES = 3  # of a part whose worker reports an error that may pass
WAIT = 0.2  # seconds between looks at the stop flag
PATIENCE = "20s"  # for a scheduler to answer


@dataclass(frozen=True)
class DaskEngine:
    """Called by sim.batch.study.fill with the parts that are missing."""

    address: Address
    workers: int | None = None
    data: str | None = None

    def __call__(self, folder: Path, parts: Sequence[Part], tick: Callable[[int], None], stop: Stop) -> None:
        """Returns when all parts are stored, or soon after the flag is up. StoreError, UserError if it cannot."""
        if not parts:
            return
        with self.client() as client:
            self.compute_all(client, folder, parts, tick, stop)

    @contextmanager
    def client(self) -> "Iterator[Client]":
        """A connection to the scheduler; without one, processes of our own on loopback, gone afterwards."""
        import dask
        from distributed import Client, LocalCluster

        chosen = {
            "distributed.comm.timeouts.connect": PATIENCE, "distributed.scheduler.allowed-failures": 10,
            "distributed.worker.preload": ["sim.cluster.preload"],
        }  # fmt: skip
        with ExitStack() as stack:
            stack.enter_context(dask.config.set(chosen))
            if self.address.scheduler:
                where: Any = f"tcp://{self.address.scheduler}"
            else:
                count = self.workers or processors()
                where = stack.enter_context(LocalCluster(
                    n_workers=count, threads_per_worker=1, processes=True, host=LOOPBACK, silence_logs=50,
                    dashboard_address=f"{LOOPBACK}:0", worker_dashboard_address=f"{LOOPBACK}:0", memory_limit=0,
                ))  # fmt: skip
            try:
                client = stack.enter_context(Client(where, set_as_default=False, timeout=PATIENCE))
            except (OSError, TimeoutError) as problem:
                said = printable(problem, 120)
                raise UserError(f"dask://{self.address.scheduler}: no scheduler answers there ({said}).") from None
            yield client

    def compute_all(
        self, client: "Client", folder: Path, parts: Sequence[Part], tick: Callable[[int], None], stop: Stop
    ) -> None:
        """Keeps AHEAD tasks per thread at the scheduler, so that it holds few however many parts there are."""
        runs, identity = stored_runs(folder) or 0, read_identity(folder)
        task = {"folder": str(folder.resolve()), "data": self._data(), "via": self.address.via,
                "digest": digest(identity) if identity else ""}  # fmt: skip
        if self.address.via:
            from sim.cluster.exchange import offer

            offer(folder, self.address.via)
        left, done = iter(parts), Queue[Any]()
        where: dict[str, tuple[Part, Any]] = {}

        def submit(count: int) -> None:
            for part in itertools.islice(left, count):
                begun = self._begun(folder, part, str(task["digest"]))
                future = client.submit(compute, *part, begun=begun, **task, pure=False, retries=RETRIES)
                where[str(future.key)] = part, future
                future.add_done_callback(done.put)

        submit(AHEAD * max(1, sum(client.nthreads().values())))
        while where and not stop:
            try:
                future = done.get(timeout=WAIT)
            except Empty:
                continue
            part, _ = where.pop(str(future.key))
            self._finish(folder, part, future)
            tick(min((part[1] + 1) * RUNS_PER_RECORD, runs) - part[1] * RUNS_PER_RECORD)
            future.release()
            submit(1)
        if where:
            client.cancel([future for _, future in where.values()], force=True)

    def _begun(self, folder: Path, part: Part, digest: str) -> list[str]:
        if not self.address.via:
            return []
        from sim.cluster.exchange import offer_begun

        return offer_begun(folder, *part, digest, self.address.via)

    def _finish(self, folder: Path, part: Part, future: Any) -> None:
        if future.status != "finished":
            problem = future.exception() if future.status == "error" else None
            if isinstance(problem, UserError):
                raise problem
            said = f"{type(problem).__name__}: {printable(problem, 120)}" if problem else f"the task is {future.status}"
            raise StoreError(
                f"point {part[0]}, part {part[1]} could not be computed on the cluster ({said}); "
                "run the same command again to go on."
            )
        if self.address.via:
            from sim.cluster.exchange import collect

            collect(folder, future.result(), self.address.via)

    def _data(self) -> str | None:
        return str(Path(self.data).resolve()) if self.data else None


def compute(
    point: int, part: int, folder: str, data: str | None, via: str, digest: str, begun: list[str]
) -> Any:  # fmt: skip
    """The task, as the scheduler sends it: a small call, nothing of the study in it."""
    from sim.cluster.work import compute as compute_part

    return compute_part(folder, point, part, data, via, digest, begun)
