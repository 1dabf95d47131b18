"""What a table becomes: files with a header and rows, and what has to be known about them."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class MadeFile:
    """One file, not yet written. `kommuner` of 357 are in it; `note` says what a reader must know."""

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[object]]
    kommuner: int
    years: str
    note: str = ""


@dataclass
class Made:
    """All files of one table, where they come from, and which codes were chosen for what."""

    table: str
    label: str
    updated: str
    files: list[MadeFile]
    codes: dict[str, str] = field(default_factory=dict)  # our name -> "code: label"
    symbols: dict[str, int] = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def number(value: float) -> str:
    """A figure as text: whole ones without a decimal point, others as short as they can be read back."""
    return str(int(value)) if value == int(value) else repr(float(value))


def span(years: Sequence[str | int]) -> str:
    """ "2015-2026", "2026", or "" for none."""
    ordered = sorted(str(year) for year in years)
    if not ordered:
        return ""
    return ordered[0] if ordered[0] == ordered[-1] else f"{ordered[0]}-{ordered[-1]}"
