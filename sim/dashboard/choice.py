"""What a view shows: every choice on the page, as it stands in its address. Anything unknown becomes a default."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qs, urlsplit

from sim.analysis.labels import full_name, unit_labels
from sim.analysis.who import Who, everyone, find_who, groups_of
from sim.dashboard.shelf import Shelf
from sim.dashboard.stored import Stored
from sim.dashboard.values import known
from sim.errors import UserError
from sim.words import LANGUAGES

FIRST_YEAR = 2030  # shown first: what most people ask about
LONGEST = 2000  # characters of an address that are read


@dataclass(frozen=True)
class Choice:
    """A view: all of it can be shown. `other` is the result it is compared with, `kommune` a kommunenummer."""

    stored: Stored
    other: Stored | None
    output: str
    year: int
    who: Who
    kommune: str | None
    lang: str
    step: dict[str, int] | None = None  # run and year that are stepped through


def language_of(asked: Mapping[str, str]) -> str:
    """The language asked for, or English."""
    return asked.get("lang", "") if asked.get("lang") in LANGUAGES else LANGUAGES[0]


def choose(shelf: Shelf, asked: Mapping[str, str]) -> Choice | None:
    """The view asked for as far as there is such a one; None if there is no result at all."""
    stored = shelf.get(asked.get("result"))
    if stored is None:
        return None
    every = shelf.all()
    other = every.get(asked.get("compare", ""))
    if other is not None and other.key == stored.key:
        other = None
    year = _year(asked.get("year"), stored.years)
    kommune = asked.get("kommune")
    step = {"run": asked.get("run"), "year": asked.get("step")}
    return Choice(
        stored, other, known(stored, asked.get("output")), year, who_of(asked.get("group")),
        kommune if kommune in stored.units else None, language_of(asked),
        step_of(stored, step) if kommune in stored.units else None,
    )  # fmt: skip


def step_of(stored: Stored, asked: object) -> dict[str, int] | None:
    """The run and year of this result that are asked for ({"run": .., "year": ..}); None if it has no such run."""
    try:
        run, year = int(str(asked["run"])), int(str(asked["year"]))  # type: ignore[index]
    except (TypeError, KeyError, ValueError):
        return None
    return {"run": run, "year": min(max(year, stored.years[0]), stored.years[-1])} if 0 <= run < stored.runs else None


def who_of(name: str | None) -> Who:
    """The group of this name; all kommuner if there is none."""
    try:
        who = find_who(str(name)[:80]) if name else everyone()
    except UserError:
        return everyone()
    return everyone() if who.kind == "unit" else who


@cache
def group_names() -> list[tuple[str, Who]]:
    """All groups that can be chosen, with the name that `who_of` knows them by."""
    found = [("kommuner", everyone()), ("fylkeskommuner", everyone("fylkeskommuner"))]
    for column in ("size", "fylke", "sentralitet"):
        found += [
            (f"sentralitet {who.name}" if column == "sentralitet" else who.name, who) for who in groups_of(column)
        ]
    return found


@cache
def names() -> dict[str, str]:
    """kommunenummer -> name, with the fylke behind it where it is not the only one. Do not change it."""
    return {code: full_name(code) for code in unit_labels().index}


@cache
def kommune_names() -> dict[str, str]:
    """kommunenummer -> name with number, in alphabetical order. Do not change it."""
    found = {code: f"{name} ({code})" for code, name in names().items()}
    return dict(sorted(found.items(), key=lambda item: item[1].lower()))


def asked_of(address: str | None) -> dict[str, str]:
    """The choices in an address of the page."""
    query = urlsplit((address or "")[:LONGEST]).query
    return {key: values[-1] for key, values in parse_qs(query).items()}


def _year(asked: object, years: tuple[int, ...]) -> int:
    try:
        if int(str(asked)) in years:
            return int(str(asked))
    except ValueError:
        pass
    return max([year for year in years if year <= FIRST_YEAR], default=years[0])
