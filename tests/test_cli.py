"""The command line: what users type, what they read, and the exit code."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import run
from sim.commands.progress import time_left
from sim.commands.run import find_scenario
from sim.errors import UserError
from sim.measures import MEASURES
from sim.outputs import DEFAULT_PANEL, OUTPUTS
from sim.params import ASSUMPTIONS, LEVERS

ROOT = Path(__file__).parents[1]


def shell(*arguments, **options):
    """The command line in a process of its own."""
    command = [sys.executable, str(ROOT / "run.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, **options)


def python(code, cwd=ROOT):
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, cwd=cwd)


def test_help_imports_nothing_heavy():
    code = (
        "import sys, run\nassert run.main(['--help']) == 0 and run.main(['run', '--help']) == 0\n"
        "heavy = {'numpy', 'numba', 'pandas', 'pyarrow', 'matplotlib', 'mesa', 'rich', 'pydantic'}\n"
        "sys.exit(' '.join(heavy & set(sys.modules)) or 0)"
    )
    done = python(code)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Usage: run.py run [OPTIONS] [SCENARIO]" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["run", "--nonsense"], ["run", "--runs", "x"], ["run", "a", "b"], ["list"],
     ["list", "lever"], ["case"], ["data", "check"], ["bench", "--fast"]],
)  # fmt: skip
def test_a_wrong_command_line_ends_with_2_and_says_how_it_is_used(arguments, capsys):
    assert run.main(arguments) == 2
    caught = capsys.readouterr()
    assert "Usage: run.py" in caught.err and "Error: " in caught.err
    assert caught.out == ""


BAD = [
    (["run", "nope.toml"], "nope.toml: there is no such file (see `list scenarios`)."),
    (["run", "bad.toml"], "bad.toml:2:17: dekningsfrist = 40 is outside 1 to 10 (kommuneloven § 14-11)."),
    (["run", "good.toml", "--runs", "0"], "--runs: runs = 0 is outside 1 to 1000000."),
    (["run", "good.toml", "--years", "99"], "--years: years = 99 is outside 1 to 25."),
    (["run", "good.toml", "--seed", "-1"],
     "--seed: seed = -1 is outside 0 to 9223372036854775807."),
    (["run", "good.toml", "--start", "mean"], '--start: start = mean is not one of "drawn", "median".'),
    (["run", "good.toml", "--set", "x"], "--set x: write NAME=VALUE, for example --set dekningsfrist=4."),
    (["run", "good.toml", "--set", "=2"], "--set =2: write NAME=VALUE, for example --set dekningsfrist=4."),
    (["run", "good.toml", "--set", "robek=1", "--set", "robek=0"],
     "--set robek=0: 'robek' is set twice; set it once."),
    (["run", "good.toml", "--set", "robk=1"],
     "--set robk=1: unknown lever or assumption 'robk'. Did you mean 'robek'?"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "sentence"), BAD)
def test_a_bad_input_ends_with_2_and_one_sentence(arguments, sentence, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.toml").write_text("[levers]\ndekningsfrist = 40\n")
    (tmp_path / "good.toml").write_text("")
    assert run.main(arguments) == 2
    caught = capsys.readouterr()
    assert (caught.out, caught.err) == ("", sentence + "\n")


def test_a_bad_input_leaves_no_traceback_and_no_control_characters_on_the_terminal(tmp_path):
    (tmp_path / "\x1b[31m.toml").write_text("[levers]\ndekningsfrist = '\x1b[31m'\n".replace("'", '"'))
    done = shell("run", "\x1b[31m.toml", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert done.stderr.strip().isprintable()


@pytest.mark.parametrize(("signal_name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_a_signal_ends_the_program_quietly_with_its_code(signal_name, code):
    done = python(
        "import os, signal, sys, time, run\nfrom sim.commands import lister\n"
        f"lister.LISTS['levers'] = lambda: (os.kill(os.getpid(), signal.{signal_name}), time.sleep(30))\n"
        "sys.exit(run.main(['list', 'levers']))"
    )
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_reader_that_goes_away_is_no_error():
    command = f"{sys.executable} {ROOT / 'run.py'} list assumptions --json | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "[\n", "")


@pytest.mark.parametrize(
    ("what", "names"),
    [
        ("levers", [param.name for param in LEVERS]),
        ("assumptions", [param.name for param in ASSUMPTIONS]),
        ("outputs", list(OUTPUTS)),
        ("measures", [measure.name for measure in MEASURES]),
        ("scenarios", None),
    ],
)
def test_a_list_names_everything_as_a_table_and_as_json(what, names, capsys):
    assert run.main(["list", what, "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    if names is None:
        names = sorted(path.stem for path in (ROOT / "scenarios").glob("*.toml"))
        assert rows[0]["name"] == "baseline"
        rows = sorted(rows, key=lambda row: row["name"])
    assert [row["name"] for row in rows] == names
    assert run.main(["list", what]) == 0
    table = capsys.readouterr().out
    for name in names:
        assert name in table


def test_the_list_of_outputs_says_which_are_stored_by_default(capsys):
    run.main(["list", "outputs", "--json"])
    rows = json.loads(capsys.readouterr().out)
    assert {row["name"] for row in rows if row["default"]} == set(DEFAULT_PANEL)


def test_a_scenario_is_found_by_path_or_by_the_name_of_one_that_comes_with_the_program(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert Path(find_scenario(None)) == ROOT / "scenarios" / "baseline.toml"
    assert Path(find_scenario("baseline")) == ROOT / "scenarios" / "baseline.toml"
    assert find_scenario("my.toml") == "my.toml"
    assert find_scenario("../baseline") == "../baseline"
    (tmp_path / "baseline").write_text("")
    assert find_scenario("baseline") == "baseline"
    monkeypatch.chdir(ROOT)
    assert find_scenario(None) == str(Path("scenarios", "baseline.toml"))


@pytest.mark.parametrize(
    ("done", "total", "rate", "left"),
    [(0, 100, 0.0, "-"), (40, 100, 1.0, "1:00"), (100, 100, 9.0, "0:00"), (0, 17_160, 1.0, "4 h 46 min")],
)
def test_the_time_left_is_in_minutes_and_seconds_or_hours_and_minutes(done, total, rate, left):
    assert time_left(done, total, rate) == left


def test_a_run_prints_the_path_of_its_results_and_a_log_where_there_is_no_terminal(tmp_path):
    arguments = ("run", "--runs", "2", "--years", "1", "--out", "here", "--no-figures", "--verify", "--quiet")
    done = shell(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    folder = tmp_path / done.stdout.splitlines()[-1]
    assert folder.parent == tmp_path / "here" and folder.name.startswith("baseline-")
    assert (folder / "COMPLETE").is_file()
    stored = json.loads((folder / "scenario.json").read_text(encoding="utf-8"))
    assert (stored["run"]["runs"], stored["run"]["years"]) == (2, 1)


def test_a_misspelt_scenario_gets_the_nearest_name():
    with pytest.raises(UserError, match="uten_robek"):
        find_scenario("uten_robekk")
    assert find_scenario("nothing_like_it") == "nothing_like_it"


def test_the_console_script_is_called_by_its_name_and_says_its_version(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["/usr/bin/kommunesim"])
    assert run.main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("kommunesim ")
    assert run.main(["list", "--wrong"]) == 2
    assert "Usage: kommunesim list" in capsys.readouterr().err
