"""What stays with a unit: a weak tail that is drawn with the start, correlated with it, and fades at elections."""

import numpy as np
import pytest

from sim.params import PARAMS
from tests.simulate import opened
from tests.test_mechanisms_budget import KOMMUNER, RUNS, SEED, kommuner, path

# what is drawn with the start, and the column that must then be the same for all
DRAWN = (
    ("overskridelse_spredning", "egen_overskridelse", 0.0),
    ("utgiftsdrift_spredning", "egen_drift", 0.0),
    ("fondsmal_egen", "fondsmal_faktor", 1.0),
)


@pytest.mark.parametrize(("name", "column", "same"), DRAWN)
def test_without_its_spread_all_units_are_alike_and_the_accounts_of_2025_are_the_same(name, column, same):
    inert = PARAMS[name].inert
    assert inert is not None
    with_it, without = opened(RUNS, SEED).units, opened(RUNS, SEED, **{name: inert}).units
    assert (without[column] == same).all()
    assert with_it[column][:, :KOMMUNER].std() > 0
    for booked in ("netto_driftsresultat", "disposisjonsfond", "merforbruk", "lanegjeld", "svakhet"):
        assert np.array_equal(with_it[booked], without[booked]), booked


def test_the_weak_at_the_start_are_weaker_and_carry_out_less():
    k = opened(20, SEED).units[:, :KOMMUNER]
    empty = k["disposisjonsfond"] <= 0
    assert (
        k["svakhet"][empty].mean() > 0.5 > 0.0 > k["svakhet"][k["disposisjonsfond"] > 0.2 * k["driftsinntekter"]].mean()
    )
    assert k["gjennomforing"][empty].mean() < k["gjennomforing"][~empty].mean()
    assert k["fondsmal_faktor"][empty].max() < 1.0
    assert abs(k["svakhet"].mean()) < 0.05 and abs(k["svakhet"].std() - 1.0) < 0.05


def test_weakness_lasts_to_the_next_election_and_then_fades_without_shrinking():
    states, fixed = path(years=3, runs=20), path(years=3, runs=20, svakhet_varer=1.0)  # 2027 is an election year
    assert all(np.array_equal(k["svakhet"], fixed[0]["svakhet"]) for k in (*fixed, states[0], states[1]))
    before, after = kommuner(states, "svakhet", 1).ravel(), kommuner(states, "svakhet", 2).ravel()
    assert np.corrcoef(before, after)[0, 1] == pytest.approx(PARAMS["svakhet_varer"].default, abs=0.02)
    assert after.std() == pytest.approx(1.0, abs=0.05) and np.array_equal(states[2]["svakhet"], states[3]["svakhet"])


def test_what_heterogeneity_adds_to_overruns_is_nothing_on_average():
    k = opened(40, SEED).units[:, :KOMMUNER]
    spread = PARAMS["overskridelse_spredning"].default
    assert abs(k["egen_overskridelse"].mean()) < 0.1 * spread
    assert k["egen_overskridelse"].max() > -1.3 * k["egen_overskridelse"].min()  # a weak tail, not a strong one


def test_lasting_differences_keep_the_weak_in_the_register_and_without_a_fund():
    alike = {name: PARAMS[name].inert for name, _, _ in DRAWN} | {"gjennomforing": 1.0, "gjennomforing_spredning": 0.0}
    with_them, without = path(years=5, runs=20), path(years=5, runs=20, **alike)
    assert np.array_equal(with_them[0]["netto_driftsresultat"], without[0]["netto_driftsresultat"])

    def weak(states):
        empty = (kommuner(states, "disposisjonsfond", 4) <= 0).mean()
        return empty, (kommuner(states, "robek_grunnlag", 4) > 0).sum(axis=1).mean()

    (empty, registered), (empty_alike, registered_alike) = weak(with_them), weak(without)
    assert empty > 1.3 * empty_alike
    assert registered > 1.3 * registered_alike
