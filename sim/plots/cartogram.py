"""Drawing the cartogram: circles, outlines of fylker, names where there is room. Axes in, axes out; km inside."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.plots.dorling import Layout
from sim.plots.style import INK, LINE, MUTED, ink_on, text_fits

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PAD, EDGE = 4.5, 1.6  # km of a fylke's ground around its circles, and of its outline
LONGEST = 130.0  # km: circles of a fylke further apart than this are not joined
MARGIN = (85.0, 30.0, 10.0, 5.0)  # km left, below, right, above, for names of fylker
SMALLEST = 4.9  # points: smaller names are not printed inside circles
LEAST = 15.0  # km: nor in smaller circles
LEADER = 26.0  # km between a name and its fylke from which a line joins them
NAME = 7.5  # points, of fylker
SHORE = "#8ea5b8"  # of circles without a ring
FURTHEST = 330.0  # km between a name and the nearest circle of its fylke
GAP = 8.0  # km kept around a name
GRID = 15.0  # km between the places tried for a name


def cartogram(
    ax: "Axes",
    layout: Layout,
    colours: Sequence[str],
    groups: np.ndarray,
    names: Sequence[str],
    rings: np.ndarray | None = None,
) -> "Axes":
    """A circle per unit in its colour; a dark ring where `rings`; its name inside where it fits.

    groups: (n,) fylke of each circle; names: (n,). The axes show everything, without ticks, in equal scale.
    """  # fmt: skip
    from matplotlib.collections import PatchCollection
    from matplotlib.patches import Circle

    fit(ax, layout)
    for group in np.unique(groups):
        _ground(ax, layout, np.flatnonzero(groups == group))
    circles = [Circle((x, y), r) for x, y, r in zip(layout.x, layout.y, layout.radius, strict=True)]
    ring = np.zeros(len(circles), bool) if rings is None else rings
    edges = [INK if marked else SHORE for marked in ring]
    widths = [min(0.9, 0.25 + 0.03 * r) if marked else 0.35 for marked, r in zip(ring, layout.radius, strict=True)]
    ax.add_collection(PatchCollection(circles, facecolors=list(colours), edgecolors=edges, linewidths=widths, zorder=4))
    _names_inside(ax, layout, colours, names)
    return ax


def fit(ax: "Axes", layout: Layout) -> None:
    """Limits that show every circle, with MARGIN around, in equal scale, and fill the axes exactly."""
    reach = layout.radius + PAD + EDGE
    left, low = float((layout.x - reach).min()) - MARGIN[0], float((layout.y - reach).min()) - MARGIN[1]
    right, top = float((layout.x + reach).max()) + MARGIN[2], float((layout.y + reach).max()) + MARGIN[3]
    shape = ax.bbox.height / ax.bbox.width
    if (top - low) / (right - left) < shape:
        spare = shape * (right - left) - (top - low)
        low, top = low - spare / 2, top + spare / 2
    else:
        spare = (top - low) / shape - (right - left)
        left, right = left - spare / 2, right + spare / 2
    ax.set_xlim(left, right)
    ax.set_ylim(low, top)
    ax.set_xticks([])
    ax.set_yticks([])
    for spine in ax.spines.values():
        spine.set_visible(False)


def _ground(ax: "Axes", layout: Layout, members: np.ndarray) -> None:
    """What lies under the circles of one fylke: one shape with an outline."""
    from matplotlib.collections import PatchCollection, PolyCollection
    from matplotlib.patches import Circle

    x, y, r = layout.x[members], layout.y[members], layout.radius[members]
    links = _links(x, y, r)
    for extra, colour, order in ((PAD + EDGE, LINE, 1.0), (PAD, "#f7f7f7", 1.5)):
        discs = [Circle((a, b), c + extra) for a, b, c in zip(x, y, r, strict=True)]
        ax.add_collection(PatchCollection(discs, facecolors=colour, edgecolors="none", zorder=order))
        bars = [_bar(x, y, i, j, extra - 0.5 * PAD) for i, j in links]
        ax.add_collection(PolyCollection(bars, facecolors=colour, edgecolors="none", zorder=order))


def _links(x: np.ndarray, y: np.ndarray, r: np.ndarray) -> list[tuple[int, int]]:
    """The shortest tree that joins the circles, without its long branches."""
    gap = np.hypot(x[:, None] - x, y[:, None] - y) - r[:, None] - r
    inside, found = [0], []
    while len(inside) < len(x):
        outside = [k for k in range(len(x)) if k not in inside]
        part = gap[np.ix_(inside, outside)]
        i, j = np.unravel_index(part.argmin(), part.shape)
        if part[i, j] <= LONGEST:
            found.append((inside[int(i)], outside[int(j)]))
        inside.append(outside[int(j)])
    return found


def _bar(x: np.ndarray, y: np.ndarray, i: int, j: int, half: float) -> np.ndarray:
    way = np.array([x[j] - x[i], y[j] - y[i]])
    side = np.array([-way[1], way[0]]) / max(float(np.hypot(*way)), 1e-9) * half
    ends = np.array([[x[i], y[i]], [x[j], y[j]]])
    return np.array([ends[0] + side, ends[1] + side, ends[1] - side, ends[0] - side])


def scale(ax: "Axes") -> float:
    """Pixels per km."""
    return float(ax.bbox.width / (ax.get_xlim()[1] - ax.get_xlim()[0]))


def _names_inside(ax: "Axes", layout: Layout, colours: Sequence[str], names: Sequence[str]) -> None:
    pixels = scale(ax)
    for x, y, r, colour, name in zip(layout.x, layout.y, layout.radius, colours, names, strict=True):
        if r < LEAST:
            continue
        wide, high = text_fits(ax, name, 10.0)
        size = min(6.2 + r / 30.0, 10.0 * 1.86 * r * pixels / float(np.hypot(wide, high)))
        if size >= SMALLEST:
            ax.text(x, y, name, fontsize=size, color=ink_on(colour), ha="center", va="center", zorder=6)


def group_names(ax: "Axes", layout: Layout, groups: np.ndarray, names: dict[str, str], taken: list) -> "Axes":
    """The name of each fylke of more than one circle near them, on no circle and on nothing else written.

    names: fylkesnummer -> name; taken: boxes (x0, y0, x1, y1) in km that must stay free. Those with room beside
    them come first; a line leads to the nearest circle from a name that stands further off.
    """
    pixels, boxes = scale(ax), list(taken)
    pixel_sizes = {code: text_fits(ax, names[code], NAME) for code in names}
    sizes = {code: (wide / pixels, high / pixels) for code, (wide, high) in pixel_sizes.items()}
    own = {code: groups == code for code in sorted(names) if (groups == code).sum() > 1}
    places, room = {}, {}
    for code, mine in own.items():
        places[code] = _places(ax, layout, mine, *sizes[code])
        alone = _free_place(layout, mine, places[code], *sizes[code], boxes)
        room[code] = np.inf if alone is None else _nearest(layout, mine, alone, *sizes[code])[1]
    for code in sorted(own, key=lambda code: (room[code] > LEADER, -int(own[code].sum()), code)):
        wide, high = sizes[code]
        place = _free_place(layout, own[code], places[code], wide, high, boxes)
        if place is None:
            continue
        x, y = place
        boxes.append((x - wide / 2 - 4.0, y - high / 2 - 4.0, x + wide / 2 + 4.0, y + high / 2 + 4.0))
        ax.text(x, y, names[code], fontsize=NAME, color=INK, ha="center", va="center", zorder=7, fontstyle="italic")
        at, apart = _nearest(layout, own[code], place, wide, high)
        if apart > LEADER:
            line = _leader(layout, at, place, wide, high)
            ax.plot(line[:, 0], line[:, 1], color=MUTED, lw=0.6, zorder=6.5)
            boxes += [(px - 3.0, py - 3.0, px + 3.0, py + 3.0) for px, py in line]
    return ax


def _nearest(
    layout: Layout, own: np.ndarray, place: tuple[float, float], wide: float, high: float
) -> tuple[int, float]:
    """The circle of `own` nearest to the box of a name, and how many km are between."""
    apart = _from_box(*place, wide, high, layout)[0] + np.where(own, 0.0, np.inf)
    return int(apart.argmin()), float(apart.min())


def _leader(layout: Layout, at: int, place: tuple[float, float], wide: float, high: float) -> np.ndarray:
    """Points (n, 2) of a straight line from the edge of a name's box into a circle."""
    half = np.array([wide / 2 + 3.0, high / 2 + 3.0])
    circle = np.array([layout.x[at], layout.y[at]])
    start = np.clip(circle, np.array(place) - half, np.array(place) + half)
    way = circle - start
    end = start + way * (1.0 - 0.5 * layout.radius[at] / float(np.hypot(*way)))
    return start + np.linspace(0.0, 1.0, 24)[:, None] * (end - start)


