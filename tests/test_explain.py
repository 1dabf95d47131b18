"""The ledger of a kommune's year: its figures are the panel's, it adds up, it says on which ground."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.batch.chunks import Sweep, run_chunk
from sim.explain import Ledger, OneRun, UnitYear, write_ledger
from sim.explain.replay import ReplayError
from sim.kernel import notes
from sim.kernel.portfolio import N_CONTINUOUS
from sim.measures import MEASURES
from sim.outputs import OUTPUTS, select
from sim.scenario import Scenario
from sim.state import ROBEK_LETTERS, new_state
from sim.store.panel import Layout, kommunenummer
from tests.sweeps import scenario, world

RUNS, YEARS = 3, 5
HARD = (0.0,) * YEARS  # no rescue ...
LEAN = (-0.02,) * YEARS  # ... and a frame that shrinks: deficits, coverage and the register within five years
TOLD = {  # what no ledger of a kommune may leave out
    "driftsinntekter", "driftsutgifter", "netto_driftsresultat", "netto_driftsresultat_pct", "prognose", "gap",
    "tilpasningsfart", "konsoliderer", "foreslatt_innsparing", "vedtatt_innsparing", "innsparing",
    "budsjett_resultat", "budsjett_balanse", "plan_balanse",
    "budsjett_bruk_disposisjonsfond", "budsjettavvik", "strykninger", "nytt_merforbruk", "disposisjonsfond",
    "merforbruk", "dekning_tidligere_merforbruk", "robek", "robek_grunnlag", "lanegjeld", "investering",
    *(name for name in OUTPUTS if name.startswith("tiltak_")),
} - {"strykninger"}  # shown by its four parts  # fmt: skip


@cache
def chosen() -> Scenario:
    return scenario(RUNS, YEARS, panel=tuple(OUTPUTS), redning=HARD, realvekst_frie_inntekter=LEAN)


@cache
def panel() -> np.ndarray:
    """Every output (outputs, years, runs, units), by the code of sweeps."""
    units, made = world().units, chosen()
    layout = Layout(select(made.panel), made.years, tuple(kommunenummer(units["kode"], units["er_fylke"])), RUNS)
    out = np.empty((len(made.panel), YEARS, RUNS, len(units)), np.float32)
    run_chunk(Sweep(made, world(), layout, False), new_state(RUNS, len(units)), 0, out)
    return out


@cache
def watched(run: int, unit: int) -> list[UnitYear]:
    one = OneRun(chosen(), world(), run)
    return [one.watch(unit) for _ in chosen().years]


def ledgers(run: int, unit: int) -> list[Ledger]:
    return [write_ledger(year) for year in watched(run, unit)]


addresses = given(run=st.integers(0, RUNS - 1), unit=st.integers(0, 371))


@cache
def in_trouble() -> list[tuple[int, int]]:
    """Runs and units that were registered or ran up deficits: those in which every rule has something to say."""
    names = list(chosen().panel)
    bad = panel()[names.index("merforbruk")].max(axis=0) > 0
    return [(int(run), int(unit)) for run, unit in np.argwhere(bad)]


def test_the_test_scenario_has_deficits_coverage_and_every_common_ground():
    names, seen = list(chosen().panel), panel()
    bits = np.bitwise_or.reduce(seen[names.index("robek_grunnlag")].astype(int).ravel())
    assert bits & 0b1101 == 0b1101
    for name in ("strykning_overforing", "strykning_dekning", "dekning_tidligere_merforbruk", "nytt_merforbruk"):
        assert (seen[names.index(name)] > 0).sum() > 20, name


def check_against_panel(run: int, unit: int) -> set[str]:
    names, told = list(chosen().panel), set()
    for at, ledger in enumerate(ledgers(run, unit)):
        for entry in ledger.entries:
            if entry.output:
                stored = panel()[names.index(entry.output), at, run, unit]
                assert np.float32(entry.value) == stored, (ledger.year, entry)
                told.add(entry.output)
    return told


@settings(max_examples=25)
@addresses
def test_every_figure_is_the_one_in_the_panel(run, unit):
    told = check_against_panel(run, unit)
    if world().units["er_fylke"][unit] == 0:
        assert told >= TOLD


@pytest.mark.parametrize("unit", [0, 357])
def test_the_two_units_of_oslo_are_told_after_their_purse_is_shared(unit):
    assert world().units["kode"][[0, 357]].tolist() == [301, 3]
    check_against_panel(1, unit)
    check_sums(1, unit)
    assert any(ledger.value("fordeling_oslo") for ledger in ledgers(1, unit))


@settings(max_examples=25)
@given(data=st.data())
def test_the_figures_of_units_in_trouble_are_those_in_the_panel_too(data):
    run, unit = data.draw(st.sampled_from(in_trouble()))
    assert "merforbruk_alder" in check_against_panel(run, unit)


def check_sums(run: int, unit: int) -> None:
    for ledger in ledgers(run, unit):
        for step, entries in ledger.steps():
            totals = [entry for entry in entries if entry.total]
            assert {entry.into for entry in entries} - {""} <= {entry.name for entry in totals}, step
            for total in totals:
                lines = [entry.sign * entry.value for entry in entries if entry.into == total.name]
                slack = 0.0 if total.unit == "kr" else 1e-12
                assert abs(sum(lines) - total.value) <= slack, (ledger.year, step, total)


@settings(max_examples=25)
@addresses
def test_every_subtotal_is_the_sum_of_its_lines_to_the_krone(run, unit):
    check_sums(run, unit)


@settings(max_examples=25)
@given(data=st.data())
def test_the_accounts_of_units_in_trouble_add_up_too(data):
    check_sums(*data.draw(st.sampled_from(in_trouble())))


@settings(max_examples=25)
@given(data=st.data())
def test_the_grounds_that_are_told_lead_from_the_old_register_to_the_new(data):
    run, unit = data.draw(st.sampled_from(in_trouble()))
    for year, ledger in zip(watched(run, unit), ledgers(run, unit), strict=True):
        standing = int(year.before["robek_grunnlag"])
        for entry in (*ledger.step("january"), *ledger.step("june")):
            if entry.name.startswith("grunn_"):
                bit = 1 << ROBEK_LETTERS.index(entry.name[-1])
                assert bool(standing & bit) == ("lapses" in entry.text), entry
                assert entry.law.startswith("kommuneloven § 28-")
                standing ^= bit
        assert standing == ledger.value("robek_grunnlag") == year.after["robek_grunnlag"]


@settings(max_examples=25)
@given(data=st.data())
def test_deficits_are_covered_oldest_first_and_none_is_lost(data):
    run, unit = data.draw(st.sampled_from(in_trouble()))
    for year, ledger in zip(watched(run, unit), ledgers(run, unit), strict=True):
        shown = [entry for entry in ledger.step("coverage") if entry.into == "dekning_tidligere_merforbruk"]
        left = [entry.name.removesuffix("_dekket") for entry in shown if _left(ledger, entry.name) > 0.0]
        covered = [entry.name.removesuffix("_dekket") for entry in shown if entry.value > 0.0]
        assert not left or all(name <= left[0] for name in covered)  # names end in the year the deficit arose
        moved = sum(e.value for e in shown) if shown else 0.0
        after = year.before["merforbruk"] - moved + ledger.value("nytt_merforbruk")
        assert after == ledger.value("merforbruk", "coverage")


def _left(ledger: Ledger, name: str) -> float:
    try:
        return ledger.value(name.removesuffix("_dekket")) or 0.0
    except KeyError:
        return 0.0


@settings(max_examples=30)
@addresses
def test_the_mix_of_measures_that_is_shown_is_the_cheapest_that_yields_the_relief(run, unit):
    """Independently of how it was found: at the optimum no krone can be moved to a cheaper measure."""
    for year in watched(run, unit):
        relief = year.work[notes.NOTES, notes.RELIEF]
        if not relief > 0.0:
            assert np.isnan(year.work[notes.CAP]).all()
            continue
        income = year.after["driftsinntekter"]
        ledger = write_ledger(year)
        cap, x, price, slope = (
            np.array([ledger.value(f"{measure.name}_{aspect}") for measure in MEASURES[:N_CONTINUOUS]])
            for aspect in ("tak", "valgt", "kost", "helning")
        )
        cap, x = 100.0 * cap / income, 100.0 * x / income
        assert (x >= 0.0).all() and (x <= cap + 1e-9).all()
        assert x.sum() == pytest.approx(min(100.0 * relief / income, cap.sum()))
        next_krone, last_krone = (price + slope * x)[x < cap - 1e-7], (price + slope * x)[x > 1e-7]
        if len(next_krone) and len(last_krone):
            assert next_krone.min() >= last_krone.max() - 1e-6


@settings(max_examples=25)
@given(data=st.data())
def test_what_december_reckons_with_agrees_with_the_deadline_of_two_years(data):
    """kommuneloven § 14-11: half of a deficit that is new is due, within what a plan reaches in a year; never more than
    stands."""
    run, unit = data.draw(st.sampled_from(in_trouble()))
    for year, ledger in zip(watched(run, unit), ledgers(run, unit), strict=True):
        new, due, standing = (ledger.value(name) for name in ("ventet_merforbruk", "skyldig_dekning", "ventet_udekket"))
        assert new <= standing <= new + year.booked["merforbruk"]
        within_a_plan = year.q["plan_dekning"] * year.after["driftsinntekter"]
        assert min(0.5 * new, within_a_plan) - 1.0 <= due <= standing - 0.5 * new + 1.0
        assert new == 0.0 or ledger.value("ventet_fond") == 0.0


@settings(max_examples=30)
@addresses
def test_without_room_above_the_target_the_measures_alone_lead_from_forecast_to_budget(run, unit):
    for ledger in ledgers(run, unit):
        spent = ledger.value("brukt_rom", "budget")
        assert spent <= 0.0
        if ledger.value("gap") >= 0.0:
            assert spent == 0.0, ledger.year


@settings(max_examples=25)
@addresses
def test_the_council_adopts_no_more_than_the_director_proposed_and_no_measure_more_than_its_cap(run, unit):
    for ledger in ledgers(run, unit):
        proposed, adopted = ledger.value("foreslatt_innsparing"), ledger.value("vedtatt_innsparing")
        assert adopted <= proposed
        for measure in MEASURES[:N_CONTINUOUS] if adopted > 0.0 else ():
            wanted, got, cap = (ledger.value(f"{measure.name}_{aspect}") for aspect in ("foreslatt", "valgt", "tak"))
            assert got - 1.0 <= wanted <= cap + 1.0


def test_a_replay_that_ends_elsewhere_than_the_kernel_is_an_error_and_not_a_ledger(monkeypatch):
    from sim.kernel import step

    honest = step.decide_and_close

    def wrong(k, *rest):
        honest(k, *rest)
        k["disposisjonsfond"] += 1.0

    monkeypatch.setattr(step, "decide_and_close", wrong)
    with pytest.raises(ReplayError, match="ends elsewhere"):
        OneRun(chosen(), world(), 0).watch(5)


def test_watching_a_unit_does_not_touch_the_run():
    watching, stepping = OneRun(chosen(), world(), 1), OneRun(chosen(), world(), 1)
    for _ in chosen().years:
        watching.watch(3)
        stepping.step()
    assert watching.state.units.tobytes() == stepping.state.units.tobytes()
    assert watching.state.nation.tobytes() == stepping.state.nation.tobytes()
