"""Scenario files: what they mean, and how they are stored."""

import json

import pytest

from sim.params import PARAMS, default_value
from sim.scenario import Range, folder_name, from_file

YEARS = tuple(range(2026, 2036))


@pytest.fixture
def write(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def put(text, name="deadline.toml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return name

    return put


def test_an_empty_file_is_the_default_of_everything(write):
    scenario = from_file(write(""))
    assert (scenario.name, scenario.runs, scenario.seed, scenario.start) == ("deadline", 1000, 1, "drawn")
    assert scenario.years == YEARS
    assert set(scenario.values) == set(PARAMS)
    assert scenario.difference() == []
    for name, param in PARAMS.items():
        assert scenario.values[name] == tuple(default_value(param, year) for year in YEARS)


def test_a_value_by_year_holds_until_the_next_and_the_default_before_the_first(write):
    scenario = from_file(write("[levers]\ndekningsfrist = {2033 = 5, 2028 = 4}\n[assumptions]\nlonnsvekst.2028 = 0.1"))
    assert scenario.values["dekningsfrist"] == (2, 2, 4, 4, 4, 4, 4, 5, 5, 5)
    published = tuple(default_value(PARAMS["lonnsvekst"], year) for year in (2026, 2027))
    assert scenario.values["lonnsvekst"] == published + (0.1,) * 8


def test_a_number_holds_in_all_years_also_where_a_value_is_published(write):
    assert from_file(write("[assumptions]\nlonnsvekst = 0.02")).values["lonnsvekst"] == (0.02,) * 10


def test_a_choice_is_written_by_its_name_or_its_number(write):
    text = '[levers]\nrobek_utgang = "below_threshold"\nredning = 2\nstatlig_kontroll = {2030 = "none"}'
    values = from_file(write(text)).values
    assert values["robek_utgang"] == (1.0,) * 10
    assert values["redning"] == (2.0,) * 10
    assert values["statlig_kontroll"] == (1.0,) * 4 + (0.0,) * 6


def test_a_range_is_kept_as_a_range_for_levers_and_assumptions(write):
    text = "[levers]\ndekningsfrist = {low = 1, high = 4}\n[assumptions]\nkappa = {high = 3, low = 1.5}"
    values = from_file(write(text)).values
    assert values["dekningsfrist"] == Range(1.0, 4.0)
    assert values["kappa"] == Range(1.5, 3.0)


def test_a_child_replaces_what_it_names_and_inherits_the_rest(write):
    write("title = 'a'\nquestion = 'q'\n[run]\nruns = 7\nseed = 3\n[levers]\nrobek = 0\nredning = 2", "a.toml")
    write("inherits = 'a.toml'\n[run]\nruns = 9\n[levers]\nredning = {2030 = 1}", "b.toml")
    scenario = from_file("b.toml")
    assert (scenario.runs, scenario.seed, scenario.title, scenario.question) == (9, 3, "", "")
    assert scenario.values["robek"] == (0.0,) * 10
    assert scenario.values["redning"] == (1.0,) * 10  # a table replaces the parent's value as a whole


def test_inherits_is_relative_to_the_folder_of_the_file(write):
    write("[levers]\nrobek = 0", "base/a.toml")
    write("inherits = '../base/a.toml'", "deep/b.toml")
    assert from_file("deep/b.toml").values["robek"][0] == 0.0


def test_options_win_over_files_and_use_the_same_words(write):
    path = write("[run]\nruns = 5\n[levers]\nrobek = 0\nredning = 0")
    options = {
        "robek": "1", "redning": "equal_per_head", "robek_utgang": '"below_threshold"',
        "dekningsfrist": "{2026 = 2, 2028 = 4}", "kappa": "{low = 1.0, high = 2}",
    }  # fmt: skip
    scenario = from_file(path, options, {"runs": 6, "seed": None, "years": 3, "start": "median"})
    assert (scenario.runs, scenario.seed, scenario.start, len(scenario.years)) == (6, 1, "median", 3)
    assert scenario.values["robek"] == scenario.values["redning"] == (1.0,) * 3
    assert scenario.values["robek_utgang"] == (1.0,) * 3
    assert scenario.values["dekningsfrist"] == (2.0, 2.0, 4.0)
    assert scenario.values["kappa"] == Range(1.0, 2.0)


def test_the_stored_form_is_canonical_and_says_what_differs(write):
    one = from_file(write("[levers]\ndekningsfrist = 4\nrobek_utgang = 1\nredning = 1\nrente_tillegg = -0.0"))
    two = from_file(write("levers.robek_utgang = 'below_threshold'\nlevers.dekningsfrist = {2026 = 4.0}"))
    assert one.to_json() == two.to_json()
    stored = json.loads(one.to_json())
    assert stored["levers"]["dekningsfrist"] == 4
    assert stored["levers"]["robek_utgang"] == "below_threshold"
    assert set(stored["levers"]) | set(stored["assumptions"]) == set(PARAMS)
    published = {str(year): default_value(PARAMS["lonnsvekst"], year) for year in (2026, 2027, 2028)}
    assert stored["assumptions"]["lonnsvekst"] == published
    changed = {entry["name"]: (entry["baseline"], entry["value"]) for entry in stored["difference"]}
    assert changed == {"dekningsfrist": (2, 4), "robek_utgang": ("zero", "below_threshold")}
    assert two.difference(one) == []


def test_a_stored_value_written_back_into_a_file_gives_the_same_scenario(write):
    first = from_file(write("[levers]\nredning = {2027 = 'none'}\n[assumptions]\nkappa = {low = 1.1, high = 2}"))

    def toml(value):
        if isinstance(value, dict):
            return "{" + ", ".join(f"{key} = {toml(inner)}" for key, inner in value.items()) + "}"
        return json.dumps(value)

    stored = json.loads(first.to_json())
    lines, drawn = [], stored["parameter_set"]["drawn"]  # a value of one's own would go before the calibrated set
    assert "kappa" not in drawn and "alfa_lav" in drawn
    for section in ("levers", "assumptions"):
        given = {name: value for name, value in stored[section].items() if name not in drawn}
        lines += [f"[{section}]", *(f"{name} = {toml(value)}" for name, value in given.items())]
    again = from_file(write("\n".join(lines)))
    assert again.to_json() == first.to_json()


@pytest.mark.parametrize(
    ("stem", "name"),
    [("baseline", "baseline"), ("../../etc", "etc"), ("a b/c", "a_b_c"), ("Ålesund på ny", "Alesund_pa_ny"),
     ("", "scenario"), ("...", "scenario"), ("<script>", "script"), ("-rf", "rf"), ("x" * 99, "x" * 60),
     ("ærøskøbing", "aeroskobing"), ("日本", "scenario")],
)  # fmt: skip
def test_the_name_of_a_scenario_is_harmless_in_a_folder_name(stem, name):
    assert folder_name(stem) == name
