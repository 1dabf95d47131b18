"""Every parameter, switched off or moved in paired runs: it changes what it should, and nothing before it acts.

The parameters are found in sim.params, so a new one fails here until tests/mechanisms.py says what it does first.
"""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from sim.kernel import step
from sim.params import PARAMS
from sim.state import FIRST_YEAR, NATION_DTYPE, STATE_DTYPE, State
from tests.mechanisms import ACTS, AT_START, BESIDE, RULES, Act, other_values, switched
from tests.simulate import opened, rows_with, world

N, RUNS, YEARS, SEED, SWITCHED = 357, 4, 6, 11, 2  # the switch is on 1 January 2028; 2031 is an election year
INERT = [name for name, param in PARAMS.items() if param.inert is not None]
OTHERS = [name for name, param in PARAMS.items() if param.inert is None]
CHANCE = ("lokal_kostnad", "lokal_skatt", "lokal_natur", "avvik_siste", "svakhet")
STAGES = ("income", "booked", "elected", "schooled", "normed", "adopted", "reviewed", "closed", "revised", "after")
# what the autumn says of the coming year: the accounts of the year know nothing of it
ANNOUNCED = (
    "prisanslag_neste", "rente_neste", "vekst_neste", "vekst_neste_fylke", "demografi", "demografi_fylke", "rom_fond",
    "tillegg_avtale", "kontraktsvekst", "vekst_forslag", "vekst_ventet", "vekst_ventet_fylke", "ventet_redning",
    "bosetting_endring", "kalkylerente_endring", "tilskudd_endring", "innlemming_endring",
)  # fmt: skip


def path(moved: str = "", value: float = 0.0, beside: dict[str, float] | None = None) -> list[State]:
    """The state after each year; `moved` has `value` from the switch on, `beside` holds all the time."""
    w, always = world(), beside or {}
    rows = rows_with(YEARS + 1, RUNS, always)
    if moved:
        rows[moved][SWITCHED:] = value
    start = opened_with(tuple(always.items()))
    state, found = State(start.units.copy(), start.nation.copy()), []
    for at in range(YEARS):
        step.step_year(*state, w.units, w.unit_cost, w.ages, rows[at], rows[at + 1], SEED, 0, FIRST_YEAR + at)
        found.append(State(state.units.copy(), state.nation.copy()))
    return found


@cache
def opened_with(beside: tuple[tuple[str, float], ...]) -> State:
    """Opened books; a parameter of the opening counts from the start."""
    return opened(RUNS, SEED, **dict(beside))


@cache
def unmoved(beside: tuple[tuple[str, float], ...] = ()) -> list[State]:
    """The path with nothing moved."""
    return path(beside=dict(beside))


@cache
def written() -> dict[str, tuple[int, ...]]:
    """Column: the steps of the year that write it; every column that moves in a run is seen step by step in a unit."""
    from sim.explain.replay import OneRun
    from sim.scenario import from_file

    baseline = Path(__file__).parents[1] / "scenarios" / "baseline.toml"
    found: dict[str, set[int]] = {name: set() for name in STATE_DTYPE.names or ()}
    one = OneRun(from_file(baseline, {}, {"years": YEARS}), world(), 1)
    for _ in range(YEARS):
        before = State(one.state.units.copy(), one.state.nation.copy())
        one.step()
        for unit in movers(before.units[0], one.state.units[0], {name for name in found if not found[name]}):
            seen = one._replay(before, unit)
            autumn = {"elected": seen.autumn.elected, "schooled": seen.autumn.schooled, "normed": seen.autumn.normed}
            record = seen.before
            for number, stage in enumerate(STAGES):
                after = autumn[stage] if stage in autumn else getattr(seen, stage)
                for name, steps in found.items():
                    if not np.array_equal(record[name], after[name]):
                        steps.add(number)
                record = after
    return {name: tuple(sorted(steps)) for name, steps in found.items()}


def movers(before: np.ndarray, after: np.ndarray, wanted: set[str]) -> list[int]:
    """A few units in which the wanted columns move, beside some that are always looked at."""
    chosen = [40, 290, 360]
    for name in sorted(wanted):
        moves = (before[name] != after[name]).reshape(len(before), -1).any(axis=1)
        if moves.any() and not moves[chosen].any():
            chosen.append(int(np.flatnonzero(moves)[-1]))
    return chosen


def differing(ours: np.ndarray, theirs: np.ndarray) -> set[str]:
    """Columns that are not the same bit for bit."""
    return {name for name in ours.dtype.names or () if not np.array_equal(ours[name], theirs[name])}


def concerned(who: str, k: np.ndarray, now: np.ndarray) -> np.ndarray:
    """Which units (runs, units) may differ in the year that a mechanism first acts; k before it, `now` its base."""
    county = np.arange(k.shape[1]) >= N
    return {
        "all": np.ones(k.shape, bool),
        "kommuner": np.broadcast_to(~county, k.shape),
        "fylkeskommuner": np.broadcast_to(county, k.shape),
        "registered": k["robek_grunnlag"] > 0,
        "indebted": (k["robek_grunnlag"] == 0) & ((k["merforbruk"] > 0) | (now["netto_driftsresultat"] < 0)),
        "without a gap": now["konsoliderer"] == 0,
    }[who]


