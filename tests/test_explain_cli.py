"""`run.py explain` and `run.py step`: what the user sees, and every way to ask for what is not there."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import run
from sim import batch
from sim.explain.chosen import Chosen, PanelError, check_against_panel, choose, find_unit
from sim.explain.ledger import STEPS, explain
from sim.scenario.stored import from_folder
from sim.scenario.toml_file import ScenarioError
from sim.store import open_results
from tests.sweeps import scenario, world

ASKED = ["explain", "--kommune", "3418"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A small finished result of the baseline's default parameters and one range."""
    return batch.run(scenario(4, 3), world(), tmp_path_factory.mktemp("results"))


def test_the_command_tells_the_steps_in_the_order_of_the_issue(capsys):
    assert run.main([*ASKED, "--run", "17", "--year", "2029"]) == 0
    out = capsys.readouterr().out
    assert "3418 Åsnes in run 17 of baseline, seed 1" in out
    places = [out.index(f"\n{number}. ") for number in range(1, len(STEPS) + 1)]
    assert places == sorted(places)
    wanted = ("the director's forecast", "Gap", "Speed", "Options", "original budget", "became of it", "are closed")
    order = [out.index(words) for words in wanted]
    assert order == sorted(order) and order[-1] < out.index("ROBEK", order[-1])
    assert "§ 28-" in out[order[-1] :] and "BRF § 4-" in out


def test_without_a_year_all_years_are_told_after_an_overview(folder, capsys):
    assert run.main(["explain", str(folder), "--kommune", "Bergen", "--run", "2"]) == 0
    out = capsys.readouterr().out
    for year in (2026, 2027, 2028):
        assert f"\n{year}  " in out and f"{year}: where it stands" in out
    assert "are in the panel of" in out


def test_json_holds_the_same_figures_with_name_unit_and_paragraph(folder, capsys):
    assert run.main(["explain", str(folder), "--kommune", "4601", "--run", "2", "--year", "2028", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["kommunenummer"], said["name"], said["run"]) == ("4601", "Bergen", 2)
    (year,) = said["years"]
    assert list(dict.fromkeys(entry["step"] for entry in year["entries"])) == list(STEPS)
    (result,) = [e for e in year["entries"] if e["name"] == "netto_driftsresultat" and e["step"] == "operations"]
    row = open_results(folder).panel(["netto_driftsresultat"], [2028], range(2, 3), ["4601"])
    assert (result["unit"], result["law"], result["output"]) == ("kr", "BRF § 5-6", "netto_driftsresultat")
    assert result["value"] == pytest.approx(row["netto_driftsresultat"].item(), rel=1e-7)


WRONG = [
    (["explain", "--kommune", "Åsnnes"], "--kommune Åsnnes: there is no such kommune or fylkeskommune. Did you mean"),
    (["explain", "--kommune", "3481"], "--kommune 3481: there is no such kommune or fylkeskommune. Did you mean "),
    (["explain", "--kommune", "Våler"], "--kommune Våler: the name of 3114 and 3419; give the number.\n"),
    (["explain", "--kommune", "\x1b[31m"], "--kommune \N{REPLACEMENT CHARACTER}[31m: there is no such kommune"),
    ([*ASKED, "--run", "1000"], "--run 1000 is outside 0 to 999, the runs of this scenario.\n"),
    ([*ASKED, "--run", "-1"], "--run -1 is outside 0 to 999, the runs of this scenario.\n"),
    ([*ASKED, "--year", "2025"], "--year 2025 is outside 2026 to 2035, the accounts years of this scenario.\n"),
    ([*ASKED, "--set", "dekningsfrist=40"], "--set dekningsfrist=40: dekningsfrist = 40 is outside 1 to 10"),
    (["explain", "nope.toml", "--kommune", "3418"], "nope.toml: there is no such file"),
    (["step", "--kommune", "Atlantis"], "--kommune Atlantis: there is no such kommune or fylkeskommune."),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "sentence"), WRONG)
def test_what_is_not_there_ends_with_2_and_one_sentence(arguments, sentence, capsys):
    assert run.main(arguments) == 2
    caught = capsys.readouterr()
    assert caught.err.startswith(sentence) and caught.err.count("\n") == 1
    assert caught.out == ""


