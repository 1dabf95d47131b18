"""Files that are no worked cases: one sentence that says where and what, exit code 2, nothing on stdout."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.cases import RULES
from sim.cases.json_line import json_line
from sim.commands.case import run_case

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


def refused(folder, capsys, content, name="case.toml"):
    """The sentence, less the folder, after checking that it is one and all there is."""
    code, out, err = run(capsys, write(folder, content, name), as_json=True)
    assert (code, out) == (2, "")
    assert err.endswith("\n") and err.count("\n") == 1
    assert err.startswith(str(folder)) or len(str(folder)) > 150  # long names are shortened
    return err


TOML = [  # what follows HEAD, the line that is named, what the sentence says
    ("[case.given]\nnetto_driftsresultatt = 5", 5, ["'x'", "did you mean 'netto_driftsresultat'"]),
    ("[case.expect]\n\nnytt_merforbrk = 5", 6, ["did you mean 'nytt_merforbruk'"]),
    (HEAD + "[case.given.merforbruk]\n2024 = -3", 8, ["given.merforbruk.2024", "-3", "0 to 1e+15"]),
    ("[case.given]\nbruk_bundne = -1", 5, ["given.bruk_bundne", "-1", "0 to 1e+15"]),
    ("[case.given]\nbruk_bundne = nan", 5, ["nan", "0 to 1e+15"]),
    ("[case.given]\nnetto_driftsresultat = -inf", 5, ["-inf", "-1e+15 to 1e+15"]),
    ("[case.given]\nbruk_bundne = true", 5, ["true", "must be a number"]),
    ("[case.given]\nbruk_bundne = 2026-01-01", 5, ["must be a number"]),
    ("[case.given]\nbruk_bundne = '5'", 5, ["'5'", "must be a number"]),
    ("[case.given]\nyear = 2026.5", 5, ["2026.5", "whole number"]),
    ("[case.given]\nmerforbruk = { 20x4 = 1 }", 5, ["20x4", "year"]),
    ("[case.given]\nmerforbruk = [1]", 5, ["must be a table"]),
    ("tolerance = -1", 4, ["tolerance", "-1"]),
    ("colour = 1", 4, ["colour"]),
    ("given = 1", 4, ["must be a table"]),
]


@pytest.mark.parametrize(("content", "line", "says"), TOML)
def test_a_toml_case_that_does_not_fit_is_named_with_its_line(tmp_path, capsys, content, line, says):
    sentence = refused(tmp_path, capsys, HEAD + content + "\n")
    assert f"case.toml:{line}: case 'x':" in sentence
    assert [part for part in says if part not in sentence] == []


COMPUTED = [  # fields that fit one by one and not together: what follows HEAD, the line, the field
    ("[case.given]\nyear = 2026\n[case.given.merforbruk]\n2026 = 3", 7, "given.merforbruk.2026"),
    (HEAD + "[case.given]\n\noverforing_investering_bundet = 5", 9, "given.overforing_investering_bundet = 5"),
]


@pytest.mark.parametrize(("content", "line", "says"), COMPUTED)
def test_fields_that_do_not_fit_together_are_named_with_their_line_too(tmp_path, capsys, content, line, says):
    assert f"case.toml:{line}: case 'x': {says}" in refused(tmp_path, capsys, HEAD + content + "\n")


JSON_AT = """{"title": "ok", "case":
 [{"id": "a", "rule": "robek", "given": {"registrert": ["a", "b"], "year": 2026}},
  {"rule": "premieavvik", "id": "x",
   "given": {"years": 7, "premie":
     %s},
   "expect": {"effekt": [1, 2,
      %s]}}]}
