"""A sweep: all runs of a scenario, on threads, into a result folder.

Threads take the next chunk in the order of the runs; the kernel runs without the interpreter's lock. Whoever
ends the last chunk of a part stores the part. No more parts than workers are in memory at a time, so memory
does not grow with the number of runs. Results depend on neither workers nor chunks: a run is computed from
its own addresses of chance, and what is added up over runs is counts.
"""

import json
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import numpy as np

from sim.batch.chunks import Sweep, Sweepable, run_chunk
from sim.batch.kept import adopt, find_kept
from sim.batch.parts import Begun, Chunks
from sim.batch.stop import Stop, StoppedError, on_signals, on_threads
from sim.errors import UserError
from sim.outputs import select
from sim.processors import processors
from sim.state import State, World, new_state
from sim.store.digest import result_hashes
from sim.store.files import locked, make_folder, write_file
from sim.store.folder import ResultFolder
from sim.store.identity import identity
from sim.store.manifest import is_complete, open_again
from sim.store.panel import RUNS_PER_PART, Layout, kommunenummer
from sim.store.units import STATISTICS, do_task, encode_units, tasks

CHUNK = 4  # runs per kernel call: their state fits the cache (docs/results.md)
MOST_WORKERS = 256
Progress = Callable[[int, int, float], None]  # runs done, runs in all, runs per second


def run(
    scenario: Sweepable,
    world: World,
    out_dir: Path | str = "results",
    workers: int | None = None,
    chunk: int | None = None,
    verify: bool = False,
    progress: Progress | None = None,
    say: Callable[[str], None] | None = None,
) -> Path:
    """Runs the scenario and returns its complete result folder out_dir/<name>-<digest8>.

    A complete folder of the same scenario, data and rules is used as it is, an interrupted one is gone on
    with. workers: threads (None: one per available core). chunk: runs per kernel call. verify: check every
    identity of every unit and year; what is stored and was verified is not computed again. progress: called
    some times a second; say: called with a sentence when something is reused. Raises UserError, StoreError,
    IdentityError, or StoppedError after Ctrl-C or SIGTERM.
    """
    path = result_path(scenario, world, out_dir)
    return run_into(path, scenario, world, workers, chunk, verify, progress, say)


def result_path(scenario: Sweepable, world: World, out_dir: Path | str) -> Path:
    """Where the result of this scenario lies."""
    hashes = result_hashes(scenario.to_json().encode(), world)
    return Path(out_dir) / f"{scenario.name}-{hashes['digest'][:8]}"


def layout_of(scenario: Sweepable, world: World) -> Layout:
    """The layout of the scenario's result."""
    units = kommunenummer(world.units["kode"], world.units["er_fylke"])
    return Layout(select(scenario.panel), tuple(scenario.years), tuple(units), scenario.runs)


def run_into(
    path: Path,
    scenario: Sweepable,
    world: World,
    workers: int | None = None,
    chunk: int | None = None,
    verify: bool = False,
    progress: Progress | None = None,
    say: Callable[[str], None] | None = None,
    seed: Callable[[ResultFolder], Mapping[int, Begun]] | None = None,
) -> Path:
    """`run` in this very folder; what is whole of a damaged result is used. seed: called with the prepared folder
    before anything is computed; puts parts there that are known already, and gives the first runs of parts that are
    begun."""
    from sim.cache import use_kernel_cache

    use_kernel_cache()
    workers = whole_number("workers", workers, processors(), MOST_WORKERS)
    chunk = whole_number("chunk", chunk, CHUNK, RUNS_PER_PART)
    text = scenario.to_json().encode()
    hashes = result_hashes(text, world)
    folder = ResultFolder(path, layout_of(scenario, world), hashes)
    say = say or (lambda _: None)
    if is_complete(folder.path, hashes["digest"], verify):
        say(f"This very result is already there{' and verified' if verify else ''}; nothing is computed.")
        return folder.path
    make_folder(folder.path)
    with locked(folder.path):
        if is_complete(folder.path, hashes["digest"], verify):  # another process was just ahead
            return folder.path
        now = identity(json.loads(text), world)
        kept = find_kept(folder.path, folder.layout, now)  # before anything is written
        if kept is None:  # else the seals of something else would vouch for its files once `now` is written
            open_again(folder.path, forget=True)
        folder.prepare(text + b"\n", now)
        if kept is not None:
            adopt(folder, kept)
        begun = {} if seed is None else seed(folder)
        open_again(folder.path)
        _fill(Sweep(scenario, world, folder.layout, verify), folder, workers, chunk, progress, say, begun)
    return folder.path


