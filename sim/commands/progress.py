"""How far a run is, on stderr: a bar in a terminal, a line now and then in a log."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[int, int, float], None]  # runs done, runs in all, runs per second
LOG_SECONDS = 5.0


def say(sentence: str) -> None:
    """A sentence for the user while the program works."""
    print(sentence, file=sys.stderr, flush=True)


def time_left(done: int, total: int, rate: float) -> str:
    """Minutes and seconds to the end at this rate; a dash when unknown."""
    if rate <= 0.0:
        return "-"
    minutes, seconds = divmod(round((total - done) / rate), 60)
    return f"{minutes}:{seconds:02d}"


@contextmanager
def reporting(quiet: bool) -> Iterator[Progress | None]:
    """A callback for the batch; None if quiet."""
    if quiet:
        yield None
    elif sys.stderr.isatty():
        with _bar() as report:
            yield report
    else:
        yield _log()


@contextmanager
def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (
        TextColumn("{task.completed}/{task.total} runs"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"),
        TextColumn("{task.fields[rate]:.0f} runs/s, {task.fields[left]} left"),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None, rate=0.0, left="-")

        def report(done: int, total: int, rate: float) -> None:
            progress.update(task, completed=done, total=total, rate=rate, left=time_left(done, total, rate))

        yield report


def _log() -> Progress:
    last = 0.0

    def report(done: int, total: int, rate: float) -> None:
        nonlocal last
        now = time.monotonic()
        if done < total and now - last < LOG_SECONDS:
            return
        last = now
        line = f"{done} of {total} runs, {rate:.0f} runs/s, {time_left(done, total, rate)} left"
        print(line, file=sys.stderr, flush=True)

    return report
