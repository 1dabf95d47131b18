"""Tables at the door: what `--data` replaces, and one sentence for everything that cannot be used."""

import csv
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import run
from sim import baseline
from sim.baseline.sources import read_sources
from sim.baseline.supplied import AGE_FIELDS
from sim.baseline.tables import DATA, DataError, read_table

AGES_HEAD = f"kommunenummer,year,pop_total,{','.join(AGE_FIELDS)},quality"
STAVANGER = [3000, 6500, 18000, 13000, 90000, 14000, 4200, 1300]  # invented


def ages_row(code: str, groups: list[int], year: int = 2026, total: int | None = None) -> str:
    return ",".join(map(str, [code, year, sum(groups) if total is None else total, *groups, "invented"]))


def folder(tmp_path: Path, name: str, text: str | bytes) -> Path:
    content = text if isinstance(text, bytes) else text.encode()
    (tmp_path / name).write_bytes(content)
    return tmp_path


def test_supplied_age_groups_replace_the_constructed_ones_and_are_not_drawn(tmp_path: Path) -> None:
    text = "\n".join([AGES_HEAD, ages_row("1103", STAVANGER), ages_row("1103", [1] * 8, year=2020)])
    world = baseline.load_world(folder(tmp_path, "population_age_groups.csv", text))
    at = baseline.unit_codes().index("1103")
    assert world.start["alder"][at].tolist() == STAVANGER
    assert (world.start["alder_sd"][at] == 0.0).all()
    assert world.units["folketall_start"][at] == sum(STAVANGER)
    rest = np.delete(np.arange(357), at)
    embedded = baseline.load_world()
    assert (world.start["alder_sd"][rest] > 0.0).all()
    assert (world.units["folketall_start"][rest] == embedded.units["folketall_start"][rest]).all()


def test_only_school_rows_that_are_complete_are_used(tmp_path: Path) -> None:
    head = "kommunenummer,n_schools_public_with_pupils,pupils_public,pupils_private,coverage_flag"
    text = "\n".join([head, "1103,40,18000,600,ok", "0301,1,10,0,incomplete"])
    world = baseline.load_world(folder(tmp_path, "schools_kindergartens.csv", text))
    at = baseline.unit_codes().index("1103")
    assert np.exp(world.start["skoler_log"][at]) == pytest.approx(40, rel=1e-5)
    assert np.exp(world.start["privat_log"][at]) == pytest.approx(600 / 18600, rel=1e-5)
    assert world.start["skoler_sd"][at] == 0.0 and world.start["skoler_sd"][0] > 0.0


def test_the_older_name_of_the_debt_table_is_read_unless_the_new_one_is_there(tmp_path: Path) -> None:
    head = "kommunenummer,name,year,variable,value,unit\n"
    row = "1804,Bodo,2025,netto_laanegjeld,{},per cent of gross operating revenue\n"
    at = baseline.unit_codes().index("1804")
    folder(tmp_path, "debt_nordnorge_2025.csv", head + row.format(50))
    sources = read_sources(tmp_path)
    assert sources.supplied_debt is not None and sources.supplied_debt[at] == 0.5
    assert sources.supplied == {"debt_kostra.csv": 1}
    folder(tmp_path, "debt_kostra.csv", head + row.format(70))
    sources = read_sources(tmp_path)
    assert sources.supplied_debt is not None and sources.supplied_debt[at] == 0.7
    assert any("older name" in note for note in sources.notes)


def test_supplied_debt_covers_the_kommuner_it_has(tmp_path: Path) -> None:
    text = (
        "kommunenummer,name,year,variable,value,unit\n"
        "1804,Bodo,2025,netto_laanegjeld,123.4,per cent of gross operating revenue\n"
        "1804,Bodo,2025,netto_laanegjeld,9999,1000 kr\n"
    )
    data = folder(tmp_path, "debt_nordnorge_2025.csv", text)
    world = baseline.load_world(data)
    at = baseline.unit_codes().index("1804")
    assert np.exp(world.start["gjeld_log"][at]) - world.start["ubrukt"][at] == pytest.approx(1.234, rel=1e-5)
    assert world.start["gjeld_sd"][at] == 0.0
    rows = [r for r in baseline.column_status(data) if (r.column, r.group) == ("lanegjeld", "kommuner")]
    assert {row.status: row.coverage for row in rows} == {"supplied": 1, "constructed": 355, "official": 1}


def test_files_the_model_does_not_read_are_left_alone_with_a_note(tmp_path: Path) -> None:
    shutil.copy(Path(__file__).parents[1] / "sim/data/elderly_2025.csv", tmp_path)
    sources = read_sources(folder(tmp_path, "wages.csv", "a,b\n1,2\n"))
    assert "wages.csv" not in sources.supplied and "wages.csv" in sources.notes[0]
    for ours, theirs in zip(baseline.load_world(tmp_path), baseline.load_world(), strict=True):
        assert ours.tobytes() == theirs.tobytes()


