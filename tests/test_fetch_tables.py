"""From answers to tables: the right figure in the right row, in files that `--data` reads."""

import copy
import csv
import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from fetch_server import AGES, JOINED, KOMMUNER, LATE, SSB, TABLES, answer, dim, figure, serving

from sim import baseline
from sim.baseline.sources import read_sources
from sim.commands.fetch import data_fetch
from sim.fetch.errors import FetchError
from sim.fetch.job import TABLES as FETCHED
from sim.fetch.people import GROUPS


@pytest.fixture(scope="module")
def fetched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SSB, Path]]:
    """Everything, fetched once."""
    folder = tmp_path_factory.mktemp("official")
    with serving() as ssb:
        assert data_fetch((), folder, True, ssb.client()) == 0
        yield ssb, folder


@pytest.fixture
def ssb() -> Iterator[SSB]:
    with serving() as server:
        server.tables = copy.deepcopy(TABLES)
        yield server


def rows(path: Path) -> list[dict[str, str]]:
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_all_tables_take_less_than_two_minutes_of_the_services_limit(fetched: tuple[SSB, Path]) -> None:
    ssb, folder = fetched
    assert len(ssb.asked) == len(set(ssb.asked)) <= 60
    assert max(map(len, ssb.asked)) < 2_000
    names = {path.name for path in folder.iterdir() if path.is_file()}
    assert names >= {"population_age_groups.csv", "debt_nordnorge_2025.csv", "SOURCES.csv", "kommuner_codes.csv"}


def test_no_code_list_id_stands_in_the_program(root: Path) -> None:
    for path in (root / "sim" / "fetch").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "agg_" not in text and "vs_" not in text, path.name


def test_age_groups_are_the_sums_of_single_ages_over_both_sexes(fetched: tuple[SSB, Path]) -> None:
    found = {(row["kommunenummer"], row["year"]): row for row in rows(fetched[1] / "population_age_groups.csv")}
    assert len(found) == 357 * 12
    codes = list(AGES)
    for kommune, year in (("0301", "2015"), ("1103", "2023"), ("5636", "2026")):
        row = found[kommune, year]
        for name, low, high in GROUPS:
            expected = sum(
                figure("07459", Region=kommune, Kjonn=sex, Alder=code, ContentsCode="Personer1", Tid=year)
                for code in codes[low : high + 1]
                for sex in "12"
            )
            assert int(row[name]) == expected
        assert int(row["pop_total"]) == sum(int(row[name]) for name, _, _ in GROUPS)
        assert row["quality"] == ("ssb" if year >= "2024" else "ssb_joined")


