"""How all figures look: readable in grey and by the colour-blind, the same bytes on every run."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# One hue in three steps of lightness (from the palette of Okabe and Ito), so that grey tells the same.
DARK, MIDDLE, LIGHT = "#08406b", "#7fb0d6", "#d3e4f2"
WARN = "#c2410c"  # below zero; the darkest grey of the fills
INK, MUTED, LINE = "#1a1a1a", "#5c5c5c", "#c9c9c9"
SMALL, NORMAL, HEAD = 7.5, 8.5, 12.5

RC: dict[str, Any] = {
    "font.family": "DejaVu Sans",  # comes with matplotlib: no other font can slip in
    "font.size": NORMAL,
    "text.color": INK,
    "axes.edgecolor": LINE,
    "axes.labelcolor": MUTED,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.titlesize": 9.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "xtick.major.size": 3,
    "ytick.major.size": 0,
    "grid.color": "#e8e8e8",
    "grid.linewidth": 0.7,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "svg.hashsalt": "kommunesim",  # ids in the SVG depend on its content only
    "svg.fonttype": "path",
    "pdf.fonttype": 42,  # letters stay letters: journals ask for it
    "text.parse_math": False,  # a dollar sign in a title is a dollar sign
    "path.simplify": False,
}


def new_figure(width: float, height: float) -> "Figure":
    """An empty figure of this size in inches, outside pyplot: nothing global is touched."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height))
    FigureCanvasAgg(figure)
    return figure


def heading(figure: "Figure", text: str, below: str = "") -> None:
    """Title of the whole figure at the top left, smaller if it is long, with a line of explanation below it."""
    inches = figure.get_figheight()
    title = figure.text(0.012, 1.0 - 0.13 / inches, text, fontsize=HEAD, fontweight="bold", va="top")
    size, room = HEAD, 0.976 * figure.bbox.width
    while (wide := title.get_window_extent().width) > room:  # letters do not shrink quite evenly
        size *= min(0.99, room / wide)
        title.set_fontsize(size)
    if below:
        figure.text(0.012, 1.0 - 0.42 / inches, below, fontsize=NORMAL, color=MUTED, va="top", linespacing=1.35)


def footer(figure: "Figure", lines: Sequence[str]) -> None:
    """Where the numbers come from, at the bottom left."""
    inches = figure.get_figheight()
    figure.text(0.012, 0.08 / inches, "\n".join(lines), fontsize=SMALL, color=MUTED, va="bottom", linespacing=1.35)


def subtitle(ax: "Axes", title: str, unit: str) -> None:
    """Title of a panel, and its unit in a lighter line below, above the axes."""
    ax.set_title(title, pad=18)
    ax.annotate(
        unit, (0.0, 1.0), xycoords="axes fraction", xytext=(0, 6), textcoords="offset points",
        fontsize=SMALL, color=MUTED, va="bottom",
    )  # fmt: skip


def apart(places: Sequence[float], least: float) -> list[float]:
    """These places (in any order), moved as little as it takes so that they lie at least `least` apart."""
    order = sorted(range(len(places)), key=lambda i: places[i])
    blocks: list[tuple[float, list[int]]] = []  # middle, members in order
    for i in order:
        blocks.append((places[i], [i]))
        while len(blocks) > 1 and (
            blocks[-1][0] - blocks[-2][0] < least * (len(blocks[-1][1]) + len(blocks[-2][1])) / 2 - 1e-12
        ):
            members = blocks[-2][1] + blocks.pop()[1]
            middle = sum(places[j] for j in members) / len(members)
            blocks[-1] = (middle, members)
    moved = list(places)
    for middle, members in blocks:
        for k, j in enumerate(members):
            moved[j] = middle + least * (k - (len(members) - 1) / 2)
    return moved


STEPS = ("#e3edf6", "#b9d3e8", "#7fb0d6", "#3878ab", "#08406b")  # of one hue, light to dark: grey tells the same
BELOW = ("#b3470f", "#e08a4f", "#f5cfa9")  # far below zero to just below
ABOVE = ("#c9dff0", "#6ea4cf", "#0f5288")  # just above zero to far above
NOTHING = "#efefef"


def ink_on(colour: str) -> str:
    """The colour of text that can be read on this one."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return INK if 0.299 * red + 0.587 * green + 0.114 * blue > 0.55 else "white"


def localise(figure: "Figure", lang: str) -> None:
    """Numbers along the axes as the language writes them; labels that were written out stay."""
    from matplotlib.ticker import FuncFormatter, ScalarFormatter

    from sim.words.numbers import MARKS

    def writer(plain: ScalarFormatter) -> FuncFormatter:
        def write(value: float, place: int | None = None) -> str:
            text = plain(value, place)
            whole, dot, rest = text.partition(".")
            if len(whole.lstrip("\N{MINUS SIGN}")) > 4 and whole.lstrip("\N{MINUS SIGN}").isdigit():
                whole = whole.replace("\N{MINUS SIGN}", "-")
                whole = f"{int(whole):,}".replace(",", MARKS[lang][0]).replace("-", "\N{MINUS SIGN}")
            return whole + (MARKS[lang][1] if dot else "") + rest

        return FuncFormatter(write)

    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            plain = axis.get_major_formatter()
            if isinstance(plain, ScalarFormatter):
                plain.set_useOffset(False)
                plain.set_scientific(False)
                plain.set_locs([float(place) for place in axis.get_majorticklocs()])
                axis.set_major_formatter(writer(plain))


def halo(width: float = 2.2) -> list:
    """White around letters that stand on a drawing."""
    from matplotlib.patheffects import withStroke

    return [withStroke(linewidth=width, foreground="white")]


def text_fits(ax: "Axes", text: str, size: float) -> tuple[float, float]:
    """Width and height of a text of this size, in pixels of the figure."""
    scale = ax.figure.dpi / 72.0 * size / 10.0
    wide, high = _ten_points(text)
    return wide * scale, high * scale


@cache
def _ten_points(text: str) -> tuple[float, float]:
    """Width and height of a text of ten points, in points."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath

    places = TextPath((0, 0), text, size=10.0, prop=FontProperties(family="DejaVu Sans")).vertices
    return float(np.ptp(places[:, 0])), float(np.ptp(places[:, 1]))