def _from_box(x: np.ndarray | float, y: np.ndarray | float, wide: float, high: float, layout: Layout) -> np.ndarray:
    """Free km between boxes of one size with these centres and every circle: (boxes, circles)."""
    xs, ys = np.atleast_1d(x), np.atleast_1d(y)
    across = np.maximum(np.abs(xs[:, None] - layout.x) - wide / 2, 0.0)
    along = np.maximum(np.abs(ys[:, None] - layout.y) - high / 2, 0.0)
    return np.hypot(across, along) - layout.radius


def _places(ax: "Axes", layout: Layout, own: np.ndarray, wide: float, high: float) -> np.ndarray:
    """Centres (n, 2) of boxes of this size that lie on no circle, the best first.

    Best is nearest to the closest circle of `own` and, less, to the middle of all; it costs to be closer to another
    fylke.
    """
    wide, high = wide + GAP, high + GAP
    left, right = sorted(ax.get_xlim())
    low, top = sorted(ax.get_ylim())
    x, y = np.meshgrid(
        np.arange(left + wide / 2, right - wide / 2, GRID), np.arange(low + high / 2, top - high / 2, GRID)
    )
    x, y = x.ravel(), y.ravel()
    near = np.hypot(x[:, None] - layout.x[own], y[:, None] - layout.y[own]).min(axis=1) < FURTHEST
    x, y = x[near], y[near]
    clear = _from_box(x, y, wide, high, layout)
    middle = [np.average(axis[own], weights=layout.radius[own]) for axis in (layout.x, layout.y)]
    mine, others = clear[:, own].min(axis=1), clear[:, ~own].min(axis=1, initial=np.inf)
    cost = mine + 0.25 * np.hypot(x - middle[0], y - middle[1]) + 1.5 * np.maximum(mine - others, 0.0)
    free = clear.min(axis=1) > PAD + EDGE
    order = np.argsort(cost[free], kind="stable")
    return np.column_stack([x[free], y[free]])[order]


def _free_place(
    layout: Layout, own: np.ndarray, places: np.ndarray, wide: float, high: float, boxes: list
) -> tuple[float, float] | None:
    """The first of these centres where a name lies on nothing written, and the line from it crosses nothing written;
    None if there is none."""
    x, y = places[:, 0], places[:, 1]
    across, along = (wide + GAP) / 2, (high + GAP) / 2
    free = np.ones(len(places), bool)
    for x0, y0, x1, y1 in boxes:
        free &= (x + across < x0) | (x - across > x1) | (y + along < y0) | (y - along > y1)
    for px, py in places[free].tolist():
        at, apart = _nearest(layout, own, (px, py), wide, high)
        if apart <= LEADER or not _crosses(_leader(layout, at, (px, py), wide, high), boxes):
            return px, py
    return None


def _crosses(line: np.ndarray, boxes: list) -> bool:
    """True if any point of the line lies in any box."""
    return any(
        bool(((line[:, 0] > x0) & (line[:, 0] < x1) & (line[:, 1] > y0) & (line[:, 1] < y1)).any())
        for x0, y0, x1, y1 in boxes
    )
