"""What a study depends on, piece by piece, so that a difference can be named and not only noticed."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from sim.errors import printable
from sim.state import World
from sim.store.digest import ROOT, RULES, canonical
from sim.store.files import StoreError, sha256, sha256_of_file, write_file

NAME = "identity.json"
Identity = dict[str, dict[str, str]]  # part -> piece -> the beginning of its SHA-256
WORDS = {"design": "the design or scenario", "data": "the start data", "rules": "the rules"}


def identity(design: dict[str, Any], world: World) -> Identity:
    """Of a design (as JSON values, without the number of runs), the start data and the rules."""
    return {
        "design": {key: _short(canonical(value)) for key, value in design.items()},
        "data": describe_world(world),
        "rules": describe_rules(),
    }


def digest(found: Identity) -> str:
    """The identity of a study, as one hash."""
    return sha256(canonical(found))


def describe_world(world: World) -> dict[str, str]:
    """Every column of the start data."""
    pieces: dict[str, np.ndarray] = {}
    for name, array in world._asdict().items():
        columns = array.dtype.names or ()
        pieces |= {f"{name}.{column}": array[column] for column in columns} or {name: array}
    return {
        name: _short(canonical([str(array.dtype), list(array.shape)]) + np.ascontiguousarray(array).tobytes())
        for name, array in pieces.items()
    }


def describe_rules() -> dict[str, str]:
    """Every source file that moves a number."""
    paths = sorted(path for pattern in RULES for path in ROOT.glob(pattern))
    return {path.relative_to(ROOT.parent).as_posix(): sha256_of_file(path)[:16] for path in paths}


def write_identity(folder: Path, found: Identity) -> None:
    """Stores it in the folder, with its own SHA-256."""
    write_file(folder / NAME, canonical({"begun_with": found, "sha256": sha256(canonical(found))}) + b"\n")


def read_identity(folder: Path) -> Identity | None:
    """The identity that a folder was begun with; None if there is none as it was written."""
    try:
        stored = json.loads((folder / NAME).read_bytes())
        found = {part: dict(stored["begun_with"][part]) for part in WORDS}
        return found if stored["sha256"] == sha256(canonical(found)) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def check_identity(folder: Path, now: Identity) -> None:
    """StoreError naming what differs if the folder was begun with another design, other data or other rules."""
    begun = read_identity(folder)
    if begun is not None:
        check(folder, begun, now)


def check(folder: Path, begun: Identity, now: Identity) -> None:
    """StoreError naming what differs between what the folder was begun with and what is here now."""
    said = []
    for part, words in WORDS.items():
        pieces = [name for name in {**begun[part], **now[part]} if begun[part].get(name) != now[part].get(name)]
        if pieces:
            more = f" and {len(pieces) - 4} more" if len(pieces) > 4 else ""
            said.append(f"{words} ({', '.join(pieces[:4])}{more})")
    if said:
        place = printable(folder, 200)
        raise StoreError(f"{place}: what it was begun with has changed: {'; '.join(said)}; start a new folder.")


def _short(data: bytes) -> str:
    return sha256(data)[:16]
