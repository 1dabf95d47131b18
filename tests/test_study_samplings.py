"""Every way of sampling, from the file to the stored study and back: the same points, or why they were refused."""

import pytest

from sim.batch.study import fill, run_study, stored_design
from sim.store import open_results
from tests.designs import design, make_study, study_hashes
from tests.sweeps import world

FACTORS = """
[[design.factor]]
name = "rente_tillegg"
low = 0.0
high = 0.02
[[design.factor]]
name = "gap_stopp"
low = 0.0
high = 0.02
[[design.factor]]
name = "dekningsfrist"
low = 1
high = 5
[[design.factor]]
name = "robek_utgang"
values = ["zero", "below_threshold"]
"""
TABLES = (
    "scenario,rente_tillegg,robek_utgang\nbase,0.01,zero\nother,0.02,below_threshold\nbase,0,zero\n",
    "scenario\nbase\nother\n", "robek_utgang,gap_stopp\nzero,0.001\nzero,0.02\n",
)  # fmt: skip


@pytest.mark.parametrize(
    ("sampling", "more"),
    [("grid", ""), ("oat", ""), ("lhs", "points = 5"), ("sobol", "points = 2"), ("morris", "points = 2")]
    + [("list", table) for table in TABLES],
)
def test_a_study_of_any_sampling_holds_the_points_of_its_design(tmp_path, sampling, more):
    (tmp_path / "other.toml").write_text('inherits = "base.toml"\n[levers]\nrente_tillegg = { 2027 = 0.001 }\n')
    (tmp_path / "points.csv").write_text(more)
    head = f'[design]\nscenarios = ["base.toml", "other.toml"]\nruns = {{runs}}\nsampling = "{sampling}"\nyears = 1\n'
    rest = 'table = "points.csv"\n' if sampling == "list" else more + FACTORS
    asked = design(tmp_path, 2, "", head + rest + '[outputs]\nsummary = ["robek"]\n')
    folder = run_study(asked, world(), tmp_path / "out")
    found, before = open_results(folder), study_hashes(folder)
    points = found.points
    assert len(points) == len(asked.points)
    for point in asked.points:
        row, said = points.loc[point.number], asked.refused(point.number)
        assert (row["scenario"], row["reason"]) == (asked.bases[point.base].name, said)
        assert row["status"] == ("refused" if said else "ok")
        for factor in asked.factors:
            if factor.name in point.settings:
                given = point.settings[factor.name]
                assert row[factor.name] == (factor.param.choices[int(given)] if factor.param.choices else given)
        if point.shares:
            assert tuple(found.shares.loc[point.number]) == point.shares
    assert set(found.national()["point"]) == set(points.index[points["status"] == "ok"])
    (folder / "COMPLETE").unlink()
    fill(stored_design(folder), world(), folder)
    assert study_hashes(folder) == before


CHOICES = """
[design]
scenarios = ["base.toml"]
runs = {runs}
sampling = "{sampling}"
years = 2
[[design.factor]]
name = "robek_utgang"
values = ["below_threshold", "zero"]
[[design.factor]]
name = "dekningsfrist"
values = [4, {2026 = 1, 2027 = 3}]
[[design.factor]]
name = "rente_tillegg"
values = [0.01]
[outputs]
panel = [{panel}]
summary = ["robek"]
"""


@pytest.mark.parametrize("sampling", ["grid", "oat"])
def test_choices_and_values_by_year_are_factors_like_any_other(tmp_path, sampling):
    found = open_results(make_study(tmp_path, 2, text=CHOICES.replace("{sampling}", sampling), panel=""))
    points = found.points
    if sampling == "grid":
        assert points["robek_utgang"].tolist() == ["below_threshold"] * 2 + ["zero"] * 2
        assert points["dekningsfrist"].tolist() == ["4", '{"2026": 1, "2027": 3}'] * 2
        assert points["rente_tillegg"].tolist() == [0.01] * 4
    else:
        base = stored_design(found.folder).scenario(0)
        assert base.values["dekningsfrist"] == (2.0, 2.0) and base.values["rente_tillegg"] == (0.0, 0.0)
        assert points["robek_utgang"].tolist() == ["zero", "below_threshold"] + ["zero"] * 4
        assert points["dekningsfrist"].tolist() == ["2", "2", "2", "4", '{"2026": 1, "2027": 3}', "2"]
        assert points["rente_tillegg"].tolist() == [0.0] * 5 + [0.01]
    assert set(points["status"]) == {"ok"} and len(found.query("select * from points")) == len(points)
