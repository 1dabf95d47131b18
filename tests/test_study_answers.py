"""Answers from real studies: points compared as results are, indices of designs that were run, holes refused."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import run
from sim.analysis.compare import compare
from sim.analysis.discover import discover
from sim.analysis.points import against
from sim.analysis.sample import samples
from sim.analysis.sensitivity import sensitivity
from sim.analysis.study_point import StudyPoint
from sim.commands.compare import candidates, run_compare
from sim.errors import UserError
from sim.export import export
from sim.export.content import count, with_factors
from sim.store import Study, open_results
from tests.designs import GRID, design, make_study
from tests.sweeps import world

LHS = """
[design]
scenarios = ["base.toml"]
runs = {runs}
seed = 3
sampling = "SAMPLING"
points = POINTS
[[design.factor]]
name = "rente_tillegg"
low = 0.0
high = 0.04
[[design.factor]]
name = "dekningsfrist"
values = [1, 4]
[outputs]
panel = [{panel}]
"""


@pytest.fixture(scope="module")
def grid(tmp_path_factory) -> Study:
    return open_results(make_study(tmp_path_factory.mktemp("grid"), 10))


def sampled(folder: Path, sampling: str, points: int) -> Study:
    text = LHS.replace("SAMPLING", sampling).replace("POINTS", str(points))
    return open_results(make_study(folder, 4, panel="", text=text))


def test_two_points_of_a_study_are_compared_run_by_run(grid: Study) -> None:
    a, b = StudyPoint(grid, 0), StudyPoint(grid, 1)
    found = compare(a, b, by="robek")
    national = grid.national(columns=["netto_driftsresultat_pct"], years=[2027])
    national = national[national["gruppe"] == "kommuner"].pivot_table(index="run", columns="point", observed=True,
                                                                      values="netto_driftsresultat_pct")  # fmt: skip
    row = found.national[(found.national["output"] == "netto_driftsresultat_pct") & (found.national["year"] == 2027)
                         & (found.national["gruppe"] == "kommuner")].iloc[0]  # fmt: skip
    assert row["difference"] == pytest.approx((national[1] - national[0]).mean(), abs=1e-12)
    assert row["difference"] < 0.0 and row["runs"] == 10  # the second has the higher interest
    assert set(found.units["output"]) == {"robek"} and len(found.units) == 372
    assert (compare(a, a).national["difference"] == 0.0).all()


def test_a_point_against_itself_is_said_to_be_the_same_and_against_another_is_not(grid: Study) -> None:
    assert "the same result" in compare(StudyPoint(grid, 1), StudyPoint(grid, 1)).notes[0]
    assert not any("same result" in note for note in compare(StudyPoint(grid, 1), StudyPoint(grid, 0)).notes)


def test_a_point_is_named_by_its_factors_and_its_number(grid: Study) -> None:
    point = StudyPoint(grid, 3)
    assert point.scenario["title"] == "base; dekningsfrist = 4; rente_tillegg = 0.02"
    assert point.folder.name.endswith("-point-3")
    (found,) = candidates(f"{grid.folder}:3", Path("results"))
    assert isinstance(found, StudyPoint) and found.number == 3


def test_what_is_no_point_is_refused(grid: Study) -> None:
    with pytest.raises(UserError, match="has no point 9; it has 0 to 3"):
        StudyPoint(grid, 9)
    with pytest.raises(UserError, match="is a study; name one of its points"):
        candidates(str(grid.folder), Path("results"))


def test_a_study_without_a_panel_is_compared_as_far_as_it_goes(tmp_path: Path) -> None:
    study = open_results(make_study(tmp_path, 4, panel=""))
    found = compare(StudyPoint(study, 0), StudyPoint(study, 1), by="size")
    assert len(found.units) == 0 and found.groups is None and "no tables by kommune" in found.notes[0]
    assert len(found.national) > 0


def test_the_sample_of_a_study_is_its_points_and_runs(grid: Study) -> None:
    (one,) = samples(grid, ["robek"], 2027, "kommuner")
    assert one.factors == ("dekningsfrist", "rente_tillegg") and one.runs == 10
    assert one.x.tolist() == [[1, 0], [1, 0.02], [4, 0], [4, 0.02]]
    table = grid.national(columns=["antall_robek"], years=[2027])
    table = table[(table["gruppe"] == "kommuner") & (table["point"] == 2)].sort_values("run")
    assert one.y["antall_robek"][2].tolist() == table["antall_robek"].tolist()


@pytest.mark.parametrize(("sampling", "points"), [("sobol", 4), ("morris", 4), ("lhs", 12)])
def test_the_rate_of_interest_matters_more_for_the_result_than_the_deadline(
    sampling: str, points: int, tmp_path: Path
) -> None:
    study = sampled(tmp_path, sampling, points)
    (one,) = samples(study, ["netto_driftsresultat_pct"], None, "kommuner")
    rows, parts, _ = sensitivity(one)
    main = {"sobol": "ST", "morris": "mu_star", "lhs": "src"}[sampling]
    size = rows[rows["index"] == main].set_index("factor")["value"].abs()
    assert size["rente_tillegg"] > 2 * size["dekningsfrist"]
    assert 0.0 <= parts["noise"].iloc[0] < 0.2 and parts["runs"].iloc[0] == 4


def test_two_base_scenarios_are_two_samples(tmp_path: Path) -> None:
    text = GRID.replace('["base.toml"]', '["base.toml", "other.toml"]')
    tmp_path.joinpath("other.toml").write_text('inherits = "base.toml"\n[levers]\nrobek_c_ar = 4\n', encoding="utf-8")
    study = open_results(make_study(tmp_path, 3, text=text))
    found = samples(study, ["robek", "skoler"], None, "fylkeskommuner")
    assert [one.scenario for one in found] == ["base", "other"]
    assert found[1].ids.tolist() == [4, 5, 6, 7] and set(found[0].y) == {"antall_robek", "skoler"}


def test_a_study_with_a_failed_run_gives_no_index_and_names_the_point(tmp_path: Path, monkeypatch) -> None:
    from sim.batch import chunks, study

    real = chunks.run_chunk

    def failing(sweep, state, first_run, *more):
        rows = sweep.scenario.rows(first_run, len(state.units))
        if rows["dekningsfrist"].max() == 4 and first_run <= 2 < first_run + len(state.units):
            raise ZeroDivisionError("invented")
        return real(sweep, state, first_run, *more)

    monkeypatch.setattr(chunks, "run_chunk", failing)
    folder = study.run_study(design(tmp_path, 6), world(), tmp_path / "out", 1)
    with pytest.raises(UserError, match=r"2 of 4 points are incomplete .points 2, 3; the first: ZeroDivisionError"):
        samples(open_results(folder), ["robek"], None, "kommuner")
    with pytest.raises(UserError, match="2 of 4 points are incomplete"):
        discover(open_results(folder), ("robek > 1",))
    found = compare(StudyPoint(open_results(folder), 0), StudyPoint(open_results(folder), 2))
    assert "1 of 6 runs are missing" in found.notes[0] and (found.national["runs"] == 5).all()


def test_a_study_is_searched_for_boxes(tmp_path: Path) -> None:
    study = sampled(tmp_path, "lhs", 60)
    (one,) = samples(study, ["netto_driftsresultat_pct"], None, "kommuner")
    middle = float(np.median(one.y["netto_driftsresultat_pct"].mean(axis=1)))
    (found,) = discover(study, (f"netto_driftsresultat_pct < {middle}",))
    assert {found.sample.factors[f] for f in found.boxes[0].chance} == {"rente_tillegg"}
    assert found.boxes[0].density > 0.8


def test_all_points_against_one_are_the_contrasts_of_each_pair(grid: Study) -> None:
    found = against(grid, 1, ["robek", "lanegjeld_pct"], 2026)
    assert list(dict.fromkeys(found["point"])) == [0, 2, 3] and set(found["year"]) == {2026}
    one = compare(StudyPoint(grid, 1), StudyPoint(grid, 3), ["lanegjeld_pct"]).national
    one = one[(one["year"] == 2026) & (one["gruppe"] == "kommuner")].iloc[0]
    row = found[(found["point"] == 3) & (found["output"] == "lanegjeld_pct")].iloc[0]
    for column in ("difference", "low", "high", "p5", "better", "variance_ratio"):
        assert row[column] == pytest.approx(one[column], nan_ok=True)
    with pytest.raises(UserError, match="--reference 7: the study has no runs of such a point; it has points 0 to 3"):
        against(grid, 7)
    for wrong, near in (("skolr", "skoler"), ("robekk", "robek")):
        with pytest.raises(UserError, match=f"did you mean '{near}'"):
            against(grid, 0, [wrong])


def test_the_command_compares_a_study_and_its_points(root: Path, grid: Study, tmp_path: Path, capsys) -> None:
    command = [sys.executable, "run.py", "compare", str(grid.folder), "--out", str(tmp_path / "all")]
    whole = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert whole.returncode == 0, whole.stderr
    assert "dekningsfrist = 4" in whole.stdout and (tmp_path / "all" / "points-against-0.parquet").is_file()
    out = tmp_path / "two"
    sides = f"{grid.folder}:0", f"{grid.folder}:1"
    assert run_compare(*sides, None, ["robek"], None, tmp_path, out, "kommuner", False, as_json=False) == 0
    assert capsys.readouterr().out.splitlines()[-1] == str(out)
    with pytest.raises(UserError, match="name one of its points"):
        run_compare(str(grid.folder), sides[1], None, [], None, tmp_path, out, "kommuner", False, as_json=False)


def test_rows_of_an_exported_study_have_the_factors_of_their_point(grid: Study, tmp_path: Path) -> None:
    for table in ("national", "units", "panel"):
        export(grid.folder, "csv", [table], tmp_path, 3)
        made = pd.read_csv(tmp_path / f"{table}.csv")
        assert made["point"].nunique() == len(grid.points)
        for name in ("scenario", *grid.factors):
            assert (made[name].to_numpy() == grid.points[name].loc[made["point"]].to_numpy()).all()
        notes = pd.read_csv(tmp_path / f"{table}_dictionary.csv", index_col="column")
        assert notes.loc[list(grid.factors), "meaning"].notna().all()
        assert count(grid, table, 3) == len(made)


def test_a_factor_that_is_called_as_an_output_keeps_its_own_column(grid: Study) -> None:
    class Renamed(Study):
        factors = ("robek",)

    renamed = Renamed(grid.folder, grid.manifest)
    renamed.__dict__["points"] = grid.points.rename(columns={grid.factors[0]: "robek"})
    rows = pd.DataFrame({"point": [1, 0], "robek": [0.5, 0.25]})
    made = with_factors(renamed, rows)
    assert list(made.columns) == ["point", "scenario", "factor_robek", "robek"]
    assert list(made["robek"]) == [0.5, 0.25]
    assert list(made["factor_robek"]) == list(renamed.points["robek"].loc[[1, 0]])


OF_ONE_RESULT = (["plot"], ["report"], ["report", "--kommune", "3418"], ["explain", "--kommune", "3418"], ["step"],
                 ["export", "--to", "latex"])  # fmt: skip


@pytest.mark.parametrize("arguments", OF_ONE_RESULT, ids=" ".join)
def test_what_only_one_result_has_is_refused_of_a_study_in_one_sentence(grid: Study, capsys, arguments: list) -> None:
    assert run.main([arguments[0], str(grid.folder), *arguments[1:]]) == 2
    said = capsys.readouterr().err
    assert "of a study take csv" in said if "latex" in arguments else ": is a study, and this takes" in said
    assert said.count("\n") == 1


def test_a_folder_of_results_is_told_from_a_result(grid: Study, capsys) -> None:
    for command in ("plot", "status"):
        assert run.main([command, str(grid.folder.parent)]) == 2
        assert f"name one in it: {grid.folder.name}." in capsys.readouterr().err
