"""Which results there are: in the folders that were named, looked for anew when the page asks."""

from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from sim.dashboard.stored import Stored, open_stored

MOST = 200  # results that are listed, newest first


@dataclass
class Shelf:
    """The results in `places`: each a result folder, or a folder of them."""

    places: tuple[Path, ...]
    _known: dict[Path, tuple[tuple, Stored | None]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    @property
    def out(self) -> Path:
        """Where a run that is started from the page is stored."""
        for place in self.places:
            if not _is_result(place):
                return place
        return self.places[0].absolute().parent

    def all(self) -> dict[str, Stored]:
        """Results by key, newest first, as far as they can be read."""
        with self._lock:
            found: dict[str, Stored] = {}
            for folder in self._folders()[:MOST]:
                stored = self._open(folder)
                if stored is not None:
                    found.setdefault(stored.key, stored)
            return found

    def get(self, key: str | None) -> Stored | None:
        """The result of this key; the newest if there is none of that name."""
        every = self.all()
        return every.get(key or "") or next(iter(every.values()), None)

    def _folders(self) -> list[Path]:
        inside = {}
        for place in self.places:
            for folder in (place,) if _is_result(place) else _children(place):
                inside[folder.absolute()] = max(_changed(folder / "COMPLETE"), _changed(folder / "progress"))
        return sorted(inside, key=lambda folder: (-inside[folder], str(folder)))

    def _open(self, folder: Path) -> Stored | None:
        stamp = _changed(folder / "COMPLETE"), _changed(folder / "progress"), _changed(folder / "manifest.json")
        if folder not in self._known or self._known[folder][0] != stamp:
            self._known[folder] = stamp, open_stored(folder)
        return self._known[folder][1]


def _is_result(folder: Path) -> bool:
    return (folder / "scenario.json").is_file()


def _children(place: Path) -> list[Path]:
    try:
        return [folder for folder in place.iterdir() if folder.is_dir() and _is_result(folder)]
    except OSError:
        return []


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
