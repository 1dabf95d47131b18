"""Demographic cost by TBU's method: what unchanged standard and coverage cost when the age groups change.

The cost of year t is the change of each age group from 1 January t - 1 to 1 January t times a cost per person,
full-year effect (Kommuneproposisjonen; consultation of 6 March 2026). TBU's own costs per person are not public:
here they follow from the cost key of the income system (income_system.md § 8). docs/demography.md.
"""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from sim.baseline import need, population
from sim.baseline.parameters import VALUE
from sim.baseline.sources import SECTORS, Sources, read_sources
from sim.baseline.tables import Table
from sim.baseline.world import build_world
from sim.kernel.demography import ARRIVALS
from sim.state import SECTORS_FYLKE, World

Variant = Literal["key_only", "full_need"]
VARIANTS: tuple[Variant, ...] = ("key_only", "full_need")
LAST = 2036
N_KEY = len(SECTORS)
AD_HOC = 6_000.0  # net immigration that TBU added to the projection for 2027 (consultation of 6 March 2026)
WAGE_SHARE = 0.645  # wages of wages, inputs and purchases (NB26 table 3.9; income_system.md § 7.1)
KR_PER_ARSVERK = 850_000.0  # wage, employer's tax and pension of 2025 (assumption, 800 000-900 000)
ARSVERK_PER_KR = WAGE_SHARE / KR_PER_ARSVERK


@dataclass(frozen=True)
class UnitCosts:
    """kr of 2025 per person: kommuner (7 sectors, 8 ages), net; fylkeskommuner (8 sectors, 8 ages), all they spend.

    share_kommuner, share_fylke: the part of spending that frie inntekter pay.
    """

    kommuner: np.ndarray
    fylker: np.ndarray
    share_kommuner: float
    share_fylke: float


@dataclass(frozen=True)
class Cost:
    """kr of 2025: all spending, and the part that frie inntekter pay, by sector of kommuner and fylkeskommuner."""

    kommuner: np.ndarray
    fylker: np.ndarray
    costs: UnitCosts

    @property
    def frie_kommuner(self) -> float:
        """To be covered by frie inntekter of kommuner."""
        return float(self.kommuner.sum())

    @property
    def frie_fylker(self) -> float:
        """To be covered by frie inntekter of fylkeskommuner."""
        return float(self.fylker.sum()) * self.costs.share_fylke

    @property
    def total(self) -> float:
        """All spending, whoever pays."""
        return self.frie_kommuner / self.costs.share_kommuner + float(self.fylker.sum())


def unit_costs(sources: Sources, world: World, variant: Variant) -> UnitCosts:
    """Costs per person from the cost key; `full_need` spreads mortality and living alone over those above 67."""
    key = sources.cost_key
    if variant == "key_only":
        key = {sector: weights | {"aleine_67_plus": 0.0, "dodelighet": 0.0} for sector, weights in key.items()}
    now, infants = world.ages[1, 0], population.infants_2026(sources.projection)
    pre = now[1] + now[0] - infants
    counties = world.start[world.units["er_fylke"] == 1]
    share = float(counties["frie_inntekter"].sum() / counties["driftsinntekter_kjent"].sum())
    kommuner = need.unit_cost_kommune(key, sources.shares, now, infants, pre)[:N_KEY]
    return UnitCosts(kommuner, world.unit_cost[1], VALUE["andel_frie"], share)


def cost_of(change: np.ndarray, costs: UnitCosts) -> Cost:
    """What a change of the eight age groups costs a year at constant standard; ValueError if not eight numbers."""
    if np.shape(change) != (8,):
        raise ValueError(f"a change of age groups is 8 numbers, not {np.shape(change)}")
    return Cost(costs.kommuner @ change, costs.fylker @ change, costs)


def vintage_values(table: Table, vintage: str) -> dict[tuple[int, str], float]:
    """Persons by (year, one of SSB's ten groups) in the main alternative of a vintage."""
    columns = (table.text("vintage"), table.text("alternative"), table.text("year"), table.text("age_group"))
    rows = zip(*columns, table.numbers("population", 0, 1e7), strict=True)
    return {(int(y), g): float(n) for v, a, y, g, n in rows if (v, a) == (vintage, "MMMM")}


