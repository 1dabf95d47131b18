"""How far a run is, on stderr: a bar in a terminal, a line now and then in a log."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[int, int, float], None]  # runs done, runs in all, runs per second
LOG_SECONDS = 5.0
COMPILING = "the rules are compiled first if they are new (once, about a minute)"


def say(sentence: str) -> None:
    """A sentence for the user while the program works."""
    print(sentence, file=sys.stderr, flush=True)


def time_left(done: int, total: int, rate: float) -> str:
    """Minutes and seconds to the end at this rate, hours and minutes if it is long; a dash when unknown."""
    if rate <= 0.0:
        return "-"
    minutes, seconds = divmod(round((total - done) / rate), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes}:{seconds:02d}"


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
        TextColumn("{task.description}"), TextColumn("{task.completed}/{task.total} runs"), BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TextColumn("{task.fields[rate]:.0f} runs/s, {task.fields[left]} left"),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(f"{COMPILING};", total=None, rate=0.0, left="-")
        clock = _Clock()

        def report(done: int, total: int, _rate: float) -> None:
            rate = clock.rate(done)
            said = "" if done > 0 else f"{COMPILING};"
            left = time_left(done, total, rate)
            progress.update(task, description=said, completed=done, total=total, rate=rate, left=left)

        yield report


class _Clock:
    """Runs per second since the first finished run: compiling the rules is no part of the rate."""

    def __init__(self) -> None:
        self.first: tuple[float, int] | None = None

    def rate(self, done: int) -> float:
        now = time.monotonic()
        if self.first is None:
            if done > 0:
                self.first = (now, done)
            return 0.0
        since, before = self.first
        return (done - before) / (now - since) if now > since else 0.0


def _log() -> Progress:
    last, ended, clock = time.monotonic(), False, _Clock()
    say(f"Starting; {COMPILING}.")

    def report(done: int, total: int, _rate: float) -> None:
        nonlocal last, ended
        now, rate = time.monotonic(), clock.rate(done)
        if ended or (done < total and (done == 0 or now - last < LOG_SECONDS)):
            return
        last, ended = now, done >= total
        print(
            f"{done} of {total} runs, {rate:.0f} runs/s, {time_left(done, total, rate)} left",
            file=sys.stderr,
            flush=True,
        )

    return report
