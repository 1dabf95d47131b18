"""Which chunk is next, and which part is whole: the only state that workers share."""

import threading
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from sim.batch.chunks import empty_piece
from sim.store.folder import Piece
from sim.store.panel import Layout


@dataclass(frozen=True)
class Begun:
    """The first runs of a part, stored elsewhere: values (outputs, years, runs, units), rows of the national table
    (columns, rows), counts (years, units, events)."""

    values: np.ndarray
    national: np.ndarray
    counts: np.ndarray


class PartBuffer:
    """A part in memory while its chunks are computed."""

    def __init__(self, layout: Layout, part: int, chunks: int, begun: Begun | None = None) -> None:
        runs = layout.runs_of(part)
        shape = (len(layout.outputs), len(layout.years), len(runs), len(layout.units))
        self.part, self.first_run, self.missing = part, runs.start, chunks
        self.values = np.empty(shape, np.float32)
        self.piece = empty_piece(layout, len(runs))
        self.before: np.ndarray | None = None
        self.rows: np.ndarray | None = None  # parameters (years, runs), once somebody has needed them
        if begun is not None:
            self.values[:, :, : begun.values.shape[2]] = begun.values
            self.piece.counts[:] = begun.counts
            self.before = begun.national


@dataclass(frozen=True)
class Chunk:
    """Some runs of a part, counted from the part's first."""

    buffer: PartBuffer
    runs: slice


class Chunks:
    """Hands out the chunks of the parts in order. A part gets its memory with its first chunk."""

    def __init__(
        self, layout: Layout, parts: Sequence[int], size: int, begun: Mapping[int, Begun] | None = None
    ) -> None:  # fmt: skip
        self._layout, self._lock, self._begun = layout, threading.Lock(), begun or {}
        self._parts, self._ready = deque(parts), deque[Chunk]()
        self._size = size
        self.runs_done = 0

    def take(self) -> Chunk | None:
        """The next chunk, or None if all are taken."""
        with self._lock:
            if not self._ready:
                if not self._parts:
                    return None
                self._open(self._parts.popleft())
            return self._ready.popleft()

    def _open(self, part: int) -> None:
        begun = self._begun.get(part)
        first, runs = 0 if begun is None else begun.values.shape[2], len(self._layout.runs_of(part))
        # even chunks, without a small rest at the end
        ends = np.linspace(first, runs, -(-(runs - first) // self._size) + 1).astype(int)
        buffer = PartBuffer(self._layout, part, len(ends) - 1, begun)
        self._ready.extend(Chunk(buffer, slice(a, b)) for a, b in pairwise(ends))

    def put(self, chunk: Chunk, piece: Piece) -> bool:
        """Adds the record of a computed chunk to its part; True for the chunk that makes it whole."""
        with self._lock:
            whole = chunk.buffer.piece
            whole.sums[chunk.runs], whole.draws[chunk.runs] = piece.sums, piece.draws
            whole.counts[:] += piece.counts
            chunk.buffer.missing -= 1
            self.runs_done += chunk.runs.stop - chunk.runs.start
            return chunk.buffer.missing == 0
