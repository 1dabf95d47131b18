"""Who a figure or a table is about: one unit, or a group of them."""

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from sim.analysis.labels import CENTRALITY, SIZE_NAMES, full_name, unit_labels
from sim.analysis.summary import GROUPS
from sim.errors import UserError, printable

if TYPE_CHECKING:
    import pandas as pd

BY = {"size": SIZE_NAMES, "sentralitet": tuple(CENTRALITY.values())}  # column of the labels -> its groups, in order


@dataclass(frozen=True)
class Who:
    """`units` are kommunenummer; `kind` is "unit", "all" (kommuner or fylkeskommuner), "size", "fylke" or
    "sentralitet"; `name` is a unit's name, or the key of the group."""

    kind: str
    name: str
    units: tuple[str, ...]

    @property
    def code(self) -> str:
        """kommunenummer of the one unit."""
        return self.units[0]


def everyone(group: str = "kommuner") -> Who:
    """All kommuner, or all fylkeskommuner."""
    length = 4 if group == "kommuner" else 2
    codes = unit_labels().index
    return Who("all", group, tuple(codes[codes.str.len() == length]))


def groups_of(column: str) -> list[Who]:
    """The groups of kommuner by "size", "sentralitet" or "fylke", in order, without empty ones."""
    labels = _kommuner()
    names = list(BY.get(column, ())) or [str(name) for name in dict.fromkeys(labels["fylke"])]
    found = [Who(column, str(name), tuple(labels.index[labels[column] == name])) for name in names]
    return [who for who in found if who.units]


def find_who(text: str | None, option: str = "--for") -> Who:
    """The unit or group that a user means: None is all kommuner.

    A kommunenummer, the two digits of a fylke (its fylkeskommune), the name of a kommune, "kommuner",
    "fylkeskommuner", the name of a fylke (its kommuner), a size group, or "sentralitet 3". UserError if there
    is none, or more than one, of that name; it names the `option` that was given.
    """
    if text is None:
        return everyone()
    asked, labels = text.strip(), unit_labels()
    if asked.lower() in GROUPS:
        return everyone(asked.lower())
    if asked in labels.index:
        return Who("unit", full_name(asked, labels), (asked,))
    kommuner = _kommuner()
    same = kommuner.index[kommuner["name"].str.lower() == asked.lower()]
    named = (kommuner["name"] + " (" + kommuner["fylke"] + ")").str.lower()
    full = kommuner.index[named == asked.lower()]
    if len(same) > 1:
        codes = " or ".join(f"{code} ({kommuner.loc[code, 'fylke']})" for code in same)
        raise UserError(f"{option} {printable(text)}: there are {len(same)} kommuner of this name; give {codes}.")
    groups = {name.lower(): who for name, who in _named_groups().items()}
    for code in (*full, *same):
        return Who("unit", full_name(code, labels), (code,))
    if asked.lower() in groups:
        return groups[asked.lower()]
    known = {name.lower(): name for name in [*kommuner["name"], *_named_groups(), *GROUPS]}
    near = get_close_matches(asked.lower(), known, n=1, cutoff=0.5)
    hint = f"did you mean {known[near[0]]!r}?" if near else "give a kommunenummer, a name, a fylke or a size group."
    raise UserError(f"{option} {printable(text)}: there is no kommune or group of this name; {hint}")


def _kommuner() -> "pd.DataFrame":
    labels = unit_labels()
    return labels[labels.index.str.len() == 4]


def _named_groups() -> dict[str, Who]:
    found = {who.name: who for column in ("fylke", "size") for who in groups_of(column)}
    return found | {f"sentralitet {who.name}": who for who in groups_of("sentralitet")}
