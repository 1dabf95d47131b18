"""Pictures of a calibration: prior against accepted for every parameter, and pairs of those that are identified."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.plots.language import in_language
from sim.plots.save import encode, own_style
from sim.plots.style import DARK, INK, LIGHT, LINE, MIDDLE, MUTED, SMALL, WARN, footer, heading, new_figure
from sim.scenario.parameter_set import ABOUT, TABLE
from sim.store.files import write_file

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLUMNS, BINS, MOST_PAIRS = 6, 12, 8
FILLS = {"yes": DARK, "weakly": MIDDLE, "no": LIGHT}
Row = Mapping[str, Any]


def write_calibration_figures(folder: Path, lang: str = "en") -> list[Path]:
    """prior_accepted and pairs as PNG and SVG beside the set of the folder."""
    about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    vectors = np.loadtxt(folder / TABLE, delimiter=",", skiprows=1, ndmin=2)
    written = []
    with own_style():
        for name, figure in (("prior_accepted", prior_figure(about, vectors)), ("pairs", pairs_figure(about, vectors))):
            for kind, data in encode(in_language(figure, lang)).items():
                path = folder / f"{name}.{kind}"
                write_file(path, data)
                written.append(path)
    return written


def prior_figure(about: Mapping[str, Any], vectors: np.ndarray) -> "Figure":
    """One panel per parameter: accepted values as bars, the prior as a line, the default as a mark."""
    rows: Sequence[Row] = about["parameters"]
    lines = -(-len(rows) // COLUMNS)
    height = 1.35 * lines + 1.5
    figure = new_figure(11.5, height)
    axes = figure.subplots(lines, COLUMNS).ravel()
    for k, ax in enumerate(axes):
        if k < len(rows):
            _prior_panel(ax, rows[k], vectors[:, k])
        else:
            ax.set_axis_off()
    top, bottom = 1.0 - 1.0 / height, 0.75 / height
    figure.subplots_adjust(left=0.02, right=0.985, top=top, bottom=bottom, hspace=0.95, wspace=0.16)
    told = [row["identified"] for row in rows]
    heading(
        figure, f"What the published facts of 2024 and 2025 say about {len(rows)} behavioural parameters",
        f"Bars: {about['vectors']} accepted vectors; line: the prior; orange: the default. Dark: identified "
        f"({told.count('yes')}), middle: weakly ({told.count('weakly')}), light: keeps its prior ({told.count('no')}).",
    )  # fmt: skip
    footer(figure, _origin(about))
    return figure


def _prior_panel(ax: "Axes", row: Row, values: np.ndarray) -> None:
    low, high = row["prior_low"], row["prior_high"]
    counts, edges = np.histogram(values, np.linspace(low, high, BINS + 1))
    relative = counts * BINS / len(values)  # 1 is the prior
    ax.bar(edges[:-1], relative, np.diff(edges), align="edge", color=FILLS[row["identified"]], linewidth=0)
    ax.plot([low, high], [1.0, 1.0], color=MUTED, linewidth=0.9)
    ax.plot([row["default"]] * 2, [0.0, max(1.3, float(relative.max()))], color=WARN, linewidth=1.2)
    ax.set_xlim(low, high)
    ax.set_ylim(0.0, max(2.0, float(relative.max()) * 1.05))
    ax.set_yticks([])
    ax.set_xticks([low, high], [f"{low:g}", f"{high:g}"])
    first, last = ax.get_xticklabels()
    first.set_horizontalalignment("left")
    last.set_horizontalalignment("right")
    ax.set_title(row["name"], fontsize=SMALL, fontweight="bold" if row["identified"] == "yes" else "normal", pad=3)


def pairs_figure(about: Mapping[str, Any], vectors: np.ndarray) -> "Figure":
    """Accepted values of the parameters that are identified best, two by two."""
    rows: Sequence[Row] = about["parameters"]
    order = sorted(range(len(rows)), key=lambda k: -rows[k]["ks"])[:MOST_PAIRS]
    chosen = [k for k in order if rows[k]["identified"] != "no"] or order[:2]
    n = max(2, len(chosen))
    chosen = (chosen + [k for k in order if k not in chosen])[:n]
    figure = new_figure(1.28 * n + 1.4, 1.18 * n + 1.6)
    axes = figure.subplots(n, n, squeeze=False)
    for i, a in enumerate(chosen):
        for j, b in enumerate(chosen):
            _pair_panel(axes[i][j], rows[a], rows[b], vectors[:, a], vectors[:, b], (i, j, n))
    height = figure.get_figheight()
    figure.subplots_adjust(
        left=0.13, right=0.985, top=1.0 - 0.85 / height, bottom=1.05 / height, hspace=0.12, wspace=0.12
    )
    heading(
        figure, "Which parameters go together in the accepted set",
        "Dots: accepted vectors over the range of the prior; number: rank correlation.",
    )  # fmt: skip
    footer(figure, _origin(about))
    return figure


def _pair_panel(ax: "Axes", y: Row, x: Row, ys: np.ndarray, xs: np.ndarray, place: tuple[int, int, int]) -> None:
    i, j, n = place
    ax.set_xticks([])
    ax.set_yticks([])
    for side in ("left", "top", "right", "bottom"):
        ax.spines[side].set_visible(i >= j)
    if i < j:
        ax.text(0.5, 0.5, f"{_rank_correlation(xs, ys):+.2f}", ha="center", va="center", color=INK, fontsize=9,
                transform=ax.transAxes)  # fmt: skip
    elif i == j:
        counts, edges = np.histogram(xs, np.linspace(x["prior_low"], x["prior_high"], BINS + 1))
        ax.bar(edges[:-1], counts, np.diff(edges), align="edge", color=FILLS[x["identified"]], linewidth=0)
        ax.set_xlim(x["prior_low"], x["prior_high"])
    else:
        ax.scatter(xs, ys, s=3.0, color=MIDDLE, edgecolor=DARK, linewidth=0.15)
        ax.set_xlim(x["prior_low"], x["prior_high"])
        ax.set_ylim(y["prior_low"], y["prior_high"])
    if j == 0:
        ax.set_ylabel(_two_lines(y["name"]), fontsize=SMALL, rotation=0, ha="right", va="center", color=INK)
    if i == n - 1:
        ax.set_xlabel(_two_lines(x["name"]), fontsize=SMALL, color=INK)
        ax.spines["bottom"].set_color(LINE)


def _two_lines(name: str) -> str:
    head, mark, tail = name.partition("_")
    return f"{head}{mark}\n{tail}" if tail else name


def _rank_correlation(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.corrcoef(np.argsort(np.argsort(a)), np.argsort(np.argsort(b)))[0, 1])


def _origin(about: Mapping[str, Any]) -> list[str]:
    return [
        f"Calibrated, never official. {about['waves']} waves of {about['sets_per_wave']:,} sets, "
        f"{about['runs_per_set']} runs each, seed {about['seed']}, {about['date']}; set {about['sha256'][:8]}, "
        f"rules {about['rules'][:8]}.",
        f"Moments: {len(about['moments'])} facts of KS, TBU, KDD and Nasjonalbudsjettet 2026, see docs/calibration.md.",
    ]
