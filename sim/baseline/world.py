"""From the tables to the World: the records of 357 kommuner and 15 fylkeskommuner."""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from sim.baseline import grants, income, need, networks
from sim.baseline.columns import START, START_DTYPE
from sim.baseline.county_series import LATEST, passing_2025
from sim.baseline.parameters import BEHOV_PER_INNBYGGER, DRAWN, VALUE
from sim.baseline.people import Kommuner, construct
from sim.baseline.sources import Sources, read_sources
from sim.baseline.start_model import expected_key_spending, start_counties, start_kommuner
from sim.schema import Column
from sim.state import N_AGES, N_SECTORS, ROBEK_LETTERS, WORLD, WORLD_DTYPE, World


class Calendar(NamedTuple):
    """What the start year decides besides the tables: years before 2026, refugees, prices of grants, equalisation.

    settled: persons in the start year and the four before; grant_prices: of earmarked grants, 2026 = 1; rates of
    inntektsutjevning in the start year and the two published years after it.
    """

    earlier: int
    settled: tuple[float, ...]
    grant_prices: float
    rates: tuple[float, float, float]


def start_2026() -> Calendar:
    """The calendar of the ordinary start."""
    from sim.kernel.grants import SETTLED

    return Calendar(0, SETTLED, 1.0, income.RATES)


def load_world(data_dir: Path | None = None) -> World:
    """The World: kommuner in code order, then fylkeskommuner in code order; `ages` is main, low, high.

    `data_dir` holds files that replace columns (sim.baseline.supplied). DataError, one sentence, if a table
    is malformed or its sums are not the published ones.
    """
    return build_world(read_sources(data_dir))


def build_world(s: Sources, known: Kommuner | None = None, calendar: Calendar | None = None) -> World:
    """The World of these tables; a backtest gives the kommuner and the calendar of another start."""
    known, calendar = known or construct(s), calendar or start_2026()
    n = len(s.codes)
    units = np.zeros(n + len(s.county_codes), WORLD_DTYPE)
    start = np.zeros(len(units), START_DTYPE)
    unit_cost = np.zeros((2, N_SECTORS, N_AGES))
    for name in DRAWN:
        start[name] = s.value[name]
    start["tidligere_start"], start["bosatt"] = calendar.earlier, calendar.settled
    start["pris_oremerkede"] = calendar.grant_prices
    got = _fill_kommuner(units[:n], unit_cost[0], s, known, calendar.rates)
    start_kommuner(start[:n], units["robek_start"][:n], s, known, got)
    _fill_counties(units[n:], unit_cost[1], start[n:], start[0], s, known)
    settle(units, WORLD)
    settle(start, START)
    return World(units, start, seven_digits(unit_cost), known.national)


def seven_digits(values: np.ndarray) -> np.ndarray:
    """Values with seven significant digits.

    Linear algebra differs in the last bits between processors; what it gives must not, or results would.
    """
    size = np.where(values == 0.0, 1.0, np.abs(values))
    scale = 10.0 ** (6.0 - np.floor(np.log10(size)))
    return np.rint(values * scale) / scale


def settle(records: np.ndarray, columns: tuple[Column, ...]) -> None:
    """Whole kroner and persons, seven digits for all else, in place."""
    for column in columns:
        if column.integer:
            continue
        whole = column.unit.split()[0] in ("kr", "persons") and "per" not in column.unit.split()
        values = records[column.name]
        records[column.name] = np.rint(values) if whole else seven_digits(values)


def robek_bits(letters: str) -> int:
    """Grounds as bits: a is 1, b is 2, c is 4 ..."""
    return sum(1 << ROBEK_LETTERS.index(letter) for letter in letters)