def test_a_folder_without_a_table_that_the_model_reads_is_refused(tmp_path: Path) -> None:
    with pytest.raises(baseline.DataError, match="holds no table"):
        read_sources(folder(tmp_path, "wages.csv", "a,b\n1,2\n"))


def test_hashes_name_every_table_that_was_used(tmp_path: Path) -> None:
    text = "\n".join([AGES_HEAD, ages_row("1103", STAVANGER)])
    hashes = baseline.data_hashes(folder(tmp_path, "population_age_groups.csv", text))
    assert set(baseline.data_hashes()) < set(hashes)
    assert "population_age_groups.csv" in hashes and all(len(value) == 64 for value in hashes.values())


def test_an_embedded_table_may_be_replaced_by_one_of_the_same_name(tmp_path: Path) -> None:
    shutil.copy(DATA / "kommuner.csv", tmp_path)
    assert read_sources(tmp_path).supplied == {"kommuner.csv": 357}
    status = {(row.column, row.group): row.status for row in baseline.column_status(tmp_path)}
    assert status["skatteindeks", "kommuner"] == "supplied"


GOOD = ages_row("1103", STAVANGER)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"{AGES_HEAD}\n{GOOD.replace('1103', '1199')}", [":2:", "kommunenummer", "'1199'", "357"]),
        (f"{AGES_HEAD}\n{GOOD.replace('1103', '301')}", [":2:", "kommunenummer", "'301'"]),
        (f"{AGES_HEAD}\n{ages_row('1103', STAVANGER, total=5)}", [":2:", "pop_total", "sum of the age groups"]),
        (f"{AGES_HEAD}\n{GOOD.replace('6500', 'many')}", [":2:", "pop_2_5", "'many'", "0 to"]),
        (f"{AGES_HEAD}\n{GOOD.replace('6500', 'nan')}", [":2:", "pop_2_5", "'nan'"]),
        (f"{AGES_HEAD}\n{GOOD.replace('6500', 'inf')}", [":2:", "pop_2_5", "'inf'"]),
        (f"{AGES_HEAD}\n{GOOD.replace('6500', '6500.5')}", [":2:", "pop_2_5", "whole number"]),
        (f"{AGES_HEAD}\n{GOOD.replace('6500', '-6500')}", [":2:", "pop_2_5", "'-6500'"]),
        (f"{AGES_HEAD}\n{GOOD}\n{GOOD}", [":3:", "kommunenummer", "once"]),
        (f"{AGES_HEAD}\n{GOOD},7", [":2:", "13 cells", "12"]),
        (f"{AGES_HEAD}\n", ["no rows"]),
        ("kommunenummer,year\n1103,2026", [":1:", "'pop_total'", "missing"]),
        ("", [":1:", "missing"]),
        (b"\xff\xfe", ["UTF-8"]),
        (f"{AGES_HEAD}\n{ages_row('1103', STAVANGER, year=2030)}", ["2026"]),
        (f'{AGES_HEAD}\n"{GOOD}', ["CSV"]),
    ],
)  # fmt: skip
def test_a_bad_table_is_refused_in_one_sentence(tmp_path: Path, text: str | bytes, words: list[str]) -> None:
    with pytest.raises(DataError) as refused:
        baseline.load_world(folder(tmp_path, "population_age_groups.csv", text))
    sentence = str(refused.value)
    assert sentence.startswith("population_age_groups.csv") and "\n" not in sentence
    for word in words:
        assert word in sentence, sentence


def edited(tmp_path: Path, name: str, change) -> Path:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    change(rows)
    with (tmp_path / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("kommuner.csv", lambda r: r.pop(), ["number of kommuner", "357"]),
        ("kommuner.csv", lambda r: r[0].update(frie_inntekter_2026="1e9"), ["frie_inntekter_2026", "published"]),
        ("kommuner.csv", lambda r: r[3].update(population_2026_07="x"), [":5:", "population_2026_07"]),
        ("kommuner.csv", lambda r: r[3].update(kommunenummer="301"), [":5:", "kommunenummer", "four digits"]),
        ("kommuner.csv", lambda r: r[3].update(kommunenummer=r[2]["kommunenummer"]), [":5:", "unique", "line 4"]),
        ("kommuner.csv", lambda r: r[0].update(robek_grounds="cx"), [":2:", "robek_grounds", "a to g"]),
        ("kommuner.csv", lambda r: r[0].update(robek_grounds="c"), ["register", "27"]),
        ("kommuner.csv", lambda r: r[0].update(skatteindeks="150"), ["skatteindeks", "mean"]),
        ("kommuner.csv", lambda r: r[0].update(dki_pleie="2.0"), ["dki_pleie", "mean"]),
        ("kommuner.csv", lambda r: r[0].update(fylkesnummer="11"), [":2:", "fylkesnummer"]),
        ("cost_key.csv", lambda r: r[0].update(grunnskole="0.7"), ["grunnskole", "sums to"]),
        ("cost_key_sector_shares.csv", lambda r: r[0].update(share="0.3"), ["sum to 1"]),
        ("elderly_2025.csv", lambda r: r.pop(5), ["elderly_2025.csv", "missing"]),
        ("elderly_2025.csv", lambda r: r[0].update(pop_67_79="9999999"), [":2:", "pop_67_79"]),
        ("cross_section_2024.csv", lambda r: r.pop(0), ["exactly once"]),
        ("fylkeskommuner.csv", lambda r: r[1].update(population_2025="1000"), ["population_2025 of 11"]),
        ("national_age_projection.csv", lambda r: r.pop(), ["1,560"]),
    ],
)
def test_a_table_that_breaks_a_published_sum_is_refused(tmp_path: Path, name: str, change, words) -> None:
    with pytest.raises(DataError) as refused:
        read_sources(edited(tmp_path, name, change))
    for word in words:
        assert word in str(refused.value), str(refused.value)