def may_not_differ(column: str) -> tuple[set[str], set[str]]:
    """Columns of the nation and of units that are settled before the column is."""
    steps, unit_columns = written(), set(STATE_DTYPE.names or ())
    nation = {name for name in NATION_DTYPE.names or () if name not in ("resultat_siste", *ANNOUNCED)}
    if column in NATION_DTYPE.names and column not in unit_columns:
        booked = STAGES.index("booked")
        earlier = {name for name in unit_columns if steps[name] and max(steps[name]) <= booked}
        return (nation, earlier) if column in ANNOUNCED else (set(), set())
    first = min(steps[column], default=0)  # what moves in no run (a rescue, a merger) comes with the year
    earlier = {name for name in unit_columns if steps[name] and max(steps[name]) < first}
    return (nation | {*ANNOUNCED, "resultat_siste"}) if first > STAGES.index("booked") else set(), earlier


@pytest.mark.parametrize("name", INERT)
def test_a_mechanism_that_is_switched_off_changes_what_it_should_and_nothing_before_it_acts(name):
    assert name in ACTS, f"{name} has an inert value: say in tests/mechanisms.py what it changes first"
    act, value = ACTS[name], switched(PARAMS[name])
    if act.start:
        at_the_opening(name, act, value)
        return
    ours, theirs = path(name, value, act.beside), unmoved(tuple((act.beside or {}).items()))
    first = SWITCHED + act.delay
    for at in range(first):
        assert ours[at].units.tobytes() == theirs[at].units.tobytes(), f"{name} acts in {FIRST_YEAR + at}"
        assert ours[at].nation.tobytes() == theirs[at].nation.tobytes(), f"{name} acts in {FIRST_YEAR + at}"
    units, nation = (differing(a, b) for a, b in zip(ours[first], theirs[first], strict=True))
    assert act.column in units | nation, f"{name}: {sorted(nation)} {sorted(units)}"
    settled_nation, settled = may_not_differ(act.column)
    assert not nation & settled_nation and not units & settled, f"{name} acts before {act.column}"
    before = theirs[first - 1].units
    outside = ~concerned(act.who, before, theirs[first].units)
    assert not differing(ours[first].units[outside], theirs[first].units[outside]), f"{name} is for {act.who}"


@pytest.mark.parametrize("name", INERT)
def test_no_mechanism_moves_a_draw_of_another(name):
    act = ACTS[name]
    theirs = unmoved(tuple((act.beside or {}).items()))[-1]
    ours = path(name, switched(PARAMS[name]), act.beside)[-1]
    for column in CHANCE:
        if column != act.column:
            assert np.array_equal(ours.units[column][:, :N], theirs.units[column][:, :N]), column
    if act.column != "alder":  # surprises to people are drawn per person
        for column in ("innvandring_avvik", "befolkning_z", "skatt_varig", "rente_avvik"):
            assert np.array_equal(ours.nation[column], theirs.nation[column]), column


def at_the_opening(name: str, act: Act, value: float) -> None:
    """What is settled when the books are opened: accounts of the start stay, and nothing happens to it later."""
    ours, theirs = opened_with(((name, value),)).units, opened_with(()).units
    booked = STAGES.index("booked")
    changed = differing(ours, theirs)
    assert act.column in changed and not written()[act.column]
    assert not {c for c in changed if written()[c] and max(written()[c]) <= booked}
    assert path(name, value)[-1].units.tobytes() == unmoved()[-1].units.tobytes()


@pytest.mark.parametrize("name", OTHERS)
def test_every_other_parameter_changes_something_and_nothing_before_it_is_announced(name):
    beside = BESIDE.get(name, {})
    theirs = unmoved(tuple(beside.items()))
    found = []
    for value in other_values(name):
        if name in AT_START:
            found.append(bool(differing(opened_with(((name, value),)).units, opened_with(()).units)))
            continue
        ours = path(name, value, beside)
        for at in range(SWITCHED - 1):
            assert ours[at].units.tobytes() == theirs[at].units.tobytes(), FIRST_YEAR + at
            assert ours[at].nation.tobytes() == theirs[at].nation.tobytes(), FIRST_YEAR + at
        # the year before, the budget of the State may announce it: the accounts of that year know nothing of it
        changed = differing(ours[SWITCHED - 1].units, theirs[SWITCHED - 1].units)
        assert not {c for c in changed if written()[c] and max(written()[c]) <= STAGES.index("booked")}
        found.append(ours[-1].units.tobytes() != theirs[-1].units.tobytes())
    assert any(found), f"{name} changes nothing anywhere: say in tests/mechanisms.py what it needs, or remove it"


@pytest.mark.parametrize(("switch", "name"), [(switch, name) for switch in RULES for name in RULES[switch]])
def test_what_belongs_to_a_mechanism_counts_for_nothing_while_it_is_off(switch, name):
    off = {switch: PARAMS[switch].inert}
    theirs = unmoved(tuple(off.items()))
    for value in other_values(name):
        assert not differing(path(name, value, off)[-1].units, theirs[-1].units), value


def test_the_tables_name_nothing_that_is_not_there():
    assert set(ACTS) == set(INERT)
    assert set(BESIDE) | set(AT_START) <= set(OTHERS)
    assert {name for names in RULES.values() for name in names} <= set(PARAMS)
