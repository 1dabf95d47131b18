"""Worked cases: what they compute and what they print."""

import json
from pathlib import Path

import pytest

from sim.cases import RULES, judge, read_cases
from sim.commands.case import run_case
from sim.errors import UserError

ROOT = Path(__file__).parents[1]
FILES = sorted([*(ROOT / "tests" / "cases").glob("*.toml"), *(ROOT / "docs" / "examples").glob("*.toml")])
HEAD = '[[case]]\nid = "x"\nrule = "close_accounts"\n'


def run(capsys, *files, as_json=False):
    code = run_case([str(file) for file in files], as_json)
    out, err = capsys.readouterr()
    return code, out, err


def write(folder: Path, content: str | bytes, name: str = "case.toml") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def one(rule, given_, expect=None, **more):
    return {"id": "one", "rule": rule, "given": given_, "expect": expect or {}, **more}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_cases_derived_by_hand_pass(file, capsys):
    code, out, err = run(capsys, file)
    assert (code, err) == (0, ""), out
    assert " 0 failed" in out


def test_every_rule_has_a_case_derived_by_hand_and_every_result_but_the_obvious_is_expected_somewhere():
    cases = [case for file in FILES for case in read_cases(file)]
    assert {case.rule.name for case in cases} == set(RULES)
    expected = {(case.rule.name, name) for case in cases for name in case.expect}
    missing = {(rule.name, result.name) for rule in RULES.values() for result in rule.results} - expected
    assert missing == {("close_investment", "strykning_bruk")}  # 0 in both, and compared with the oracle


def test_shared_cases_reproduce(shared, capsys):
    code, out, _ = run(capsys, shared / "cases" / "law_cases.json", as_json=True)
    answer = json.loads(out)
    assert code == 0
    assert answer["failed"] == 0
    assert answer["passed"] == len(answer["cases"]) > 0


ANNOTATED = {  # the part of an annotated key after "__" -> the field or result of the case rule
    "netto_driftsresultat": "netto_driftsresultat",
    "avsetning_bundne_driftsfond": "avsetning_bundne",
    "bruk_bundne_driftsfond": "bruk_bundne",
    "overforing_til_investering": "overforing_investering",
    "overforing_reservert_ved_lov_eller_avtale": "overforing_investering_bundet",
    "avsetning_disposisjonsfond": "avsetning_disposisjonsfond",
    "bruk_disposisjonsfond": "bruk_disposisjonsfond",
    "dekning_tidligere_merforbruk": "dekning_tidligere_merforbruk",
    "disposisjonsfond_1_januar": "disposisjonsfond",
    "merforbruk_til_inndekning_1_januar": "merforbruk",
    "skjermet_disposisjonsfond": "bruk_disposisjonsfond_neste_budsjett",
    "accounts_year": "year",
    "budsjettavvik": "budsjettavvik",
    "strykning_overforing_til_investering": "strykning_overforing",
    "strykning_dekning_merforbruk": "strykning_dekning",
    "strykning_avsetning_disposisjonsfond": "strykning_avsetning",
    "strykning_bruk_disposisjonsfond": "strykning_bruk",
    "nytt_merforbruk": "nytt_merforbruk",
    "disposisjonsfond_31_desember": "disposisjonsfond",
    "merforbruk_til_inndekning_31_desember": "merforbruk",
    "overforing_til_investering_regnskap": "overforing_investering",
    "avsetning_disposisjonsfond_regnskap": "avsetning_disposisjonsfond",
    "bruk_disposisjonsfond_regnskap": "bruk_disposisjonsfond",
    "dekning_tidligere_merforbruk_regnskap": "dekning_tidligere_merforbruk",
}


def translated(table):
    pairs = ((key.split("__")[-1], value) for key, value in table.items())
    return {ANNOTATED[key]: value for key, value in pairs if key in ANNOTATED}


def test_annotated_constructed_cases_reproduce(shared, tmp_path, capsys):
    annotated = json.loads((shared / "cases" / "law_cases_annotated.json").read_text(encoding="utf-8"))
    cases = [
        {"id": case["id"], "rule": "close_accounts", "given": translated(case["input"]),
         "expect": translated(case["expected"])}
        for case in annotated["constructed"]
    ]  # fmt: skip
    assert len(cases) == 8
    assert all(len(case["expect"]) >= 12 for case in cases)
    code, out, _ = run(capsys, write(tmp_path, json.dumps(cases), "a.json"))
    assert code == 0, out


