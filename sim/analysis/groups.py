"""Groups of kommuner that answers are given by: known before the first run, the same in every scenario."""

from collections.abc import Callable

from sim.analysis.risk import SIZES, size_group
from sim.baseline.sources import Sources, read_sources

IN_REGISTER, NOT_IN_REGISTER = "in ROBEK at the start", "not in ROBEK at the start"
CENTRALITY = ("1 most central", "2", "3", "4", "5", "6 least central")


def _size(s: Sources) -> list[str]:
    return [size_group(float(people)) for people in s.in_july_2026]


def _centrality(s: Sources) -> list[str]:
    return [CENTRALITY[int(of) - 1] for of in s.centrality_class]


def _fylke(s: Sources) -> list[str]:
    names = dict(zip(s.county_codes, s.county_names, strict=True))
    return [names[code] for code in s.fylke]


def _robek(s: Sources) -> list[str]:
    return [IN_REGISTER if letters else NOT_IN_REGISTER for letters in s.robek]


GROUPINGS: dict[str, Callable[[Sources], list[str]]] = {
    "size": _size, "centrality": _centrality, "fylke": _fylke, "robek": _robek,
}  # fmt: skip
ORDER = {
    "size": [name for _, name in SIZES],
    "centrality": list(CENTRALITY),
    "robek": [IN_REGISTER, NOT_IN_REGISTER],
}


def kommune_groups(by: str) -> dict[str, str]:
    """kommunenummer -> group of the 357 kommuner, in code order.

    by: size (inhabitants in July 2026), centrality (class of Statistics Norway), fylke, or robek (the register
    of 20 April 2026). KeyError if there is no such grouping.
    """
    sources = read_sources()
    return dict(zip(sources.codes, GROUPINGS[by](sources), strict=True))


def group_order(by: str, groups: dict[str, str]) -> list[str]:
    """The groups that have members, in the order to show them."""
    there = set(groups.values())
    return [name for name in ORDER.get(by, sorted(there)) if name in there]


def unit_names() -> dict[str, str]:
    """kommunenummer -> name, of a kommune whose name is not the only one with its fylke; fylkeskommuner too."""
    s = read_sources()
    fylke = dict(zip(s.county_codes, s.county_names, strict=True))
    twice = {name for name in s.names if s.names.count(name) > 1}
    names = {
        code: f"{name} ({fylke[of]})" if name in twice else name
        for code, name, of in zip(s.codes, s.names, s.fylke, strict=True)
    }
    return names | fylke