def _fill(
    sweep: Sweep,
    folder: ResultFolder,
    workers: int,
    chunk: int,
    progress: Progress | None,
    say: Callable[[str], None],
    begun: Mapping[int, Begun],
) -> None:
    """All that is missing of a result: parts, tables, manifest, COMPLETE."""
    layout, stop, clock = sweep.layout, Stop(), Clock()
    with on_signals(stop):
        todo = [part for part in range(layout.parts) if not folder.is_finished(part, sweep.verify)]
        stored = layout.runs - sum(len(layout.runs_of(part)) for part in todo)
        if stored:
            say(f"Going on: {stored} of {layout.runs} runs are stored.")
        if sweep.verify:
            say("Verifying: runs that are not stored as verified are computed and their identities checked.")
        chunks = Chunks(layout, todo, chunk, begun)

        def report() -> None:
            if progress is not None:
                done, seconds = chunks.runs_done, max(clock.passed(), 1e-9)
                progress(stored + done, layout.runs, done / seconds)

        clock.lap("check")
        on_threads(workers, lambda: _work(sweep, folder, chunks, chunk, stop), stop, report)
        clock.lap("simulate")
        if not stop:
            _summarise(folder, workers, stop, clock)
        if stop:
            whole = sum(len(layout.runs_of(part)) for part in range(layout.parts) if folder.piece_path(part).exists())
            raise StoppedError(stop.signal_number, whole, layout.runs)
        scenario = sweep.scenario
        settings = {"name": scenario.name, "seed": scenario.seed, "start": scenario.start, "workers": workers}
        settings["parameters"] = getattr(scenario, "parameters", "default")
        folder.finish(settings, clock.laps)


def _work(sweep: Sweep, folder: ResultFolder, chunks: Chunks, size: int, stop: Stop) -> None:
    """One worker: chunk after chunk until there is none, or the flag is up."""
    room = new_state(size, len(sweep.world.units))
    while not stop and (chunk := chunks.take()) is not None:
        buffer, runs = chunk.buffer, chunk.runs
        n = runs.stop - runs.start
        state = State(room.units[:n], room.nation[:n])
        if buffer.rows is None:  # of the whole part: cheaper than chunk by chunk; two workers would get the same
            buffer.rows = sweep.scenario.rows(buffer.first_run, buffer.values.shape[2])
        first, rows = buffer.first_run + runs.start, buffer.rows[:, runs]
        piece = run_chunk(sweep, state, first, buffer.values[:, :, runs], rows)
        if chunks.put(chunk, piece) and not stop:
            folder.write_part(buffer.part, buffer.values, buffer.piece, buffer.before, sweep.verify)


def _summarise(folder: ResultFolder, workers: int, stop: Stop, clock: "Clock") -> None:
    """national.parquet and units.parquet from the stored parts; one worker writes the former meanwhile."""
    layout = folder.layout
    shape = (len(layout.years), len(layout.units), len(layout.outputs), len(STATISTICS))
    out, counts = np.empty(shape, np.float32), list[np.ndarray]()
    jobs: list[Callable[[], None]] = [lambda: counts.append(folder.write_national())]
    jobs += [partial(do_task, folder.path, layout, task, out) for task in tasks(layout.runs, *shape[:3])]
    left = iter(jobs)  # taking the next of a list is atomic

    def work() -> None:
        while not stop and (job := next(left, None)) is not None:
            job()

    on_threads(workers, work, stop, lambda: None)
    if not stop:
        write_file(folder.path / "units.parquet", encode_units(out, counts[0], layout))
    clock.lap("summarise")


class Clock:
    """Seconds by phase."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._since = time.monotonic()

    def passed(self) -> float:
        """Seconds since the last lap."""
        return time.monotonic() - self._since

    def lap(self, name: str) -> None:
        """Ends a phase."""
        self.laps[name] = self.passed()
        self._since = time.monotonic()


def whole_number(name: str, value: int | None, default: int, most: int) -> int:
    """`value` (None: the default, at most `most`) from 1 to `most`. UserError if it is not."""
    if value is None:
        return min(default, most)
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
        raise UserError(f"{name} = {value} is not a whole number from 1 to {most}.")
    return value