def test_single_ages_stand_under_their_own_age_and_sex(fetched: tuple[SSB, Path]) -> None:
    found = rows(fetched[1] / "population_single_age_2026.csv.gz")
    assert len(found) == 714 and list(found[0])[:3] == ["kommunenummer", "sex", "a0"] and "a105" in found[0]
    for row in found[:: 714 // 5]:
        for age, code in ((0, "000"), (46, "046"), (105, "105+")):
            sex = {"male": "1", "female": "2"}[row["sex"]]
            where = {"Region": row["kommunenummer"], "Kjonn": sex, "Alder": code}
            assert int(row[f"a{age}"]) == figure("07459", **where, ContentsCode="Personer1", Tid="2026")


def test_the_projection_keeps_alternatives_apart(fetched: tuple[SSB, Path]) -> None:
    found = rows(fetched[1] / "population_projection.csv")
    assert len(found) == 357 * 25 * 3
    contents = {"MMMM": "Personer", "LLML": "Personer1", "HHMH": "Personer2"}
    for row in found[:: len(found) // 7]:
        for name, low, high in GROUPS:
            expected = sum(
                figure(
                    "14746", Region=row["kommunenummer"], Alder=code, ContentsCode=contents[row["alternative"]],
                    Tid=row["year"],
                )
                for code in list(AGES)[low : high + 1]
            )  # fmt: skip
            assert int(row[name]) == expected


def test_debt_is_of_the_latest_year_a_kommune_has_and_in_both_units(fetched: tuple[SSB, Path]) -> None:
    found = rows(fetched[1] / "debt_nordnorge_2025.csv")
    items = {"netto_laanegjeld": "KG31", "debt_instalments": "AGD21", "net_interest": "AGD97"}
    units = {"1000 kr": "KOSbelop0000", "per cent of gross operating revenue": "KOSbelopbrinv0000"}
    assert {row["year"] for row in found if row["kommunenummer"] == LATE} == {"2024"}
    assert {row["year"] for row in found if row["kommunenummer"] != LATE} == {"2025"}
    assert {row["kommunenummer"] for row in found} == set(KOMMUNER)
    for row in found[:: len(found) // 50]:
        if row["variable"] in items:
            expected = figure(
                "12143", KOKkommuneregion0000=row["kommunenummer"], KOKartkap0000=items[row["variable"]],
                ContentsCode=units[row["unit"]], Tid=row["year"],
            )  # fmt: skip
            assert float(row["value"]) == expected


def test_key_figures_of_the_country_and_of_groups_stand_apart_from_kommuner(fetched: tuple[SSB, Path]) -> None:
    whole = rows(fetched[1] / "national_kostra_12134.csv")
    assert {row["region"] for row in whole} == {"EAK", "EAKUO", *(f"EKG{n:02d}" for n in range(1, 18))}
    single = rows(fetched[1] / "kostra_12134.csv")
    assert {row["kommunenummer"] for row in single} == set(KOMMUNER)
    row = next(r for r in whole if (r["region"], r["year"], r["variable"]) == ("EKG08", "2023", "ndr"))
    where = {"KOKkommuneregion0000": "EKG08", "ContentsCode": "KOSAGD230000", "Tid": "2023"}
    assert float(row["value"]) == figure("12134", **where)


def test_klass_gives_group_and_centrality_from_either_side_of_a_correspondence(
    fetched: tuple[SSB, Path],
) -> None:
    for row in rows(fetched[1] / "kommuner_codes.csv"):
        number = int(row["kommunenummer"])
        assert int(row["kostra_group"]) == number % 17 + 1
        assert int(row["sentralitet_class"]) == number % 6 + 1


def test_the_model_reads_the_folder_and_starts_from_it(fetched: tuple[SSB, Path]) -> None:
    folder = fetched[1]
    used = read_sources(folder).supplied
    assert used["population_age_groups.csv"] == used["schools_kindergartens.csv"] == 357
    world = baseline.load_world(folder)
    row = next(
        r
        for r in rows(folder / "population_age_groups.csv")
        if (r["kommunenummer"], r["year"]) == ("1103", "2026")
    )
    at = baseline.unit_codes().index("1103")
    assert world.start["alder"][at].tolist() == [float(row[name]) for name, _, _ in GROUPS]
    assert np.all(world.start["alder_sd"][at] == 0.0)


def test_sources_and_records_name_the_sum_the_licence_and_the_state_of_every_file(
    fetched: tuple[SSB, Path],
) -> None:
    from sim.baseline.tables import sha256

    folder = fetched[1]
    listed = {row["file"]: row for row in rows(folder / "SOURCES.csv")}
    assert set(listed) == {path.name for path in folder.iterdir() if path.is_file()} - {"SOURCES.csv"}
    for name, row in listed.items():
        assert row["sha256"] == sha256(folder / name)
        assert "CC BY 4.0" in row["licence"] and "Statistics Norway" in row["publisher"] and row["date"] >= "2026"
    record = json.loads((folder / ".fetch" / "12143.json").read_bytes())
    assert record["codes"]["netto_laanegjeld"] == "KG31: Netto lånegjeld"
    assert record["empty_cells"] == {".": 8}
    notes = [json.loads(path.read_bytes()) for path in (folder / ".fetch" / "12143").glob("*.source.json")]
    assert notes and all(note["address"].startswith("http") and len(note["sha256"]) == 64 for note in notes)


def test_every_table_can_be_fetched_alone_and_joins_the_list_of_sources(ssb: SSB, tmp_path: Path) -> None:
    for count, name in enumerate(FETCHED, 1):
        assert data_fetch((name,), tmp_path, False, ssb.client()) == 0
        assert len({row["table"] for row in rows(tmp_path / "SOURCES.csv")}) == count


def test_the_same_answers_give_the_same_bytes(fetched: tuple[SSB, Path], tmp_path: Path) -> None:
    ssb, folder = fetched
    data_fetch(("07459,12143",), tmp_path, False, ssb.client())
    for path in tmp_path.iterdir():
        if path.is_file() and path.name != "SOURCES.csv":
            assert path.read_bytes() == (folder / path.name).read_bytes()


# What the service may change without telling.


def labels(ssb: SSB, table: str, name: str) -> dict[str, str]:
    return ssb.tables[table][name]["category"]["label"]


def rebuild(ssb: SSB, table: str, name: str, codes: dict[str, str]) -> None:
    described = ssb.tables[table][name]
    ssb.tables[table][name] = described | dim(described["label"], codes) | {"extension": described["extension"]}


def test_a_renamed_code_is_found_by_its_label(ssb: SSB, tmp_path: Path) -> None:
    items = {"NEW1": "Netto lånegjeld i alt", "AGD21": "Avdrag på lån"}
    rebuild(ssb, "12143", "KOKartkap0000", items)
    data_fetch(("12143",), tmp_path, False, ssb.client())
    record = json.loads((tmp_path / ".fetch" / "12143.json").read_bytes())
    assert record["codes"]["netto_laanegjeld"] == "NEW1: Netto lånegjeld i alt"


def test_a_reworded_label_is_found_by_its_known_code(ssb: SSB, tmp_path: Path) -> None:
    rebuild(ssb, "12143", "KOKartkap0000", {"KG31": "Lån, netto", "AGD21": "Avdrag på lån"})
    data_fetch(("12143",), tmp_path, False, ssb.client())
    record = json.loads((tmp_path / ".fetch" / "12143.json").read_bytes())
    assert record["codes"]["netto_laanegjeld"] == "KG31: Lån, netto"


@pytest.mark.parametrize(
    "items",
    [
        {"X1": "Noe annet", "X2": "Noe tredje"},
        {"X1": "Netto lånegjeld, kasse", "X2": "Netto lånegjeld, konsern"},
    ],
)
def test_an_item_that_is_gone_or_ambiguous_is_refused(
    ssb: SSB, tmp_path: Path, items: dict[str, str]
) -> None:
    rebuild(ssb, "12143", "KOKartkap0000", items)
    with pytest.raises(FetchError, match="netto lanegjeld"):
        data_fetch(("12143",), tmp_path, False, ssb.client())


def test_a_new_dimension_that_must_be_chosen_from_is_refused(ssb: SSB, tmp_path: Path) -> None:
    ssb.tables["12134"] = {"KOKregnskapsomfa0000": dim("regnskapsomfang", ["A", "B"]), **ssb.tables["12134"]}
    with pytest.raises(FetchError, match="regnskapsomfang"):
        data_fetch(("12134",), tmp_path, False, ssb.client())


def test_without_a_joined_list_only_years_on_todays_borders_are_used(ssb: SSB, tmp_path: Path) -> None:
    ssb.tables["07459"]["Region"]["extension"]["codelists"] = []
    data_fetch(("07459",), tmp_path, False, ssb.client())
    assert {row["year"] for row in rows(tmp_path / "population_age_groups.csv")} == {"2024", "2025", "2026"}


def test_a_table_whose_plain_codes_are_not_kommuner_is_read_by_a_code_list(ssb: SSB, tmp_path: Path) -> None:
    lists = [("vs_1", "Fylker 2024"), (JOINED, "Kommuner 2024-")]
    ssb.tables["14746"]["Region"] = dim("region", ["03", "11"], True, lists)
    data_fetch(("14746",), tmp_path, False, ssb.client())
    assert {row["kommunenummer"] for row in rows(tmp_path / "population_projection.csv")} == set(KOMMUNER)
    assert not any("vs_1" in path for path in ssb.asked)


def test_a_table_without_kommuner_is_refused(ssb: SSB, tmp_path: Path) -> None:
    ssb.tables["14746"]["Region"] = dim("region", ["03", "11"], True)
    with pytest.raises(FetchError, match="no list of regions"):
        data_fetch(("14746",), tmp_path, False, ssb.client())


@pytest.mark.parametrize("change", ["missing age", "age twice"])
def test_ages_that_do_not_run_from_zero_upwards_once_each_are_refused(
    ssb: SSB, tmp_path: Path, change: str
) -> None:
    ages = dict(AGES)
    if change == "missing age":
        del ages["050"]
    else:
        ages["X50"] = "50 år"
    rebuild(ssb, "07459", "Alder", ages)
    with pytest.raises(FetchError, match="age"):
        data_fetch(("07459",), tmp_path, False, ssb.client())
    assert [path.name for path in tmp_path.iterdir()] == [".fetch"]


def test_schools_without_the_three_counts_say_so_and_make_no_file_for_the_model(
    ssb: SSB, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rebuild(ssb, "12255", "ContentsCode", {"KOSd0000": "Elever per kommunal skole (antall)"})
    assert data_fetch(("12255",), tmp_path, False, ssb.client()) == 0
    assert "note: the table has no count of n_schools_public_with_pupils" in capsys.readouterr().out
    assert (tmp_path / "schools_12255.csv").is_file()
    assert not (tmp_path / "schools_kindergartens.csv").exists()


@pytest.mark.parametrize(
    ("pairs", "word"),
    [
        ([("EKG12", "4601"), ("EKG11", "4601")], "two values of kostra_group"),
        ([("EKG99", "4601")], "not a number from 1 to 17"),
        ([("Bergen", "4601")], "not a number from 1 to 17"),
    ],
)
def test_a_correspondence_that_cannot_be_is_refused(
    ssb: SSB, tmp_path: Path, pairs: list[tuple[str, str]], word: str
) -> None:
    items = [{"sourceCode": a, "targetCode": b} for a, b in pairs]
    ssb.faults = {1: answer(json.dumps({"correspondenceItems": items}))}
    with pytest.raises(FetchError, match=word):
        data_fetch(("klass",), tmp_path, False, ssb.client())


@pytest.mark.parametrize("body", ['{"codes": 3}', '{"codes": ["x"]}', "{}", '{"codes": []}'])
def test_a_klass_answer_without_codes_is_refused(ssb: SSB, tmp_path: Path, body: str) -> None:
    ssb.faults = {0: answer(body)}
    with pytest.raises(FetchError, match="SSB Klass 131"):
        data_fetch(("klass",), tmp_path, False, ssb.client())


@pytest.mark.parametrize("fault", ["other region", "fewer regions", "other dimension"])
def test_an_answer_to_another_question_is_refused(ssb: SSB, tmp_path: Path, fault: str) -> None:
    from fetch_server import dataset

    region = dim("region", ["9999"] if fault == "other region" else KOMMUNER[:5])
    dims = {"KOKkommuneregion0000": region, "Tid": dim("år", ["2025"])}
    if fault == "other dimension":
        dims["Surprise"] = dim("noe", ["1"])
    ssb.faults = {1: answer(json.dumps(dataset("12143", dims, True)))}
    with pytest.raises(FetchError, match="other codes of KOKkommuneregion0000"):
        data_fetch(("12143",), tmp_path, False, ssb.client())
    assert [path.name for path in tmp_path.iterdir()] == [".fetch"]
