"""Pages on request: compared, in Norwegian, of one unit, with a scorecard; safe and true whatever they hold."""

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import run
from sim.errors import UserError
from sim.plots import FIGURES
from sim.report import write_page, write_sheet
from sim.report.citation import bibtex, citation
from sim.report.compared import difference_tables, settings_table
from sim.report.score import scorecard
from sim.report.tables import percent
from sim.store import open_results
from sim.words import signed
from sim.words.page import PAGE
from tests.stored import HOSTILE, copied, make_result, shared_result
from tests.test_report import Page, must_stay_at_home

FACT = {
    "id": "x", "statement": HOSTILE, "unit": "=cmd()", "source": "<b>here</b>", "year": 2024, "published": 1.5,
    "low": 1.0, "high": 2.0, "simulated": 1.7, "sim_low": 1.2, "sim_high": 2.4, "in_sample": False,
    "benchmark": False, "passed": True, "why": "",
}  # fmt: skip


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_result(tmp_path_factory.mktemp("other"), text="[levers]\nrobek = 0\n", title=HOSTILE, question=HOSTILE)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, other: Path) -> Page:
    """The hostile result compared with the ordinary one, in Norwegian, with a hostile scorecard."""
    (other / "scorecard.json").write_text(json.dumps({"facts": [FACT, {**FACT, "passed": False}]}), encoding="utf-8")
    to = write_page(other, tmp_path_factory.mktemp("page") / "deep" / "page.html", "nb", shared_result())
    return Page(to.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory, other: Path) -> Page:
    to = write_sheet(shared_result(), tmp_path_factory.mktemp("sheet") / "k.html", "Hamar", "nb", other)
    return Page(to.read_text(encoding="utf-8"))


def test_a_compared_page_and_a_sheet_ask_nothing_of_the_network(page: Page, sheet: Page) -> None:
    for found in (page, sheet):
        must_stay_at_home(found)
        assert [a for tag, a in found.elements if a.get("http-equiv") == "Content-Security-Policy"]
        ids = [a["id"] for _, a in found.elements if "id" in a]
        assert len(ids) == len(set(ids))
        for _, attributes in found.elements:
            if "href" in attributes:
                assert attributes["href"][1:] in ids
        assert not found.open


def test_hostile_names_and_scorecards_stay_text(page: Page) -> None:
    assert "</script><script>alert('1')</script>" in page.text["h1"]
    assert "<b>here</b>" in page.text["td"] and "=cmd()" in page.text["td"]
    assert sum(a.get("class") == "fail" for _, a in page.elements) == 1


def test_a_norwegian_page_is_norwegian(page: Page, sheet: Page) -> None:
    english = [en for en, nb in PAGE.values() if en != nb and "{" not in en and "<" not in en and len(en) > 7]
    for found in (page, sheet):
        assert next(a for tag, a in found.elements if tag == "html")["lang"] == "nb"
        for tag in ("h2", "p", "th", "nav", "figcaption"):
            assert not [text for text in english if text in found.text.get(tag, "")], tag


def test_the_page_shows_the_figures_of_the_result_and_of_the_comparison(page: Page) -> None:
    ids = {a["id"] for tag, a in page.elements if tag == "figure"}
    assert ids == set(FIGURES) | {"compared_contrast", "compared_map", "compared_winners"}


def test_differences_are_those_of_the_stored_runs_run_by_run(other: Path) -> None:
    one, two = (pd.read_parquet(folder / "national.parquet") for folder in (other, shared_result()))
    table = difference_tables(one, two, "en")[0]
    keys = ["run", "year"]
    sides = [t[t["gruppe"] == "kommuner"].set_index(keys)["lanegjeld_pct"] for t in (one, two)]
    gap = (sides[0] - sides[1]).xs(2029, level="year")
    at = [head for head, *_ in table["head"]].index("gjeld")
    expected = tuple(signed(value, 1) for value in np.quantile(gap, [0.5, 0.05, 0.95]))
    assert dict(table["rows"])["2029"][at] == expected


def test_what_the_two_set_differently_is_listed_and_nothing_else(other: Path) -> None:
    table = settings_table(open_results(other), open_results(shared_result()), "en")
    assert [row[0] for row in table["rows"]] == ["robek"]
    same = settings_table(open_results(other), open_results(other), "en")
    assert same["rows"] == []


