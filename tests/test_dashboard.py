"""What the page shows is what is stored: its numbers against the tables and against sim.analysis."""

import json
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from stored import HOSTILE, copied, make_result, shared_result

from sim.analysis.quantity import group_paths, quantity
from sim.analysis.states import states, transitions
from sim.analysis.who import everyone
from sim.dashboard import values
from sim.dashboard.choice import asked_of, choose
from sim.dashboard.jobs import Jobs
from sim.dashboard.shelf import Shelf
from sim.dashboard.stored import open_stored
from sim.errors import UserError
from sim.kernel.codes import N_EVENTS
from sim.store import open_results
from sim.store.files import sha256_of_file
from sim.store.folder import ResultFolder, Stored
from sim.store.panel import Layout, part_path

pytest.importorskip("dash", reason="dash is not installed: the dashboard is NOT TESTED")
KOMMUNER = everyone().units


@pytest.fixture(scope="module")
def stored():
    return open_stored(shared_result())


def test_probabilities_are_those_of_the_table_of_units(stored) -> None:
    table = open_results(shared_result()).units()
    for event in values.EVENTS:
        rows = table[table["year"] == stored.years[-1]]
        assert list(rows["kommunenummer"].astype(str)) == list(stored.units)
        assert np.allclose(values.by_unit(stored, event, stored.years[-1]), 100.0 * rows[event], atol=1e-4)


@pytest.mark.parametrize("name", ["disposisjonsfond_pct", "lanegjeld", "tjenesteniva", "lanegjeld_per_innbygger"])
def test_paths_of_a_group_are_those_of_the_analysis(stored, name) -> None:
    results = open_results(shared_result())
    units = KOMMUNER[10:40]
    expected = group_paths(results, quantity(results, name), units).to_numpy()
    assert np.allclose(values.paths(stored, name, units), expected, rtol=1e-6)


def test_moves_between_states_are_those_of_the_analysis(stored) -> None:
    share, there = values.moves(stored, KOMMUNER)
    expected = transitions(states(open_results(shared_result()), list(KOMMUNER)))
    assert np.allclose(share, expected.to_numpy(), equal_nan=True)
    assert there.sum() == pytest.approx(len(KOMMUNER))


def test_a_result_does_not_differ_from_itself(stored) -> None:
    for name in values.choices(stored):
        assert not values.paths(stored, name, KOMMUNER, stored).any()
        assert not np.nan_to_num(values.by_unit(stored, name, stored.years[0], stored)).any()


def test_results_of_other_seeds_are_not_paired(stored) -> None:
    import dataclasses

    with pytest.raises(UserError):
        values.paths(stored, "robek" if "robek" in values.choices(stored) else "lanegjeld", KOMMUNER,
                     dataclasses.replace(stored, seed=stored.seed + 1))  # fmt: skip


def test_a_year_that_one_of_two_results_lacks_is_not_compared(stored) -> None:
    import dataclasses

    short = dataclasses.replace(stored, years=stored.years[:2])
    values.by_unit(stored, "sannsynlighet_robek", stored.years[1], short)
    for asked in (values.by_unit, lambda one, name, year, other: values.contrast_rows(one, other, KOMMUNER, year)):
        with pytest.raises(UserError):
            asked(stored, "sannsynlighet_robek", stored.years[2], short)


def test_differences_are_ranked_by_size_and_are_no_percentages(tmp_path) -> None:
    from sim.dashboard.choice import Choice
    from sim.dashboard.ranking import ranking

    other = open_stored(make_result(tmp_path, runs=stored_runs(), years=4, text="[levers]\nminste_fond = 0.1\n"))
    one = open_stored(shared_result())
    found = ranking(Choice(one, other, "sannsynlighet_uten_fond", one.years[1], everyone(), None, "en"))
    sizes = [abs(float(row[2].replace("−", "-"))) for row in found["rows"]]
    assert sizes == sorted(sizes, reverse=True) and sizes[0] > 0.0
    assert found["heads"][2] == "percentage points" and "%" not in found["rows"][0][2]


def stored_runs() -> int:
    return open_stored(shared_result()).runs


def unfinished(folder: Path) -> Path:
    """A copy of the shared result as it was before it was finished: its one part with its record."""
    place = copied(folder)
    manifest = json.loads((place / "manifest.json").read_text(encoding="utf-8"))
    for name in ("COMPLETE", "manifest.json", "units.parquet", "national.parquet"):
        (place / name).unlink()
    (place / "progress").mkdir()
    layout = Layout((), tuple(manifest["years"]), ("",) * manifest["units"], manifest["runs"])
    path = part_path(place, 0)
    rows = manifest["runs"] * len(manifest["years"]) * 2
    counts = np.zeros((len(manifest["years"]), manifest["units"], N_EVENTS), np.int64)
    record = Stored(np.zeros((3, rows)), counts, sha256_of_file(path), path.stat().st_size)
    ResultFolder(place, layout, manifest["hashes"]).write_record(0, record)
    return place


