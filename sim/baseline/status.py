"""Where every column of the start comes from: official, constructed or supplied."""

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np

from sim.baseline.people import Kommuner, construct
from sim.baseline.sources import SECTORS, Sources, read_sources
from sim.baseline.supplied import AGES, DEBT, META, NEED, SCHOOLS
from sim.baseline.tables import DATA, read_table, sha256
from sim.schema import Provenance

Group = Literal["kommuner", "fylkeskommuner"]
K: Group = "kommuner"
F: Group = "fylkeskommuner"
AGE_NAMES = ("0-1", "2-5", "6-15", "16-22", "23-66", "67-79", "80-89", "90+")
SUPPLIES = {  # file: the columns it supplies, in part or in full
    AGES: ("folketall", *(f"alder {name}" for name in AGE_NAMES)),
    SCHOOLS: ("skoler", "privatelever"),
    DEBT: ("lanegjeld",),
    META: ("lon, lat",),
    NEED: ("sector index (missing ones)",),
    "kommuner.csv": (
        "name, fylke", "frie_2026, frie_2027", "skatteindeks", "vekst", "sentralitet", "lon, lat", "robek",
        *(f"sector index {sector}" for sector in SECTORS),
    ),
    "elderly_2025.csv": ("folketall 2025",),
    "fylkeskommuner.csv": ("skatt 2025", "frie_inntekter 2025", "driftsinntekter", "netto_driftsresultat"),
    "national_age_projection.csv": ("national ages 2025-2050",),
}  # fmt: skip


@dataclass(frozen=True)
class ColumnStatus:
    """One column of one group: what it is, for how many of `total` units, how unsure a typical value is."""

    column: str
    group: Group
    status: Provenance
    coverage: int
    total: int
    source: str
    date: str
    spread: str = ""  # typical standard deviation of a drawn value
    note: str = ""


def column_status(data_dir: Path | None = None) -> list[ColumnStatus]:
    """The status of every column, with what `data_dir` supplies; DataError if a table cannot be used."""
    sources = read_sources(data_dir)
    return _with_supplied([*_people(sources, construct(sources)), *_declared()], sources)


def data_hashes(data_dir: Path | None = None) -> dict[str, str]:
    """SHA-256 of every table that the World is built from, by name: embedded ones and those of `data_dir`."""
    sources = read_sources(data_dir)
    return {name: sha256(path) for name, path in sorted(sources.files.items())}


def as_records(rows: list[ColumnStatus]) -> list[dict]:
    """The rows as plain dicts, for JSON."""
    return [asdict(row) for row in rows]


def _people(s: Sources, k: Kommuner) -> list[ColumnStatus]:
    rows = [
        ColumnStatus("name, fylke", K, "official", 357, 357, "SSB Klass 131, 104", "2026-01-01"),
        ColumnStatus("folketall 2025", K, "official", 357, 357, "SSB 07459", "2025-01-01"),
        ColumnStatus(
            "folketall", K, "constructed", 357, 357, "between SSB 07459 (2025) and Gront hefte 2027",
            "2026-01-01", note="the sum 5 627 400 is observed",
        ),
    ]  # fmt: skip
    pinned = {5: "pinned by 67-79 in 2025", 6: "pinned by 80+ in 2025", 7: "pinned by 80+ in 2025"}
    for g, name in enumerate(AGE_NAMES):
        spread = f"{100 * float(np.median(k.ages.log_sd[:, g])):.1f} %"
        note = pinned.get(g, "from sector indices and the cost key")
        rows.append(
            ColumnStatus(f"alder {name}", K, "constructed", 357, 357, "start model", "2026-01-01", spread, note)
        )
    n = int((~np.isnan(s.dki[:, 0])).sum())
    for sector in SECTORS:
        rows.append(
            ColumnStatus(f"sector index {sector}", K, "official", n, 357, "Gront hefte 2026, table E-k", "2026")
        )
    rows.append(
        ColumnStatus(
            "sector index (missing ones)", K, "constructed", 357 - n, 357, "start model", "2026",
            f"{100 * float(np.median(k.dki_sd[k.dki_sd > 0])):.0f} %" if (k.dki_sd > 0).any() else "",
        )
    )  # fmt: skip
    return rows


def _declared() -> list[ColumnStatus]:
    """The columns whose status is written down in column_status.csv."""
    table = read_table(DATA / "column_status.csv", tuple(ColumnStatus.__dataclass_fields__))
    counts = {name: table.numbers(name, 0, 357, integer=True) for name in ("coverage", "total")}
    return [
        ColumnStatus(**{**row, **{name: int(counts[name][i]) for name in counts}})  # type: ignore[arg-type]
        for i, row in enumerate(table.rows)
    ]


def _with_supplied(rows: list[ColumnStatus], s: Sources) -> list[ColumnStatus]:
    """The rows, with what was supplied in place of as many constructed and then official ones."""
    for name, covered in s.supplied.items():
        group = F if name == "fylkeskommuner.csv" else K
        for column in SUPPLIES.get(name, ()):
            same = [row for row in rows if (row.column, row.group) == (column, group)]
            most = sum(row.coverage for row in same)
            count = min(covered, most)
            if count == 0:
                continue
            at = rows.index(same[0])
            rows = [row for row in rows if row not in same]
            left = [ColumnStatus(column, group, "supplied", count, same[0].total, name, same[0].date)]
            for row in sorted(same, key=lambda row: row.status != "constructed"):
                taken = min(count, row.coverage)
                count -= taken
                if row.coverage > taken:
                    left.append(replace(row, coverage=row.coverage - taken))
            rows[at:at] = left
    return rows
