"""What reading a result and reading a study share: a manifest, and files whose every byte is compared before use."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.errors import printable
from sim.store.files import StoreError, is_as_written
from sim.store.manifest import damaged_files


@dataclass(frozen=True)
class Reading:
    """A complete folder. Nothing but the manifest is read before it is asked for; damage is a StoreError."""

    folder: Path
    manifest: dict[str, Any]
    _good: set[str] = field(default_factory=set, repr=False)  # files whose every byte was compared

    @property
    def years(self) -> list[int]:
        """Kept accounts years."""
        return self.manifest["years"]

    @property
    def runs(self) -> int:
        """Runs asked for (of a study: in every point), from 0."""
        return self.manifest["runs"]

    @property
    def outputs(self) -> list[str]:
        """Outputs of the panel: kept per run and unit."""
        return self.manifest["panel"]

    def verify(self) -> None:
        """Compares every byte of every file with the manifest. StoreError naming what is damaged."""
        bad = damaged_files(self.folder, self.manifest)
        if bad:
            more = f" and {len(bad) - 3} more" if len(bad) > 3 else ""
            place = printable(self.folder, 200)
            raise StoreError(f"{place}: {', '.join(bad[:3])}{more} damaged; `resume` computes just that anew.")

    def _whole(self, name: str) -> Path:
        """The path of a file, once it is known to be what was written."""
        path = self.folder / name
        if name not in self._good:
            if name not in self.manifest["files"] or not is_as_written(path, self.manifest["files"][name]):
                raise damaged(path)
            self._good.add(name)
        return path

    def _described(self, name: str) -> dict[str, tuple[str, str]]:
        """Unit and text of every column of a Parquet file, by name."""
        import pyarrow.parquet as pq

        said = {column.name: column.metadata or {} for column in pq.read_schema(self._whole(name))}
        return {name: (of.get(b"unit", b"").decode(), of.get(b"text", b"").decode()) for name, of in said.items()}


def damaged(path: Path) -> StoreError:
    """That a file is not what was written, and what to do."""
    return StoreError(f"{printable(path, 200)}: damaged; `resume` computes it anew.")


def must_know(asked: Iterable, there: Iterable, what: str, where: str) -> None:
    """StoreError naming the first thing asked for that is not there, and what is."""
    known = there if isinstance(there, range) else list(there)
    for one in asked:
        if one not in known:
            shown = f"{known[0]} to {known[-1]}" if isinstance(known, range) else ", ".join(str(k) for k in known)
            raise StoreError(f"there is no {what} {printable(one)} in this {where}; there is {shown}.")