def vintage_groups(table: Table, vintage: str, years: range) -> np.ndarray:
    """The eight groups (years, 8) of the main alternative as projected in `vintage`, by the rules of national_ages.

    One-year-olds are the infants of the year before; those aged 20-22 those aged 17-19 three years before; before
    the vintage starts its first growth is carried backwards. KeyError for a year after its last.
    """
    value = vintage_values(table, vintage)
    first = min(year for year, _ in value)

    def group(year: int, name: str) -> float:
        if year < first:
            return value[first, name] * (value[first, name] / value[first + 1, name]) ** (first - year)
        return value[year, name]

    out = np.empty((len(years), 8))
    for t, year in enumerate(years):
        ten = {name: value[year, name] for name in population.TEN}
        one = min(group(year - 1, "0") * VALUE["innvandring_0"], 0.3 * ten["1-5"])
        young = 0.75 * group(year - 3, "16-19") * VALUE["innvandring_20"]
        out[t] = [
            ten["0"] + one, ten["1-5"] - one, ten["6-12"] + ten["13-15"], ten["16-19"] + young,
            ten["20-44"] + ten["45-66"] - young, ten["67-79"], ten["80-89"], ten["90+"],
        ]  # fmt: skip
    return out


def tbu() -> dict[str, Any]:
    """The tables, ready for JSON: merutgifter by year, arsverk in ten years, costs per person, assumptions.

    Keys: docs/demography.md. DataError, one sentence, if an embedded table is malformed.
    """
    sources = read_sources()
    world = build_world(sources)
    old = vintage_groups(sources.projection, "2024", range(2025, LAST + 1))
    observed = world.ages[: LAST - 2025 + 1, 0]  # 2025 and 2026 as counted, then the vintage of 2026
    arrivals = AD_HOC * np.array(ARRIVALS)
    changes = [
        (2026, "announced June 2025", "vintage 2024", 2025, old[1] - old[0]),
        (2026, "updated March 2026", "counted", 2025, observed[1] - observed[0]),
        (2027, "March 2026", "vintage 2024 + 6 000 net immigration", 2026, old[2] - old[1] + arrivals),
        (2027, "vintage of 2026", "vintage 2026", 2026, observed[2] - observed[1]),
        *(
            (year, "vintage of 2026", "vintage 2026", 2025, observed[year - 2025] - observed[year - 2026])
            for year in range(2028, LAST + 1)
        ),
    ]
    rows, services = [], []
    prices = {2025: 1.0, 2026: 1.0 + VALUE["deflator_2026"]}
    costs = {variant: unit_costs(sources, world, variant) for variant in VARIANTS}
    for year, estimate, projection, price_year, change in changes:
        row: dict[str, Any] = {
            "year": year, "estimate": estimate, "projection": projection, "price_year": price_year,
            "population_change": round(float(change.sum())), "published": PUBLISHED.get((year, estimate)),
        }  # fmt: skip
        for variant in VARIANTS:
            row[variant] = _billions(cost_of(change, costs[variant]), prices[price_year])
        rows.append(row)
    ten_years = (("2024", 2025, old[10] - old[0]), ("2026", 2026, observed[11] - observed[1]))
    for vintage, start, change in ten_years:
        projection = f"vintage {vintage}"
        pupils = vintage_values(sources.projection, vintage)
        growth = pupils[start + 10, "16-19"] / pupils[start, "16-19"] - 1.0
        for variant in VARIANTS:
            found = _arsverk(cost_of(change, costs[variant]))
            found["videregaende_16_19"] = growth * costs[variant].fylker[0] @ world.ages[1, 0] * ARSVERK_PER_KR
            for service, arsverk in found.items():
                services.append({
                    "service": service, "from": start, "to": start + 10, "projection": projection,
                    "variant": variant, "arsverk": round(arsverk), "published": PUBLISHED_ARSVERK.get(service),
                })  # fmt: skip
    return {
        "merutgifter": rows, "arsverk": services, "unit_cost": _unit_cost_table(costs),
        "assumptions": _assumptions(costs["full_need"]),
    }  # fmt: skip


