"""What a folder was asked for: the scenario or design that it holds, read back."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from sim.errors import UserError, printable
from sim.store.files import StoreError

T = TypeVar("T")


def read_asked(path: Path, what: str, read: Callable[[Any], T]) -> T:
    """`read` of the document <what>.json in the folder. StoreError if it is not there as it was written."""
    place = f"{printable(path, 200)}/{what}.json"
    try:
        document = json.loads((path / f"{what}.json").read_bytes())
    except (OSError, ValueError):
        raise StoreError(f"{place}: damaged or not there; run its {what} file again.") from None
    try:
        return read(document)
    except UserError as problem:
        raise StoreError(f"{place}: {problem}") from None
