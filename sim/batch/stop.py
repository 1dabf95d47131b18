"""Stopping a sweep: Ctrl-C and SIGTERM raise a flag that workers look at between chunks."""

import math
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sim.errors import UserError

PATIENCE = 3.0  # seconds that workers get to end their chunk after a signal
TICK = 0.1  # seconds between reports


class StoppedError(UserError):
    """A sweep ended by a signal. Finished parts are stored; `exit_code` is 128 plus the signal's number."""

    def __init__(self, signal_number: int, done: int, total: int, what: str = "runs") -> None:
        super().__init__(f"stopped after {done} of {total} {what} are stored; the same command goes on from there.")
        self.exit_code = 128 + signal_number


class Stop:
    """A flag that workers poll; `signal_number` says which signal raised it (0: another worker failed)."""

    def __init__(self) -> None:
        self.event = threading.Event()
        self.signal_number = 0

    def __bool__(self) -> bool:
        return self.event.is_set()

    def set(self, signal_number: int = 0) -> None:
        """Raise the flag."""
        self.signal_number = self.signal_number or signal_number
        self.event.set()


@contextmanager
def on_signals(stop: Stop) -> Iterator[None]:
    """SIGINT and SIGTERM set the flag while the block runs; before and after it they do what they did.

    In any other thread than the main one Python cannot handle signals, and they stay as they are.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number in before:
        signal.signal(number, lambda raised, _: stop.set(raised))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def on_threads(workers: int, work: Callable[[], None], stop: Stop, report: Callable[[], None]) -> None:
    """Calls `work` on so many threads and waits for all, reporting on the way.

    If one fails the others stop and its exception is raised here. After a signal they get PATIENCE seconds to
    end what they are at; one that does not (the compiler cannot be interrupted) is left behind and ends with
    the process.
    """
    failures: list[BaseException] = []
    ended = threading.Semaphore(0)

    def guarded() -> None:
        try:
            work()
        except BaseException as failure:
            failures.append(failure)
            stop.set()
        ended.release()

    for _ in range(workers):
        threading.Thread(target=guarded, daemon=True).start()
    running, deadline = workers, math.inf
    try:
        while running and time.monotonic() < deadline:
            running -= ended.acquire(timeout=TICK)
            if stop and deadline == math.inf:
                deadline = time.monotonic() + PATIENCE
            report()
    except BaseException:  # of report: nobody waits for the workers any more
        stop.set()
        raise
    if failures:
        raise failures[0]
