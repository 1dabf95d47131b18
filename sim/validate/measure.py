"""How the simulation measures what is published: functions of Paths to one value per run."""

from collections.abc import Callable

import numpy as np

from sim.validate.paths import Paths, percent

BN = 1e9
WAGE_SHARE = 0.645  # wages of wages, inputs and purchases 2026 (NB26 table 3.9; income_system.md § 7.1)
TRANSFERS = 83.9 / 763.9  # to private units, of these and transfers 2026 (NB26 table 3.9)
Measure = Callable[[Paths], np.ndarray]


def summed(year: int, column: str, scale: float = BN, who: str = "kommuner") -> Measure:
    """The sum of a column over units."""
    return lambda p: p.of(year, who)[column].sum(axis=1) / scale


def both(year: int, *columns: str, scale: float = BN, who: str = "all") -> Measure:
    """The sum of columns over all units, or those of `who`; each of Oslo's two units has its own tasks (0008)."""
    return lambda p: np.sum([p.of(year, who)[c].sum(axis=1) for c in columns], axis=0) / scale


def ratio(year: int, column: str, who: str = "kommuner") -> Measure:
    """A column in per cent of gross operating revenue, sums over units."""
    return lambda p: percent(p.of(year, who)[column], p.of(year, who)["driftsinntekter"])


def gross_debt(p: Paths) -> np.ndarray:
    """Debt with on-lending of kommuner at the start, per cent of revenue."""
    k = p.of(2025, "kommuner")
    return percent(k["lanegjeld"] + k["utlansgjeld"], k["driftsinntekter"])


def net_debt(p: Paths) -> np.ndarray:
    """Debt for own purposes less deposits, all units at the start, per cent of income with interest and dividends."""
    k = p.of(2025, "all")
    return percent(k["lanegjeld"] - k["innskudd"], k["driftsinntekter"] + k["renteinntekter"])


def net_debt_per_inhabitant(p: Paths) -> np.ndarray:
    """Debt less unused loans of fylkeskommuner but Oslo, the first of them, kr per inhabitant of 1 January 2025."""
    k = {name: values[:, 1:] for name, values in p.of(2025, "fylkeskommuner").items()}
    return (k["lanegjeld"] - k["ubrukte_lanemidler"]).sum(axis=1) / k["folketall"].sum(axis=1)


def costs(p: Paths) -> np.ndarray:
    """Operating spending of all units in 2026, bn kr: wages, inputs, purchases and transfers."""
    return p.of(2026, "all")["driftsutgifter"].sum(axis=1) / BN


def wages(p: Paths) -> np.ndarray:
    """The wage share of what is not transfers, bn kr of 2026."""
    return WAGE_SHARE * (1.0 - TRANSFERS) * costs(p)


def inputs(p: Paths) -> np.ndarray:
    """What wages leave of it: inputs and purchases for households, bn kr of 2026."""
    return (1.0 - WAGE_SHARE) * (1.0 - TRANSFERS) * costs(p)


def spending(p: Paths) -> np.ndarray:
    """Operating spending, interest and gross investment of all units in 2026, bn kr."""
    return both(2026, "driftsutgifter", "renteutgifter", "investering")(p)


def net_lending(p: Paths) -> np.ndarray:
    """Income less expenditure of all units in 2026, per cent of income: amortisation is in neither."""
    k = p.of(2026, "all")
    income = k["driftsinntekter"] + k["renteinntekter"] + k["investeringstilskudd"]
    return percent(income - k["driftsutgifter"] - k["renteutgifter"] - k["investering"], income)


def cell(nature: bool, size: int, column: str) -> Measure:
    """A column in per cent of revenue in one cell of NB26 table 3.10 at the start."""

    def measure(p: Paths) -> np.ndarray:
        k = p.of(2025, "kommuner")
        inside = p.cell(nature, size)
        return percent(np.where(inside, k[column], 0.0), np.where(inside, k["driftsinntekter"], 0.0))

    return measure