def _fill_kommuner(
    units: np.ndarray, unit_cost: np.ndarray, s: Sources, k: Kommuner, rates: tuple[float, float, float]
) -> income.Income:
    """World records and unit costs of kommuner; returns their income of 2025 and grants."""
    now = k.national[1, 0]
    unit_cost[:] = need.unit_cost_kommune(s.cost_key, s.shares, now, k.infants, now[1] + k.one_year_olds)
    share = s.value["andel_andre_tjenester"]
    unit_cost[7] = expected_key_spending(s) / k.persons.sum() * share / (1.0 - share)
    first = k.growth[:, 0]
    got = income.kommune_income(
        s.codes, s.tax_index, s.in_2025, k.persons, first, s.frie_2026, s.frie_2027, s.value, rates
    )
    counted = 0.5 * (k.persons + k.persons * first)  # 1 July 2026: the grants of 2027 are counted on these
    index = k.dki @ s.shares
    index = index * counted.sum() / (index @ counted)
    units["kode"] = [int(code) for code in s.codes]
    units["fylke"] = [s.county_codes.index(code) for code in s.fylke]
    units["folketall_start"], units["vekst"] = k.persons, k.growth
    units["skatteindeks"] = s.tax_index * k.persons.sum() / (s.tax_index @ k.persons)
    units["frie_2026"], units["frie_2027"] = s.frie_2026, s.frie_2027
    units["ramme_2026"], units["ramme_2027"] = got.ramme_2026, got.ramme_2027
    units["faste_tilskudd"] = income.fixed_grants(
        got.ramme_2027, index, counted, BEHOV_PER_INNBYGGER * VALUE["prisvekst_2027"]
    )
    parts = grants.district_and_cities(s.codes, s.fylke, k.persons, counted, s.tax_index, s.centrality_class)
    for name, values in parts.items():
        units[name] = values
    units["behovsindeks"] = index
    ruled = grants.by_rule(parts, s.in_2025, k.persons, counted, k.persons * first)
    units["saerskilt"] = units["faste_tilskudd"] - ruled
    units["behov_rest"] = need.need_rest(k.dki, s.shares, unit_cost, k.ages.persons, k.persons)
    units["sentralitet"], units["naturtype"] = s.centrality_class, k.types
    units["lon"], units["lat"] = s.lon, s.lat
    units["robek_start"] = [robek_bits(letters) for letters in s.robek]
    units["naboer"] = networks.nearest(s.lon, s.lat, 0)
    units["sammenlignbare"] = networks.peers(k.persons, s.centrality, k.size, k.types, 0)
    units["areal"] = networks.area(s, k)
    return got


def _fill_counties(
    units: np.ndarray, unit_cost: np.ndarray, start: np.ndarray, oslo: np.void, s: Sources, k: Kommuner
) -> None:
    """World and start records of fylkeskommuner; `oslo` is the start record of the kommune, already filled.

    Oslo's published accounts are kommune and county together: the county row is what the kommune leaves.
    """
    member = np.array([[code == mine for mine in s.fylke] for code in s.county_codes], float)
    people, growth = member @ k.persons, np.empty((len(units), 25))
    now = k.persons
    for t in range(25):
        after = now * k.growth[:, t]
        growth[:, t] = (member @ after) / (member @ now)
        now = after
    tax, frie, revenue = s.county_tax.copy(), s.county_frie.copy(), s.county_revenue.copy()
    tax[0] -= oslo["skatt"]
    frie[0] -= oslo["frie_inntekter"]
    revenue[0] -= oslo["driftsinntekter_kjent"]
    got, frie_2026, frie_2027 = income.county_income(tax, frie, s.county_in_2025, people, growth[:, 0], s.value)
    units["kode"] = [int(code) for code in s.county_codes]
    units["er_fylke"], units["fylke"] = 1, np.arange(len(units))
    units["folketall_start"], units["vekst"] = people, growth
    index = tax / s.county_in_2025
    units["skatteindeks"] = index * people.sum() / (index @ people)
    units["frie_2026"], units["frie_2027"] = frie_2026, frie_2027
    units["ramme_2026"], units["ramme_2027"] = got.ramme_2026, got.ramme_2027
    last = LATEST - int(start["tidligere_start"][0])  # a backtest knows no later accounts
    units["ndr_forbigaende"] = passing_2025(s.county_results, s.county_codes, last)
    weight = member * k.persons / people[:, None]
    units["lon"], units["lat"] = weight @ s.lon, weight @ s.lat
    units["sentralitet"] = np.rint(weight @ s.centrality_class)
    units["naboer"] = networks.nearest(units["lon"], units["lat"], len(s.codes))
    alike = np.zeros(len(units))  # fylkeskommuner have no groups: inhabitants and centrality alone
    units["sammenlignbare"] = networks.peers(people, units["sentralitet"], alike, alike, len(s.codes))
    units["areal"] = member @ networks.area(s, k)
    ages = member @ k.ages.persons
    spending = revenue * (1.0 - s.county_ndr - need.FYLKE_FINANCE)
    unit_cost[:], units["behov_rest"], shares = need.county_need(s.county_codes, spending, ages)
    start_counties(start, s, got, ages, revenue, shares)
