"""Figures of answers: nothing leaves its figure or lies on top of something else, also where nothing differs."""

import dataclasses
import itertools

import numpy as np
import pytest

from sim.analysis.compare import compare
from sim.analysis.discover import Condition, Discovery
from sim.analysis.prim import prim
from sim.analysis.sensitivity import sensitivity
from sim.plots import answers
from sim.plots.answers import draw_contrast, draw_winners
from sim.plots.language import in_language
from sim.plots.save import own_style
from sim.store import open_results
from sim.words.told import told
from tests.stored import make_result, shared_result
from tests.test_compare import interest
from tests.test_discover import known_box
from tests.test_plots import boxes
from tests.test_sensitivity import sample, sobol_sample

LONG = "A scenario whose title is as long as a title may well be, against another one: kommuner, 2035"


@pytest.fixture(scope="module", params=["en", "nb"])
def figures(request, tmp_path_factory) -> dict:
    a = open_results(shared_result())
    b = open_results(make_result(tmp_path_factory.mktemp("dear"), text=interest()))
    found, nothing, one_year = compare(a, b), compare(a, a), compare(a, b, ["robek"], year=2026)
    drawn: dict = {}
    keep = pytest.MonkeyPatch()
    keep.setattr(answers, "save_figure", lambda figure, path, lang: drawn.update({str(path): figure}) or [])
    with own_style():
        for name, one in (("usual", found), ("same", nothing), ("one", one_year)):
            year = one.national if name != "one" else one.national[one.national["year"] == 2026]
            drawn[f"contrast {name}"] = draw_contrast(year, "kommuner", LONG, "origin")
            drawn[f"winners {name}"] = draw_winners(one.units, LONG, "origin")
    sobol = sobol_sample(32, 1.0, 3)
    wide = np.random.default_rng(1).uniform(size=(120, 14))
    names = tuple(f"redning_sannsynlighet_{k}" for k in range(14))
    linear = dataclasses.replace(sample(wide, wide @ np.ones((14, 1)), np.ones((14, 2)), "lhs"), factors=names)
    for name, many in (("sobol", sobol), ("regression", linear)):
        y = many.y["y"]
        several = ("disposisjonsfond_pct", "lanegjeld_pct", "antall_robek", "antall_merforbruk", "skoler")
        many = dataclasses.replace(
            many, y=dict.fromkeys(several, y), units=dict.fromkeys(several, "% of driftsinntekter")
        )
        answers.write_sensitivity_figures(sensitivity(many)[0], shared_result() / name, LONG, "origin")
    x, inside = known_box()
    boxed = dataclasses.replace(sample(x, inside[:, None] * 1.0, np.array([[0, 1]] * 5), "lhs"), factors=names[:5])
    answers.write_discovery_figure(Discovery(boxed, (Condition("y", ">", 0.5),), inside, prim(x, inside)),
                                   shared_result() / "d", LONG, "origin")  # fmt: skip
    keep.undo()
    return {name: in_language(figure, request.param) for name, figure in drawn.items()}


def test_all_figures_are_drawn(figures: dict) -> None:
    assert len(figures) == 6 + 2 * 6 + 1


def test_no_text_leaves_its_figure(figures: dict) -> None:
    for name, figure in figures.items():
        for text, box in boxes(figure):
            assert box.x0 >= 0 and box.y0 >= 0, f"{name}: {text!r}"
            assert box.x1 <= figure.bbox.width + 1 and box.y1 <= figure.bbox.height + 1, f"{name}: {text!r}"


def test_no_text_lies_on_another(figures: dict) -> None:
    for name, figure in figures.items():
        for (text, box), (other, near) in itertools.combinations(boxes(figure), 2):
            apart = box.x1 <= near.x0 + 1 or near.x1 <= box.x0 + 1 or box.y1 <= near.y0 + 1 or near.y1 <= box.y0 + 1
            assert apart, f"{name}: {text!r} and {other!r}"


def test_where_nothing_differs_no_difference_is_seen(figures: dict) -> None:
    for ax in figures["contrast same"].axes:
        if ax.get_visible():
            low, high = ax.get_ylim()
            assert low < 0.0 < high
    said = [text.get_text() for text in figures["winners same"].axes[0].texts]
    sentence = "No kommune's mean difference stands out from the noise of these runs."
    assert said in ([sentence], [told(sentence)])
