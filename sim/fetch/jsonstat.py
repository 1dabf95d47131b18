"""JSON-stat 2.0 as SSB sends it: dimensions with codes and labels, and the cells as a numpy array.

Format: json-stat.org/format, version 2.0. `value` is a list or a sparse object, `status` a symbol for all
cells, a list or an object, `category.index` a list, an object of positions, or absent for a single code.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.errors import printable
from sim.fetch.errors import FetchError
from sim.fetch.jsonbody import parse

MOST_CELLS = 5_000_000  # more than any answer may have; what is asked for is far less
MOST_CODES = 100_000


@dataclass(frozen=True)
class CodeList:
    """One alternative set of codes that a table offers for a dimension."""

    id: str
    label: str


@dataclass(frozen=True)
class Dimension:
    """Codes in the order of the cells. `optional`: the service sums over it if it is left out."""

    id: str
    label: str
    codes: tuple[str, ...]
    labels: dict[str, str]  # of every code; the code itself where there is no text
    optional: bool
    codelists: tuple[CodeList, ...]


@dataclass(frozen=True)
class Dataset:
    """One answer. `value` has one axis per dimension, NaN where a cell is empty; None in metadata."""

    label: str
    source: str
    updated: str
    dimensions: tuple[Dimension, ...]
    roles: dict[str, tuple[str, ...]]  # "time", "geo", "metric" -> ids of dimensions
    value: np.ndarray | None
    status: dict[int, str]  # place in the cells, row by row -> symbol

    def dimension(self, name: str) -> Dimension:
        """The dimension of this id; KeyError if there is none."""
        return next(d for d in self.dimensions if d.id == name)


def read_dataset(body: bytes, what: str, with_cells: bool = True) -> Dataset:
    """The dataset in `body`; `what` names it in messages. With `with_cells` false the cells are not read.

    FetchError in one sentence if anything in it does not fit: sizes, positions, codes, types of values.
    """
    found = parse(body, what)
    if found.get("class") != "dataset":
        raise FetchError(f"{what}: the answer is not a JSON-stat dataset ('class' is missing or another).")
    ids = _texts(found.get("id"), "id", what)
    sizes = _sizes(found.get("size"), ids, what)
    described = found.get("dimension")
    if not isinstance(described, dict):
        raise FetchError(f"{what}: 'dimension' is missing in the answer.")
    dimensions = tuple(_dimension(name, size, described.get(name), what) for name, size in zip(ids, sizes, strict=True))
    value = _cells(found.get("value"), sizes, what) if with_cells else None
    status = _status(found.get("status"), math.prod(sizes), what) if with_cells else {}
    return Dataset(
        _text(found.get("label")), _text(found.get("source")), _text(found.get("updated")),
        dimensions, _roles(found.get("role"), ids), value, status,
    )  # fmt: skip


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: Any, name: str, what: str) -> list[str]:
    if not isinstance(value, list) or not value or not all(isinstance(text, str) for text in value):
        raise FetchError(f"{what}: '{name}' is not a list of names.")
    if len(set(value)) != len(value):
        raise FetchError(f"{what}: '{name}' names a dimension twice.")
    return value


def _sizes(value: Any, ids: list[str], what: str) -> list[int]:
    good = isinstance(value, list) and len(value) == len(ids)
    if not good or not all(type(n) is int and 0 <= n <= MOST_CODES for n in value):
        raise FetchError(f"{what}: 'size' must be {len(ids)} whole numbers from 0 to {MOST_CODES:,}.")
    return value


def _dimension(name: str, size: int, found: Any, what: str) -> Dimension:
    place = f"{what}: dimension {printable(name, 40)}"
    if not isinstance(found, dict) or not isinstance(found.get("category"), dict):
        raise FetchError(f"{place} is not described in the answer.")
    category = found["category"]
    texts = category.get("label", {})
    if not isinstance(texts, dict):
        raise FetchError(f"{place}: 'label' is not an object.")
    codes = _codes(category.get("index"), texts, size, place)
    extension = found.get("extension")
    extension = extension if isinstance(extension, dict) else {}
    return Dimension(
        name,
        _text(found.get("label")),
        codes,
        {code: _text(texts.get(code)) or code for code in codes},
        extension.get("elimination") is True,
        _codelists(extension),
    )


def _codes(index: Any, texts: dict[str, Any], size: int, place: str) -> tuple[str, ...]:
    """The codes in order: index is a list, an object code -> position, or absent (then there is one label)."""
    if index is None:
        index = list(texts) if len(texts) == 1 else []
    if isinstance(index, dict):
        if not all(type(at) is int for at in index.values()):
            raise FetchError(f"{place}: a position of a code is not a whole number.")
        if sorted(index.values()) != list(range(len(index))):
            raise FetchError(f"{place}: two codes have the same position, or one has none.")
        index = sorted(index, key=index.__getitem__)
    if not isinstance(index, list) or not all(isinstance(code, str) for code in index):
        raise FetchError(f"{place}: 'index' is neither a list nor an object of codes.")
    if len(set(index)) != len(index):
        raise FetchError(f"{place}: a code stands twice.")
    if len(index) != size:
        raise FetchError(f"{place} has {len(index)} codes where 'size' says {size}.")
    return tuple(index)


def _codelists(extension: dict[str, Any]) -> tuple[CodeList, ...]:
    """Code lists on offer; the key was spelt codeLists in the first versions of the interface."""
    offered = extension.get("codelists", extension.get("codeLists"))
    rows = offered if isinstance(offered, list) else []
    return tuple(
        CodeList(row["id"], _text(row.get("label")))
        for row in rows
        if isinstance(row, dict) and isinstance(row.get("id"), str)
    )


def _roles(value: Any, ids: list[str]) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        return {}
    return {
        role: tuple(name for name in names if isinstance(name, str) and name in ids)
        for role, names in value.items()
        if isinstance(names, list)
    }


def _cells(value: Any, sizes: list[int], what: str) -> np.ndarray:
    """float64 of shape `sizes`, NaN for null and for what a sparse object leaves out."""
    count = math.prod(sizes)
    if count > MOST_CELLS:
        raise FetchError(f"{what}: the answer claims {count:,} cells; at most {MOST_CELLS:,} are read.")
    cells = np.full(count, np.nan)
    if isinstance(value, dict):
        for key, number in value.items():
            cells[_position(key, count, "value", what)] = _number(number, what)
    elif isinstance(value, list):
        if len(value) != count:
            raise FetchError(f"{what}: {len(value):,} values where the sizes multiply to {count:,}.")
        for at, number in enumerate(value):
            cells[at] = _number(number, what)
    else:
        raise FetchError(f"{what}: 'value' is missing in the answer.")
    return cells.reshape(sizes)


def _number(value: Any, what: str) -> float:
    if value is None:
        return math.nan
    if type(value) not in (int, float) or not -1e18 <= value <= 1e18:
        raise FetchError(f"{what}: a cell is {printable(repr(value), 40)}, not a number or null.")
    return float(value)


def _position(key: str, count: int, name: str, what: str) -> int:
    at = int(key) if key.isascii() and key.isdigit() and len(key) <= 9 else -1
    if not 0 <= at < count:
        raise FetchError(f"{what}: '{name}' has the position {printable(key, 40)}, outside 0 to {count - 1}.")
    return at


def _status(value: Any, count: int, what: str) -> dict[int, str]:
    """Symbols such as "." (not possible), ".." (missing), ":" (confidential), by place of the cell."""
    if value is None:
        return {}
    if isinstance(value, str):
        return dict.fromkeys(range(count), value)
    if isinstance(value, list):
        if len(value) not in (1, count):
            raise FetchError(f"{what}: {len(value):,} status symbols where there are {count:,} cells.")
        pairs: dict[int, Any] = dict(enumerate(value * count if len(value) == 1 else value))
    elif isinstance(value, dict):
        pairs = {_position(key, count, "status", what): symbol for key, symbol in value.items()}
    else:
        raise FetchError(f"{what}: 'status' is neither a text, a list nor an object.")
    return {at: symbol for at, symbol in pairs.items() if isinstance(symbol, str)}
