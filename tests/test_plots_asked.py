"""Figures on request: each kind, in both languages, of any unit and against another result; and what they count."""

import itertools
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.text import Text

import run
from sim.analysis.measures import OPEN
from sim.analysis.who import everyone, find_who, groups_of
from sim.errors import UserError
from sim.plots import FORMATS, KINDS, Material, Request, plot
from sim.plots.gap import waterfall
from sim.plots.save import encode, own_style
from sim.plots.style import new_figure
from sim.store import open_results
from sim.words.catalogue import PHRASES
from tests.stored import HOSTILE, make_result, shared_result
from tests.test_plots import boxes

CASES = {  # name: (kind, options of the request)
    **{name: (name, {"lang": "en"}) for name in KINDS if name not in ("contrast", "fan", "measures", "moves")},
    **{f"{name}_nb": (name, {"lang": "nb"}) for name in KINDS if name != "contrast"},
    "kommune": ("fan", {"who": "3403", "lang": "nb"}),
    "gruppe": ("fan", {"who": "Innlandet", "lang": "nb"}),
    "fylkeskommune": ("fan", {"who": "55"}),
    "kommune_robek": ("fan", {"who": "1874", "output": "robek"}),
    "output": ("fan", {"output": "tjenesteniva", "lang": "nb"}),
    "money": ("fan", {"output": "frie_inntekter", "lang": "nb"}),
    "drivers": ("tornado", {"who": "3403", "lang": "nb"}),
    "ridges": ("spread", {"output": "lanegjeld_per_innbygger", "lang": "nb"}),
    "ridges_group": ("spread", {"who": "5,000–9,999"}),
    "counties": ("groups", {"by": "fylke", "output": "disposisjonsfond_pct", "lang": "nb"}),
    "schools": ("groups", {"by": "sentralitet", "output": "skoler"}),
    "early": ("ranking", {"year": 2026, "who": "Nordland"}),
    "fylkeskommuner": ("states", {"who": "fylkeskommuner", "lang": "nb"}),
    "one_county": ("map", {"who": "Vestland", "output": "folketall", "lang": "nb"}),
    "contrast": ("contrast", {"other": True}),
    "contrast_nb": ("contrast", {"other": True, "lang": "nb", "who": "1874"}),
    "contrast_one": ("contrast", {"other": True, "output": "merforbruk_pct"}),
    "map_difference": ("map", {"other": True, "output": "lanegjeld_pct", "lang": "nb"}),
    "map_risk_difference": ("map", {"other": True}),
    "winners_against": ("winners", {"other": True, "lang": "nb"}),
}


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A result of the same chance under other rules."""
    return make_result(tmp_path_factory.mktemp("other"), text="[levers]\nrobek = 0\n", title="Without the register")


def request_of(options: dict, other: Path) -> Request:
    lang = options.get("lang", "en")
    against = Material(open_results(other), lang) if options.get("other") else None
    who = find_who(options.get("who"))
    material = Material(open_results(shared_result()), lang)
    return Request(material, who, options.get("year"), options.get("output"), against, options.get("by", "size"))


@pytest.fixture(scope="module")
def asked(other: Path) -> dict:
    with own_style():
        return {name: KINDS[kind].draw(request_of(options, other)) for name, (kind, options) in CASES.items()}


def test_every_kind_of_figure_is_drawn_of_an_ordinary_result(asked: dict) -> None:
    assert not [name for name, figure in asked.items() if figure is None]
    assert {kind for kind, _ in CASES.values()} == set(KINDS)


@pytest.fixture(scope="module")
def seen(asked: dict) -> dict:
    """Each figure drawn once: the boxes of its texts, and the share of it that is ink."""
    found = {}
    for name, figure in asked.items():
        texts_in = boxes(figure)
        found[name] = (texts_in, (np.asarray(figure.canvas.buffer_rgba())[..., :3].mean(axis=2) < 235).mean())
    return found


def test_no_figure_on_request_is_empty(seen: dict) -> None:
    for name, (_, ink) in seen.items():
        assert 0.02 < ink < 0.7, f"{name}: {ink:.3f} of it is ink"


def test_no_text_is_cut_off_or_lies_on_another(asked: dict, seen: dict) -> None:
    for name, (found, _) in seen.items():
        figure = asked[name]
        for text, box in found:
            assert box.x0 >= 0 and box.y0 >= 0, f"{name}: {text!r}"
            assert box.x1 <= figure.bbox.x1 and box.y1 <= figure.bbox.y1, f"{name}: {text!r}"
        for (one, a), (two, b) in itertools.combinations(found, 2):
            wide, high = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
            assert min(wide, high) < 1.0, f"{name}: {one!r} and {two!r}"


def test_headings_and_footers_stay_clear_of_the_axes(asked: dict) -> None:
    for name, figure in asked.items():
        outside = [text for text in figure.texts if text.get_text().strip()]
        assert len(outside) >= 2, f"{name} lacks a heading or a footer"
        for text in outside:
            box = text.get_window_extent()
            for ax in figure.axes:
                if ax.get_visible():
                    clear = box.y0 >= ax.bbox.y1 or box.y1 <= ax.bbox.y0
                    assert clear, f"{name}: {text.get_text()!r} lies on the axes"


def test_every_footer_names_scenario_runs_and_digest(asked: dict) -> None:
    digest = open_results(shared_result()).manifest["hashes"]["digest"][:8]
    for name, figure in asked.items():
        said = " ".join(text.get_text() for text in figure.texts)
        assert digest in said and re.search("25\u00a0?(runs|kjøringer)|25 (runs|kjøringer)", said), name


def test_a_norwegian_figure_says_nothing_that_has_a_norwegian_word(asked: dict) -> None:
    english = [en for en, nb in PHRASES.values() if en != nb and "{" not in en and len(en) > 5]
    seen = 0
    for name, (_, options) in CASES.items():
        if options.get("lang") == "nb":
            seen += 1
            for text in asked[name].findobj(Text):
                assert not [en for en in english if en in text.get_text()], f"{name}: {text.get_text()!r}"
    assert seen > 12


def test_numbers_along_the_axes_are_in_the_language_of_the_figure(asked: dict) -> None:
    point = re.compile(r"\d\.\d|\d{5}")
    for name, (_, options) in CASES.items():
        if options.get("lang") == "nb":
            axes = asked[name].axes
            labels = [label.get_text() for ax in axes for label in (*ax.get_xticklabels(), *ax.get_yticklabels())]
            assert not [label for label in labels if point.search(label)], name


@pytest.mark.parametrize("kind", ["map", "gap"])
def test_all_formats_are_the_same_bytes_when_drawn_again(kind: str, other: Path) -> None:
    def drawn() -> dict[str, bytes]:
        with own_style():
            return encode(KINDS[kind].draw(request_of({"lang": "nb"}, other)), FORMATS)

    first, second = drawn(), drawn()
    assert set(first) == {"png", "svg", "pdf"}
    assert first == second
    assert b"CreationDate" not in first["pdf"] and b"<dc:date>" not in first["svg"]


def test_the_bars_of_the_waterfall_take_up_the_whole_gap(asked: dict) -> None:
    ax = asked["gap"].axes[0]
    whole, *steps = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in ax.patches]
    assert whole[0] == 0.0
    edge = whole[1]
    for left, right in steps[:-1]:  # each starts where the one before it ended; a tax that falls goes the other way
        assert edge == pytest.approx(right, abs=1e-9) or edge == pytest.approx(left, abs=1e-9)
        edge = left if edge == pytest.approx(right, abs=1e-9) else right
    assert steps[-1] == pytest.approx((0.0, edge), abs=0.011 * whole[1])  # tiny measures are left out


@given(
    shares=st.lists(st.floats(-0.4, 0.9), min_size=1, max_size=10),
    units=st.floats(0.0, 357.0),
    left=st.floats(0.0, 0.3),
)
@settings(max_examples=25, deadline=None)
def test_every_bar_and_value_of_a_waterfall_stays_in_its_axes(shares: list[float], units: float, left: float) -> None:
    index = [*(f"tiltak {number}" for number in range(len(shares))), OPEN]
    rows = pd.DataFrame({"pct": [*shares, left], "units": units}, index=index)
    with own_style():
        figure = new_figure(10.0, 4.9)
        ax = waterfall(figure.subplots(), rows, lambda value: f"{value:.2f}")
        figure.canvas.draw()
        low, high = ax.get_xlim()
        for bar in ax.patches:
            assert low <= min(bar.get_x(), bar.get_x() + bar.get_width())
            assert max(bar.get_x(), bar.get_x() + bar.get_width()) <= high
        for text in ax.texts:  # what lies outside is left out by matplotlib without a word
            assert text.get_window_extent().width > 5.0, text.get_text()


def test_a_title_of_strange_letters_stays_text_in_every_kind(tmp_path: Path, other: Path) -> None:
    folder = make_result(tmp_path, runs=20, years=2, title=HOSTILE)
    material = Material(open_results(folder))
    with own_style():
        for name in set(KINDS) - {"contrast"}:
            figure = KINDS[name].draw(Request(material))
            for text, box in boxes(figure):
                assert box.x1 <= figure.bbox.x1, f"{name}: {text!r}"
            if name in ("gap", "map"):
                assert b"<script" not in encode(figure, ("svg",))["svg"]


def test_file_names_hold_no_path_whatever_is_asked(tmp_path: Path, other: Path) -> None:
    request = request_of({"who": "5,000–9,999", "other": True}, other)
    written, _ = plot(request, ["winners"], tmp_path / "figures", ("png",))
    assert [path.parent for path in written] == [tmp_path / "figures"]
    assert re.fullmatch(r"winners_5-000-9-999_en_mot-[0-9a-f]{8}\.png", written[0].name)


WRONG = [
    (["--what", "maap"], "--what maap: there is no figure of this name; did you mean map?"),
    (["--what", "fan", "--output", "robekk"], "--output robekk: cannot be shown of this result; did you mean robek?"),
    (["--what", "map", "--year", "1999"], "--year 1999: this result has 2026 to 2029."),
    (["--for", "Hamarr"], "--for Hamarr: there is no kommune or group of this name; did you mean 'Hamar'?"),
    (["--for", "Herøy"], "there are 2 kommuner of this name; give 1515 (Møre og Romsdal) or 1818 (Nordland)."),
    (["--lang", "sv"], "--lang sv: there is en and nb."),
    (["--format", "gif"], "--format gif: there is png, svg, pdf."),
    (["--what", "contrast"], "--what contrast: nothing to show of this result; it takes --compare with a result of the "
     "same seed, runs and years."),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "sentence"), WRONG, ids=[" ".join(row[0]) for row in WRONG])
def test_a_wrong_request_is_one_sentence_and_exit_code_2(tmp_path: Path, capsys, arguments, sentence: str) -> None:
    assert run.main(["plot", str(shared_result()), "--out", str(tmp_path), *arguments]) == 2
    assert sentence in " ".join(capsys.readouterr().err.split())
    assert not list(tmp_path.glob("*.*"))


def test_a_figure_with_nothing_to_show_is_none(other: Path) -> None:
    lone, counties = request_of({"who": "3403"}, other), request_of({"who": "fylkeskommuner"}, other)
    assert [name for name in KINDS if KINDS[name].draw(lone) is None] == [
        "spread", "measures", "gap", "states", "winners", "groups", "contrast",
    ]  # fmt: skip
    assert KINDS["map"].draw(counties) is None


def test_results_of_different_seeds_are_not_paired(tmp_path: Path) -> None:
    folder = make_result(tmp_path, runs=25, years=4, text="[run]\nseed = 2\n")
    request = Request(Material(open_results(shared_result())), other=Material(open_results(folder)))
    with pytest.raises(UserError, match="different seeds"):
        KINDS["contrast"].draw(request)


def test_plot_prints_the_path_of_every_file_it_writes(tmp_path: Path, capsys) -> None:
    what = ["--what", "gap", "--format", "png", "--format", "svg", "--lang", "nb"]
    assert run.main(["plot", str(shared_result()), "--out", str(tmp_path), *what]) == 0
    said = capsys.readouterr().out.split()
    assert sorted(Path(path).name for path in said) == ["gap_kommuner_nb.png", "gap_kommuner_nb.svg"]
    assert all(Path(path).is_file() for path in said)
    assert run.main(["plot", str(shared_result()), "--what", "list"]) == 0
    assert {line.split()[0] for line in capsys.readouterr().out.splitlines() if line[0] != " "} == set(KINDS)


@pytest.mark.parametrize(
    "text", ["3403", "Hamar", "hamar", "kommuner", "fylkeskommuner", "Innlandet", "55", "sentralitet 3", "under 3,000",
             "Våler (Innlandet)"],
)  # fmt: skip
def test_a_name_finds_one_unit_or_one_group(text: str) -> None:
    who = find_who(text)
    assert who.units and len(set(who.units)) == len(who.units)
    assert (who.kind == "unit") == (text in ("3403", "Hamar", "hamar", "55", "Våler (Innlandet)"))


def test_the_groups_of_kommuner_share_them_out() -> None:
    for column in ("size", "fylke", "sentralitet"):
        units = [unit for who in groups_of(column) for unit in who.units]
        assert sorted(units) == sorted(everyone().units) and len(units) == 357
