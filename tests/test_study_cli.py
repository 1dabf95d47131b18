"""sweep, resume, extend, status and verify on the command line: what they print, and one sentence when they cannot."""

import json
import shutil
from pathlib import Path

import pytest

import run as program
from sim.commands.study import find_design
from tests.designs import GRID, design


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A study made by the command line, two runs in every point."""
    place = tmp_path_factory.mktemp("cli")
    design(place, 2)
    assert program.main(["sweep", str(place / "trial.toml"), "--out", str(place / "out"), "--quiet"]) == 0
    (folder,) = (place / "out").iterdir()
    return folder


def call(capsys, *arguments: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr."""
    code = program.main(list(arguments))
    out, errors = capsys.readouterr()
    return code, out, errors


def test_a_sweep_says_what_it_costs_and_ends_with_its_folder(tmp_path, capsys):
    design(tmp_path, 2)
    code, out, errors = call(capsys, "sweep", str(tmp_path / "trial.toml"), "--out", str(tmp_path / "out"))
    (folder,) = (tmp_path / "out").iterdir()
    assert code == 0 and out.splitlines()[-1] == str(folder)
    assert "4 points x 2 runs = 8 runs: about" in errors and "of memory." in errors


def test_status_verify_and_resume_of_a_whole_and_a_damaged_study(made, tmp_path, capsys):
    folder = Path(shutil.copytree(made, tmp_path / made.name))
    code, out, _ = call(capsys, "status", str(folder), "--json")
    said = json.loads(out)
    assert code == 0
    assert (said["kind"], said["complete"], said["points"], said["stored"], said["failed"]) == ("study", True, 4, 8, 0)
    assert call(capsys, "verify", str(folder))[0] == 0
    victim = folder / "points" / "00002" / "panel-00000.parquet"
    victim.write_bytes(victim.read_bytes()[:-1])
    code, out, _ = call(capsys, "verify", str(folder))
    assert code == 1 and out.startswith("points/00002/panel-00000.parquet: damaged\n")
    assert call(capsys, "resume", str(folder), "--quiet")[:2] == (0, f"{folder}\n")
    assert call(capsys, "verify", str(folder))[0] == 0


def test_extend_adds_runs_and_refuses_to_take_some_away(made, tmp_path, capsys):
    folder = Path(shutil.copytree(made, tmp_path / made.name))
    assert call(capsys, "extend", str(folder), "--runs", "3", "--quiet")[:2] == (0, f"{folder}\n")
    assert json.loads(call(capsys, "status", str(folder), "--json")[1])["stored"] == 12
    code, _, errors = call(capsys, "extend", str(folder), "--runs", "2")
    assert code == 2 and "extend only adds" in errors and errors.count("\n") == 1


def test_a_result_of_run_is_extended_verified_and_repaired_as_well(tmp_path, capsys):
    more = ["--years", "1", "--out", str(tmp_path), "--quiet", "--no-figures"]
    assert call(capsys, "run", "--runs", "3", *more)[0] == 0
    (first,) = tmp_path.iterdir()
    code, out, _ = call(capsys, "extend", str(first), "--runs", "5", "--quiet")
    folder = Path(out.strip())
    assert code == 0 and folder.parent == first.parent and folder != first
    said = json.loads(call(capsys, "status", str(folder), "--json")[1])
    assert (said["kind"], said["complete"], said["stored"]) == ("result", True, 5)
    victim = folder / "panel" / "part-00000.parquet"
    victim.write_bytes(victim.read_bytes()[:-1])
    code, out, _ = call(capsys, "verify", str(folder))
    assert code == 1 and out.startswith("panel/part-00000.parquet: damaged\n")
    assert call(capsys, "resume", str(folder), "--quiet")[:2] == (0, f"{folder}\n")
    assert call(capsys, "verify", str(folder))[0] == 0
    (folder / "scenario.json").write_text("{")
    code, _, errors = call(capsys, "resume", str(folder))
    assert code == 2 and "scenario.json: damaged or not there; run its scenario file again." in errors


def test_a_study_that_is_begun_says_how_far_it_is(made, tmp_path, capsys):
    folder = Path(shutil.copytree(made, tmp_path / made.name))
    (folder / "COMPLETE").unlink()
    (folder / "manifest.json").unlink()
    (folder / "points" / "00001" / "record-00000").unlink()
    said = json.loads(call(capsys, "status", str(folder), "--json")[1])
    assert (said["complete"], said["points"], said["stored"]) == (False, 4, 6)
    code, out, _ = call(capsys, "verify", str(folder))
    assert code == 1 and "the rest is not computed yet, `resume` goes on" in out


