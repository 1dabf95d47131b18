"""The World of the backtest: accounts of 2023 constructed as those of 2025 are, the frames of 2024 and 2025 published.

What a kommune had in 2023 no table here says. Inhabitants and ages are carried back with each kommune's own growth to
the national numbers; the register is that of the end of 2024, after the review of the accounts of 2023: 22 kommuner,
taken to be those that are on both c and d in April 2026, since a stay lasts four to five years (behaviour.md C12).
"""

from dataclasses import replace
from typing import Any

import numpy as np

from sim.baseline import backtest_values as given
from sim.baseline import population
from sim.baseline.people import Kommuner, construct
from sim.baseline.population import whole_persons
from sim.baseline.sources import Sources, read_sources
from sim.baseline.tables import DATA, Table, read_table
from sim.baseline.world import Calendar, build_world, load_world
from sim.state import World

EARLIER = 2  # the first simulated year is 2024
FIRST, LAST = 2024, 2025
WITHOUT_OSLO = "EAFKUO"
COUNTY_COLUMNS = {  # of Sources: variable of fylkeskommuner_finance.csv
    "county_tax": "tax_per_inhabitant",
    "county_frie": "frie_inntekter_per_inhabitant",
    "county_revenue": "gross_operating_revenue",
    "county_ndr": "ndr",
    "county_fund": "disposisjonsfond",
    "county_debt": "netto_laanegjeld_per_inhabitant",
}
LEVELS = ("county_ndr", "county_fund")  # in per cent: carried back by difference, the others by ratio


def backtest_world() -> World:
    """The World with the accounts of 2023, from the embedded tables; its first simulated year is 2024."""
    s = read_sources()
    now = construct(s)
    before = _persons(s, now)
    sources = _sources(s, before)
    known = _kommuner(s, now, before)
    return build_world(sources, known, calendar())


def calendar() -> Calendar:
    """Two years earlier; earmarked grants at the level that gives the integreringstilskudd paid in 2024."""
    from sim.kernel.grants import GRANT_PER_SETTLED, TAIL

    settled = (given.SETTLED_2024, *given.SETTLED_2023[:4])
    price = given.INTEGRERING_2024 / (GRANT_PER_SETTLED * sum(t * n for t, n in zip(TAIL, settled, strict=True)))
    return Calendar(EARLIER, given.SETTLED_2023, price, given.RATES)


def _persons(s: Sources, now: Kommuner) -> dict[int, np.ndarray]:
    """Inhabitants of kommuner on 1 January 2023 and 2024: last year's growth carried back to the national numbers."""
    growth = now.persons / s.in_2025
    found = {2025: s.in_2025, 2026: now.persons}
    for year in (2024, 2023):
        back = found[year + 1] / growth
        total = given.INHABITANTS[year]
        found[year] = whole_persons(back * total / back.sum(), total)
    return found


def _kommuner(s: Sources, now: Kommuner, persons: dict[int, np.ndarray]) -> Kommuner:
    """The kommuner of 1 January 2024."""
    national = _national(s, now, persons)
    ages = _ages(now, persons[2024], national[1, 0])
    growth = np.column_stack([persons[2025] / persons[2024], persons[2026] / persons[2025], now.growth[:, :23]])
    infants = now.infants * national[1, 0, 0] / now.national[1, 0, 0]
    return replace(
        now, persons=persons[2024], ages=population.Ages(ages, now.ages.log_sd), national=national, growth=growth,
        infants=infants, one_year_olds=national[1, 0, 0] - infants,
    )  # fmt: skip


def _national(s: Sources, now: Kommuner, persons: dict[int, np.ndarray]) -> np.ndarray:
    """(26 years from 2023, 3, 8): 2025 and later as counted and projected, 2024 and 2023 by the vintage of 2024."""
    first, second = _eight_groups(s.projection, 2024), _eight_groups(s.projection, 2025)
    out = np.empty_like(now.national)
    out[2:] = now.national[:-2]
    for t, year in ((1, 2024), (0, 2023)):
        row = out[t + 1, 0] * first / second
        out[t] = whole_persons(row * persons[year].sum() / row.sum(), persons[year].sum())
    return out


