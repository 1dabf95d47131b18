"""Finding in a table's metadata what is wanted: dimensions by role, codes and code lists by their labels.

Codes are a hint, labels decide: ids of code lists differ between tables and change with every vintage, and a
label with a spelling mistake (12134 says "Netto driftresultat") must not stop a download.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sim.errors import printable
from sim.fetch.errors import FetchError
from sim.fetch.jsonstat import CodeList, Dataset, Dimension

FOLD = str.maketrans({"å": "a", "ø": "o", "æ": "ae", "\N{NO-BREAK SPACE}": " "})
KOMMUNE = re.compile(r"(?:K[-_])?(\d{4})")  # joined series write K-0301


@dataclass(frozen=True)
class Wanted:
    """A figure we want: its name with us, words that all stand in its label, its code when last seen."""

    name: str
    words: tuple[str, ...]
    code: str = ""
    without: tuple[str, ...] = ()
    needed: bool = True


def fold(text: str) -> str:
    """`text` in lower case and ASCII, for comparing labels."""
    return text.lower().translate(FOLD)


def find_code(dimension: Dimension, wanted: Wanted, what: str) -> str | None:
    """The code of `dimension` that is `wanted`; None if it is not there and not needed.

    Of several codes with all the words the known one is taken; if no label has them the known code counts, as
    long as the table has it. FetchError if that does not settle it.
    """
    hits = [
        code
        for code, label in dimension.labels.items()
        if all(word in fold(label) for word in wanted.words) and not any(word in fold(label) for word in wanted.without)
    ]
    if wanted.code in hits or (not hits and wanted.code in dimension.codes):
        return wanted.code
    if len(hits) == 1:
        return hits[0]
    if not wanted.needed:
        return None
    words = " + ".join(wanted.words)
    found = f"{len(hits)} labels of '{printable(dimension.label or dimension.id, 40)}'"
    raise FetchError(
        f"{what}: {found} have {words}, where one is needed for {wanted.name}; "
        "the table has changed, see docs/official_data.md."
    )


def by_role(metadata: Dataset, role: str, label: str, what: str) -> Dimension:
    """The dimension with this role ("time", "geo", "metric"), else the one with this label or id."""
    for name in metadata.roles.get(role, ()):
        return metadata.dimension(name)
    return by_label(metadata, label, what)


def by_label(metadata: Dataset, label: str, what: str) -> Dimension:
    """The dimension whose label or id is `label`, letter case and Norwegian letters apart."""
    for dimension in metadata.dimensions:
        if label in (fold(dimension.label), fold(dimension.id)):
            return dimension
    raise FetchError(f"{what}: the table has no dimension '{label}'; it has changed.")


def remaining(metadata: Dataset, used: Iterable[str], what: str) -> dict[str, tuple[str, ...]]:
    """What must be said of dimensions that nobody asked for: nothing if they may be left out.

    A dimension with one code is asked for with it; one with several that may not be left out is an error.
    """
    taken = set(used)
    out: dict[str, tuple[str, ...]] = {}
    for dimension in metadata.dimensions:
        if dimension.id in taken or dimension.optional:
            continue
        if len(dimension.codes) != 1:
            name = printable(dimension.label or dimension.id, 40)
            raise FetchError(f"{what}: the table has a new dimension '{name}' that must be chosen from.")
        out[dimension.id] = dimension.codes
    return out


def kommune_codes(dimension: Dimension, kommuner: Iterable[str]) -> dict[str, str]:
    """kommunenummer -> code of `dimension`, for those of `kommuner` that it has."""
    found: dict[str, str] = {}
    for code in dimension.codes:
        match = KOMMUNE.fullmatch(code)
        if match:
            found.setdefault(match[1], code)
    return {kommune: found[kommune] for kommune in kommuner if kommune in found}


def kommune_lists(dimension: Dimension, joined: bool) -> list[CodeList]:
    """Code lists of kommuner, the most promising first; with `joined` only series joined back in time."""
    lists = [each for each in dimension.codelists if "kommun" in fold(each.label)]
    back = [each for each in lists if "sammensl" in fold(each.label)]
    if joined:
        return back
    rest = [each for each in lists if each not in back]
    return sorted(rest, key=lambda each: _latest_year(each.label), reverse=True)


def _latest_year(label: str) -> int:
    """The latest year in a label; one that is open to the right ("Kommuner 2024-") counts above its end."""
    years = [int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", label)]
    return (max(years) * 2 + label.rstrip().endswith("-")) if years else 0


def ages_of(dimension: Dimension, what: str) -> dict[int, str]:
    """Age in years -> code, from 0 to the open last group; FetchError if one is missing or stands twice."""
    found: dict[int, str] = {}
    for code, label in dimension.labels.items():
        match = re.fullmatch(r"(\d{1,3}) ar(?: (?:eller|og) (?:eldre|over))?", fold(label).strip())
        match = match or re.fullmatch(r"(\d{3})\+?", code)
        if match is None:
            continue
        age = int(match[1])
        if age in found:
            raise FetchError(f"{what}: two codes of age mean {age} years ({found[age]}, {printable(code, 20)}).")
        found[age] = code
    if sorted(found) != list(range(len(found))) or len(found) < 91:
        raise FetchError(f"{what}: the table has no single years of age from 0 to 90 or more.")
    return dict(sorted(found.items()))
