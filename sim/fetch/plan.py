"""Cutting a table into questions that the service accepts: not too many cells, not too long an address."""

import itertools
import math
from collections.abc import Mapping, Sequence
from urllib.parse import quote

Axes = dict[str, tuple[str, ...]]  # id of a dimension -> the codes asked for, in order

MOST_CELLS = 800_000  # SSB's limit for one extract; empty cells count
MOST_REGIONS = 100  # an address with hundreds of codes is answered with an HTML page and 404
LONGEST = 1_900  # characters of an address; the service stops at about 2 100


def cells_of(axes: Mapping[str, Sequence[str]]) -> int:
    """How many cells an extract of these codes has."""
    return math.prod(len(codes) for codes in axes.values())


def plan(
    axes: Mapping[str, Sequence[str]],
    region: str,
    time: str,
    most_cells: int = MOST_CELLS,
    most_regions: int = MOST_REGIONS,
    longest: int = LONGEST,
) -> list[Axes]:
    """Parts of `axes` in a fixed order; together they have every cell exactly once.

    Each has at most `most_cells` cells, `most_regions` codes of the dimension `region`, and codes that take
    at most `longest` characters in an address. Regions are cut first, into parts of about equal size, then time,
    then whichever dimension is longest. ValueError if a single cell is already too much.
    """
    if most_cells < 1 or most_regions < 1:
        raise ValueError("a part must be allowed at least one cell and one region")
    whole: Axes = {name: tuple(codes) for name, codes in axes.items()}
    if not cells_of(whole):
        return []
    parts = []
    for codes in _pieces(whole[region], most_regions) if region in whole else [()]:
        start = {**whole, region: codes} if codes else whole
        parts.extend(_halved(start, time, most_cells, longest))
    return parts


def _halved(axes: Axes, time: str, most_cells: int, longest: int) -> list[Axes]:
    """`axes` itself if it is small enough, else its two halves, and so on."""
    too_many, too_long = cells_of(axes) > most_cells, _characters(axes) > longest
    if not (too_many or too_long):
        return [axes]
    if too_long:  # halving the longest list shortens the address most
        name = max(axes, key=lambda each: (len(axes[each]) > 1, _width(axes[each])))
    elif len(axes.get(time, ())) > 1:
        name = time
    else:
        name = max(axes, key=lambda each: len(axes[each]))
    if len(axes[name]) < 2:
        raise ValueError(f"one cell needs {_characters(axes)} characters; {longest} are allowed")
    return [
        part
        for codes in _pieces(axes[name], math.ceil(len(axes[name]) / 2))
        for part in _halved({**axes, name: codes}, time, most_cells, longest)
    ]


def _pieces(codes: tuple[str, ...], most: int) -> list[tuple[str, ...]]:
    """`codes` in order, in as few pieces of at most `most` as possible, all of about the same size."""
    count = math.ceil(len(codes) / most)
    cuts = [round(i * len(codes) / count) for i in range(count + 1)] if count else [0]
    return [codes[low:high] for low, high in itertools.pairwise(cuts)]


def _width(codes: tuple[str, ...]) -> int:
    return sum(len(quote(code, safe="")) + 1 for code in codes)


def _characters(axes: Axes) -> int:
    """About how long the address becomes; the bracket of a name takes six characters percent-encoded."""
    return 200 + sum(len(name) + 20 + _width(codes) for name, codes in axes.items())
