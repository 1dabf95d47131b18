"""Peers, land and clusters: against slower ways of saying the same."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.analysis.clustering import clustering, joins, morans_i
from sim.baseline import networks
from sim.baseline.people import construct
from sim.baseline.sources import read_sources
from tests.simulate import world

N = 357
RING = np.array([[(i - 1) % 12, (i + 1) % 12] for i in range(12)])


def test_peers_are_of_the_same_size_and_revenue_type_wherever_the_group_has_nine():
    known = construct(read_sources())
    chosen = world().units["sammenlignbare"][:N]
    group = known.size * 3 + known.types
    for u in range(N):
        assert u not in chosen[u] and len(set(chosen[u])) == 8
        others = (group == group[u]).sum() - 1
        assert (group[chosen[u]] == group[u]).sum() == min(8, others)


def test_no_kommune_of_the_group_is_more_alike_than_a_peer():
    s = read_sources()
    known = construct(s)
    size, central = np.log(known.persons) / np.log(known.persons).std(), s.centrality / s.centrality.std()
    group = known.size * 3 + known.types
    for u in (0, 50, 200, 356):
        away = np.abs(size - size[u]) + np.abs(central - central[u])
        chosen = [v for v in world().units["sammenlignbare"][u] if group[v] == group[u]]
        rest = [v for v in range(N) if group[v] == group[u] and v != u and v not in chosen]
        assert max(away[chosen]) <= min(away[rest]) + 1e-12


def test_peers_of_fylkeskommuner_are_fylkeskommuner():
    chosen = world().units["sammenlignbare"][N:]
    assert (chosen >= N).all() and (chosen < N + 15).all()
    assert all(u + N not in row for u, row in enumerate(chosen))


def test_the_land_of_kommuner_adds_up_to_the_country_and_to_the_fylker():
    w = world().units
    assert w["areal"][:N].sum() == pytest.approx(networks.LAND, rel=1e-5)
    assert w["areal"][N:].sum() == pytest.approx(networks.LAND, rel=1e-5)
    assert (w["areal"] > 0).all()
    oslo, remote = w["areal"][0], w["areal"][:N][w["sentralitet"][:N] == 6]
    assert np.median(remote) > oslo


@given(arrays(float, 12, elements=st.floats(-100, 100)))
def test_moran_s_index_is_the_mean_of_products_over_the_variance(values):
    found = float(morans_i(values, RING))
    off = values - values.mean()
    if (off**2).sum() == 0.0:
        assert np.isnan(found)
        return
    pairs = sum(off[i] * off[j] for i in range(12) for j in RING[i]) / 2.0
    assert found == pytest.approx(pairs / (off**2).sum(), abs=1e-9)
    assert -1.0 - 1e-9 <= found <= 1.0 + 1e-9


def test_halves_are_clustered_and_every_other_one_is_not():
    halves, others = np.repeat([0.0, 1.0], 6), np.tile([0.0, 1.0], 6)
    assert morans_i(others, RING) == pytest.approx(-1.0)
    assert morans_i(halves, RING) == pytest.approx(2.0 / 3.0)
    assert joins(others, RING) == 0.0
    assert joins(halves, RING) == pytest.approx((5.0 / 6.0) / (5.0 / 11.0))


def test_acts_by_chance_join_as_often_as_chance_says():
    acts = (np.random.default_rng(2).random((4000, N)) < 0.1).astype(float)
    assert np.nanmean(joins(acts, world().units["naboer"][:N])) == pytest.approx(1.0, abs=0.02)
    assert np.isnan(joins(np.zeros(12), RING)) and np.isnan(joins(np.eye(12)[0], RING))


def test_the_table_of_clusters_is_made_of_the_index_of_each_run():
    w = world().units
    codes = [f"{code:04d}" for code in w["kode"][:N]]
    values = np.random.default_rng(3).normal(size=(2, 5, N))
    keys = [(2026 + y, run, code) for y in range(2) for run in range(5) for code in codes]
    panel = pd.DataFrame(keys, columns=["year", "run", "kommunenummer"]).assign(x=values.ravel())
    panel = pd.concat([panel, panel.head(1).assign(kommunenummer="03", x=1e9)])  # a fylkeskommune is left out
    table = clustering(panel.sample(frac=1.0, random_state=0), "x", w)
    assert set(zip(table["year"], table["network"], strict=True)) == {
        (y, name) for y in (2026, 2027) for name in ("nearest", "peers")
    }
    row = table[(table["year"] == 2027) & (table["network"] == "peers")].iloc[0]
    assert row["p50"] == pytest.approx(np.median(morans_i(values[1], w["sammenlignbare"][:N])))
    assert (table["by_chance"] == -1.0 / (N - 1)).all()
