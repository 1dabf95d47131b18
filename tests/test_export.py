"""Tables for other programs: the stored numbers, nothing that a spreadsheet or LaTeX carries out, the same bytes."""

import csv
import io
import re
import zipfile
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

import run
from sim.errors import UserError
from sim.export import FORMATS, TABLES, excel, export
from sim.export.content import WIDTH, _short, count
from sim.export.latex import tabular
from sim.export.safe import COMMANDS, cell, latex
from sim.store import open_results
from tests.stored import copied, make_result, shared_result


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A folder per format, with all tables that the format takes, of the first three runs."""
    folders = {}
    for form in FORMATS:
        folders[form] = tmp_path_factory.mktemp(form)
        export(shared_result(), form, tables_of(form), folders[form], 3)
    return folders


def tables_of(form: str) -> list[str]:
    return ["national", "units"] if form == "latex" else list(TABLES)


def stored(table: str) -> pd.DataFrame:
    results = open_results(shared_result())
    if table == "panel":
        return results.panel(runs=range(3))
    frame = results.national() if table == "national" else results.units()
    return frame[frame["run"] < 3].reset_index(drop=True) if table == "national" else frame


def read(form: str, folder: Path, table: str) -> pd.DataFrame:
    if form == "csv":
        return pd.read_csv(folder / f"{table}.csv", dtype={"kommunenummer": str})
    if form == "parquet":
        return pd.read_parquet(folder / f"{table}.parquet")
    if form == "stata":
        frame = pd.read_stata(folder / f"{table}.dta")
        notes = pd.read_csv(folder / f"{table}_dictionary.csv")
        return frame.rename(columns=dict(zip(notes["short_name"], notes["column"], strict=True)))
    return pd.read_excel(folder / "kommunesim.xlsx", sheet_name=table, dtype={"kommunenummer": str})


@pytest.mark.parametrize("form", ["csv", "parquet", "stata", "excel"])
@pytest.mark.parametrize("table", TABLES)
def test_the_numbers_are_those_that_are_stored(exported: dict, form: str, table: str) -> None:
    found, expected = read(form, exported[form], table), stored(table)
    assert len(found) == len(expected) == count(open_results(shared_result()), table, 3)
    for name in expected.columns:
        if name in ("kommunenummer", "gruppe"):
            assert list(found[name].astype(str)) == list(expected[name].astype(str)), name
        else:
            want = expected[name].to_numpy(np.float64)
            near = 1e-6 if expected[name].dtype == np.float32 else 1e-13
            assert np.allclose(found[name].to_numpy(np.float64), want, rtol=near, atol=0, equal_nan=True), name


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_export_is_the_same_bytes(exported: dict, form: str, tmp_path: Path) -> None:
    written = export(shared_result(), form, tables_of(form), tmp_path, 3)
    assert {path.name for path in written} == {path.name for path in exported[form].iterdir()}
    for path in written:
        assert path.read_bytes() == (exported[form] / path.name).read_bytes(), path.name


def test_every_column_is_in_the_dictionary_with_its_meaning(exported: dict) -> None:
    for table in TABLES:
        for form in ("csv", "parquet", "stata"):
            notes = pd.read_csv(exported[form] / f"{table}_dictionary.csv", keep_default_na=False)
            assert list(notes["column"]) == list(read(form, exported[form], table).columns)
            assert (notes["unit"] != "").all() and (notes["meaning"] != "").all()
            assert notes["short_name"].is_unique and notes["short_name"].str.len().max() <= WIDTH
    sheet = pd.read_excel(exported["excel"] / "kommunesim.xlsx", sheet_name="dictionary")
    assert set(sheet["table"]) == set(TABLES)


def test_every_export_says_how_to_cite_it(exported: dict) -> None:
    digest = open_results(shared_result()).manifest["hashes"]["digest"]
    for folder in exported.values():
        for name in ("citation.txt", "citation.bib"):
            assert digest in (folder / name).read_text(encoding="utf-8")


def test_parquet_has_plain_columns_with_their_units(exported: dict) -> None:
    schema = pq.read_schema(exported["parquet"] / "panel.parquet")
    assert {str(field.type) for field in schema} == {"int32", "string", "double"}
    assert schema.field("lanegjeld").metadata[b"unit"] == b"kr"
    assert b"digest" in schema.metadata[b"citation"]


def test_no_cell_of_the_workbook_is_a_formula_and_it_has_no_date_of_its_own(tmp_path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    excel._sheet(book, "x", ["a"], [("=cmd()",), ("+1",), ("@x",), (float("nan"),), (2,)])
    book.save(tmp_path / "x.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx")["x"]
    kinds = [(row[0].value, row[0].data_type) for row in sheet.iter_rows(min_row=2)]
    assert kinds == [("=cmd()", "s"), ("+1", "s"), ("@x", "s"), (None, "n"), (2, "n")]
    made = excel.undated((tmp_path / "x.xlsx").read_bytes())
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        assert {entry.date_time for entry in file.infolist()} == {excel.DATE}
        assert b"2026-01-01T00:00:00Z" in file.read("docProps/core.xml")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_no_text_in_a_cell_is_a_command_and_all_of_it_is_there(text: str) -> None:
    made = cell(text)
    assert not made.startswith(COMMANDS)
    buffer = io.StringIO()
    csv.writer(buffer).writerow([made, "next"])
    assert next(csv.reader(io.StringIO(buffer.getvalue()))) == [made, "next"]
    if text.isprintable() and not text.startswith(COMMANDS):
        assert made == text


SPECIAL = re.compile(r"(?<!\\)[&%#_]|\\(?![&%$#_{}]|text\w+\{\}|S\{\}|dots\{\})")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_no_text_in_latex_starts_a_command(text: str) -> None:
    made = re.sub(r"\$(<|>|-|\\to|\\ge)\$", "", latex(text))
    assert not SPECIAL.search(made)
    assert not re.search(r"(?<!\\)\$", made)


def test_a_latex_table_has_a_cell_for_every_head(exported: dict) -> None:
    files = sorted(exported["latex"].glob("*.tex"))
    assert len(files) == 7
    for path in files:
        text = path.read_text(encoding="utf-8")
        columns = len(re.search(r"\\begin\{tabular\}\{(\w+)\}", text)[1])
        for row in re.findall(r"^(.*) \\\\$", text, re.MULTILINE):
            assert len(re.findall(r"(?<!\\)&", row)) == columns - 1, path.name
    assert r"1 \% \\" in tabular({"title": "t", "head": ["a"], "rows": [["1 %"]]}, "s")


@given(st.lists(st.text("abc_", min_size=1, max_size=60), unique=True, max_size=12))
def test_short_names_are_short_and_different(names: list[str]) -> None:
    taken: set[str] = set()
    for name in names:
        made = _short(name, taken)
        assert len(made) <= WIDTH and made not in taken
        assert made == name or len(name) > WIDTH or name in taken
        taken.add(made)


def test_a_hostile_scenario_is_text_in_every_file(tmp_path: Path) -> None:
    folder = make_result(tmp_path, runs=2, years=1, title="=cmd()|' /C calc'!A0")
    export(folder, "csv", ["national"], tmp_path / "x")
    for path in (tmp_path / "x").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                assert not [text for text in row if text.startswith(("=", "+", "@"))]


def test_a_table_too_long_for_a_sheet_is_refused_with_what_fits(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(excel, "MOST", 2 * 4 * 372)
    with pytest.raises(UserError, match=r"use --to parquet or csv, or --runs 2\."):
        export(shared_result(), "excel", ["panel"], tmp_path)
    assert not list(tmp_path.glob("*.xlsx"))
    export(shared_result(), "excel", ["panel"], tmp_path, 2)


WRONG = [
    (["--to", "ods"], "--to ods: there is csv, excel, parquet, stata, latex."),
    (["--to", "csv", "--what", "people"], "--what people: there is national, units, panel."),
    (["--to", "csv", "--runs", "0"], "--runs 0: give 1 or more."),
    (["--to", "latex", "--what", "panel"], "--to latex: the panel is too long to be printed"),
]


@pytest.mark.parametrize(("arguments", "sentence"), WRONG)
def test_a_wrong_request_for_tables_is_one_sentence(tmp_path: Path, capsys, arguments: list, sentence: str) -> None:
    assert run.main(["export", str(shared_result()), "--out", str(tmp_path / "x"), *arguments]) == 2
    assert sentence in " ".join(capsys.readouterr().err.split())


def test_a_damaged_panel_leaves_no_half_table(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    part = folder / "panel" / "part-00000.parquet"
    data = bytearray(part.read_bytes())
    data[len(data) // 2] ^= 1
    part.write_bytes(data)
    with pytest.raises(UserError, match="damaged"):
        export(folder, "csv", ["panel"], tmp_path / "x")
    assert not list((tmp_path / "x").iterdir())


def test_the_command_prints_every_file_and_leaves_the_result_whole(tmp_path: Path, capsys) -> None:
    folder = copied(tmp_path)
    assert run.main(["export", str(folder), "--to", "stata-friendly"]) == 0
    names = {Path(line).name for line in capsys.readouterr().out.split()}
    assert {"national.dta", "units.dta", "national_dictionary.csv", "citation.bib"} <= names
    assert names == {path.name for path in (folder / "export").iterdir()}
    open_results(folder).verify()