def test_of_a_result_that_is_being_written_the_finished_parts_are_shown(tmp_path, stored) -> None:
    found = open_stored(unfinished(tmp_path))
    assert found is not None and not found.complete
    assert (found.runs, found.planned) == (stored.runs, stored.runs)
    assert np.array_equal(found.array("lanegjeld"), stored.array("lanegjeld"), equal_nan=True)


@pytest.mark.parametrize("what", ["panel", "record"])
def test_a_part_with_one_changed_byte_is_not_shown(tmp_path, what) -> None:
    place = unfinished(tmp_path)
    path = part_path(place, 0) if what == "panel" else next((place / "progress").glob("part-*"))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert open_stored(place) is None


def test_the_shelf_sees_a_result_come_and_go(tmp_path) -> None:
    shelf = Shelf((tmp_path,))
    assert shelf.all() == {} and shelf.get("x") is None
    place = copied(tmp_path)
    assert list(shelf.all()) == [place.name]
    shutil.rmtree(place)
    assert shelf.all() == {}


def test_an_address_that_makes_no_sense_gives_the_first_view(tmp_path) -> None:
    shelf = Shelf((shared_result(),))
    plain = choose(shelf, {})
    nonsense = {"result": "../x", "compare": "<b>", "output": "x", "year": "9e9", "group": "$", "kommune": "0"}
    assert choose(shelf, nonsense) == plain
    assert asked_of("http://127.0.0.1/?year=2027&kommune=3418&year=2028") == {"year": "2028", "kommune": "3418"}
    assert asked_of(None) == {}


def client(places, port=8050):
    from sim.dashboard.server import make_app

    return make_app(Shelf(places), Jobs(), port).server.test_client()


@pytest.fixture(scope="module")
def page():
    return client((shared_result(),))


HERE = {"base_url": "http://127.0.0.1:8050"}


def test_only_its_own_name_is_answered(page) -> None:
    assert page.get("/", **HERE).status_code == 200
    assert page.get("/", base_url="http://localhost:8050").status_code == 200
    for other in ("http://evil.example:8050", "http://127.0.0.1:8051", "http://127.0.0.1.evil.example:8050"):
        assert page.get("/", base_url=other).status_code == 403
        assert page.get("/_dash-layout", base_url=other).status_code == 403


