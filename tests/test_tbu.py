"""TBU's method: the tables against an independent calculation, the published figures beside them, the command."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from sim import tbu
from sim.baseline.sources import SECTORS, read_sources
from sim.baseline.world import build_world
from sim.commands.tbu import tbu as command
from sim.kernel.national import demographic_cost


@pytest.fixture(scope="module")
def tables() -> dict:
    return tbu.tbu()


@pytest.fixture(scope="module")
def costs() -> dict[str, tbu.UnitCosts]:
    sources = read_sources()
    world = build_world(sources)
    return {variant: tbu.unit_costs(sources, world, variant) for variant in tbu.VARIANTS}


def csv_rows(root: Path, name: str) -> list[dict[str, str]]:
    with (root / "sim/data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def persons(root: Path, vintage: str, year: int) -> dict[str, float]:
    return {
        row["age_group"]: float(row["population"])
        for row in csv_rows(root, "national_age_projection.csv")
        if (row["vintage"], row["alternative"], row["year"]) == (vintage, "MMMM", str(year))
    }


def test_care_costs_of_2027_agree_with_the_cost_key_worked_by_hand(root: Path, tables: dict) -> None:
    """Only 67 and over, so that the groups are SSB's own: weight x share x B x N / N_age x change."""
    key = {row["criterion"]: float(row["pleie"]) for row in csv_rows(root, "cost_key.csv")}
    total_weight = sum(key.values())
    shares = {row["sector"]: float(row["share"]) for row in csv_rows(root, "cost_key_sector_shares.csv")}
    pot = shares["pleie"] / sum(shares.values()) * 75_000 * sum(persons(root, "2026", 2026).values())
    now, then = persons(root, "2026", 2026), persons(root, "2026", 2027)
    groups = (("67-79", "innb_67_79", 5), ("80-89", "innb_80_89", 6), ("90+", "innb_90_plus", 7))
    for group, criterion, column in groups:
        per_person = key[criterion] / total_weight * pot / now[group]
        assert tables["unit_cost"]["key_only"]["pleie"][column] == pytest.approx(per_person, abs=1.0)
        assert then[group] != now[group]
    extra = (key["aleine_67_plus"] + key["dodelighet"]) / total_weight * pot
    full, bare = (np.array(tables["unit_cost"][v]["pleie"]) for v in ("full_need", "key_only"))
    spread = (full - bare)[5:] @ [now["67-79"], now["80-89"], now["90+"]]
    assert spread == pytest.approx(extra, rel=1e-4)


def test_the_table_of_2027_is_unit_cost_times_the_change_of_the_groups(tables: dict, costs: dict) -> None:
    world = build_world(read_sources())
    change = world.ages[2, 0] - world.ages[1, 0]
    row = next(r for r in tables["merutgifter"] if (r["year"], r["estimate"]) == (2027, "vintage of 2026"))
    assert row["price_year"] == 2026 and row["population_change"] == round(change.sum())
    for variant in tbu.VARIANTS:
        by_sector = [sum(costs[variant].kommuner[s, g] * change[g] for g in range(8)) for s in range(7)]
        county = sum(world.unit_cost[1, s, g] * change[g] for s in range(8) for g in range(8))
        kommuner, fylker = 1.041 * sum(by_sector) / 1e9, 1.041 * county * costs[variant].share_fylke / 1e9
        assert row[variant]["kommuner"] == pytest.approx(kommuner, abs=6e-4)
        assert row[variant]["fylkeskommuner"] == pytest.approx(fylker, abs=6e-4)
        assert row[variant]["frie_inntekter"] == pytest.approx(kommuner + fylker, abs=6e-4)
        assert row[variant]["total"] == pytest.approx(kommuner / 0.72 + 1.041 * county / 1e9, abs=6e-4)


def test_the_full_need_is_what_the_simulated_state_pays_for() -> None:
    sources = read_sources()
    world = build_world(sources)
    change = np.linspace(-500.0, 900.0, 8)
    cost = tbu.cost_of(change, tbu.unit_costs(sources, world, "full_need"))
    assert demographic_cost(world.unit_cost[0], change, 7) == pytest.approx(cost.frie_kommuner, rel=1e-6)
    assert demographic_cost(world.unit_cost[1], change, 8) == pytest.approx(cost.fylker.sum(), rel=1e-12)


