"""Earmarked grants, compensated VAT, and the rules alone against published figures."""

import json

import numpy as np
import pytest
from click.testing import CliRunner

from sim.commands.cli import cli
from sim.kernel import grants
from sim.params import default_rows
from sim.state import NATION_DTYPE
from tests.simulate import opened
from tests.test_grants import N, after, total

# --- earmarked grants


def test_earmarked_grants_of_2026_are_the_adopted_ones() -> None:
    state = after(2026)
    assert total(state, "integreringstilskudd") == pytest.approx(17_435.2e6, abs=N)
    assert total(state, "toppfinansiering") == pytest.approx(14_249.9e6, abs=N)
    start = opened(2)
    assert total(start, "integreringstilskudd") == pytest.approx(19_402.8e6, rel=1e-3)
    assert total(start, "toppfinansiering") == pytest.approx(13_335.9e6, rel=1e-3)
    assert (start.units["brukerbetaling_refusjoner"] > 0).all()


def test_a_refugee_brings_grants_for_five_years_in_the_shares_of_the_tail() -> None:
    paths = []
    for extra in (0.0, 1_000.0):
        n = np.zeros(1, NATION_DTYPE)
        n["folketall"], n["pris_oremerkede"], n["ressurskrevende"] = 1.0, 1.0, 1.0
        n["bosatt_argang"] = 10_000.0
        q = default_rows([2030])[0]
        years = []
        for year in range(2027, 2035):
            q["bosetting_anmodning"] = 10_000.0 + (extra if year == 2027 else 0.0)
            grants.earmark(n[0], q[0], year)
            years.append(n["integrering"][0])
        paths.append(np.array(years))
    more = paths[1] - paths[0]
    assert more[:5] == pytest.approx(1_000.0 * grants.GRANT_PER_SETTLED * np.array(grants.TAIL), rel=1e-6)
    assert more[5:] == pytest.approx(0.0, abs=1.0)


def test_settled_refugees_cost_more_than_the_grant_and_the_budget_follows() -> None:
    n = np.zeros(1, NATION_DTYPE)
    n["folketall"], n["pris_oremerkede"], n["ressurskrevende"], n["bosatt_argang"] = 1.0, 1.0, 1.0, 10_000.0
    q, more = default_rows([2030])[0], default_rows([2030])[0]
    grants.earmark(n[0], q[0], 2028)
    more["bosetting_anmodning"] += 5_000
    change = []
    for coming in (q, more):
        grants.expect_earmarked(n[0], q[0], coming[0], 2028)
        change.append((float(n["bosetting_endring"][0]), float(n["tilskudd_endring"][0])))
    cost, grant = change[1][0] - change[0][0], change[1][1] - change[0][1]
    assert grant == pytest.approx(0.91 * cost) and cost > 0
    # in a run: those who are asked to settle more budget more for it the year before they come
    few, many = after(2027), after(2027, bosetting_anmodning=40_000, bosetting_framskrevet=40_000)
    outside_the_key = 7
    assert (
        many.units["budsjett_utgifter"][:, :N, outside_the_key].sum(1)
        > few.units["budsjett_utgifter"][:, :N, outside_the_key].sum(1)
    ).all()


def test_coverage_share_and_threshold_move_their_grant_alone() -> None:
    usual = after(2026)
    half = after(2026, integrering_dekning=0.455, topp_dekning=0.4)
    assert total(half, "integreringstilskudd") == pytest.approx(total(usual, "integreringstilskudd") / 2, abs=N)
    assert total(half, "toppfinansiering") == pytest.approx(total(usual, "toppfinansiering") / 2, abs=N)
    assert (total(half, "frie_inntekter") == total(usual, "frie_inntekter")).all()
    higher = after(2026, topp_innslagspunkt=1.2)
    assert (total(higher, "toppfinansiering") < total(usual, "toppfinansiering")).all()
    assert (total(higher, "integreringstilskudd") == total(usual, "integreringstilskudd")).all()


def test_more_resource_intensive_users_are_paid_for_the_year_after() -> None:
    for year, more in ((2027, 1.0), (2028, 1.05), (2029, 1.05**2)):
        usual, grown = after(year, ressurskrevende_vekst=0), after(year, ressurskrevende_vekst=0.05)
        assert total(grown, "toppfinansiering") == pytest.approx(more * total(usual, "toppfinansiering"), rel=1e-6)