def test_the_annotated_path_reproduces_when_each_year_starts_where_the_last_one_ended(shared):
    annotated = json.loads((shared / "cases" / "law_cases_annotated.json").read_text(encoding="utf-8"))
    (path,) = annotated["paths"]
    fond, merforbruk, registrert = 20, {}, []
    for year, expected in zip(path["input"]["years"], path["expected"], strict=True):
        closed = compute("close_accounts", {
            "year": year["accounts_year"],
            "netto_driftsresultat": year["net_operating_result__netto_driftsresultat"],
            "dekning_tidligere_merforbruk": year["budgeted_coverage__dekning_tidligere_merforbruk"],
            "disposisjonsfond": fond,
            "merforbruk": merforbruk,
        })  # fmt: skip
        fond, merforbruk = closed["disposisjonsfond"], closed["merforbruk"]
        review = compute("robek", {
            "year": year["accounts_year"], "merforbruk": merforbruk, "driftsinntekter": 1000,
            "registrert": registrert,
        })  # fmt: skip
        registrert = review["registrert"]
        assert expected["accounts_year"] == year["accounts_year"]
        assert expected["disposition_fund_closing__disposisjonsfond_31_desember"] == fond
        assert expected["deficit_vintages_closing__merforbruk_til_inndekning_31_desember"] == merforbruk
        assert review["grunnlag"] == expected["grounds_found_in_accounts_review"]
        assert registrert == expected["registered_grounds_after_review"]


def compute(rule, given_):
    from sim.cases.read import check

    return judge(check(one(rule, given_), 0)).computed


def test_a_wrong_expectation_fails_with_what_was_expected_and_computed(tmp_path, capsys):
    file = write(tmp_path, HEAD + "[case.given]\nnetto_driftsresultat = 5\n[case.expect]\ndisposisjonsfond = 6\n")
    code, out, _ = run(capsys, file)
    assert code == 1
    assert "FAIL" in out
    assert "disposisjonsfond: expected 6, computed 5" in out
    code, out, _ = run(capsys, file, as_json=True)
    assert code == 1
    answer = json.loads(out)
    assert set(answer) == {"passed", "failed", "cases"}
    assert (answer["passed"], answer["failed"]) == (0, 1)
    (case,) = answer["cases"]
    assert set(case) == {"id", "rule", "passed", "computed", "diff"}
    assert case["diff"] == {"disposisjonsfond": {"expected": 6, "computed": 5}}
    assert set(case["computed"]) == {result.name for result in RULES["close_accounts"].results}


def test_left_out_fields_are_zero_empty_or_the_law(tmp_path):
    assert compute("robek", {}) == {"grunnlag": [], "registrert": []}
    assert compute("teacher_norm", {"elever": [15, 20, 20]}) == {"larere": 3}
    assert compute("premieavvik", {"premie": 14, "years": 1}) == {"effekt": [14, -14]}
    assert compute("premieavvik", {"premie": 14, "horizon": 3}) == {"effekt": [14, -2, -2]}
    assert compute("close_accounts", {})["merforbruk"] == {}
    assert compute("expenditure_index", {"dki": {"barnevern": 1}}) == {"utgiftsbehov": 0.0422}


@pytest.mark.parametrize(
    ("expected", "tolerance", "passes"),
    [
        (155747, 0, False),
        (155747, 0.5, True),
        (155747.02, 0.005, True),
        (155746, 1, False),
        (155748, 1, True),
    ],
)
def test_tolerance_is_absolute_and_in_the_unit_of_the_case(tmp_path, capsys, expected, tolerance, passes):
    given_ = {"avskrivninger": 174015, "lanegjeld": 4047013, "bokfort_verdi": 4521698}
    entry = one("minimumsavdrag", given_, {"minimumsavdrag": expected}, tolerance=tolerance)
    code, *_ = run(capsys, write(tmp_path, json.dumps([entry]), "t.json"))
    assert code == (0 if passes else 1)