def test_the_variants_differ_only_above_67(costs: dict) -> None:
    bare, full = costs["key_only"].kommuner, costs["full_need"].kommuner
    assert np.array_equal(bare[:, :5], full[:, :5])
    assert (full[1, 5:] > bare[1, 5:]).all() and np.array_equal(bare[[0, 2]], full[[0, 2]])


def test_a_change_that_is_not_eight_numbers_is_refused(costs: dict) -> None:
    with pytest.raises(ValueError, match="8 numbers"):
        tbu.cost_of(np.ones(7), costs["key_only"])


def test_the_groups_of_a_vintage_add_up_to_its_population(root: Path) -> None:
    sources = read_sources()
    for vintage, years in (("2024", range(2025, 2037)), ("2026", range(2026, 2037))):
        groups = tbu.vintage_groups(sources.projection, vintage, years)
        for t, year in enumerate(years):
            assert groups[t].sum() == pytest.approx(sum(persons(root, vintage, year).values()), rel=1e-12)
    mine = tbu.vintage_groups(sources.projection, "2026", range(2030, 2037))
    assert np.allclose(mine, build_world(sources).ages[5:12, 0], atol=1.0)


def test_the_published_figures_beside_the_rows_are_those_of_the_embedded_series(root: Path, tables: dict) -> None:
    kinds = {
        "announced June 2025": ("announced", "June 2025"),
        "updated March 2026": ("actual", ""),
        "March 2026": ("announced", ""),
    }
    series = csv_rows(root, "national_series.csv")
    seen = 0
    for row in tables["merutgifter"]:
        for part in ("total", "frie_inntekter") if row["published"] else ():
            kind, note = kinds[row["estimate"]]
            name = f"demographic_cost_{kind}_{'sector' if part == 'total' else part}"
            wanted = [
                float(r["value"]) for r in series
                if (r["variable"], r["year"], r["unit"]) == (name, str(row["year"]), f"billion {row['price_year']}-kr")
                and note in r["note"]
            ]  # fmt: skip
            assert wanted == [row["published"][part]], (row["year"], part)
            seen += 1
    assert seen == 6


def test_arsverk_are_spending_times_the_wage_share_over_the_cost_of_one(tables: dict, costs: dict) -> None:
    world = build_world(read_sources())
    change = world.ages[11, 0] - world.ages[1, 0]
    for service in ("pleie", "grunnskole"):
        cost = costs["full_need"].kommuner[SECTORS.index(service)] @ change / 0.72
        row = next(
            r for r in tables["arsverk"] if (r["service"], r["from"], r["variant"]) == (service, 2026, "full_need")
        )
        assert row["arsverk"] == pytest.approx(cost * 0.645 / 850_000, abs=1.0)
    signs = {r["service"]: np.sign(r["arsverk"]) for r in tables["arsverk"]}
    assert signs["pleie"] > 0 > signs["grunnskole"] and signs["videregaende"] < 0


def test_the_command_prints_json_whose_keys_are_documented(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(as_json=True) == 0
    printed = json.loads(capsys.readouterr().out)
    text = (root / "docs/demography.md").read_text(encoding="utf-8")
    rows = [row for name in ("merutgifter", "arsverk", "assumptions") for row in printed[name]]
    keys = set(printed) | {key for row in rows for key in row}
    assert not [key for key in keys if f"`{key}`" not in text]
    names = {line["name"] for line in printed["assumptions"]}
    assert {"deflator_2026", "ad_hoc_net_immigration", "projection_of_march_2026", "kr_per_arsverk"} <= names


def test_the_command_prints_the_published_figures_beside_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert command(as_json=False) == 0
    printed = capsys.readouterr().out
    for figure in ("2.8", "2.2", "3.6", "2.9", "2.3", "0.6", "-8 000", "+34 000", "-2 800"):
        assert f"({figure})" in printed, figure
    assert "wage_share" in printed
