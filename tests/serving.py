"""`run.py serve` as a process of its own, for tests."""

import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


class Serving:
    """`run.py serve` of some folders, on a port of its own."""

    def __init__(self, *places: Path) -> None:
        command = [sys.executable, "run.py", "serve", *map(str, places), "--port", "0", "--no-browser"]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip()
        assert self.address, self.process.stderr.read()

    def children(self) -> list[int]:
        """Processes that it started and that still run."""
        every = Path("/proc").glob("[0-9]*/stat")
        found = []
        for stat in every:
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == self.process.pid and fields[0] != "Z":
                found.append(int(stat.parent.name))
        return found

    def stop(self, how: int = signal.SIGTERM) -> int:
        """Asks it to stop; its exit code."""
        self.process.send_signal(how)
        return self.process.wait(30)
