"""Which factors matter: a tornado of one output, a heat map of all."""

from typing import TYPE_CHECKING

import numpy as np

from sim.plots.style import DARK, INK, LIGHT, MIDDLE, SMALL, WARN, subtitle
from sim.words import output_title

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

MAIN = {"sobol": ("ST_corrected", "ST"), "morris": ("mu_star",), "regression": ("swing",)}
INSIDE = {"sobol": ("S1_corrected", "S1")}  # drawn inside the bar of the main index
HEAT = {"sobol": ("ST_corrected", "ST"), "morris": ("mu_star",), "regression": ("src",)}
MOST_FACTORS = 20
WORDS = {
    "ST_corrected": "share of variance: pale all of the factor, dark by itself; chance taken out",
    "ST": "share of variance: pale all of the factor, dark by itself",
    "mu_star": "mean size of the effect over the factor's range, {unit}",
    "swing": "fitted change from the factor's low to its high end, {unit}",
}


def pick(rows: "pd.DataFrame", choices: tuple[str, ...]) -> "pd.DataFrame":
    """Rows of the first of these indices that is there, indexed by factor."""
    for index in choices:
        some = rows[rows["index"] == index]
        if len(some) and some["value"].notna().all():
            return some.set_index("factor")
    return rows.iloc[:0].set_index("factor")


def tornado(ax: "Axes", rows: "pd.DataFrame") -> "Axes":
    """A bar per factor, the largest on top, with its 95 % interval. rows: of one output and scenario."""
    method, output = str(rows["method"].iloc[0]), str(rows["output"].iloc[0])
    main, inside = pick(rows, MAIN[method]), pick(rows, INSIDE.get(method, ()))
    order = main["value"].abs().sort_values(kind="stable").index[-MOST_FACTORS:]
    main = main.loc[order]
    places = np.arange(len(order))
    usual = LIGHT if len(inside) else MIDDLE
    colours = [WARN if value < 0 and method == "regression" else usual for value in main["value"]]
    ax.barh(places, main["value"], height=0.66, color=colours, zorder=2)
    for colour, width in (("white", 3.2), (INK, 1.3)):  # seen on a dark bar too
        ax.hlines(places, main["low"], main["high"], color=colour, lw=width, zorder=4)
    if len(inside):
        ax.barh(places, inside.loc[order, "value"], height=0.34, color=DARK, alpha=0.75, zorder=3)
    ax.axvline(0.0, color=INK, lw=0.8, zorder=5)
    ax.set_yticks(places, list(order))
    ax.set_ylim(-0.6, len(order) - 0.4)
    ax.grid(axis="x")
    unit = str(rows["unit"].iloc[0])
    unit = "percentage points" if unit.startswith("%") else unit
    index = str(main["index"].iloc[0]) if len(main) else MAIN[method][-1]
    subtitle(ax, output_title(output), WORDS[index].format(unit=unit))
    return ax


def heat_map(ax: "Axes", rows: "pd.DataFrame", heading: str) -> "Axes":
    """Rows factors, columns outputs; the number in each cell; Morris in shares of the largest of the output."""
    method = str(rows["method"].iloc[0])
    outputs = list(dict.fromkeys(rows["output"]))
    columns = {output: pick(rows[rows["output"] == output], HEAT[method])["value"] for output in outputs}
    if method == "morris":
        columns = {output: values / max(float(values.max()), 1e-300) for output, values in columns.items()}
    factors = sorted(
        dict.fromkeys(rows["factor"]), key=lambda f: -max(abs(float(c.get(f, np.nan))) for c in columns.values())
    )[:MOST_FACTORS]
    values = np.array([[float(columns[output].get(factor, np.nan)) for output in outputs] for factor in factors])
    top = max(0.05, float(np.nanmax(np.abs(values))))
    from matplotlib.colors import LinearSegmentedColormap

    colours = LinearSegmentedColormap.from_list("kommunesim", [WARN, "white", DARK])
    ax.imshow(values, cmap=colours, vmin=-top, vmax=top, aspect="auto")
    for row, numbers in enumerate(values):
        for column, value in enumerate(numbers):
            if np.isfinite(value):
                dark = abs(value) > 0.6 * top
                text = f"{value + 0.0:.2f}".replace("-0.00", "0.00").replace("-", "−")
                ax.text(column, row, text, ha="center", va="center", fontsize=SMALL, color="white" if dark else INK)
    ax.set_xticks(range(len(outputs)), [output_title(o).replace(" ", "\n", 1) for o in outputs])
    ax.set_yticks(range(len(factors)), factors)
    ax.tick_params(length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)
    subtitle(ax, heading, "")
    return ax