def test_other_pages_cannot_post_or_read(page) -> None:
    body = {"output": "x", "inputs": [], "changedPropIds": []}
    for headers in ({"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        assert page.post("/_dash-update-component", json=body, headers=headers, **HERE).status_code == 403
    assert page.post("/_dash-update-component", data="{}", content_type="text/plain", **HERE).status_code == 403
    assert page.get("/_dash-layout", headers={"Sec-Fetch-Site": "cross-site"}, **HERE).status_code == 403


def test_the_policy_lets_in_no_script_from_elsewhere_and_no_inline_one(page) -> None:
    says = page.get("/", **HERE).headers["Content-Security-Policy"]
    scripts = re.search(r"script-src ([^;]*)", says)[1].split()
    assert scripts[0] == "'self'" and all(word.startswith("'sha256-") for word in scripts[1:])
    assert "default-src 'none'" in says and "frame-ancestors 'none'" in says and "http" not in says


def test_the_numbers_behind_a_view_are_those_of_the_result(page, stored) -> None:
    import io

    import pandas as pd

    answer = page.get("/csv/rank?year=2028&output=sannsynlighet_negativ", **HERE)
    table = pd.read_csv(io.BytesIO(answer.data), dtype={"kommunenummer": str})
    expected = dict(zip(stored.units, values.by_unit(stored, "sannsynlighet_negativ", 2028), strict=True))
    assert len(table) == 357
    assert np.allclose(table.iloc[:, 2], [expected[code] for code in table["kommunenummer"]])
    assert table.iloc[:, 2].is_monotonic_decreasing
    assert page.get("/csv/panel", **HERE).status_code == 404
    for what in ("fan", "states", "map"):
        assert len(page.get(f"/csv/{what}", **HERE).data) > 100


def test_hostile_words_are_text_and_no_formula(tmp_path) -> None:
    place = make_result(tmp_path, runs=2, years=2, title=HOSTILE)
    hostile = place.rename(place.with_name("=cmd <img src=x onerror=alert(1)>"))
    answer = client((hostile,)).get("/_dash-layout", **HERE)
    assert answer.mimetype == "application/json"
    kinds = set(re.findall(r'"type":"(\w+)","namespace"', answer.text))
    assert kinds and not kinds & {"Script", "Iframe", "Markdown", "DangerouslySetInnerHTML"}
    assert HOSTILE[:30] in json.dumps(json.loads(answer.text), ensure_ascii=False).replace('\\"', '"')


def test_every_lever_has_a_control_over_its_whole_range() -> None:
    from sim.dashboard import try_it
    from sim.params import LEVERS

    found = try_it.controls([lever.name for lever in LEVERS], "baseline", "nb")
    assert len(found) == len(LEVERS)
    for lever, control in zip(LEVERS, found, strict=True):
        inner = control.children[2].children
        if hasattr(inner, "min"):
            assert (inner.min, inner.max) == (lever.low, lever.high) and lever.low <= inner.value <= lever.high
        else:
            assert [option["value"] for option in inner.options] == list(range(int(lever.high) + 1))


def test_the_command_of_a_small_run_holds_what_was_changed_and_no_more_than_200_runs(tmp_path) -> None:
    from sim.dashboard.try_it import arguments

    unchanged = {"dekningsfrist": 2, "minste_fond": 0.0, "__proto__": 3}
    assert arguments("../../x", 10**9, unchanged, "", tmp_path)[:3] == ["run", "baseline", "--runs=200"]
    assert not [word for word in arguments("baseline", 5, unchanged, "", tmp_path) if word.startswith("--set")]
    found = arguments("baseline", "x", {"dekningsfrist": 4, "robek_utgang": 1}, "--out=/tmp/x\nfet_hale=1", tmp_path)
    assert found[2] == "--runs=1"
    assert found[-4:] == ["--set=dekningsfrist=4", "--set=robek_utgang=below_threshold", "--set=--out=/tmp/x",
                          "--set=fet_hale=1"]  # fmt: skip


def test_a_year_is_shown_step_by_step_with_the_accounts_until_then() -> None:
    from sim.dashboard.ledger import shown, years_of

    def told(year: int, fund: float) -> dict:
        entries = [
            {"step": "income", "name": "skatt", "value": 1234567.4, "unit": "kr", "text": "<b>Tax</b>", "law": "§ 1"},
            {
                "step": "income",
                "name": "cost",
                "value": -5.0,
                "unit": "kr",
                "text": "Less cost",
                "into": "sum",
                "sign": -1,
            },
            {"step": "income", "name": "sum", "value": -5.0, "unit": "kr", "text": "Sum", "into": "x", "total": True},
            {"step": "closing", "name": "disposisjonsfond", "value": fund, "unit": "kr", "text": "Fund"},
            {"step": "june", "name": "robek_grunnlag", "value": 20.0, "unit": "bits", "text": "A sentence."},
        ]
        titles = {"income": "Revenue", "closing": "Closing", "june": "June"}
        return {"year": year, "nation": "Rates rose.", "summary": "Bad.", "entries": entries, "titles": titles}

    years = years_of(json.dumps({"years": [told(2026, 2e6), told(2027, 3.5e6), told(2028, 9e6)]}))
    found = shown(years, 2027, "en")
    assert [title for title, _ in found["steps"]] == ["Revenue", "Closing", "June"]
    assert found["steps"][0][1] == [["<b>Tax</b>", "1,234,567 kr", "§ 1", 0, "en"],
                                    ["Less cost", "5 kr", "", 0, "en"], ["Sum", "−5 kr", "", 1, "en"]]  # fmt: skip
    assert found["accounts"]["heads"] == ["", "2026", "2027"] and found["said"] == ["Rates rose.", "Bad."]
    assert ["Disposisjonsfond, million kr", "2.0", "3.5"] in found["accounts"]["rows"]
    assert found["accounts"]["rows"][-1] == ["ROBEK", "c, e", "c, e"]
    assert (found["first"], found["last"]) == (2026, 2028)
    for wrong in ("", "{}", "[]", '{"years": [1]}', '{"years": [{"year": 2026}]}'):
        with pytest.raises(ValueError):
            shown(years_of(wrong), 2026, "en")


def test_no_word_reaches_the_page_as_markup_or_program() -> None:
    from sim.dashboard import server

    scripts = sorted((Path(server.__file__).parent / "assets").glob("*.js"))
    assert len(scripts) >= 4
    for script in scripts:
        said = script.read_text(encoding="utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser", said
        )
        assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", said), script.name


def test_what_is_kept_is_bounded_and_what_was_asked_for_last_stays() -> None:
    from sim.dashboard.kept import Kept

    made: list[int] = []
    kept = Kept(3)
    for key in (1, 2, 3, 1, 4, 1, 2):
        assert kept.get(key, lambda key=key: made.append(key) or 10 * key) == 10 * key
    assert made == [1, 2, 3, 4, 2] and len(kept.found) == 3