@settings(max_examples=60)
@given(content=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda t: (AGES_HEAD + "\n" + t).encode())))
def test_no_content_of_a_table_gives_another_error(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("fuzz")
    folder(path, "population_age_groups.csv", content)
    try:
        read_sources(path)
    except DataError as refused:
        assert "\n" not in str(refused)


def test_a_byte_order_mark_and_crlf_are_read(tmp_path: Path) -> None:
    text = ("\ufeff" + f"{AGES_HEAD}\r\n{GOOD}\r\n").encode()
    table = read_table(folder(tmp_path, "x.csv", text) / "x.csv", ("kommunenummer",))
    assert table.text("kommunenummer") == ["1103"] and table.lines == [2]


def test_status_covers_every_unit_of_every_column_once() -> None:
    total: dict[tuple[str, str], int] = {}
    for row in baseline.column_status():
        assert row.status in ("official", "constructed") and row.source and row.date
        total[row.column, row.group] = total.get((row.column, row.group), 0) + row.coverage
    for (column, group), covered in total.items():
        wanted = 357 if group == "kommuner" else 15
        assert covered == wanted or column.startswith("sector index"), column


def test_the_command_prints_the_status_as_table_and_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["data", "status"]) == 0
    shown = capsys.readouterr().out
    assert "official" in shown and "constructed" in shown and "disposisjonsfond" in shown
    assert run.main(["data", "status", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["columns"]
    assert {row["status"] for row in rows} == {"official", "constructed"}


def test_bad_data_ends_the_command_with_exit_code_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder(tmp_path, "population_age_groups.csv", f"{AGES_HEAD}\n{GOOD.replace('6500', 'many')}")
    assert run.main(["data", "status", "--data", str(tmp_path)]) == 2
    error = capsys.readouterr().err
    assert error.startswith("population_age_groups.csv:2: pop_2_5 = 'many'") and "Traceback" not in error
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run.main(["data", "check", str(empty)]) == 2
    assert "holds no table that this model reads" in capsys.readouterr().err


def test_sources_lists_every_embedded_table() -> None:
    listed = set(read_table(DATA / "SOURCES.csv", ("file", "publisher", "licence")).text("file"))
    assert listed | {"SOURCES.csv"} == {path.name for path in DATA.iterdir() if path.suffix == ".csv"}


def test_constructed_ages_are_near_the_true_ones(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Population-weighted errors that a reader would accept; the figures themselves stay outside the project."""
    assert run.main(["data", "check", str(shared / "data" / "check"), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    ages = {row["age group"]: row for row in next(iter(report.values()))}
    limits = {"0-1": 10, "2-5": 6, "6-15": 3, "16-22": 10, "23-66": 3, "67-79": 3, "80-89": 6, "90+": 15}
    for name, limit in limits.items():
        assert ages[name]["weighted error, %"] < limit, name
        assert 0.5 < ages[name]["error per spread (1 is honest)"] < 2.0, name


def test_true_figures_replace_the_constructed_ones(shared: Path) -> None:
    data = shared / "data" / "check"
    world = baseline.load_world(data)
    with (data / "population_age_groups.csv").open(encoding="utf-8", newline="") as file:
        true = {r["kommunenummer"]: r for r in csv.DictReader(file) if r["year"] == "2026"}
    for i, code in enumerate(baseline.unit_codes()[:357]):
        assert world.start["alder"][i].tolist() == [float(true[code][name]) for name in AGE_FIELDS]
    assert (world.start["alder_sd"] == 0.0).all()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kommunenummer;year\n0301;2025\n", "cells are separated by semicolons; save the table with commas."),
        ("kommunenummer,year,year\n0301,2025,1\n", "column 'year' stands twice; keep one."),
    ],
)
def test_a_head_that_cannot_be_meant_is_said_as_what_it_is(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "t.csv").write_text(text)
    with pytest.raises(DataError) as refused:
        read_table(tmp_path / "t.csv", ("kommunenummer", "year"))
    assert str(refused.value) == f"t.csv:1: {said}"
