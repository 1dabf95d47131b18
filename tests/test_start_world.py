"""The World reproduces what is published, and what it constructs adds up to it."""

import csv
import math
import subprocess
import sys
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import baseline
from sim.baseline import document
from sim.baseline.parameters import BEHOV_PER_INNBYGGER, START_PARAMS, VALUE
from sim.baseline.people import construct
from sim.baseline.sources import SECTORS, Sources, read_sources
from sim.baseline.tables import DATA
from sim.baseline.world import seven_digits
from sim.markers import filled
from sim.state import World

N = 357


@cache
def sources() -> Sources:
    return read_sources()


@cache
def world() -> World:
    return baseline.load_world()


def published() -> list[dict[str, str]]:
    """The raw rows of kommuner.csv, read without the code under test."""
    with (DATA / "kommuner.csv").open(encoding="utf-8", newline="") as file:
        return sorted(csv.DictReader(file), key=lambda row: row["kommunenummer"])


def equalised(tax: list[float], people: list[float], rate: float) -> tuple[list[float], float]:
    """Oracle of income_system.md section 3.1, one kommune at a time."""
    mean = sum(tax) / sum(people)
    extra = [0.35 * max(0.0, 0.9 * mean - t / p) for t, p in zip(tax, people, strict=True)]
    deduction = sum(e * p for e, p in zip(extra, people, strict=True)) / sum(people)
    net = [(rate * (mean - t / p) + e - deduction) * p for t, p, e in zip(tax, people, extra, strict=True)]
    return net, deduction


def test_units_are_the_kommuner_and_then_the_fylkeskommuner_in_code_order() -> None:
    codes = baseline.unit_codes()
    assert codes[:2] == ["0301", "1101"] and codes[N:] == sorted(codes[N:]) and codes[N] == "03"
    assert codes[:N] == sorted(row["kommunenummer"] for row in published())
    assert world().units["kode"].tolist() == [int(code) for code in codes]
    assert len(set(world().units["kode"].tolist())) == len(codes) == 372
    assert (world().units["er_fylke"] == [0] * N + [1] * 15).all()


def test_published_sums_hold() -> None:
    units = world().units[:N]
    assert units["folketall_start"].sum() == 5_627_400
    assert units["frie_2026"].sum() == pytest.approx(455.795e9, abs=1e6)
    assert units["frie_2027"].sum() == pytest.approx(478.254e9, abs=1e6)
    assert units["frie_2026"].tolist() == [float(row["frie_inntekter_2026"]) for row in published()]
    assert (units["robek_start"] > 0).sum() == 27
    letters = {row["kommunenummer"]: row["robek_grounds"] for row in published()}
    for unit in units:
        bits = sum(1 << "abcdefg".index(letter) for letter in letters[f"{unit['kode']:04d}"])
        assert unit["robek_start"] == bits


def test_tax_of_2025_reproduces_the_published_deduction_of_the_income_equalisation() -> None:
    start = world().start[:N]
    people = start["folketall_2025"].tolist()
    assert start["skatt"].sum() / sum(people) == pytest.approx(42_269.577, abs=0.05)
    net, deduction = equalised(start["skatt"].tolist(), people, 0.62)
    assert deduction == pytest.approx(378.1382, abs=0.01)  # solved from published results of 2025
    assert start["inntektsutjevning"] == pytest.approx(np.array(net), abs=200.0)
    assert start["inntektsutjevning"].sum() == 0.0
    assert net[0] / people[0] == pytest.approx(-8_462.424, abs=0.2)  # Oslo, income_system.md section 10
    stavanger = baseline.unit_codes().index("1103")
    assert net[stavanger] / people[stavanger] == pytest.approx(-7_531.586, abs=0.2)


@pytest.mark.parametrize(("year", "rate"), [(2026, 0.64), (2027, 0.64)])
def test_grants_expected_tax_and_equalisation_make_the_published_frie_inntekter(year: int, rate: float) -> None:
    units = world().units[:N]
    people = units["folketall_start"] * (units["vekst"][:, 0] if year == 2027 else 1.0)
    free, grant = units[f"frie_{year}"], units[f"ramme_{year}"]
    level = (free.sum() - grant.sum()) / (units["skatteindeks"] @ people)
    tax = level * units["skatteindeks"] * people
    net, _ = equalised(tax.tolist(), people.tolist(), rate)
    assert (grant + tax + np.array(net)) == pytest.approx(free, rel=2e-6)
    assert sum(net) == pytest.approx(0.0, abs=1.0)


