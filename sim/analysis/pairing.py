"""Two stored results as pairs of runs: whether they are pairs at all, and reading them part by part."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from sim.errors import UserError, printable

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    import pandas as pd

RUNS_AT_A_TIME = 100  # as the panel's parts are cut
ROWS_AT_A_TIME = 2_000_000  # rows (run, unit) that are in memory together, of each of the two
MUST_SHARE = (  # key of the manifest, or of its hashes; what it is
    ("seed", "the seed"),
    ("start", "the kind of start"),
    ("data", "the start accounts (hash)"),
    ("units", "the number of units"),
)


class Stored(Protocol):
    """What is asked of a stored result (sim.store.Results has it)."""

    @property
    def folder(self) -> "Path": ...
    @property
    def manifest(self) -> "dict[str, Any]": ...
    @property
    def runs(self) -> int: ...
    @property
    def years(self) -> list[int]: ...
    @property
    def outputs(self) -> list[str]: ...
    @property
    def columns(self) -> dict[str, tuple[str, str]]: ...

    def panel(
        self, outputs: Sequence[str], years: Sequence[int], runs: range, units: Sequence[str] | None = None
    ) -> "pd.DataFrame": ...
    @property
    def national_columns(self) -> Sequence[str]: ...
    def national(self, columns: Sequence[str]) -> "pd.DataFrame": ...


def check_pair(a: Stored, b: Stored, rules_may_differ: bool = False) -> list[str]:
    """UserError naming the first thing two results must share and do not; sentences on what they merely differ in.

    They must share seed, start, data, units and (unless rules_may_differ) the rules: else the difference
    between two runs of the same number is not the policy alone.
    """
    names = f"{printable(a.folder.name)} and {printable(b.folder.name)}"
    for key, text in MUST_SHARE:
        ours, theirs = _value(a, key), _value(b, key)
        if ours != theirs:
            raise UserError(
                f"{names} are no pair: {text} is {_short(ours)} in the first and {_short(theirs)} in the second; "
                "run both with the same."
            )
    notes = []
    if _value(a, "rules") != _value(b, "rules"):
        if not rules_may_differ:
            raise UserError(
                f"{names} are no pair: they were computed by different rules (source of the kernel); run both with "
                "this version, or add --rules-may-differ if the change of rules is what you compare."
            )
        notes.append("The two were computed by different rules: the difference is policy and rules together.")
    if not set(a.years) & set(b.years):
        raise UserError(f"{names} are no pair: they have no year in common.")
    if a.years != b.years:
        notes.append("The two have different years; those they share are compared.")
    if a.runs != b.runs:
        notes.append(
            f"The first has {a.runs:,} runs and the second {b.runs:,}; the first {common_runs(a, b):,} are pairs."
        )
    if not notes and _value(a, "digest") == _value(b, "digest"):
        if a.folder.resolve() == b.folder.resolve():
            notes.append("Both are the same result: every difference is 0.")
        elif a.manifest.get("kind") != "study":  # points of a study share its digest
            notes.append("Both are results of the same scenario with the same runs: every difference is 0.")
    return notes


def common_runs(a: Stored, b: Stored) -> int:
    """How many runs both have, from run 0."""
    return min(a.runs, b.runs)


def common_years(a: Stored, b: Stored) -> list[int]:
    """Years that both have, in order."""
    return [year for year in a.years if year in set(b.years)]


def parts(
    result: Stored, columns: Sequence[str], years: Sequence[int], runs: int, units: Sequence[str] | None = None
) -> "Iterator[pd.DataFrame]":
    """The panel in pieces of RUNS_AT_A_TIME runs, so that no more than one is in memory."""
    for start in range(0, runs, RUNS_AT_A_TIME):
        yield result.panel(columns, years, range(start, min(start + RUNS_AT_A_TIME, runs)), units)


def blocks(units: Sequence[str], runs: int) -> Iterator[list[str]]:
    """The units in blocks small enough that all runs of a block fit ROWS_AT_A_TIME."""
    size = max(1, ROWS_AT_A_TIME // max(1, runs))
    for start in range(0, len(units), size):
        yield list(units[start : start + size])


def _value(result: Stored, key: str) -> object:
    return result.manifest.get(key, result.manifest["hashes"].get(key))


def _short(value: object) -> str:
    return printable(value, 13)
