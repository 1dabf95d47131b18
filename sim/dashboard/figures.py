"""What the browser draws, as plain numbers and words: small to send, and tested without a browser."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.dashboard.words import text
from sim.plots.classes import Classes
from sim.plots.style import NOTHING, STEPS, ink_on
from sim.words import number

Drawing = dict[str, Any]
SHADES = (0.05, 0.15, 0.4, 0.7)  # shares between the shades of the matrix


def fan(
    years: Sequence[int], bands: dict[str, np.ndarray], single: np.ndarray, decimals: int, lang: str,
    year: int | None = None,
) -> Drawing:  # fmt: skip
    """Median, middle 50 and 90 % of runs, and single runs (years, some); what is said of each year."""
    found: Drawing = {name: rounded(bands[name]) for name in ("p5", "p25", "p50", "p75", "p95")}
    said = [_said(bands, at, decimals, lang) for at in range(len(years))]
    return {**found, "years": list(years), "single": [rounded(path) for path in single.T], "said": said, "year": year}


def _said(bands: dict[str, np.ndarray], at: int, decimals: int, lang: str) -> str:
    middle, low, high = (number(float(bands[name][at]), decimals, lang) for name in ("p50", "p5", "p95"))
    return text("fan_hover", lang, middle=middle, low=low, high=high)


def rounded(values: np.ndarray) -> list[float | None]:
    """Five figures of each, which is more than a pixel; None for what is not defined."""
    return [float(f"{value:.5g}") if np.isfinite(value) else None for value in values]


def circles(codes: Sequence[str], names: Sequence[str], places: Any) -> list[list[Any]]:
    """kommunenummer, name, x, y (down) and radius in km of every circle of the map: the same in every view."""
    x, y, radius = (
        places.x - (places.x - places.radius).min(),
        (places.y + places.radius).max() - places.y,
        places.radius,
    )
    return [
        [code, name, round(float(across), 1), round(float(down), 1), round(float(r), 1)]
        for code, name, across, down, r in zip(codes, names, x, y, radius, strict=True)
    ]


def cartogram(values: np.ndarray, said: Sequence[str], classes: Classes) -> Drawing:
    """The class of every circle, -1 for one without a value; the colours of the classes, and of words on them."""
    at = np.where(np.isfinite(values), np.searchsorted(classes.limits, np.nan_to_num(values), side="right"), -1)
    inks = [ink_on(colour) for colour in classes.colours]
    return {"classes": at.tolist(), "said": list(said), "colours": list(classes.colours), "inks": inks, "none": NOTHING}


def matrix(names: Sequence[str], share: np.ndarray, there: np.ndarray, lang: str) -> Drawing:
    """States this year (rows) and next year (columns); darker is more."""
    shown = np.where(np.isfinite(share), share, 0.0)
    steps = np.searchsorted(SHADES, shown, side="right")
    said = [["–" if one != one else f"{number(100.0 * one, 0, lang)} %" for one in row] for row in share.tolist()]
    colours = [[STEPS[at] for at in row] for row in steps]
    return {
        "names": list(names), "counts": [f"({number(float(count), 0, lang)})" for count in there], "said": said,
        "colours": colours, "inks": [[ink_on(colour) for colour in row] for row in colours],
    }  # fmt: skip
