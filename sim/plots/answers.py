"""The figures of answers: made from their tables, written beside them."""

from pathlib import Path
from typing import TYPE_CHECKING

from sim.analysis.direction import direction
from sim.analysis.winners import extremes
from sim.plots.differences import contrast_figure, contrast_key
from sim.plots.language import in_language
from sim.plots.save import encode, own_style
from sim.plots.style import footer, heading, new_figure
from sim.plots.winners import EACH_SIDE, MOST_PANELS, winners_figure
from sim.store.files import make_folder, write_file

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.analysis.discover import Discovery


def save_figure(figure: "Figure", path: Path, lang: str = "en") -> list[Path]:
    """Writes <path>.png and <path>.svg in this language, the same bytes for the same figure. Raises StoreError."""
    make_folder(path.parent)
    written = []
    for kind, data in encode(in_language(figure, lang)).items():
        written.append(path.with_name(f"{path.name}.{kind}"))
        write_file(written[-1], data)
    return written


def draw_contrast(national: "pd.DataFrame", group: str, title: str, origin: str) -> "Figure":
    """The paired differences over the years. national: of sim.analysis.compare.Comparison."""
    panels = national.loc[national["gruppe"] == group, "output"].nunique()
    rows = -(-min(max(panels, 1), 9) // 3)
    figure = new_figure(10.0, 1.5 + 2.1 * rows)
    contrast_figure(figure, national, group)
    inches = figure.get_figheight()
    figure.subplots_adjust(left=0.06, right=0.985, top=1 - 1.32 / inches, bottom=0.5 / inches, hspace=0.72, wspace=0.26)
    heading(figure, title, "Difference in the same possible future (B minus A), run by run.")
    contrast_key(figure)
    footer(figure, [origin])
    return figure


def draw_winners(units: "pd.DataFrame", title: str, origin: str) -> "Figure":
    """Clear losers and winners by name, of at most MOST_PANELS outputs: those with a direction first."""
    kommuner = units[units["kommunenummer"].str.len() == 4]
    outputs = sorted(dict.fromkeys(kommuner["output"]), key=lambda name: direction(name) == 0)
    chosen = [rows for rows in (extremes(kommuner, output, EACH_SIDE) for output in outputs) if len(rows)]
    chosen = chosen[:MOST_PANELS]
    lines = max((len(rows) for rows in chosen), default=4)
    figure = new_figure(10.0, 1.7 + 0.165 * lines)
    winners_figure(figure, chosen)
    inches = figure.get_figheight()
    left = 0.125 if len(chosen) < 3 else 0.105
    figure.subplots_adjust(left=left, right=0.985, top=1 - 1.15 / inches, bottom=0.55 / inches, wspace=0.62)
    heading(
        figure, title, "Losers in red, winners in blue. Dot and line: mean over runs and its 95 % interval; "
        "pale bar: middle 90 % of runs.",
    )  # fmt: skip
    footer(figure, [origin])
    return figure


def write_comparison_figures(
    national: "pd.DataFrame", units: "pd.DataFrame", folder: Path, title: str, origin: str, lang: str = "en"
) -> list[Path]:
    """contrast_kommuner, contrast_fylkeskommuner and winners as PNG and SVG in `folder`; their paths."""
    written = []
    year = int(units["year"].iloc[0]) if len(units) else 0
    with own_style():
        for group in dict.fromkeys(national["gruppe"].astype(str)):
            figure = draw_contrast(national, group, f"{title}: {group}", origin)
            written += save_figure(figure, folder / f"contrast_{group}", lang)
        if len(units):
            figure = draw_winners(units, f"{title}: kommuner, {year}", origin)
            written += save_figure(figure, folder / "winners", lang)
    return written


def write_sensitivity_figures(
    rows: "pd.DataFrame", folder: Path, title: str, origin: str, lang: str = "en"
) -> list[Path]:
    """tornado-<output> per output, and heat_map if there are several; their paths. rows: of one scenario."""
    from sim.plots.sensitivity import MOST_FACTORS, heat_map, tornado

    lines = min(MOST_FACTORS, rows["factor"].nunique())
    outputs = list(dict.fromkeys(rows["output"]))
    written = []
    with own_style():
        for output in outputs:
            figure = new_figure(7.4, 1.8 + 0.21 * lines)
            tornado(figure.subplots(), rows[rows["output"] == output])
            _place(figure, title, "Bar: the index; line: its 95 % interval.", origin)
            written += save_figure(figure, folder / f"tornado-{output}", lang)
        if len(outputs) > 1:
            figure = new_figure(2.6 + 0.92 * len(outputs), 2.25 + 0.24 * lines)
            heat_map(figure.subplots(), rows, HEAT_WORDS[str(rows["method"].iloc[0])])
            _place(figure, title, "", origin)
            written += save_figure(figure, folder / "heat_map", lang)
    return written


HEAT_WORDS = {
    "sobol": "Total index, share of variance",
    "morris": "Size of the effect, share of the largest",
    "regression": "Standardised regression coefficient",
}


def _place(figure: "Figure", title: str, below: str, origin: str) -> None:
    """Margins that hold the names of the factors, heading and footer."""
    high, wide = figure.get_figheight(), figure.get_figwidth()
    figure.subplots_adjust(left=1.95 / wide, right=1 - 0.2 / wide, top=1 - 1.1 / high, bottom=0.72 / high)
    heading(figure, title, below)
    footer(figure, [origin])


def write_discovery_figure(found: "Discovery", folder: Path, title: str, origin: str, lang: str = "en") -> list[Path]:
    """boxes.png and boxes.svg, if a box was found; their paths."""
    from sim.plots.discover import box_panel, path_panel

    if not found.boxes:
        return []
    with own_style():
        figure = new_figure(9.6, 4.6)
        axes = figure.subplots(1, 2)
        path_panel(axes[0], found)
        box_panel(axes[1], found)
        figure.subplots_adjust(left=0.06, right=0.985, top=0.76, bottom=0.17, wspace=0.2)
        heading(figure, title)
        footer(figure, [origin])
        return save_figure(figure, folder / "boxes", lang)