def _eight_groups(table: Table, year: int) -> np.ndarray:
    """The groups of the income system from SSB's ten, near enough for a ratio of two years."""
    rows = zip(table.text("vintage"), table.text("alternative"), table.text("year"), strict=True)
    chosen = [i for i, row in enumerate(rows) if row == ("2024", "MMMM", str(year))]
    names, values = table.text("age_group"), table.numbers("population", 0, 1e7)
    ten = {names[i]: values[i] for i in chosen}
    one, young = 0.2 * ten["1-5"], 0.75 * ten["16-19"]
    return np.array([
        ten["0"] + one, ten["1-5"] - one, ten["6-12"] + ten["13-15"], ten["16-19"] + young,
        ten["20-44"] + ten["45-66"] - young, ten["67-79"], ten["80-89"], ten["90+"],
    ])  # fmt: skip


def _ages(now: Kommuner, persons: np.ndarray, national: np.ndarray) -> np.ndarray:
    """Whole persons by group (kommuner, 8): those of 2026 fitted to the kommune's total and the nation's groups."""
    counts = now.ages.persons * (national / now.ages.persons.sum(0))
    for _ in range(60):
        counts *= national / counts.sum(0)
        counts *= (persons / counts.sum(1))[:, None]
    return np.array([whole_persons(row, total) for row, total in zip(counts, persons, strict=True)])


def _sources(s: Sources, persons: dict[int, np.ndarray]) -> Sources:
    """The tables as they would have been: inhabitants, frames, the register and the accounts of fylkeskommuner."""
    frie_2025 = _frie_2025(s)
    per_head = frie_2025 / s.in_2025
    frames = [
        per_head * persons[year] * total / (per_head @ persons[year])
        for year, total in ((2024, given.FRAME_2024), (2025, given.FRAME_2025))
    ]
    member = np.array([[code == fylke for code in s.fylke] for fylke in s.county_codes], float)
    return replace(
        s, in_2025=persons[2023], frie_2026=np.rint(frames[0]), frie_2027=np.rint(frames[1]), value=given.VALUE_2023,
        robek=["cd" if {"c", "d"} <= set(letters) else "" for letters in s.robek],
        county_in_2025=member @ persons[2023], **_counties(s, member @ persons[2023]),
    )  # fmt: skip


def _frie_2025(s: Sources) -> np.ndarray:
    """Frie inntekter 2025 per kommune as the ordinary start has them, kr: the shape of the frames."""
    start = load_world().start[: len(s.codes)]
    return np.asarray(start["frie_inntekter"], float)


def _counties(s: Sources, people: np.ndarray) -> dict[str, Any]:
    """Accounts of 2023; those that began in 2024 have moved since as all fylkeskommuner but Oslo have together."""
    table = read_table(DATA / "fylkeskommuner_finance.csv", ("fylkeskommunekode", "year", "variable", "value"))
    keys = zip(table.text("fylkeskommunekode"), table.text("year"), table.text("variable"), strict=True)
    value = dict(zip(keys, table.numbers("value", -1e9, 1e9), strict=True))
    code_of = {code[:2]: code for code, _, _ in value if code != WITHOUT_OSLO}
    out = {}
    for name, variable in COUNTY_COLUMNS.items():
        column = np.empty(len(s.county_codes))
        for i, fylke in enumerate(s.county_codes):
            code = code_of[fylke]
            seen = value.get((code, "2023", variable))
            if seen is None:
                later = value[code, "2024", variable]
                old, new = value.get((WITHOUT_OSLO, "2023", variable)), value.get((WITHOUT_OSLO, "2024", variable))
                if old is None or new is None:  # revenue, which is no ratio: as frie inntekter
                    old, new = (value[WITHOUT_OSLO, year, "frie_inntekter_per_inhabitant"] for year in ("2023", "2024"))
                seen = later + old - new if name in LEVELS else later * old / new
            column[i] = seen
        out[name] = column
    out["county_revenue"] *= 1e6
    for name in ("county_tax", "county_frie", "county_debt"):
        out[name] = out[name] * people
    out["county_debt"] /= out["county_revenue"]
    out["county_ndr"] /= 100.0
    out["county_fund"] /= 100.0
    return out
