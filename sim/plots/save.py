"""Draws the figures of a result and writes them, the same bytes whenever they are drawn."""

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.analysis.who import everyone
from sim.plots.kinds import KINDS, kind
from sim.plots.material import Material
from sim.plots.request import Request
from sim.plots.style import RC
from sim.store import open_result
from sim.store.files import make_folder, remove_leftovers, write_file

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DPI = 160
PATH, LONG = re.compile(rb' d="[^"]*"'), re.compile(rb"-?\d+\.\d{3,}")
FORMATS = ("png", "svg", "pdf")
UNDATED: dict[str, dict[str, None]] = {  # neither date nor program name in any of them
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
FIGURES: dict[str, tuple[str, str]] = {  # those of every result and report: name -> kind, group
    "fan_kommuner": ("fan", "kommuner"),
    "fan_fylkeskommuner": ("fan", "fylkeskommuner"),
    "spread_kommuner": ("spread", "kommuner"),
    "measures_kommuner": ("measures", "kommuner"),
    "measures_fylkeskommuner": ("measures", "fylkeskommuner"),
    "ranking_kommuner": ("ranking", "kommuner"),
    "map_kommuner": ("map", "kommuner"),
    "states_kommuner": ("states", "kommuner"),
    "gap_kommuner": ("gap", "kommuner"),
}
SOON = 2030  # the year of the map and the ranking, where the result reaches it
EARLY = ("map", "ranking")


@contextmanager
def own_style() -> Iterator[None]:
    """The style of all figures, whatever matplotlibrc the user has; afterwards theirs is back."""
    import matplotlib as mpl

    rc: dict[Any, Any] = {k: v for k, v in mpl.rcParamsDefault.items() if not k.startswith("backend")}
    with warnings.catch_warnings(), mpl.rc_context(rc | RC):
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # a title may hold any letter
        yield


def encode(figure: "Figure", formats: Sequence[str] = ("png", "svg")) -> dict[str, bytes]:
    """The figure in these formats as {format: bytes}, without date, program name or random ids."""
    found = {}
    for form in formats:
        buffer = io.BytesIO()
        figure.savefig(buffer, format=form, dpi=DPI if form == "png" else "figure", metadata=UNDATED[form])
        found[form] = shortened(buffer.getvalue()) if form == "svg" else buffer.getvalue()
    return found


def shortened(svg: bytes) -> bytes:
    """The same drawing with the places of its paths to a hundredth of a point: a third smaller."""
    return PATH.sub(lambda path: LONG.sub(lambda place: b"%.2f" % float(place[0]), path[0]), svg)


def draw(folder: Path, lang: str = "en", only: Sequence[str] | None = None) -> Iterator[tuple[str, "Figure"]]:
    """Name and figure of each of FIGURES, or of `only` these, that this result has, one at a time. StoreError."""
    material = Material(open_result(folder), lang)
    for name in FIGURES if only is None else only:
        what, group = FIGURES[name]
        request = Request(material, everyone(group), early_year(material.results.years) if what in EARLY else None)
        figure = KINDS[what].draw(request) if material.units_in(group) else None
        if figure is not None:
            yield name, figure


def early_year(years: list[int]) -> int:
    """The year that maps and rankings show unless asked: 2030, or the last one before it."""
    return max([year for year in years if year <= SOON], default=years[0])


def write_figures(folder: Path | str, lang: str = "en") -> list[Path]:
    """Writes figures/<name>.png and .svg of a complete result; the paths in the order of FIGURES.

    Reads stored files only; a figure whose outputs the panel does not hold is left out. StoreError if the
    result is not complete, is damaged, or cannot be written to.
    """
    place = Path(folder) / "figures"
    open_result(folder)
    make_folder(place)
    remove_leftovers(place)
    with own_style():
        return [path for name, figure in draw(Path(folder), lang) for path in save(figure, place, name)]


def save(figure: "Figure", place: Path, name: str, formats: Sequence[str] = ("png", "svg")) -> list[Path]:
    """Writes place/<name>.<format> for each format, whole or not at all. StoreError."""
    paths = []
    for form, data in encode(figure, formats).items():
        path = place / f"{name}.{form}"
        write_file(path, data)
        paths.append(path)
    return paths


def plot(request: Request, names: Sequence[str], place: Path, formats: Sequence[str]) -> tuple[list[Path], list[str]]:
    """Draws the kinds of figure asked for into a folder; the paths written, and the names that had nothing to show.

    UserError if a name, an output or a year is not there, or the folder cannot be written to.
    """
    for name in names:
        kind(name)
    make_folder(place)
    written, without = [], []
    with own_style():
        for name in names:
            figure = KINDS[name].draw(request)
            if figure is None:
                without.append(name)
            else:
                written += save(figure, place, file_name(name, request), formats)
    return written, without


def file_name(name: str, request: Request) -> str:
    """A name for the file that says what was asked for: only letters, digits, _ and -."""
    who = request.who.units[0] if request.who.kind == "unit" else request.who.name
    parts = [name, who, request.output, None if request.year is None else str(request.year), request.lang]
    if request.other is not None:
        parts.append(f"mot-{request.other.digest}")
    text = "_".join(part for part in parts if part)
    return "".join(letter if letter.isalnum() or letter in "_-" else "-" for letter in text)


def draw_svg(folder: Path, lang: str = "en") -> list[tuple[str, bytes]]:
    """Name and SVG of each of FIGURES that this result has; nothing is written. Raises StoreError."""
    with own_style():
        return [(name, encode(figure, ("svg",))["svg"]) for name, figure in draw(folder, lang)]


def svg_of(request: Request, name: str) -> bytes | None:
    """One kind of figure as SVG, or None if it has nothing to show. UserError as `plot`."""
    with own_style():
        figure = kind(name).draw(request)
        return None if figure is None else encode(figure, ("svg",))["svg"]
