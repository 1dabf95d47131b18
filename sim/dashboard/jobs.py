"""Work of other processes that the page waits for: a small run, a ledger. None outlives the page."""

import os
import re
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import IO, Any

PROGRAM = Path(__file__).resolve().parents[2] / "run.py"
PATIENCE = 5.0  # seconds that a process has to end by itself
DONE = re.compile(r"(\d+) of (\d+) runs")
MOST = 32 << 20  # bytes of an answer that are read


@dataclass
class Job:
    """A command of run.py that runs or has ended."""

    process: subprocess.Popen[bytes]
    out: IO[bytes]
    err: IO[bytes]
    about: Any = None  # what it was started for
    cancelled: bool = False

    @property
    def code(self) -> int | None:
        """Its exit code; None while it runs."""
        return self.process.poll()

    def said(self) -> str:
        """The last line it wrote for the user."""
        lines = [line for line in _text(self.err).splitlines() if line.strip()]
        return lines[-1][:600] if lines else ""

    def answer(self) -> str:
        """What it printed."""
        return _text(self.out)

    def progress(self) -> tuple[int, int] | None:
        """Runs done and runs in all, as last reported."""
        found = DONE.findall(_text(self.err))
        return (int(found[-1][0]), int(found[-1][1])) if found else None

    def stop(self) -> None:
        """Afterwards it has ended."""
        self.cancelled = self.cancelled or self.code is None
        for ask in (self.process.terminate, self.process.kill):
            if self.code is None:
                with suppress(OSError):
                    ask()
                with suppress(subprocess.TimeoutExpired):
                    self.process.wait(PATIENCE)


@dataclass
class Jobs:
    """The processes of this page by name; a new one of a name takes the place of the old."""

    running: dict[Any, Job] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)
    closed: bool = False

    def start(self, name: Any, arguments: list[str], about: Any = None) -> Job | None:
        """Starts `run.py ARGUMENTS`; None if one of this name runs, or the page is closing."""
        with self.lock:
            old = self.running.get(name)
            if self.closed or (old is not None and old.code is None):
                return None
            out, err = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115 (the job keeps them)
            process = subprocess.Popen(
                [sys.executable, str(PROGRAM), *arguments], stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                start_new_session=True, env={**os.environ, "PYTHONUTF8": "1"},
            )  # fmt: skip
            self.running[name] = Job(process, out, err, about)
            return self.running[name]

    def get(self, name: Any) -> Job | None:
        """The job of this name."""
        return self.running.get(name)

    def forget(self, name: Any) -> None:
        """Afterwards there is no job of this name; one that still runs has been stopped."""
        job = self.running.pop(name, None)
        if job is not None:
            job.stop()

    def close(self) -> None:
        """Afterwards none runs and none can be started."""
        with self.lock:
            self.closed = True
        for job in self.running.values():
            job.stop()


def _text(file: IO[bytes]) -> str:
    return os.pread(file.fileno(), MOST, 0).decode("utf-8", "replace")