def test_whole_amounts_are_exact_even_when_large(tmp_path, capsys):
    for expected, code in ((10**14, 0), (10**14 + 1, 1)):
        entry = one("close_accounts", {"netto_driftsresultat": 10**14}, {"disposisjonsfond": expected})
        assert run(capsys, write(tmp_path, json.dumps([entry]), "t.json"))[0] == code


def test_decimals_leave_no_dust(tmp_path, capsys):
    given_ = {"year": 2026, "netto_driftsresultat": 0.3, "merforbruk": {"2024": 0.1, "2025": 0.2}}
    entry = one("close_accounts", given_, {"merforbruk": {}, "disposisjonsfond": 0, "nytt_merforbruk": 0})
    assert run(capsys, write(tmp_path, json.dumps([entry]), "t.json"))[0] == 0


def test_order_and_repetition_of_letters_and_zero_years_do_not_matter(tmp_path, capsys):
    given_ = {
        "year": 2026,
        "merforbruk": {"2026": 40},
        "driftsinntekter": 1000,
        "registrert": ["g", "c", "c"],
    }
    robek = one("robek", given_, {"registrert": ["g", "d", "c"]})
    closed = one("close_accounts", {"year": 2026}, {"merforbruk": {"2024": 0}})
    assert run(capsys, write(tmp_path, json.dumps({"case": [robek, closed, closed]}), "t.json"))[0] == 0


def test_many_cases_are_all_listed_and_counted(tmp_path, capsys):
    entries = [one("close_accounts", {"netto_driftsresultat": i}, {"disposisjonsfond": i}, id=i) for i in range(2000)]
    entries[77]["expect"]["disposisjonsfond"] = -1
    file = write(tmp_path, json.dumps(entries), "many.json")
    code, out, _ = run(capsys, file)
    lines = out.splitlines()
    assert code == 1
    assert len(lines) == 2001
    assert "FAIL" in lines[77] and "expected -1, computed 77" in lines[77]
    assert lines[-1] == "1999 passed, 1 failed"
    answer = json.loads(run(capsys, file, as_json=True)[1])
    assert [case["id"] for case in answer["cases"]] == list(range(2000))
    assert (answer["passed"], answer["failed"]) == (1999, 1)


def test_a_file_without_a_case_is_an_error_and_no_success(tmp_path, capsys):
    assert run(capsys, write(tmp_path, "[]", "none.json"), as_json=True)[0] == 2
    assert run(capsys, write(tmp_path, "", "empty.json"))[0] == 2


def test_a_byte_order_mark_windows_lines_and_an_unknown_suffix_are_read(tmp_path, capsys):
    text = (HEAD + "[case.given]\nnetto_driftsresultat = 5\n").replace("\n", "\r\n")
    assert run(capsys, write(tmp_path, b"\xef\xbb\xbf" + text.encode(), "bom.toml"))[0] == 0
    assert run(capsys, write(tmp_path, text, "cases.txt"))[0] == 0
    assert run(capsys, write(tmp_path, json.dumps([one("robek", {})]), "cases"))[0] == 0


def test_reading_returns_cases_with_every_field_of_their_rule(tmp_path):
    (case,) = read_cases(write(tmp_path, HEAD + "[case.given]\nyear = 2026\n"))
    assert set(case.given) == set(RULES["close_accounts"].fields)
    assert case.id == "x"
    with pytest.raises(UserError):
        read_cases(tmp_path)


def test_a_case_that_expects_nothing_is_computed_and_said_not_to_have_been_checked(tmp_path, capsys):
    file = write(tmp_path, HEAD + "[case.given]\nnetto_driftsresultat = 5\n")
    code, out, _ = run(capsys, file)
    assert code == 0
    assert "0 passed, 0 failed, 1 computed only: nothing is expected of them" in out
    code, out, _ = run(capsys, file, as_json=True)
    assert code == 0
    printed = json.loads(out)
    assert (printed["passed"], printed["failed"], printed["computed_only"]) == (0, 0, 1)
    assert printed["cases"][0]["passed"] is None
    assert printed["cases"][0]["computed"]["disposisjonsfond"] == 5
