"""What the service may change without telling: found again by label or code, or refused in one sentence."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fetch_invented import AGES, JOINED, KOMMUNER, TABLES, dataset, dim
from fetch_server import SSB, answer, rows, serving

from sim.commands.fetch import data_fetch
from sim.fetch.errors import FetchError


@pytest.fixture
def ssb() -> Iterator[SSB]:
    with serving() as server:
        server.tables = copy.deepcopy(TABLES)
        yield server


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
def test_an_item_that_is_gone_or_ambiguous_is_refused(ssb: SSB, tmp_path: Path, items: dict[str, str]) -> None:
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
def test_ages_that_do_not_run_from_zero_upwards_once_each_are_refused(ssb: SSB, tmp_path: Path, change: str) -> None:
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
    region = dim("region", ["9999"] if fault == "other region" else KOMMUNER[:5])
    dims = {"KOKkommuneregion0000": region, "Tid": dim("år", ["2025"])}
    if fault == "other dimension":
        dims["Surprise"] = dim("noe", ["1"])
    ssb.faults = {1: answer(json.dumps(dataset("12143", dims, True)))}
    with pytest.raises(FetchError, match="other codes of KOKkommuneregion0000"):
        data_fetch(("12143",), tmp_path, False, ssb.client())
    assert [path.name for path in tmp_path.iterdir()] == [".fetch"]
