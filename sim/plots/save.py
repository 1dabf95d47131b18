"""Draws every figure of a result and writes it as PNG and SVG, the same bytes whenever it is drawn."""

import io
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.analysis.bands import band, paths
from sim.analysis.distribution import quantiles, smooth
from sim.analysis.measures import measures_by_year
from sim.plots.fan import PANELS, PATHS, fan_figure, key
from sim.plots.material import MOST_RUNS, Material
from sim.plots.measures import measures_figure
from sim.plots.spread import WINDOWS, spread_figure
from sim.plots.style import RC, footer, heading, new_figure
from sim.store import open_results
from sim.store.files import make_folder, remove_leftovers, write_file

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DPI = 160
HISTORY_SOURCE = (
    "Official 2015–2025: Nasjonalbudsjettet 2026 (ROBEK at year end, read off a chart, ±2), KDD, KS, "
    "SSB 13561, TBU; see sim/data/national_series.csv."
)


def fan_of(material: Material, group: str) -> "Figure":
    """Four fans of a group: result, fund, debt, register."""
    figure = new_figure(10.0, 7.4)
    axes = figure.subplots(2, 2)
    bands = {output: band(material.bands, group, output) for output, *_ in PANELS}
    singles = {output: paths(material.national, group, output, range(PATHS)) for output, *_ in PANELS}
    fan_figure(axes, bands, singles, group)
    figure.subplots_adjust(left=0.045, right=0.915, top=0.84, bottom=0.105, hspace=0.42, wspace=0.30)
    count = material.units_in(group)
    heading(figure, f"{material.title}: {count} {group}, {material.period}")
    key(figure, group)
    footer(figure, [material.origin + " The group as one: sums over its units.", HISTORY_SOURCE])
    return figure


def spread_of(material: Material, group: str) -> "Figure | None":
    """How kommuner differ; None if the panel has not what is needed."""
    counts = material.counts()
    if counts is None:
        return None
    figure = new_figure(10.0, 7.4)
    axes = figure.subplots(1, 2)
    density, medians = {}, {}
    for output, window in WINDOWS.items():
        density[output] = smooth(counts[output], window.smoothing / window.bin)
        medians[output] = quantiles(counts[output], (0.5,))[0.5]
    rows = material.national[material.national["gruppe"] == group]
    events = rows.groupby("year")[["andel_negativ", "andel_uten_fond"]].mean()
    events.columns = [name.removeprefix("andel_") for name in events.columns]
    spread_figure(axes, density, medians, events)
    figure.subplots_adjust(left=0.055, right=0.935, top=0.845, bottom=0.105, wspace=0.24)
    runs = min(material.results.runs, MOST_RUNS)
    which = "all runs" if runs == material.results.runs else f"the first {runs:,} runs"
    heading(
        figure, f"{material.title}: how {group} differ, {material.period}",
        f"Every kommune of {which} counts once in each year, whatever its size. Right: share of kommuner.",
    )  # fmt: skip
    footer(
        figure,
        [material.origin, "Finances of single kommuner at the start are constructed (see the report)."],
    )
    return figure


def measures_of(material: Material, group: str) -> "Figure":
    """Which measures a group uses."""
    figure = new_figure(10.0, 5.4)
    axes = figure.subplots(2, 5, sharey=True)
    table = measures_by_year(material.national)
    measures_figure(axes, table[table["gruppe"] == group], material.units_in(group))
    figure.subplots_adjust(left=0.045, right=0.985, top=0.775, bottom=0.125, hspace=0.55, wspace=0.14)
    heading(
        figure, f"{material.title}: what {group} do about it, {material.period}",
        "Relief adopted for the next year, % of driftsinntekter of the group. Bar: mean over runs; "
        "line: middle 50 % of runs.\nBelow each title: mean number that adopt it, first → last year.",
    )  # fmt: skip
    footer(
        figure,
        [material.origin, "Open merforbruk: what no other measure covered when the budget was adopted."],
    )
    return figure


FIGURES: dict[str, tuple[Callable[[Material, str], "Figure | None"], str]] = {
    "fan_kommuner": (fan_of, "kommuner"),
    "fan_fylkeskommuner": (fan_of, "fylkeskommuner"),
    "spread_kommuner": (spread_of, "kommuner"),
    "measures_kommuner": (measures_of, "kommuner"),
    "measures_fylkeskommuner": (measures_of, "fylkeskommuner"),
}


@contextmanager
def own_style() -> Iterator[None]:
    """The style of all figures, whatever matplotlibrc the user has; afterwards theirs is back."""
    import matplotlib as mpl

    rc: dict[Any, Any] = {k: v for k, v in mpl.rcParamsDefault.items() if not k.startswith("backend")}
    with warnings.catch_warnings(), mpl.rc_context(rc | RC):
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # a title may hold any letter
        yield


def encode(figure: "Figure") -> dict[str, bytes]:
    """The figure as {"png": bytes, "svg": bytes}, without date, program name or random ids."""
    png, svg = io.BytesIO(), io.BytesIO()
    figure.savefig(png, format="png", dpi=DPI, metadata={"Software": None})
    figure.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
    return {"png": png.getvalue(), "svg": svg.getvalue()}


def draw(folder: Path) -> Iterator[tuple[str, "Figure"]]:
    """Name and figure of each figure that this result has, drawn one at a time. Raises StoreError."""
    material = Material(open_results(folder))
    for name, (build, group) in FIGURES.items():
        figure = build(material, group) if material.units_in(group) else None
        if figure is not None:
            yield name, figure


def write_figures(folder: Path | str) -> list[Path]:
    """Writes figures/<name>.png and .svg of a complete result; the paths in the order of FIGURES.

    Reads stored files only; a figure whose outputs the panel does not hold is left out. StoreError if the
    result is not complete, is damaged, or cannot be written to.
    """
    place = Path(folder) / "figures"
    open_results(folder)
    make_folder(place)
    remove_leftovers(place)
    written = []
    with own_style():
        for name, figure in draw(Path(folder)):
            for kind, data in encode(figure).items():
                path = place / f"{name}.{kind}"
                write_file(path, data)
                written.append(path)
    return written