# Consultation of 6 March 2026 (KDD's and TBU's papers): bn, prices of the year in `price_year`
PUBLISHED = {
    (2026, "announced June 2025"): {"total": 3.5, "frie_inntekter": 2.8},
    (2026, "updated March 2026"): {"total": 2.8, "frie_inntekter": 2.2},
    (2027, "March 2026"): {"total": 3.6, "frie_inntekter": 2.9, "kommuner": 2.3, "fylkeskommuner": 0.6},
}
# KS citing TBU, ten years; upper secondary also by 16-19, who are most of its pupils
PUBLISHED_ARSVERK = {"grunnskole": -8_000, "pleie": 34_000, "videregaende": -2_800, "videregaende_16_19": -2_800}


def _billions(cost: Cost, price: float) -> dict[str, float]:
    parts = {
        "total": cost.total, "frie_inntekter": cost.frie_kommuner + cost.frie_fylker,
        "kommuner": cost.frie_kommuner, "fylkeskommuner": cost.frie_fylker,
    }  # fmt: skip
    return {name: round(price * kr / 1e9, 3) for name, kr in parts.items()}


def _arsverk(cost: Cost) -> dict[str, float]:
    """Full-time equivalents by service: all spending of the service times the wage share over the cost of one."""
    gross = cost.kommuner / cost.costs.share_kommuner
    kommuner = {name: float(kr) * ARSVERK_PER_KR for name, kr in zip(SECTORS, gross, strict=True)}
    fylker = zip(SECTORS_FYLKE, cost.fylker, strict=True)
    return kommuner | {name: float(kr) * ARSVERK_PER_KR for name, kr in fylker if kr != 0.0}


def _unit_cost_table(costs: dict[Variant, UnitCosts]) -> dict[str, Any]:
    table: dict[str, Any] = {
        variant: {s: [round(x) for x in row] for s, row in zip(SECTORS, costs[variant].kommuner.tolist(), strict=True)}
        for variant in VARIANTS
    }
    rows = zip(SECTORS_FYLKE, costs["full_need"].fylker.tolist(), strict=True)
    table["fylkeskommuner"] = {s: [round(x) for x in row] for s, row in rows if any(row)}
    return table


def _assumptions(costs: UnitCosts) -> list[dict[str, Any]]:
    lines = (
        ("need_per_inhabitant", VALUE["behov_per_innbygger"], "kr of 2025", "income_system.md § 4.1 (73-76 thousand)"),
        ("deflator_2026", VALUE["deflator_2026"], "share", "from prices of 2025 to 2026 (May 2026)"),
        ("frie_share_kommuner", costs.share_kommuner, "share", "of spending; users and earmarked grants pay the rest"),
        ("frie_share_fylkeskommuner", costs.share_fylke, "share", "of revenue 2025 (SSB 13561)"),
        ("ad_hoc_net_immigration", AD_HOC, "persons", "2027, consultation of 6 March 2026; ages assumed"),
        ("projection_of_march_2026", 2024, "vintage", "SSB 14288 MMMM; the vintage of 2026 (14746) came later"),
        ("wage_share", WAGE_SHARE, "share", "income_system.md § 7.1, the same for every service"),
        ("kr_per_arsverk", KR_PER_ARSVERK, "kr of 2025", "assumption, 800 000-900 000, the same for every service"),
        ("services", 9, "services", "the seven of the cost key, upper secondary, dental; nothing for any other"),
        ("groups_of_2025", 2025, "1 January", "total and 67+ counted; those below 67 as the vintage of 2024 has them"),
    )  # fmt: skip
    return [{"name": n, "value": round(float(v), 4), "unit": u, "source": s} for n, v, u, s in lines]