"""


@pytest.mark.parametrize(
    ("premium", "effect", "line"),
    [("true", "0", 4), ("1e99", "0", 4), ('1, "premi\u0061r": 2', "0", 5), ("1", '"3"', 7), ("1", "null", 7)],
)
def test_a_json_case_that_does_not_fit_is_named_with_its_line(tmp_path, capsys, premium, effect, line):
    sentence = refused(tmp_path, capsys, JSON_AT % (premium, effect), "t.json")
    assert f"t.json:{line}: case 'x': " in sentence


@given(st.recursive(st.integers() | st.text(max_size=6) | st.none(), lambda inner: st.lists(inner, max_size=3)
                    | st.dictionaries(st.text(max_size=3), inner, max_size=3), max_leaves=12), st.data())  # fmt: skip
def test_the_line_of_any_place_in_a_json_list_is_found(value, data):
    """Oracle: the document written with a line for every entry, and the place marked by a text of its own."""
    path, here = [], value
    while isinstance(here, list | dict) and here and data.draw(st.booleans()):
        step = data.draw(st.sampled_from(sorted(here) if isinstance(here, dict) else range(len(here))))
        path.append(step)
        here = here[step]
    marked = json.loads(json.dumps([0, value]))
    inner = marked
    for step in [1, *path][:-1]:
        inner = inner[step]
    inner[[1, *path][-1]] = "the place, a text that is too long to be drawn"
    text = json.dumps(marked, indent=1)
    (line,) = [at for at, words in enumerate(text.split("\n"), 1) if "the place, a text" in words]
    named = tuple(step if isinstance(step, str) else f"[{step}]" for step in path)
    assert json_line(text, 1, named) == line


JSON = [  # rule, given, what the sentence says
    ("close_acounts", {}, ["'close_acounts'", "did you mean 'close_accounts'"]),
    ("close_accounts", {"bruk_bundne": 10**400}, ["an integer of", "0 to 1e+15"]),
    ("close_accounts", {"bruk_bundne": None}, ["None", "must be a number"]),
    ("close_accounts", {"year": 2026, "merforbruk": {"2026": 1}}, ["merforbruk.2026", "before the accounts"]),
    ("close_accounts", {"overforing_investering_bundet": 5}, ["overforing_investering_bundet", "0 to 0"]),
    ("robek", {"registrert": ["h"]}, ["'h'", "a to g"]),
    ("robek", {"registrert": "cd"}, ["list of letters"]),
    ("robek", {"registrert": [["c"]]}, ["a list", "a to g"]),
    ("robek", {"budsjett_i_tide": 1}, ["true or false"]),
    ("robek", {"okonomiplan_balanse": [0] * 5}, ["5 entries", "at most 4"]),
    ("robek", {"year": 2026, "merforbruk": {"2027": 1}}, ["in or before", "2026"]),
    ("income_equalisation", {"rate": 0.65}, ["rate", "0.65", "below"]),
    ("income_equalisation", {"skatt_per_innbygger": [1]}, ["innbyggere", "0 entries"]),
    ("income_equalisation", {"skatt_per_innbygger": [1, "a"]}, ["skatt_per_innbygger[1]"]),
    ("expenditure_index", {"year": 2031}, ["2031", "2025 and 2026"]),
    ("expenditure_index", {"dki": {"barnvern": 1}}, ["did you mean 'barnevern'"]),
    ("expenditure_index", {"dki": {"sosial": 1, "sosialhjelp": 1}}, ["second name"]),
    ("teacher_norm", {"elever": [1, 2], "norm": [15]}, ["elever", "2 entries"]),
    ("teacher_norm", {"elever": [1], "norm": [0]}, ["norm[0]", "0"]),
    ("premieavvik", {"years": 0}, ["years", "1 to 15"]),
]


@pytest.mark.parametrize(("rule", "given_", "says"), JSON)
def test_a_json_case_that_does_not_fit_is_named_with_its_id(tmp_path, capsys, rule, given_, says):
    cases = [{"id": "fits", "rule": "robek"}, {"id": "one", "rule": rule, "given": given_}]
    sentence = refused(tmp_path, capsys, json.dumps(cases), "a.json")
    assert "a.json:1: case 'one':" in sentence
    assert [part for part in says if part not in sentence] == []


@pytest.mark.parametrize(
    ("rule", "expect", "says"),
    [
        ("robek", {"grunnlag": 3}, ["expect.grunnlag", "list of letters"]),
        ("close_accounts", {"budsjettavvik": True}, ["expect.budsjettavvik", "true"]),
        ("close_accounts", {"merforbruk": 5}, ["expect.merforbruk", "table"]),
        ("premieavvik", {"effekt": 5}, ["expect.effekt", "list"]),
        ("premieavvik", {"effect": []}, ["did you mean 'effekt'"]),
    ],
)
def test_an_expectation_that_is_no_result_is_refused(tmp_path, capsys, rule, expect, says):
    sentence = refused(tmp_path, capsys, json.dumps([{"rule": rule, "expect": expect}]), "a.json")
    assert "a.json:1: case 'number 1':" in sentence
    assert [part for part in says if part not in sentence] == []


DOCUMENTS = [  # content, file name, what the sentence says
    ("case = 1\n", "a.toml", ["must be a list"]),
    ("cases = []\n", "a.toml", ["unknown field 'cases'", "did you mean 'case'"]),
    ("title = 'x'\n", "a.toml", ["there is no case"]),
    ("[[case]\n", "a.toml", ["a.toml:1:", "not TOML"]),
    ("x = " + "[" * 100_000, "a.toml", ["too deep"]),
    ("[" * 100_000, "a.json", ["too deep"]),
    ("[" + "9" * 10_000 + "]", "a.json", ["digits"]),
    ('[{"rule": "robek", "given": {"driftsinntekter": 1e999}}]', "a.json", ["inf", "0 to 1e+15"]),
    ('[{"rule": "robek", "given": {"driftsinntekter": NaN}}]', "a.json", ["nan", "0 to 1e+15"]),
    ('[{"rule": "robek"},\n {"rule": }]', "a.json", ["a.json:2:11:", "not JSON"]),
    ('[{"rule": "robek", "rule": "robek"}]', "a.json", ["'rule' stands twice"]),
    ("[1]", "a.json", ["number 1", "must be a table"]),
    ("7", "a.json", ["must be a list"]),
    ("[{}]", "a.json", ["has no rule", "close_accounts"]),
    (b"\xff\xfe[\x00", "a.json", ["not UTF-8"]),
    ("", "a.json", ["is empty"]),
    ("  \n", "a.toml", ["is empty"]),
]


@pytest.mark.parametrize(("content", "name", "says"), DOCUMENTS)
def test_a_file_that_holds_no_cases_is_refused(tmp_path, capsys, content, name, says):
    sentence = refused(tmp_path, capsys, content, name)
    assert [part for part in says if part not in sentence] == []


def test_files_that_are_not_there_end_in_one_sentence_and_code_2(tmp_path, capsys):
    good = write(tmp_path, HEAD)
    for files, says in (
        ((tmp_path / "none.toml",), "no such file"),
        ((tmp_path,), "folder"),
        ((good, tmp_path / "none.json"), "no such file"),
        (("bad\0name.toml",), "no such file|cannot be read"),
        ((), "no file"),
    ):
        code, out, err = run(capsys, *files)
        assert (code, out) == (2, "")
        assert err.count("\n") == 1
        assert any(part in err for part in says.split("|"))


def test_a_case_cannot_steer_the_terminal(tmp_path, capsys):
    entry = {"id": "\x1b[2J[red]\r\nx\ud800", "rule": "close_accounts"}
    bad = {"id": "\x1b[31m", "rule": "close_accounts", "given": {"\x1b]0;title\x07": 1}}
    for content, code in (([entry], 0), ([entry] * 600, 0), ([bad], 2)):
        got, out, err = run(capsys, write(tmp_path, json.dumps(content), "t.json"))
        assert got == code
        assert "\x1b" not in out + err and "\r" not in out + err
        assert ("[red]" in out) == (code == 0)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
    | st.sampled_from(["c", "2024", "grunnskole"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["2024", "c", "a-b"]), inner, max_size=3)
    ),
    max_leaves=6,
)  # fmt: skip


@st.composite
def nearly_cases(draw):
    rule = draw(st.sampled_from(list(RULES.values())))
    numbers = st.integers(0, 3000) | st.sampled_from([0.5, 1e15, 2026])
    value = st.one_of(numbers, st.lists(numbers, max_size=3), st.dictionaries(st.just("2024"), numbers), ANYTHING)
    return {
        "id": draw(st.text(max_size=3) | ANYTHING),
        "rule": rule.name,
        "given": draw(st.dictionaries(st.sampled_from([field.name for field in rule.given]), value, max_size=5)),
        "expect": draw(st.dictionaries(st.sampled_from([r.name for r in rule.results]), value, max_size=2)),
    }


@settings(max_examples=600, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.one_of(nearly_cases(), ANYTHING), min_size=1, max_size=2))
def test_whatever_stands_in_a_file_the_answer_is_a_verdict_or_one_sentence(tmp_path, capsys, entries):
    code, out, err = run(capsys, write(tmp_path, json.dumps(entries), "f.json"), as_json=True)
    if code == 2:
        assert out == "" and err.count("\n") == 1
    else:
        answer = json.loads(out, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
        assert code == (1 if answer["failed"] else 0)