def test_what_moves_into_the_frame_leaves_earmarked_grants_and_changes_no_sum() -> None:
    usual, moved = after(2028), after(2028, oremerket_til_ramme=1)
    assert (total(moved, "oremerkede_tilskudd") == 0).all() and (total(usual, "oremerkede_tilskudd") > 1e10).all()
    rise = total(moved, "rammetilskudd") - total(usual, "rammetilskudd")
    assert rise == pytest.approx(total(usual, "oremerkede_tilskudd"), abs=10 * N)
    # what Oslo moves between its units depends on its result, and user charges are raised by who expects to lose
    decided = ("fordeling_oslo", "brukerbetaling_refusjoner")
    other = [total(state, "ovrige_inntekter") - sum(total(state, name) for name in decided) for state in (moved, usual)]
    grown = other[0] - other[1]
    assert rise + grown == pytest.approx(0.0, abs=10 * N)
    # December 2027 knows what each kommune gains or loses by it
    got = [
        state.units["frie_inntekter"] + state.units["ovrige_inntekter"] - state.units["brukerbetaling_refusjoner"]
        for state in (moved, usual)
    ]
    gain = (got[0] - got[1])[:, 1:N]  # but Oslo
    known = (after(2027, oremerket_til_ramme=1).units["budsjett_driftsinntekter"])[:, 1:N]
    known = known - after(2027).units["budsjett_driftsinntekter"][:, 1:N]
    assert np.abs(gain).max() > 1e6 and np.corrcoef(gain.ravel(), known.ravel())[0, 1] > 0.99
    for year in (2026, 2027):
        early = after(year, oremerket_til_ramme=1)
        assert (early.units["driftsinntekter"] == after(year).units["driftsinntekter"]).all()


def test_compensated_vat_is_its_share_of_investment() -> None:
    k = after(2027).units[:, :N]
    assert (k["mva_kompensasjon"] == np.floor(0.14 * k["investering"])).all()
    assert (k["mva_kompensasjon"] <= k["investeringstilskudd"]).all()


def test_compensated_vat_on_running_costs_is_a_share_of_revenue_at_the_start_and_grows_with_prices_and_people() -> None:
    start = opened(2)
    k = start.units
    assert k["mva_drift"].sum(axis=1) == pytest.approx(0.0235 * k["driftsinntekter"].sum(axis=1), rel=0.01)
    assert (k["brukerbetaling_refusjoner"] >= 0).all()
    later = after(2026)
    grown = later.units["folketall"] / k["folketall"]  # the same day: nobody is born between them
    prices = 1.0 + later.nation["deflator"][:, None]
    assert later.units["mva_drift"] == pytest.approx(k["mva_drift"] * prices * grown, abs=1.0)


def test_earmarked_grants_of_fylkeskommuner_are_a_share_of_other_revenue_and_follow_forecast_prices() -> None:
    start = opened(2)
    county = start.units[:, N:]
    assert county["oremerkede_tilskudd"] == pytest.approx(0.2 * county["ovrige_inntekter"], rel=1e-4)
    later = after(2026)
    expected = county["oremerkede_tilskudd"] * (1.0 + later.nation["deflator_anslag"][:, None])
    assert later.units["oremerkede_tilskudd"][:, N:] == pytest.approx(expected, abs=1.0)


# --- the rules alone against 2027


def test_the_rules_alone_are_nearer_to_the_published_figures_than_even_growth() -> None:
    result = CliRunner().invoke(cli, ["income", "--json"])
    assert result.exit_code == 0
    found = json.loads(result.output)
    everyone = found["all"]
    assert everyone["kommuner"] == N - 2
    assert abs(everyone["sum_pct"]) < 0.1  # the national sum is given
    assert 0.1 < everyone["mean_abs_pct"] < everyone["even_mean_abs_pct"]
    nation = found["nation"]  # what the frame rule adds to 2026, for what: all of it, and near the published sum
    added = sum(nation[f"frame_rule_{name}"] for name in ("prices", "demography", "real_growth", "dearer_contracts"))
    assert nation["frie_2026_published"] + added == pytest.approx(nation["frie_2027_by_the_frame_rule"], abs=3)
    assert nation["frie_2027_by_the_frame_rule"] == pytest.approx(nation["frie_2027_published"], rel=0.01)
    assert len(found["largest"]) == 10 and len(found["kommuner"]) == N - 2
    assert max(abs(row["deviation_pct"]) for row in found["kommuner"]) == abs(found["largest"][0]["deviation_pct"])
    sizes = [abs(row["deviation_pct"]) for row in found["largest"]]
    assert sizes == sorted(sizes, reverse=True) and sizes[-1] > everyone["mean_abs_pct"]
    for kind in ("size", "centrality", "revenue", "fylke"):
        assert sum(row["kommuner"] for row in found["groups"] if row["by"] == kind) == N - 2


def test_the_table_of_the_rules_alone_is_readable_without_json() -> None:
    result = CliRunner().invoke(cli, ["income"])
    assert result.exit_code == 0 and "The ten largest deviations" in result.output
