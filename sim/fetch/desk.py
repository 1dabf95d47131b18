"""One table after the other: metadata, parts that are kept as they come, and the cells put together.

Every part is stored as the service sent it, with a note of address, time and SHA-256 beside it. A part whose
note and sum are right is not asked for again, so a download that was stopped goes on where it was.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from sim.errors import printable
from sim.fetch.client import Client
from sim.fetch.errors import FetchError
from sim.fetch.files import sha256, write_whole
from sim.fetch.jsonstat import Dataset, Dimension, read_dataset
from sim.fetch.metadata import by_role, kommune_codes, kommune_lists
from sim.fetch.plan import Axes, plan
from sim.fetch.site import PXWEB

LICENCE = "CC BY 4.0 / NLOD"
MOST_MISSING = 0.1  # share of kommuner that a list may lack and still be the list of kommuner
MOST_LISTS = 4  # code lists that are looked into before giving up


@dataclass
class Cube:
    """The cells of a table: `value` has one axis per entry of `axes`, in that order; NaN where empty."""

    axes: Axes
    value: np.ndarray
    symbols: Counter[str]  # why cells are empty, as the service says
    parts: list[str]  # SHA-256 of the answers


@dataclass
class Desk:
    """What all tables need. `kommuner` is kommunenummer -> name; `store` keeps the parts."""

    client: Client
    store: Path
    kommuner: Mapping[str, str]
    say: Callable[[str], None] = lambda text: None
    used: set[str] = field(default_factory=set)  # names of parts that belong to the present state

    def metadata(self, table: str, codelists: Mapping[str, str] | None = None) -> Dataset:
        """The description of a table today, with `codelists` (dimension -> id) in force. FetchError."""
        query = [("lang", "no"), ("outputFormat", "json-stat2")]
        query += [(f"codelist[{name}]", code) for name, code in (codelists or {}).items()]
        address = self.client.site.address(f"{PXWEB}/tables/{table}/metadata", query)
        what = f"SSB {table}, metadata"
        return read_dataset(self.client.get_json(address, what), what, with_cells=False)

    def regions(self, table: str, metadata: Dataset, joined: bool = False) -> tuple[Dimension, dict[str, str], str]:
        """The region dimension, kommunenummer -> its code there, and the id of the code list ("" for none).

        With `joined`, a list of series joined back to today's kommuner is preferred to the plain codes.
        """
        region = by_role(metadata, "geo", "region", f"SSB {table}")
        enough = (1.0 - MOST_MISSING) * len(self.kommuner)
        plain = kommune_codes(region, self.kommuner)
        if len(plain) >= enough and not joined:
            return region, plain, ""
        lists = kommune_lists(region, joined) or ([] if len(plain) >= enough else kommune_lists(region, False))
        for offered in lists[:MOST_LISTS]:
            found = self.metadata(table, {region.id: offered.id}).dimension(region.id)
            codes = kommune_codes(found, self.kommuner)
            if len(codes) >= enough:
                return region, codes, offered.id
        if len(plain) >= enough:
            return region, plain, ""
        raise FetchError(f"SSB {table}: no list of regions has the kommuner of today; the table has changed.")

    def cube(self, table: str, metadata: Dataset, axes: Axes, codelists: Mapping[str, str]) -> Cube:
        """All cells of `axes`, from kept parts or the service. FetchError; then the kept parts remain."""
        what = f"SSB {table}"
        region = by_role(metadata, "geo", "region", what).id
        time = by_role(metadata, "time", "tid", what).id
        try:
            parts = plan(axes, region, time)
        except ValueError as problem:
            raise FetchError(f"{what}: cannot be cut into questions: {problem}.") from None
        places = {name: {code: at for at, code in enumerate(codes)} for name, codes in axes.items()}
        cube = Cube(dict(axes), np.full([len(codes) for codes in axes.values()], np.nan), Counter(), [])
        for number, part in enumerate(parts, 1):
            self.say(f"{what}: part {number} of {len(parts)}")
            answer = self._part(table, metadata.updated, part, codelists)
            where = np.ix_(*([places[name][code] for code in codes] for name, codes in part.items()))
            cube.value[where] = answer[0]
            cube.symbols.update(answer[1])
            cube.parts.append(answer[2])
        return cube

    def _part(
        self, table: str, updated: str, part: Axes, codelists: Mapping[str, str]
    ) -> tuple[np.ndarray, Counter[str], str]:
        """One part: cells in the order of `part`, symbols, SHA-256; from the store if it is there."""
        what = f"SSB {table}"
        address = self._address(table, part, codelists)
        name = sha256(f"{address}\n{updated}".encode())[:32]
        folder = self.store / table
        self.used.update((f"{table}/{name}.json", f"{table}/{name}.source.json"))
        body = _kept(folder, name)
        if body is not None:
            return (*_arranged(read_dataset(body, what), part, what), sha256(body))
        body = self.client.get_json(address, what)
        cells = _arranged(read_dataset(body, what), part, what)
        note = {
            "address": address, "sha256": sha256(body), "fetched": now(), "updated": updated,
            "source": "Statistics Norway (SSB)", "licence": LICENCE,
        }  # fmt: skip
        write_whole(folder / f"{name}.json", body)
        write_whole(folder / f"{name}.source.json", json.dumps(note, indent=1).encode())  # last: now it counts
        return (*cells, sha256(body))

    def _address(self, table: str, part: Axes, codelists: Mapping[str, str]) -> str:
        query = [("lang", "no"), ("outputFormat", "json-stat2")]
        query += [(f"valuecodes[{name}]", ",".join(codes)) for name, codes in part.items()]
        query += [(f"codelist[{name}]", code) for name, code in codelists.items() if code]
        return self.client.site.address(f"{PXWEB}/tables/{table}/data", query)

    def tidy(self, table: str) -> None:
        """Removes parts of `table` that belong to an earlier state of it."""
        for path in (self.store / table).glob("*"):
            if f"{table}/{path.name}" not in self.used:
                path.unlink(missing_ok=True)


def now() -> str:
    """The time, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _kept(folder: Path, name: str) -> bytes | None:
    """The body of a kept part whose sum is right; None if it has to be asked for."""
    try:
        note = json.loads((folder / f"{name}.source.json").read_bytes())
        body = (folder / f"{name}.json").read_bytes()
    except (OSError, ValueError):
        return None
    right = isinstance(note, dict) and note.get("sha256") == sha256(body)
    return body if right else None


def _arranged(found: Dataset, part: Axes, what: str) -> tuple[np.ndarray, Counter[str]]:
    """The cells of an answer in the order of `part`; FetchError if it is not exactly what was asked for."""
    for dimension in found.dimensions:
        asked = part.get(dimension.id, ())
        if dimension.id not in part or set(dimension.codes) != set(asked):
            name = printable(dimension.id, 40)
            raise FetchError(
                f"{what}: the answer has other codes of {name} than were asked for "
                f"({len(dimension.codes)} instead of {len(asked)})."
            )
    if len(found.dimensions) != len(part):
        missing = next(name for name in part if all(d.id != name for d in found.dimensions))
        raise FetchError(f"{what}: the answer lacks the dimension {printable(missing, 40)}.")
    assert found.value is not None
    at = {d.id: i for i, d in enumerate(found.dimensions)}
    cells = found.value.transpose([at[name] for name in part])
    for axis, (name, codes) in enumerate(part.items()):
        place = {code: i for i, code in enumerate(found.dimension(name).codes)}
        cells = cells.take([place[code] for code in codes], axis=axis)
    return cells, Counter(printable(symbol, 5) for symbol in found.status.values())
