"""Figures: nothing missing, nothing outside, nothing on top of each other, the same bytes every time."""

import csv
import io
import itertools
import os
import re
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.text import Text
from PIL import Image

from sim.analysis.bands import band
from sim.errors import UserError
from sim.plots import FIGURES, write_figures
from sim.plots.history import HISTORY, official, recommended
from sim.plots.material import Material
from sim.plots.save import draw, encode, own_style
from sim.plots.style import apart
from sim.store import open_results
from tests.stored import HOSTILE, copied, make_result, shared_result


@pytest.fixture(scope="module")
def figures() -> dict:
    with own_style():
        return dict(draw(shared_result()))


@pytest.fixture(scope="module")
def encoded(figures: dict) -> dict[str, dict[str, bytes]]:
    with own_style():
        return {name: encode(figure) for name, figure in figures.items()}


def texts(figure) -> list[Text]:
    """Every text that is drawn."""
    shown = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    return [text for text in shown if all(ax.get_visible() for ax in [text.axes] if ax is not None)]


def boxes(figure) -> list[tuple[str, object]]:
    """Each text drawn, with the box of its ink in pixels; tick labels that are not drawn are left out."""
    with own_style():
        figure.canvas.draw()
        hidden = {
            id(label)
            for ax in figure.axes
            for axis in (ax.xaxis, ax.yaxis)
            for tick in axis.get_major_ticks()
            for label in (tick.label1, tick.label2)
            if label not in axis.get_ticklabels()
            or not axis.get_view_interval()[0] - 1e-9 <= tick.get_loc() <= axis.get_view_interval()[1] + 1e-9
        }
        return [(t.get_text(), t.get_window_extent()) for t in texts(figure) if id(t) not in hidden]


def test_every_figure_is_drawn(figures: dict) -> None:
    assert list(figures) == list(FIGURES)


def test_no_figure_is_empty(encoded: dict) -> None:
    for name, data in encoded.items():
        grey = np.asarray(Image.open(io.BytesIO(data["png"])).convert("L"))
        ink = (grey < 250).mean()
        assert 0.03 < ink < 0.6, f"{name}: {ink:.3f} of it is ink"
        assert data["svg"].count(b"<path") > 50


def test_no_text_leaves_its_figure(figures: dict) -> None:
    for name, figure in figures.items():
        for text, box in boxes(figure):
            assert box.x0 >= 0 and box.y0 >= 0, f"{name}: {text!r}"
            assert box.x1 <= figure.bbox.x1 and box.y1 <= figure.bbox.y1, f"{name}: {text!r}"


def test_no_two_texts_lie_on_each_other(figures: dict) -> None:
    for name, figure in figures.items():
        for (one, a), (other, b) in itertools.combinations(boxes(figure), 2):
            wide = min(a.x1, b.x1) - max(a.x0, b.x0)
            high = min(a.y1, b.y1) - max(a.y0, b.y0)
            assert min(wide, high) < 1.0, f"{name}: {one!r} and {other!r}"


def test_labels_beside_the_axes_stay_clear_of_the_next_panel(figures: dict) -> None:
    for name, figure in figures.items():
        for text in texts(figure):
            box = text.get_window_extent()
            for ax in figure.axes:
                if ax is not text.axes and ax.get_visible():
                    inside = ax.bbox.x0 < box.x1 and box.x0 < ax.bbox.x1
                    inside = inside and ax.bbox.y0 < box.y1 and box.y0 < ax.bbox.y1
                    assert not inside, f"{name}: {text.get_text()!r} lies in another panel"


def test_the_same_result_gives_the_same_bytes_in_another_process_and_style(
    tmp_path: Path, root: Path, encoded: dict
) -> None:
    folder = copied(tmp_path)
    script = (
        "import sys, matplotlib; matplotlib.rcParams.update({'axes.grid': True, 'svg.hashsalt': 'x'})\n"
        "from sim.plots import write_figures; write_figures(sys.argv[1])"
    )
    env = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "SOURCE_DATE_EPOCH": "1"}
    subprocess.run([sys.executable, "-c", script, str(folder)], cwd=root, env=env, check=True)
    for name, data in encoded.items():
        for kind, expected in data.items():
            assert (folder / "figures" / f"{name}.{kind}").read_bytes() == expected, f"{name}.{kind}"