def test_a_finished_result_keeps_its_settings_and_an_unfinished_folder_is_refused(folder, tmp_path, capsys):
    assert run.main(["explain", str(folder), "--kommune", "3418", "--set", "robek=0"]) == 2
    assert "a finished result has its settings: leave out --set and --seed." in capsys.readouterr().err
    assert run.main(["explain", str(tmp_path), "--kommune", "3418"]) == 2
    assert "not a complete result" in capsys.readouterr().err


def test_the_scenario_of_a_finished_result_is_read_back_as_it_was_run(folder):
    assert from_folder(folder).to_json() == scenario(4, 3).to_json()


def test_a_stored_scenario_that_this_version_does_not_know_is_refused(folder, tmp_path):
    stored = json.loads((folder / "scenario.json").read_text())
    for change in ({"levers": {}}, {"run": None}, {"extra": 1}):
        (tmp_path / "scenario.json").write_text(json.dumps(stored | change))
        with pytest.raises(ScenarioError, match="version"):
            from_folder(tmp_path)


def test_a_result_made_by_other_rules_is_refused(folder, monkeypatch):
    from sim.store import digest

    monkeypatch.setattr(digest, "rules_hash", lambda: "0" * 64)
    with pytest.raises(Exception, match="another version of the rules; run its scenario again"):
        choose(str(folder), {}, 0, None, None)


def test_a_figure_that_is_not_that_of_the_stored_panel_is_an_error(folder):
    chosen: Chosen = choose(str(folder), {}, 1, None, None)
    unit = find_unit(chosen, "Bergen")
    ledgers = explain(chosen.scenario, chosen.world, 1, unit, [2027])
    assert check_against_panel(chosen, unit, ledgers) > 10
    other = explain(replace(chosen.scenario, seed=99), chosen.world, 1, unit, [2027])
    with pytest.raises(PanelError, match=r"4601 in 2027 is .* here, .* in its panel"):
        check_against_panel(chosen, unit, other)


def test_a_name_of_both_a_kommune_and_its_county_is_the_kommune():
    chosen = choose("scenarios/baseline.toml", {}, 0, None, None)
    assert chosen.numbers[find_unit(chosen, "oslo")] == "0301"
    assert chosen.numbers[find_unit(chosen, "03")] == "03"


def test_stepping_without_a_terminal_shows_every_year_and_ends(root):
    command = [sys.executable, "run.py", "step", "--kommune", "Bergen", "--set", "robek=0"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    for year in range(2026, 2036):
        assert f"{year}: where it stands" in done.stdout
    assert done.stdout.count("All kommuner: netto driftsresultat") == 10


def test_stepping_on_a_terminal_goes_on_with_enter_and_ends_with_q(folder, monkeypatch, capsys):
    answers = iter(["", "q"])
    monkeypatch.setattr("builtins.input", lambda _: next(answers))
    monkeypatch.setattr("sim.commands.stepper.on_a_terminal", lambda: True)
    assert run.main(["step", str(folder), "--kommune", "Bergen"]) == 0
    out = capsys.readouterr().out
    assert "2027: where it stands" in out and "2028: where it stands" not in out


def test_the_ledger_is_told_in_norwegian_with_the_same_figures(folder, capsys):
    asked = ["explain", str(folder), "--kommune", "Bergen", "--run", "1", "--year", "2027"]
    assert run.main([*asked, "--lang", "nb"]) == 0
    out = capsys.readouterr().out
    assert "Bergen i kjøring 1 av" in out and "Inntekter i 2027" in out and " billion" not in out
    assert run.main([*asked, "--json"]) == 0
    english = json.loads(capsys.readouterr().out)["years"][0]
    assert run.main([*asked, "--json", "--lang", "nb"]) == 0
    norwegian = json.loads(capsys.readouterr().out)["years"][0]
    kept = ("step", "name", "value", "unit", "output", "into", "sign", "total")
    for one, other in zip(english["entries"], norwegian["entries"], strict=True):
        assert {key: one.get(key) for key in kept} == {key: other.get(key) for key in kept}
    assert norwegian["summary"].startswith("I 2027 var netto driftsresultat")


def test_a_language_that_is_not_there_is_refused(folder, capsys):
    assert run.main(["explain", str(folder), "--kommune", "Bergen", "--lang", "fr"]) == 2
    assert "--lang fr: there is en and nb." in capsys.readouterr().err
