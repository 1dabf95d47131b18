"""The page and the table: complete, self-contained, true to the stored numbers, and safe whatever a scenario says."""

import hashlib
import json
import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import UserError
from sim.params import ASSUMPTIONS, LEVERS
from sim.plots import FIGURES
from sim.report import summary_table, write_report
from sim.report.drawing import inline_svg
from sim.report.recipe import _text, scenario_toml
from sim.report.tables import percent, settings, shown
from sim.report.text import WIDTH
from sim.scenario import from_file
from sim.scenario.parameter_set import required
from sim.store import open_results
from sim.words.catalogue import head
from tests.stored import HOSTILE, copied, make_result, shared_result

ROOT = Path(__file__).resolve().parents[1]
LOADS = {"src", "srcset", "data", "action", "formaction", "poster", "background", "ping", "manifest", "cite"}
FORBIDDEN = {"script", "link", "img", "image", "iframe", "object", "embed", "base", "form", "video", "audio"}


class Page(HTMLParser):
    """What a browser would see: elements with their attributes, and the text inside each kind of element."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: dict[str, str] = {}
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-3:]}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for tag in set(self.open):
            self.text[tag] = self.text.get(tag, "") + data


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = copied(tmp_path_factory.mktemp("report"))
    write_report(place)
    return place


@pytest.fixture(scope="module")
def page(folder: Path) -> Page:
    return Page((folder / "report.html").read_text(encoding="utf-8"))


def must_stay_at_home(page: Page) -> None:
    """No element that runs or fetches, no attribute that leads out of the page."""
    for tag, attributes in page.elements:
        assert tag not in FORBIDDEN, tag
        for name, value in attributes.items():
            assert name not in LOADS and not name.startswith("on"), f"<{tag} {name}>"
            assert "://" not in (value or ""), f"<{tag} {name}={value!r}>"
            if name in ("href", "xlink:href"):
                assert value.startswith("#"), value
            for inside in re.findall(r"url\(([^)]*)\)", value or ""):
                assert inside.startswith("#"), value
    style = page.text["style"]
    assert "url(" not in style and "@import" not in style


def test_the_page_asks_nothing_of_the_network_and_runs_nothing(page: Page) -> None:
    must_stay_at_home(page)
    policy = [a["content"] for tag, a in page.elements if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"]


def test_every_link_of_the_page_leads_to_a_place_in_it(page: Page) -> None:
    ids = [a["id"] for _, a in page.elements if "id" in a]
    assert len(ids) == len(set(ids)), "an id stands twice"
    for _, attributes in page.elements:
        if "href" in attributes:
            assert attributes["href"][1:] in ids
        for inside in re.findall(r"url\(#([^)]*)\)", " ".join(v or "" for v in attributes.values())):
            assert inside in ids
    assert not page.open


def test_the_page_has_all_its_parts(page: Page) -> None:
    assert sum(tag == "figure" for tag, _ in page.elements) == len(FIGURES)
    for heading in ("In numbers", "Figures", "Who is hit", "Policy", "Assumptions in force", "Reproduce"):
        assert heading in page.text["h2"]
    for param in ASSUMPTIONS:
        assert param.name in page.text["code"]
        assert param.source in page.text["td"]
    for status in ("official", "constructed"):
        assert status in page.text["td"]
    assert open_results(shared_result()).manifest["hashes"]["digest"] in page.text["code"]


def test_hostile_text_of_a_scenario_stays_text(tmp_path: Path) -> None:
    bad = "\x1b[2J\x07\u202e"
    texts = {key: f"{key} {bad}{HOSTILE}" for key in ("title", "question", "expected")}
    place = make_result(tmp_path, runs=2, years=1, **texts)
    write_report(place)
    text = (place / "report.html").read_text(encoding="utf-8")
    found = Page(text)
    must_stay_at_home(found)
    assert "</script><script>alert('1')</script>" in found.text["h1"]
    for key in ("question", "expected"):
        assert re.search(rf"{key} .*<img src=x onerror=alert\(2\)>", found.text["p"])
    screen = summary_table(place)
    assert "alert" in screen
    for seen in (screen, text.split("<pre>")[0]):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202e]", seen), "control characters come through"


def test_writing_again_gives_the_same_bytes_and_leaves_the_result_whole(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert write_report(folder) == folder / "report.html"
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    open_results(folder).verify()


def test_the_manifest_of_the_figures_has_the_sha256_of_every_file(folder: Path) -> None:
    manifest = json.loads((folder / "figures" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["digest"] == open_results(folder).manifest["hashes"]["digest"]
    there = {path.relative_to(folder).as_posix() for path in (folder / "figures").iterdir()} | {"report.html"}
    assert set(manifest["files"]) == there - {"figures/manifest.json"}
    for name, said in manifest["files"].items():
        data = (folder / name).read_bytes()
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (said["sha256"], said["bytes"])


def test_the_kommune_most_at_risk_is_that_of_the_stored_probabilities(folder: Path, page: Page) -> None:
    units = pd.read_parquet(folder / "units.parquet")
    last = units[(units["year"] == units["year"].max()) & (units["kommunenummer"].astype(str).str.len() == 4)]
    worst = last["sannsynlighet_robek"].max()
    assert worst > 0
    names = pd.read_csv(ROOT / "sim" / "data" / "kommuner.csv", dtype=str).set_index("kommunenummer")["name"]
    first = re.search(
        r"most likely to be registered.*?<tbody>\s*<tr><td>([^<]*) \([^<]*</td><td>(\d{4})</td>",
        (folder / "report.html").read_text(encoding="utf-8"), re.DOTALL,
    )  # fmt: skip
    assert names[first[2]] == first[1]
    assert last.set_index("kommunenummer")["sannsynlighet_robek"][first[2]] == worst
    assert percent(worst) in page.text["td"]


def test_changed_levers_and_drawn_assumptions_are_marked(tmp_path: Path) -> None:
    place = make_result(
        tmp_path, runs=2, years=2, text="[levers]\ndekningsfrist = { 2026 = 2, 2027 = 4 }\n[assumptions]\nkappa = 3\n"
    )
    write_report(place)
    text = (place / "report.html").read_text(encoding="utf-8")
    assert f"the other {len(LEVERS) - 1} are at it" in text
    assert re.search(
        r'<tr class="changed"><td><code>dekningsfrist</code></td><td class="value">2026: 2, 2027: 4<', text
    )
    assert re.search(r'<tr class="changed"><td><code>kappa</code></td><td class="value">3<', text)
    assert re.search(r'<tr class="drawn"><td><code>skatterisiko_skala</code></td><td class="value">0.55 to 0.95', text)
    told = next(row for row in required().about["parameters"] if row["name"] == "alfa_lav")
    span = re.escape(f"{told['accepted_low']:.3g} to {told['accepted_high']:.3g}")
    assert re.search(rf'<tr class="drawn"><td><code>alfa_lav</code></td><td class="value">{span}', text)
    words = {
        "yes": "calibrated, identified",
        "weakly": "calibrated, weakly identified",
        "no": "calibrated, keeps its prior",
    }
    assert f"<td>{words[told['identified']]}</td>" in text


@pytest.mark.parametrize("lang", ["en", "nb"])
@pytest.mark.parametrize("known", [True, False], ids=["this set", "another set"])
def test_what_is_known_of_each_parameter_has_words_in_both_languages(lang: str, known: bool) -> None:
    scenario = json.loads(from_file(ROOT / "scenarios" / "baseline.toml").to_json())
    if not known:
        scenario["parameter_set"]["sha256"] = "0" * 64
    rows = settings(scenario, "assumption", lang)
    drawn = {row["name"]: row for row in rows if row["evidence"].startswith("calibrated")}
    assert set(drawn) == set(scenario["parameter_set"]["drawn"])
    assert all(head(f"evidence_{row['evidence']}", lang) for row in rows)
    words = {"en": " to ", "nb": " til "}[lang] if known else {"en": "one of the", "nb": "en av det"}[lang]
    assert all(words in row["value"] for row in drawn.values())


@pytest.mark.parametrize("path", sorted((ROOT / "scenarios").glob("*.toml")), ids=lambda path: path.stem)
def test_the_recipe_of_a_scenario_makes_that_very_scenario(tmp_path: Path, path: Path) -> None:
    scenario = from_file(path, {}, {"runs": 7, "seed": 2**40, "years": 5, "start": "median"})
    again = tmp_path / path.name
    again.write_text(scenario_toml(json.loads(scenario.to_json())), encoding="utf-8")
    assert from_file(again).to_json() == scenario.to_json()


def test_the_recipe_keeps_a_panel_of_ones_own_and_hostile_text(tmp_path: Path) -> None:
    first = tmp_path / "x.toml"
    first.write_text(
        f'title = \'\'\'{HOSTILE[:150]}\'\'\'\nquestion = """a\\\\b\\""""\n[run]\npanel = ["robek", "skoler"]\n',
        encoding="utf-8",
    )
    scenario = from_file(first)
    (tmp_path / "again").mkdir()
    again = tmp_path / "again" / "x.toml"
    again.write_text(scenario_toml(scenario.to_dict()), encoding="utf-8")
    assert from_file(again).to_json() == scenario.to_json()


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_the_same_text_after_the_recipe(text: str) -> None:
    assert tomllib.loads(f"x = {_text(text)}")["x"] == text


STRANGERS = {
    "script": "<script>alert(1)</script>",
    "foreignObject": "<foreignObject><p/></foreignObject>",
    "handler": '<path d="M 0 0" onload="alert(1)"/>',
    "image": '<image href="https://example.org/x.png"/>',
    "use from elsewhere": '<use xlink:href="https://example.org/x.svg#a"/>',
    "javascript link": '<use xlink:href="javascript:alert(1)"/>',
    "plain href": '<use href="#a"/>',
    "style that fetches": '<path d="M 0 0" style="fill: url(https://example.org/a)"/>',
    "escaped style": '<path d="M 0 0" style="fill: u\\72l(//example.org)"/>',
    "animation": '<animate attributeName="href"/>',
    "text": "<g>text</g>",
}


@pytest.mark.parametrize("inside", STRANGERS.values(), ids=STRANGERS.keys())
def test_a_drawing_with_anything_but_shapes_is_refused(tmp_path: Path, inside: str) -> None:
    path = tmp_path / "a.svg"
    head = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 1 1">'
    path.write_text(f'{head}<path id="a" d="M 0 0"/></svg>')
    assert 'id="n-a"' in inline_svg(path, "n", "what it is")
    path.write_text(f"{head}{inside}</svg>")
    with pytest.raises(UserError, match="run the scenario again"):
        inline_svg(path, "n", "what it is")


def test_the_table_fits_the_screen_and_has_a_line_per_group_and_year() -> None:
    lines = summary_table(shared_result()).splitlines()
    assert max(len(line) for line in lines) <= WIDTH
    years = open_results(shared_result()).years
    assert [line[:4] for line in lines if re.match(r"20\d\d  ", line)] == [str(year) for year in years] * 2


def test_the_numbers_of_the_table_are_those_of_the_stored_runs() -> None:
    national = pd.read_parquet(shared_result() / "national.parquet")
    text = summary_table(shared_result())
    rows = national[(national["gruppe"] == "kommuner") & (national["year"] == 2028)]
    line = next(line for line in text.splitlines() if line.startswith("2028"))
    low, median, high = np.quantile(rows["netto_driftsresultat_pct"], [0.05, 0.5, 0.95])
    assert line.split()[1:3] == [f"{median:.1f}", f"{low:.1f}..{high:.1f}"]
    low, median, high = np.quantile(rows["antall_robek"], [0.05, 0.5, 0.95])
    assert re.search(rf"  {median:.0f} {low:.0f}\.\.{high:.0f}  ", line)
    assert f" {rows['skoler'].median():.0f} " in line
    relief = [name for name in national if name.startswith("tiltak_") and name != "tiltak_merforbruk"]
    means = national[national["gruppe"] == "kommuner"][relief].mean()
    share = 100 * means["tiltak_bemanning"] / means.clip(lower=0).sum()
    assert re.search(rf"^Cheap staffing +{share:.0f} % +{means['tiltak_bemanning'] / 1e6:,.0f} ", text, re.MULTILINE)


@pytest.mark.parametrize("write", [summary_table, write_report])
def test_a_damaged_or_unfinished_result_is_one_sentence(tmp_path: Path, write) -> None:
    place = copied(tmp_path)
    data = bytearray((place / "national.parquet").read_bytes())
    data[len(data) // 2] ^= 1
    (place / "national.parquet").write_bytes(data)
    with pytest.raises(UserError, match="damaged"):
        write(place)
    (place / "COMPLETE").unlink()
    with pytest.raises(UserError, match="not a complete result"):
        write(place)


def test_probabilities_near_zero_are_not_said_to_be_zero() -> None:
    assert [percent(share) for share in (0.0, 0.001, 0.005, 0.5, 1.0)] == ["0 %", "< 1 %", "0 %", "50 %", "100 %"]


def test_settings_are_shown_as_they_are_written() -> None:
    assert shown(0.1) == "0.1"
    assert shown("none") == "none"
    assert shown({"low": 0.5, "high": 2}) == "0.5 to 2"
    assert shown({"2026": 2, "2028": "none"}) == "2026: 2, 2028: none"
