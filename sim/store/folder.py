"""A result folder from the first part to COMPLETE.

`progress/` holds one small file per finished part: the sums, draws and counts of its runs and the SHA-256
of its panel file. It is written after the panel file, starts with its own SHA-256 and names the digest, so
a part counts as finished only if every byte of both is as it was written. When all is summarised, COMPLETE
comes and `progress/` goes.
"""

import io
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sim.kernel.codes import N_EVENTS
from sim.store.files import (
    LOCK,
    StoreError,
    is_as_written,
    make_folder,
    remove_leftovers,
    replacing,
    sha256,
    write_file,
    written,
)
from sim.store.identity import NAME as IDENTITY
from sim.store.identity import Identity, read_identity, write_identity
from sim.store.manifest import write_manifest
from sim.store.national import NATIONAL_KEYS, national_schema, national_table, national_values
from sim.store.panel import Layout, encode_part, open_writer, part_path


@dataclass(frozen=True)
class Piece:
    """What the summaries need of some runs: sums (runs, years, groups, sums), draws (runs, years, draws), counts
    (years, units, events) over the runs."""

    sums: np.ndarray
    draws: np.ndarray
    counts: np.ndarray


@dataclass(frozen=True)
class Stored:
    """The record of a finished part: rows of the national table (columns, rows), counts, its panel file."""

    national: np.ndarray
    counts: np.ndarray
    panel_sha256: str
    panel_bytes: int
    verified: bool = False  # every identity was checked when it was computed


@dataclass(frozen=True)
class ResultFolder:
    """The folder `path` for the result with these hashes (`digest` among them) and this layout."""

    path: Path
    layout: Layout
    hashes: dict[str, str]

    def prepare(self, scenario_json: bytes, begun_with: Identity) -> None:
        """Makes the folder ready to be filled: leftovers of an interrupted write are gone."""
        for folder in (self.path / "panel", self.path / "progress"):
            make_folder(folder)
            remove_leftovers(folder)
        remove_leftovers(self.path)
        write_file(self.path / "scenario.json", scenario_json)
        write_identity(self.path, begun_with)

    def piece_path(self, part: int) -> Path:
        """Where the progress record of a part lies."""
        return self.path / "progress" / f"part-{part:05d}"

    def write_part(
        self, part: int, values: np.ndarray, piece: Piece, before: np.ndarray | None = None, verified: bool = False
    ) -> None:
        """Stores a part: afterwards it is finished, also after a crash. Raises StoreError.

        before: rows of the national table (columns, rows) of the part's first runs, if they were stored elsewhere;
        verified: every identity was checked as the runs were computed (then none was stored elsewhere).
        """
        national = national_values(piece.sums, piece.draws)
        if before is not None:
            national[:, : before.shape[1]] = before
        data = encode_part(values, self.layout, self.layout.runs_of(part).start, piece.counts, national)
        panel_sha256 = write_file(part_path(self.path, part), data)
        self.write_record(part, Stored(national, piece.counts, panel_sha256, len(data), verified and before is None))

    def write_record(self, part: int, stored: Stored) -> None:
        """Says that the panel file of a part is there, and what the tables need of it."""
        file = io.BytesIO()
        note = json.dumps(
            {
                "digest": self.hashes["digest"],
                "sha256": stored.panel_sha256,
                "bytes": stored.panel_bytes,
                "verified": stored.verified,
            }
        )
        np.savez(file, national=stored.national, counts=stored.counts, note=np.array(note))
        body = file.getvalue()
        write_file(self.piece_path(part), sha256(body).encode() + body)

    def read_piece(self, part: int) -> Stored | None:
        """The record of a part, or None if there is none that is whole and of this result."""
        try:
            data = self.piece_path(part).read_bytes()
        except OSError:
            return None
        body = data[64:]
        if sha256(body).encode() != data[:64]:
            return None
        with np.load(io.BytesIO(body), allow_pickle=False) as stored:
            note = json.loads(str(stored["note"]))
            if note["digest"] != self.hashes["digest"]:
                return None
            known = note["sha256"], note["bytes"], note.get("verified", False)
            return Stored(stored["national"], stored["counts"], *known)

    def is_finished(self, part: int, verified: bool = False) -> bool:
        """True if the part is stored, every byte is as it was written, and, if asked for, it has been verified."""
        piece = self.read_piece(part)
        if piece is None or (verified and not piece.verified):
            return False
        return is_as_written(part_path(self.path, part), {"sha256": piece.panel_sha256, "bytes": piece.panel_bytes})

    def pieces(self) -> Iterator[tuple[int, Stored]]:
        """All parts' records in order. Raises StoreError if one has been damaged since it was checked."""
        for part in range(self.layout.parts):
            piece = self.read_piece(part)
            if piece is None:
                raise StoreError(f"{self.piece_path(part)}: damaged; run the same command again to go on.")
            yield part, piece

    def write_national(self) -> np.ndarray:
        """Writes national.parquet, a row group per part; returns the counts (years, units, events)."""
        layout = self.layout
        counts = np.zeros((len(layout.years), len(layout.units), N_EVENTS), np.int64)
        with (
            replacing(self.path / "national.parquet") as temporary,
            open_writer(temporary, national_schema(), NATIONAL_KEYS) as writer,
        ):
            for part, piece in self.pieces():
                counts += piece.counts
                runs = np.array(layout.runs_of(part), np.int32)
                writer.write_table(national_table(runs, layout.years, piece.national))
        return counts

    def finish(self, settings: dict[str, Any], timings: dict[str, float]) -> None:
        """Writes the manifest, then COMPLETE; afterwards the folder can be opened and `progress/` is gone."""
        files = {
            f"panel/{part_path(self.path, part).name}": {
                "sha256": piece.panel_sha256,
                "bytes": piece.panel_bytes,
            }
            for part, piece in self.pieces()
        }
        for name in ("scenario.json", IDENTITY, "national.parquet", "units.parquet"):
            files[name] = written(self.path / name)
        write_manifest(self.path, {
            **settings, "begun_with": read_identity(self.path),
            "verified": all(piece.verified for _, piece in self.pieces()),
            "panel": [output.name for output in self.layout.outputs], "years": list(self.layout.years),
            "runs": self.layout.runs, "units": len(self.layout.units), "hashes": self.hashes, "files": files,
            "timings": {name: round(seconds, 3) for name, seconds in timings.items()},
        })  # fmt: skip
        shutil.rmtree(self.path / "progress", ignore_errors=True)
        (self.path / LOCK).unlink(missing_ok=True)