def test_drawing_leaves_the_style_of_others_alone(figures: dict) -> None:
    with mpl.rc_context({"font.size": 21.0}):
        before = dict(mpl.rcParams)
        with own_style():
            assert mpl.rcParams["font.size"] != 21.0
        assert dict(mpl.rcParams) == before


def test_a_drawing_names_no_address_but_those_of_its_vocabulary(encoded: dict) -> None:
    allowed = ("http://www.w3.org/", "http://purl.org/dc/", "http://creativecommons.org/ns#")
    for name, data in encoded.items():
        for address in re.findall(r"https?://[^\"]*", data["svg"].decode()):
            assert address.startswith(allowed), f"{name}: {address}"
        assert "<image" not in data["svg"].decode()
        assert "<script" not in data["svg"].decode()


def test_importing_plots_and_report_does_not_import_matplotlib(root: Path) -> None:
    script = "import sys, sim.plots, sim.report; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_line_drawn_is_the_median_of_the_stored_runs(figures: dict) -> None:
    material = Material(open_results(shared_result()))
    ax = figures["fan_kommuner"].axes[3]
    drawn = [line.get_ydata() for line in ax.lines if line.get_linewidth() == 2.0]
    expected = band(material.bands, "kommuner", "antall_robek")["p50"]
    assert len(drawn) == 1
    assert np.array_equal(drawn[0], expected)


def test_official_points_are_those_of_the_embedded_series(root: Path) -> None:
    with (root / "sim" / "data" / "national_series.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["quality"].startswith(("official", "digitised"))]
    for series in HISTORY.values():
        for variable, _ in series:
            expected = {int(r["year"]): float(r["value"]) for r in rows if r["variable"] == variable}
            points = official(variable)
            assert points and points == {y: v for y, v in sorted(expected.items()) if 2015 <= y <= 2025}
    assert (recommended("kommuner"), recommended("fylkeskommuner")) == (1.75, 4.0)


def test_a_panel_without_what_a_figure_needs_leaves_that_figure_out(tmp_path: Path) -> None:
    folder = make_result(tmp_path, runs=3, years=2, text='[run]\npanel = ["robek"]\n')
    written = {path.stem for path in write_figures(folder)}
    assert written == set(FIGURES) - {"spread_kommuner", "states_kommuner"}


@pytest.mark.parametrize(("runs", "years", "lever"), [(1, 1, "robek = 1"), (3, 25, "robek = 0")])
def test_extreme_results_are_drawn_without_texts_on_each_other(
    tmp_path: Path, runs: int, years: int, lever: str
) -> None:
    folder = make_result(tmp_path, runs, years, text=f"[levers]\n{lever}\n")
    with own_style():
        drawn = dict(draw(folder))
    assert list(drawn) == list(FIGURES)
    test_no_text_leaves_its_figure(drawn)
    test_no_two_texts_lie_on_each_other(drawn)


def test_a_title_of_strange_letters_is_drawn_as_text_and_stays_inside(tmp_path: Path, recwarn) -> None:
    for title in (HOSTILE, "W" * 200, "税金 🏔 \u0007 $x_1$ \\frac{"):
        folder = make_result(tmp_path / str(len(title)), runs=2, years=2, title=title)
        with own_style():
            for name, figure in draw(folder, only=[name for name in FIGURES if name.startswith(("fan", "spread"))]):
                for text, box in boxes(figure):
                    assert box.x1 <= figure.bbox.x1, f"{name}: {text!r}"
    assert not [str(w.message) for w in recwarn if "Glyph" in str(w.message)]


def test_an_incomplete_result_is_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "COMPLETE").unlink()
    with pytest.raises(UserError, match="not a complete result"):
        write_figures(folder)
    assert not (folder / "figures").exists()


@given(st.lists(st.floats(-100, 100), max_size=8), st.floats(0.01, 20))
def test_labels_moved_apart_keep_their_order_and_their_middle(places: list[float], least: float) -> None:
    moved = apart(places, least)
    order = sorted(range(len(places)), key=lambda i: places[i])
    for low, high in itertools.pairwise(order):
        assert moved[high] - moved[low] >= least - 1e-9
    assert sum(moved) == pytest.approx(sum(places), abs=1e-6)
    if all(places[b] - places[a] >= least for a, b in itertools.pairwise(order)):
        assert moved == pytest.approx(places)
