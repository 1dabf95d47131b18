"""The calibration as a job: waves in parts on the disk, resumed after a stop, the same bytes whoever computes them."""

import json
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.batch.stop import Stop, StoppedError, on_signals, on_threads
from sim.calibrate.simulator import Simulator
from sim.calibrate.waves import Wave, first_wave, next_wave
from sim.store.digest import canonical
from sim.store.files import locked, make_folder, remove_leftovers, sha256, write_file

PART = 64  # sets a part
Progress = Callable[[int, int, int, float], None]  # wave, sets done in it, sets in it, least distance so far
Distance = Callable[[np.ndarray, np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Done:
    """The last wave with the mean and the spread of the moments of each set, (sets, moments)."""

    wave: Wave
    mean: np.ndarray
    spread: np.ndarray
    first: Wave


def run_waves(
    folder: Path, simulator: Simulator, values: Callable[[np.ndarray], np.ndarray], distance: Distance,
    dimensions: int, sets: int, waves: int, seed: int, workers: int, progress: Progress = lambda *_: None,
) -> Done:  # fmt: skip
    """All waves, each of `sets` sets; what `folder` has is used. StoppedError after Ctrl-C or SIGTERM.

    `values` turns points of the unit cube into the vectors that the simulator gets.
    """
    make_folder(folder)
    with locked(folder):
        remove_leftovers(folder)
        wave = first = first_wave(sets, dimensions, seed)
        mean = spread = np.empty((0, simulator.moments))
        for number in range(1, waves + 1):
            if number > 1:
                wave = next_wave(wave, distance(mean, spread), sets, seed, number)
            mean, spread = _evaluate(folder / f"wave-{number}", simulator, values(wave.points), workers, number,
                                     distance, progress)  # fmt: skip
    return Done(wave, mean, spread, first)


def _evaluate(
    folder: Path, simulator: Simulator, vectors: np.ndarray, workers: int, number: int, distance: Distance,
    progress: Progress,
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """Moments of all vectors: parts that are there and belong to these vectors are read, the others computed."""
    make_folder(folder)
    remove_leftovers(folder)
    parts = [slice(a, min(a + PART, len(vectors))) for a in range(0, len(vectors), PART)]
    out = np.full((2, len(vectors), simulator.moments), np.nan)
    todo = []
    for index, part in enumerate(parts):
        stored = read_part(folder / f"part-{index:04d}.npy", vectors[part], simulator.moments)
        if stored is None:
            todo.append(index)
        else:
            out[:, part] = stored
    stop, left, lock = Stop(), iter(todo), threading.Lock()

    def work() -> None:
        while not stop:
            with lock:
                index = next(left, None)
            if index is None:
                return
            part = parts[index]
            found = np.empty((2, part.stop - part.start, simulator.moments))
            for k, vector in enumerate(vectors[part]):
                if stop:
                    return
                found[:, k] = simulator.evaluate(vector)
                out[:, part.start + k] = found[:, k]
            write_file(folder / f"part-{index:04d}.npy", encode_part(found, vectors[part]))

    def report() -> None:
        known = ~np.isnan(out[0, :, 0])
        least = float(distance(out[0, known], out[1, known]).min()) if known.any() else float("nan")
        progress(number, int(known.sum()), len(vectors), least)

    with on_signals(stop):
        on_threads(workers, work, stop, report)
    report()
    if stop:
        done = sum(len(range(p.start, p.stop)) for i, p in enumerate(parts) if (folder / f"part-{i:04d}.npy").exists())
        raise StoppedError(stop.signal_number, done, len(vectors), f"sets of wave {number}")
    return out[0], out[1]


def encode_part(moments: np.ndarray, vectors: np.ndarray) -> bytes:
    """A part: the hash of its vectors and of its numbers, then mean and spread (2, sets, moments) as float64."""
    body = np.ascontiguousarray(moments, "<f8").tobytes()
    return f"{sha256(vectors.tobytes())} {sha256(body)}\n".encode() + body


def read_part(path: Path, vectors: np.ndarray, moments: int) -> np.ndarray | None:
    """Mean and spread (2, sets, moments) of a part; None if there is none, or it is damaged or of other vectors."""
    if not path.is_file():
        return None
    head, _, body = path.read_bytes().partition(b"\n")
    if head.decode(errors="replace") != f"{sha256(vectors.tobytes())} {sha256(body)}":
        return None
    return np.frombuffer(body, "<f8").reshape(2, len(vectors), moments)


def identity(settings: Iterable[object]) -> str:
    """Eight hexadecimal digits of what decides the result: settings, data and rules."""
    return sha256(canonical(json.loads(json.dumps(list(settings)))))[:8]
