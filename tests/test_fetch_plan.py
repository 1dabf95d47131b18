"""Cutting a table into questions, and the pace at which they are asked."""

import itertools
from collections import Counter
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.fetch.pace import BURST, PER_MINUTE, Pace
from sim.fetch.plan import cells_of, plan
from sim.fetch.site import Site

axes = st.fixed_dictionaries(
    {
        "region": st.integers(1, 40).map(lambda n: [f"{at:04d}" for at in range(n)]),
        "age": st.integers(1, 6).map(lambda n: [f"{at:03d}" for at in range(n)]),
        "time": st.integers(1, 8).map(lambda n: [str(2015 + at) for at in range(n)]),
    }
)


@given(axes, st.integers(1, 300), st.integers(1, 12), st.integers(290, 500))
def test_the_parts_hold_every_cell_exactly_once_and_none_is_too_large(
    table: dict[str, list[str]], most: int, regions: int, longest: int
) -> None:
    parts = plan(table, "region", "time", most, regions, longest)
    count = Counter(cell for part in parts for cell in itertools.product(*(part[name] for name in table)))
    assert count == Counter(itertools.product(*table.values()))
    for part in parts:
        assert cells_of(part) <= most
        assert len(part["region"]) <= regions


@given(st.integers(1, 900), st.integers(1, 110), st.integers(1, 30))
def test_no_address_is_longer_than_the_service_takes(regions: int, ages: int, years: int) -> None:
    table = {
        "KOKkommuneregion0000": [f"K-{at:04d}" for at in range(regions)],
        "Alder": [f"{at:03d}+" for at in range(ages)],
        "Tid": [str(1986 + at) for at in range(years)],
    }
    for part in plan(table, "KOKkommuneregion0000", "Tid"):
        query = [("lang", "no"), ("outputFormat", "json-stat2"), ("codelist[KOKkommuneregion0000]", "a" * 40)]
        query += [(f"valuecodes[{name}]", ",".join(codes)) for name, codes in part.items()]
        address = Site().address("/api/pxwebapi/v2/tables/07459/data", query)
        assert len(address) <= 2_050
        # Percent-encoding loses nothing: what the service reads is what was meant.
        assert parse_qsl(urlsplit(address).query) == query


def test_batches_of_the_357_kommuner_have_50_to_100_codes() -> None:
    parts = plan({"region": [f"{at:04d}" for at in range(357)], "time": ["2026"]}, "region", "time")
    assert all(50 <= len(part["region"]) <= 100 for part in parts)


def test_a_single_cell_with_an_endless_code_is_refused() -> None:
    with pytest.raises(ValueError, match="characters"):
        plan({"region": ["x" * 5_000], "time": ["2026"]}, "region", "time")


class FakeTime:
    """A clock that only moves when somebody sleeps or it is pushed."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@given(st.lists(st.floats(0.0, 90.0), min_size=1, max_size=150))
def test_no_window_of_a_minute_ever_sees_more_than_thirty_questions(pauses: list[float]) -> None:
    time = FakeTime()
    pace = Pace(clock=time.clock, sleep=time.sleep)
    asked = []
    for pause in pauses:
        time.now += pause if pause > 45.0 else 0.0  # long rests fill the bucket, the rest comes at once
        pace.take()
        asked.append(time.now)
    for first, last in zip(asked, asked[PER_MINUTE:], strict=False):
        assert last - first >= 60.0 - 1e-6


def test_a_long_download_reaches_the_steady_pace_of_the_bucket() -> None:
    time = FakeTime()
    pace = Pace(clock=time.clock, sleep=time.sleep)
    for _ in range(BURST + 240):
        pace.take()
    assert time.now - 1_000.0 == pytest.approx(240 * 60.0 / (PER_MINUTE - BURST), rel=1e-3)


def test_the_first_questions_wait_for_nothing() -> None:
    time = FakeTime()
    pace = Pace(clock=time.clock, sleep=time.sleep)
    assert [pace.take() for _ in range(BURST)] == [0.0] * BURST and pace.take() > 0.0


def test_a_clock_that_goes_back_gives_no_extra_questions() -> None:
    time = FakeTime()
    pace = Pace(clock=time.clock, sleep=time.sleep)
    for _ in range(BURST):
        pace.take()
    time.now -= 500.0
    assert pace.take() > 0.0
