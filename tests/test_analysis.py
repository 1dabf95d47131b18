"""Tables from tables: bands, distributions, measures and risk, each against a slower way of saying the same."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.analysis.bands import band, bands, paths
from sim.analysis.distribution import counts_in_bins, quantiles, smooth
from sim.analysis.measures import OPEN, TITLES, measures_by_year, measures_used, stored_measures
from sim.analysis.risk import EVENTS, SIZES, risk_by_group, size_group, top_risk
from sim.analysis.summary import HEADLINES, summary
from sim.measures import MEASURES
from sim.store import open_results
from tests.stored import shared_result

finite = st.floats(-1e6, 1e6)
EDGES = np.linspace(-2.0, 3.0, 51)


@pytest.fixture(scope="module")
def national() -> pd.DataFrame:
    return open_results(shared_result()).national()


@given(st.integers(1, 12), st.integers(1, 4), st.data())
def test_bands_are_the_quantiles_over_runs_of_each_group_and_year(runs: int, years: int, data) -> None:
    values = data.draw(arrays(float, (runs, years), elements=finite))
    keys = [(run, 2026 + year) for run in range(runs) for year in range(years)]
    frame = pd.DataFrame(keys, columns=["run", "year"]).assign(gruppe="kommuner", x=values.ravel())
    found = band(bands(frame.sample(frac=1.0, random_state=0), ["x"]), "kommuner", "x")
    expected = np.quantile(values, [0.05, 0.25, 0.5, 0.75, 0.95], axis=0).T
    assert np.allclose(found.to_numpy(), expected, rtol=1e-12, atol=1e-6)
    assert list(found.index) == [2026 + year for year in range(years)]


def test_single_futures_are_the_rows_of_their_run(national: pd.DataFrame) -> None:
    wide = paths(national, "kommuner", "antall_robek", [2, 0, 999])
    assert list(wide.columns) == [2, 0]
    rows = national[(national["gruppe"] == "kommuner") & (national["run"] == 2)].sort_values("year")
    assert wide[2].to_list() == rows["antall_robek"].to_list()


def test_the_headline_is_the_median_and_the_range_of_each_column(national: pd.DataFrame) -> None:
    table = summary(national)
    for (group, year), values in table.iterrows():
        rows = national[(national["gruppe"] == group) & (national["year"] == year)]
        for headline in HEADLINES:
            expected = np.quantile(rows[headline.column] * headline.factor, [0.5, 0.05, 0.95])
            assert np.allclose(values[headline.column].to_numpy(), expected)
    assert table.index.get_level_values("gruppe")[0] == "kommuner"


def test_every_measure_has_a_heading_and_is_stored(national: pd.DataFrame) -> None:
    assert stored_measures(national) == [measure.name for measure in MEASURES] == list(TITLES)


def test_shares_of_relief_sum_to_one_and_the_open_deficit_is_none(national: pd.DataFrame) -> None:
    used = measures_used(national)
    for group, rows in used.groupby("gruppe", observed=True):
        assert rows["share"].sum() == pytest.approx(1.0), group
        assert rows.iloc[-1]["measure"] == OPEN
        assert np.isnan(rows.iloc[-1]["share"])
        assert rows["kr"].iloc[:-1].is_monotonic_decreasing


def test_measures_by_year_are_means_over_runs(national: pd.DataFrame) -> None:
    rows = measures_by_year(national)
    one = rows[(rows["gruppe"] == "kommuner") & (rows["year"] == 2027) & (rows["measure"] == "bemanning")]
    runs = national[(national["gruppe"] == "kommuner") & (national["year"] == 2027)]
    assert one["kr"].item() == pytest.approx(runs["tiltak_bemanning"].mean())
    assert one["units"].item() == pytest.approx(runs["antall_tiltak_bemanning"].mean())
    share = 100 * runs["tiltak_bemanning"] / runs["driftsinntekter"]
    assert one["pct_p75"].item() == pytest.approx(np.quantile(share, 0.75))


values_and_years = st.lists(st.tuples(st.floats(allow_nan=True), st.integers(2026, 2028)), min_size=1, max_size=60)


@given(values_and_years, st.integers(0, 60))
def test_counts_of_two_parts_add_up_to_those_of_the_whole(rows: list, cut: int) -> None:
    values, years = (np.array(column) for column in zip(*rows, strict=True))
    whole = counts_in_bins(years, values, EDGES)
    first = counts_in_bins(years[:cut], values[:cut], EDGES)
    both = first.add(counts_in_bins(years[cut:], values[cut:], EDGES), fill_value=0)
    pd.testing.assert_frame_equal(both, whole, check_dtype=False)
    assert whole.to_numpy().sum() == np.isfinite(values).sum()


@given(arrays(float, st.integers(1, 80), elements=st.floats(-1.99, 2.99)))
def test_quantiles_of_bins_are_within_a_bin_of_those_of_the_values(values: np.ndarray) -> None:
    levels = (0.1, 0.5, 0.9)
    found = quantiles(counts_in_bins(np.full(len(values), 2026), values, EDGES), levels).loc[2026]
    width = EDGES[1] - EDGES[0]
    for level, place in zip(levels, found, strict=True):
        low, high = (np.quantile(values, level, method=method) for method in ("lower", "higher"))
        inverted = np.quantile(values, level, method="inverted_cdf")
        assert min(low, inverted) - width - 1e-9 <= place <= max(high, inverted) + width + 1e-9


@given(arrays(np.int64, (3, 40), elements=st.integers(0, 1000)), st.floats(0.2, 9.0))
def test_smoothing_neither_loses_nor_makes_mass(counts: np.ndarray, deviation: float) -> None:
    assume((counts.sum(axis=1) > 0).all())
    table = pd.DataFrame(counts, index=pd.Index([2026, 2027, 2028], name="year"))
    smoothed = smooth(table, deviation)
    assert np.allclose(smoothed.sum(axis=1), 1.0)
    assert (smoothed.to_numpy() >= 0).all()
    assert smoothed.shape == table.shape


def test_those_most_at_risk_come_first_and_those_without_risk_not_at_all() -> None:
    rng = np.random.default_rng(1)
    codes = [f"{code:04d}" for code in range(200)]
    shares = np.round(rng.random((200, 3)) * 5) / 5
    units = pd.DataFrame(shares, columns=list(EVENTS)).assign(kommunenummer=codes, year=2030)
    expected = sorted(
        (tuple(-share for share in row), code) for row, code in zip(shares, codes, strict=True) if row[0] > 0
    )
    found = top_risk(units.sample(frac=1.0, random_state=0), 2030, 50)
    assert found["kommunenummer"].to_list() == [code for _, code in expected[:50]]
    assert top_risk(units, 2031, 50).empty
    assert len(top_risk(units, 2030, 1000)) == len(expected)


@given(st.floats(1, 2e6))
def test_every_kommune_has_exactly_one_size_group(inhabitants: float) -> None:
    place = [name for _, name in SIZES].index(size_group(inhabitants))
    assert SIZES[place][0] <= inhabitants
    assert place + 1 == len(SIZES) or inhabitants < SIZES[place + 1][0]


def test_the_mean_over_groups_weighted_by_their_units_is_the_mean_over_all() -> None:
    units = open_results(shared_result()).units()
    codes = [code for code in units["kommunenummer"].astype(str).unique() if len(code) == 4]
    table = risk_by_group(units, {code: code[:2] for code in codes})
    all_of_them = units[units["kommunenummer"].isin(codes)].groupby("year")[list(EVENTS)].mean()
    for year, rows in table.groupby("year"):
        assert rows["n_units"].sum() == len(codes) == 357
        weighted = rows[list(EVENTS)].mul(rows["n_units"], axis=0).sum() / len(codes)
        assert np.allclose(weighted, all_of_them.loc[year], atol=1e-6)