def test_the_grant_of_2027_is_inhabitants_need_and_fixed_grants() -> None:
    units = world().units[:N]
    people = units["folketall_start"] * 0.5 * (1.0 + units["vekst"][:, 0])  # 1 July 2026
    index = construct(sources()).dki @ sources().shares
    index = index * people.sum() / (index @ people)
    per_head = (units["ramme_2027"].sum() - units["faste_tilskudd"].sum()) / people.sum()
    need = BEHOV_PER_INNBYGGER * VALUE["prisvekst_2027"]
    rebuilt = (per_head + (index - 1.0) * need) * people + units["faste_tilskudd"]
    assert rebuilt == pytest.approx(units["ramme_2027"], rel=1e-5, abs=2_000)
    # posts 61 to 67 of chapter 571: 5.3 bn in 2026
    assert 4.5e9 < units["faste_tilskudd"].sum() < 6.5e9


def test_need_by_sector_is_the_published_index_at_the_start() -> None:
    w = world()
    rows = published()
    people = w.units["folketall_start"][:N]
    for s, sector in enumerate(SECTORS):
        index = np.array([float(row[f"dki_{sector}"] or "nan") for row in rows])
        index = index / np.nansum(index * people / people[~np.isnan(index)].sum())
        need = w.start["alder"][:N] @ w.unit_cost[0, s] + w.units["behov_rest"][:N, s] * people
        wanted = sources().shares[s] * BEHOV_PER_INNBYGGER * index * people
        known = ~np.isnan(index)
        # the five kommuner without an index move the national mean a little
        assert need[known] == pytest.approx(wanted[known], rel=3e-3)
        assert need.sum() == pytest.approx(sources().shares[s] * BEHOV_PER_INNBYGGER * people.sum(), rel=1e-6)


def test_unit_costs_are_positive_and_care_rises_with_age() -> None:
    cost = world().unit_cost
    assert (cost >= 0.0).all()
    care = cost[0, 1]
    assert care[5] < care[6] < care[7]
    assert cost[0, 0].nonzero()[0].tolist() == [2]  # primary school: 6-15 only
    assert cost[0, 2].nonzero()[0].tolist() == [0, 1]  # kindergarten: 0-1 and 2-5
    assert cost[1, 0].nonzero()[0].tolist() == [3]  # upper secondary: 16-22


def test_age_groups_add_up_to_each_kommune_and_to_the_nation() -> None:
    w = world()
    ages = w.start["alder"]
    assert (ages[:N].sum(1) == w.units["folketall_start"][:N]).all()
    assert (ages >= 0.0).all() and (ages == np.rint(ages)).all()
    assert ages[:N].sum(0) == pytest.approx(w.ages[1, 0], abs=60.0)  # rounding of 357 kommuner
    assert (ages[N:].sum(0) == ages[:N].sum(0)).all()
    assert w.ages[1, 0].sum() == 5_627_400 and w.ages[0, 0].sum() == 5_594_340


def test_the_elderly_of_2026_are_near_those_of_2025() -> None:
    s = sources()
    ages = world().start["alder"][:N]
    growth_67 = ages[:, 5].sum() / s.elderly_2025[:, 0].sum()
    ratio = ages[:, 5] / (s.elderly_2025[:, 0] * growth_67)
    assert np.abs(ratio - 1.0).max() < 0.08
    growth_80 = ages[:, 6:].sum() / s.elderly_2025[:, 1].sum()
    ratio = ages[:, 6:].sum(1) / (s.elderly_2025[:, 1] * growth_80)
    people = ages[:, 6:].sum(1)
    assert (np.abs(ratio - 1.0) < 0.06 + 1.5 / np.sqrt(people)).all()  # small numbers


def test_pupils_explain_the_sector_index_of_primary_school() -> None:
    """The key of grunnskole: 0.90 on those aged 6-15, 0.02 basis, 0.08 travel and immigrants."""
    s = sources()
    ages, people = world().start["alder"][:N], world().units["folketall_start"][:N]
    pupils = ages[:, 2] / people / (ages[:, 2].sum() / people.sum())
    basis = people.sum() / N / people
    known = ~np.isnan(s.dki[:, 0])
    left = s.dki[known, 0] - 0.9003 * pupils[known] - 0.0211 * basis[known]
    assert np.average(left, weights=people[known]) == pytest.approx(0.0786, abs=0.01)
    assert (left > -0.02).all() and left.max() < 1.5