def test_another_design_in_the_folder_of_a_study_is_refused_and_the_difference_named(made, tmp_path, capsys):
    design(tmp_path, 2, text=GRID.replace("values = [1, 4]", "values = [1, 3]"))
    code, _, errors = call(capsys, "sweep", str(tmp_path / "trial.toml"), "--out", str(made))
    assert code == 2 and errors.count("\n") == 1
    assert "begun with another design: factors.0.values.1 is 3 in one and 4 in the other" in errors


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("runs = 2", "runs = 0"), "trial.toml:4:8: runs = 0 is outside 1 to 1000000."),
        (('"dekningsfrist"', '"dekningfrist"'), "trial.toml:7:8: unknown lever or assumption 'dekningfrist'. Did you"),
        (("[1, 4]", "[1, 40]"), "trial.toml:8:14: dekningsfrist = 40 is outside 1 to 10"),
        (("[1, 4]", "[1, 1]"), "trial.toml:8:14: 1 is twice in values; name it once."),
        (("[1, 4]", "4"), "trial.toml:8:10: values of dekningsfrist must be a list of 1 to 1000 values."),
        (("values = [1, 4]", "low = 4\nhigh = 1"), "trial.toml:8:7: dekningsfrist runs from 4 to 1; low must be"),
        (("values = [1, 4]", "vals = [1, 4]"), "trial.toml:8:1: unknown key 'vals' in a factor. Did you mean"),
        (("from = 2027", "from = 2040"), "trial.toml:12:8: from must be a simulated year, 2026 to 2027."),
        (("base.toml", "bas.toml"), "trial.toml:3:14: there is no scenario \"bas.toml\", neither beside the design"),
        (("seed = 3", 'seed = 3\nsampling = "gird"'), 'trial.toml:6:12: sampling = "gird" is not one of "grid"'),
        (("seed = 3", 'seed = 3\nsampling = "sobol"\npoints = 100'), "points = 100 is not a power of 2"),
        (("seed = 3", "seed = 3\npoints = 8"), "points belongs to lhs, sobol, morris; grid makes its own."),
        (("seed = 3", 'seed = 3\nsampling = "list"'), "the columns of the table are the factors"),
        (('"robek"]\nsum', '"robk"]\nsum'), "trial.toml:14:34: unknown output 'robk' in panel. Did you mean 'robek'?"),
        (("summary =", "years = [2040]\nsummary ="), "trial.toml:15:10: 2040 is not a simulated year, 2026 to 2027."),
        (("[outputs]", "[output]"), "unknown key 'output' in a design. Did you mean 'outputs'?"),
        (('"rente_tillegg"', '"skole_vedtak"'), "skole_vedtak is drawn in the scenario base; it cannot be"),
        (("values = [0.0, 0.02]\nfrom = 2027", "values = [0.5, 9.0]"), "rente_tillegg = 0.5 is outside"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_design_is_one_sentence_with_its_place(tmp_path, capsys, change, said):
    text = GRID.replace("{runs}", "2").replace("{panel}", '"netto_driftsresultat", "robek"')
    assert change[0] in text
    (tmp_path / "base.toml").write_text("[run]\nyears = 2\n[assumptions]\nskole_vedtak = { low = 0.3, high = 0.6 }\n")
    (tmp_path / "trial.toml").write_text(text.replace(*change))
    code, out, errors = call(capsys, "sweep", str(tmp_path / "trial.toml"), "--out", str(tmp_path / "out"))
    assert (code, out) == (2, "") and errors.count("\n") == 1
    assert said in errors, errors
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("", "points.csv:1:1: the first line must name 1 to 50 levers or assumptions"),
        (
            "dekningfrist\n2\n",
            "points.csv:1:1: unknown lever or assumption 'dekningfrist'. Did you mean",
        ),
        ("dekningsfrist,kappa\n2,1.5\n3\n", "points.csv:3:1: has 1 cells where the header has 2."),
        ("dekningsfrist,kappa\n2,1.5\n3,9\n", "points.csv:3:3: kappa = 9 is outside 0.5 to 4"),
        ("dekningsfrist,scenario\n2,other\n", "points.csv:2:3: 'other' is not one of the design's scenarios: base."),
        ("dekningsfrist\n", "points.csv:1:1: has no row below its header"),
        ("dekningsfrist,dekningsfrist\n1,2\n", "points.csv:1:15: column 'dekningsfrist' is there twice; keep one."),
    ],
)
def test_a_mistake_in_a_table_is_one_sentence_with_its_place(tmp_path, capsys, table, said):
    (tmp_path / "base.toml").write_text("[run]\nyears = 1\n")
    (tmp_path / "points.csv").write_text(table)
    (tmp_path / "trial.toml").write_text(
        '[design]\nscenarios = ["base.toml"]\nsampling = "list"\ntable = "points.csv"\n'
    )  # fmt: skip
    code, _, errors = call(capsys, "sweep", str(tmp_path / "trial.toml"), "--out", str(tmp_path / "out"))
    assert code == 2 and said in errors and errors.count("\n") == 1, errors


@pytest.mark.parametrize("command", ["resume", "status", "verify", "extend"])
def test_a_folder_that_holds_nothing_is_one_sentence(tmp_path, capsys, command):
    more = ["--runs", "5"] if command == "extend" else []
    for folder, said in ((tmp_path, "holds neither a study nor a result"), (tmp_path / "x", "there is no such folder")):
        code, _, errors = call(capsys, command, str(folder), *more)
        assert code == 2 and said in errors and errors.count("\n") == 1


def test_a_design_that_comes_with_the_program_is_found_by_its_name(capsys):
    assert Path(find_design("usikkerhet")).samefile("scenarios/designs/usikkerhet.toml")
    code, _, errors = call(capsys, "sweep", "usikkerheit")
    assert (code, errors.count("\n")) == (2, 1) and "usikkerheit: there is no such file; designs" in errors


def test_an_engine_that_there_is_not_is_one_sentence(tmp_path, capsys):
    design(tmp_path, 2)
    code, _, errors = call(capsys, "sweep", str(tmp_path / "trial.toml"), "--on", "moon")
    assert (code, errors) == (2, "--on moon: write local, dask or dask://HOST:PORT.\n")


def test_every_design_that_comes_with_the_program_is_one(root):
    from sim.design import read_design

    files = sorted((root / "scenarios" / "designs").glob("*.toml"))
    assert len(files) >= 3
    for path in files:
        found = read_design(path)
        assert found.title and found.question.endswith("?")
        assert not any(found.refused(point.number) for point in found.points)
    library = read_design(root / "scenarios" / "designs" / "bibliotek.toml")
    assert {base.name for base in library.bases} == {path.stem for path in (root / "scenarios").glob("*.toml")}
