"""From answers to tables: the right figure in the right row, in files that `--data` reads."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from fetch_invented import AGES, KOMMUNER, LATE, figure
from fetch_server import SSB, rows, serving

from sim import baseline
from sim.baseline.sources import read_sources
from sim.baseline.supplied import OLDER_NAMES
from sim.commands.fetch import data_fetch
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
        yield server


def test_all_tables_take_less_than_two_minutes_of_the_services_limit(fetched: tuple[SSB, Path]) -> None:
    ssb, folder = fetched
    assert len(ssb.asked) == len(set(ssb.asked)) <= 60
    assert max(map(len, ssb.asked)) < 2_000
    names = {path.name for path in folder.iterdir() if path.is_file()}
    assert names >= {
        "population_age_groups.csv",
        "debt_kostra.csv",
        "SOURCES.csv",
        "kommuner_codes.csv",
    }


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
                    "14746", Region=row["kommunenummer"], Alder=code,
                    ContentsCode=contents[row["alternative"]], Tid=row["year"],
                )
                for code in list(AGES)[low : high + 1]
            )  # fmt: skip
            assert int(row[name]) == expected


def test_debt_is_of_the_latest_year_a_kommune_has_and_in_both_units(fetched: tuple[SSB, Path]) -> None:
    found = rows(fetched[1] / "debt_kostra.csv")
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


def test_key_figures_of_the_country_and_of_groups_stand_apart_from_kommuner(
    fetched: tuple[SSB, Path],
) -> None:
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
        r for r in rows(folder / "population_age_groups.csv") if (r["kommunenummer"], r["year"]) == ("1103", "2026")
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


@pytest.mark.parametrize(
    "name",
    [
        "population_age_groups.csv", "population_single_age_2026.csv.gz", "debt_kostra.csv",
        "national_kostra_12134.csv",
    ],
)  # fmt: skip
def test_a_fetched_file_has_the_columns_of_the_reference_file_of_its_name(
    fetched: tuple[SSB, Path], shared: Path, name: str
) -> None:
    older = {table: name for name, table in OLDER_NAMES.items()}
    ours, theirs = rows(fetched[1] / name), rows(shared / "data" / "check" / older.get(name, name))
    assert list(ours[0]) == list(theirs[0])
    if "unit" in ours[0]:
        words = {(row["variable"], row["unit"]) for row in theirs}
        assert {(row["variable"], row["unit"]) for row in ours} <= words


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


def test_the_order_in_which_the_service_answers_means_nothing(
    fetched: tuple[SSB, Path], ssb: SSB, tmp_path: Path
) -> None:
    ssb.turned = True
    data_fetch(("06913", "12134", "12143", "12255", "klass"), tmp_path, False, ssb.client())
    for path in tmp_path.iterdir():
        if path.is_file() and path.name != "SOURCES.csv":
            assert path.read_bytes() == (fetched[1] / path.name).read_bytes(), path.name