def test_revenue_types_have_the_published_counts_in_every_size() -> None:
    known = construct(sources())
    with (DATA / "cross_section_2024.csv").open(encoding="utf-8", newline="") as file:
        rows = {(row["revenue_type"], row["size"]): int(row["n_kommuner"]) for row in csv.DictReader(file)}
    for t, kind in enumerate(("other", "energi", "havbruk")):
        for z, size in enumerate(("small", "medium", "large")):
            here = known.size == z
            assert (known.types[here] == t).sum() == rows[kind, size]
            assert known.p_type[here, t].sum() == pytest.approx(rows[kind, size], abs=0.05)
    assert known.p_type.sum(1) == pytest.approx(np.ones(N))


def test_growth_follows_the_national_main_path() -> None:
    w = world()
    people = w.units["folketall_start"][:N].copy()
    total = w.ages[:, 0].sum(1)
    for k in range(24):
        people = people * w.units["vekst"][:N, k]
        assert people.sum() == pytest.approx(total[k + 2], rel=1e-5)
    for fylke in range(15):
        mine = w.units["fylke"][:N] == fylke
        grown = (w.units["folketall_start"][:N] * w.units["vekst"][:N, 0])[mine].sum()
        county = w.units[N + fylke]
        assert county["folketall_start"] * county["vekst"][0] == pytest.approx(grown, rel=1e-6)


def test_neighbours_are_the_eight_nearest_of_the_same_kind() -> None:
    w = world()

    def km(a: np.void, b: np.void) -> float:
        p, q = math.radians(a["lat"]), math.radians(b["lat"])
        cosine = math.sin(p) * math.sin(q)
        cosine += math.cos(p) * math.cos(q) * math.cos(math.radians(a["lon"] - b["lon"]))
        return 6371.0 * math.acos(min(1.0, cosine))

    for u in (0, 5, 100, 356, N, N + 14):
        mine = w.units[u]
        others = [v for v in range(372) if v != u and w.units[v]["er_fylke"] == mine["er_fylke"]]
        far = sorted(km(mine, w.units[v]) for v in others)[:8]
        assert sorted(km(mine, w.units[v]) for v in mine["naboer"]) == pytest.approx(far, rel=1e-6)


def test_oslo_is_counted_once() -> None:
    w = world()
    kommune, county = w.start[0], w.start[N]
    assert kommune["driftsinntekter_kjent"] + county["driftsinntekter_kjent"] == 93_357e6
    assert kommune["frie_inntekter"] + county["frie_inntekter"] == pytest.approx(89_396 * 724_290, abs=2)
    assert kommune["skatt"] / 724_290 == pytest.approx(55_308.748, abs=0.3)


def test_the_five_kommuner_without_indices_get_plausible_ones() -> None:
    known = construct(sources())
    missing = np.isnan(sources().dki[:, 0])
    assert missing.sum() == 5
    index = known.dki @ sources().shares
    assert ((index[missing] > 0.9) & (index[missing] < 1.8)).all()
    assert (known.dki_sd[missing] > 0.0).all() and (known.dki_sd[~missing] == 0.0).all()


def test_nothing_in_the_world_is_missing() -> None:
    for array in world():
        for name in array.dtype.names or ():
            assert np.isfinite(array[name].astype(float)).all(), name
    assert np.isfinite(world().unit_cost).all() and np.isfinite(world().ages).all()


def test_every_parameter_says_where_it_comes_from_and_lies_in_its_range() -> None:
    for param in START_PARAMS:
        assert param.source and param.text.endswith(".") and param.unit
        assert param.low <= param.default <= param.high


@given(
    st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15).filter(
        lambda x: x == 0 or abs(x) > 1e-15
    )
)
def test_seven_digits_keeps_a_value_to_half_a_unit_of_the_seventh(value: float) -> None:
    rounded = seven_digits(np.array([value]))
    assert abs(rounded[0] - value) <= 5.1e-7 * abs(value)
    assert seven_digits(rounded)[0] == rounded[0]


def test_the_document_shows_the_declarations() -> None:
    text = document.DOCUMENT.read_text(encoding="utf-8")
    assert filled(text, document.TABLES) == text, "run python -m sim.baseline.document"
    assert all(f"`{param.name}`" in text for param in START_PARAMS)


def test_loading_the_world_needs_no_pandas() -> None:
    code = "import sys; from sim.baseline import load_world; load_world(); sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_labels_stand_in_the_order_of_the_world() -> None:
    labels = baseline.load_units()
    assert labels["kommunenummer"].tolist() == baseline.unit_codes()
    assert labels["name"].iloc[0] == "Oslo" and labels["group"].value_counts().to_dict() == {
        "kommune": 357,
        "fylkeskommune": 15,
    }
    assert labels["size"].value_counts()[["small", "medium", "large"]].tolist() == [174, 117, 66]