def test_the_sheet_has_the_probabilities_of_its_unit_by_year(sheet: Page) -> None:
    units = pd.read_parquet(shared_result() / "units.parquet")
    own = units[units["kommunenummer"].astype(str) == "3403"].set_index("year")
    for year in own.index:
        assert str(year) in sheet.text["th"]
        assert percent(own.loc[year, "sannsynlighet_negativ"]) in sheet.text["td"]
    assert "Hamar" in sheet.text["h1"] and "3403" in sheet.text["h1"]
    assert {a["id"] for tag, a in sheet.elements if tag == "figure"} == {"fan", "tornado", "contrast"}
    assert "konstruert" in sheet.text["td"] and "offisielt" in sheet.text["td"]


def test_a_sheet_of_measures_shows_them_if_the_panel_has_them(tmp_path: Path) -> None:
    folder = make_result(tmp_path, runs=3, years=2, text='[run]\npanel = ["tiltak_fond", "tiltak_ostehovel"]\n')
    found = Page(write_sheet(folder, tmp_path / "k.html", "0301").read_text(encoding="utf-8"))
    frame = pd.concat([pd.read_parquet(path) for path in sorted((folder / "panel").glob("*.parquet"))])
    mean = frame[(frame["kommunenummer"].astype(str) == "0301") & (frame["year"] == 2026)]["tiltak_fond"].mean() / 1e6
    assert f"{mean:,.1f}" in found.text["td"]
    assert "Use of disposisjonsfond" in found.text["th"]


def test_a_fylkeskommune_has_a_sheet_too(tmp_path: Path) -> None:
    found = Page(write_sheet(shared_result(), tmp_path / "f.html", "55").read_text(encoding="utf-8"))
    assert "Troms fylkeskommune" in found.text["h1"]


def test_writing_a_page_twice_gives_the_same_bytes_and_leaves_the_result_alone(tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in shared_result().rglob("*") if path.is_file()}
    one, two = (write_sheet(shared_result(), tmp_path / name, "1874", "nb") for name in ("a.html", "b.html"))
    assert one.read_bytes() == two.read_bytes()
    assert {path: path.read_bytes() for path in shared_result().rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"facts": [{}]}', '{"facts": 3}', '{"facts": [{"statement": 1}]}', "\xff"]
)
def test_a_scorecard_that_is_none_is_one_sentence(tmp_path: Path, text: str) -> None:
    assert scorecard(tmp_path) is None
    (tmp_path / "scorecard.json").write_bytes(text.encode("latin-1"))
    with pytest.raises(UserError, match="not a scorecard"):
        scorecard(tmp_path)


WRONG = [
    (["--kommune", "Innlandet"], "--kommune Innlandet: is a group; give one kommunenummer or name."),
    (["--kommune", "9999"], "--kommune 9999: there is no kommune or group of this name"),
    (["--lang", "de"], "--lang de: there is en and nb."),
    (["--compare", "nowhere"], "nowhere: not a complete result"),
]


@pytest.mark.parametrize(("arguments", "sentence"), WRONG)
def test_a_wrong_request_for_a_page_is_one_sentence(tmp_path: Path, capsys, arguments: list, sentence: str) -> None:
    assert run.main(["report", str(shared_result()), "--out", str(tmp_path / "x.html"), *arguments]) == 2
    assert sentence in " ".join(capsys.readouterr().err.split())
    assert not (tmp_path / "x.html").exists()


def test_the_command_prints_the_path_of_the_page(tmp_path: Path, capsys) -> None:
    folder = copied(tmp_path)
    assert run.main(["report", str(folder), "--kommune", "3403", "--lang", "nb"]) == 0
    path = Path(capsys.readouterr().out.strip())
    assert path.name == "kommune_3403_nb.html" and path.is_file()
    open_results(folder).verify()


def test_a_citation_names_the_digest_and_ends_where_it_should() -> None:
    manifest = {**open_results(shared_result()).manifest, "name": "x}, evil = {\\input{y}}"}
    digest = manifest["hashes"]["digest"]
    assert digest in citation(manifest) and digest in bibtex(manifest)
    entry = bibtex(manifest)
    assert entry.count("{") == entry.count("}") and "\\" not in entry
    assert re.fullmatch(r"@software\{[\w-]+,\n(  \w+ = \{.*\},\n)+\}\n", entry)
