"""The backtest: 2024 and 2025 by the same kernel, with what the nation met in those years instead of chance.

Only national surprises are observed; what each kommune met and did stays chance and rule. Decision 0009.
"""

from collections.abc import Mapping
from functools import cache

import numpy as np

from sim.baseline import backtest_values as given
from sim.baseline.backtest import FIRST, LAST, backtest_world
from sim.params import PARAMS, default_rows
from sim.state import World
from sim.validate.paths import Paths, record

YEARS = (FIRST, LAST)
# parameter: its value in 2024 and in 2025; a number stands for both
OBSERVED: dict[str, float | tuple[float, float]] = {
    "skatterisiko_skala": 0.0, "kostnad_spredning": 0.0, "lonn_pris_spredning": 0.0, "rente_spredning": 0.0,
    "befolkning_spredning": 0.0, "lokal_vekst_spredning": 0.0, "fylke_vekst_spredning": 0.0, "redning": 0.0,
    # against the adopted budget, in the year: NB26 ch. 3.4
    "skatteanslag_skjevhet": (given.TAX_SURPRISE[2024], given.TAX_SURPRISE[2025]),
    # wages and prices that give the deflator expected in the budget: 4.3 and 4.1 % (deflator_vintage)
    "lonnsvekst": (0.049, 0.045), "prisvekst": (0.0321, 0.0337),
    # deflator less that: 5.0 % in 2024 (NB26 table 3.12), 4.7 % in 2025 with pension costs (May 2026)
    "kostnad_gitt": (0.007, 0.006),
    "rente_bane": (0.047, 0.044),  # NB26 table 2.3
    "redning_gitt": (given.EXTRA_GRANT[2024], given.EXTRA_GRANT[2025]),
    "utjevningsgrad": (0.60, 0.62),
    "bosetting_anmodning": (given.SETTLED_2024, given.SETTLED_2025),
    "bosetting_framskrevet": (given.SETTLED_2024, given.SETTLED_2025),
    "elever_andel": 1.0,
    "kontrakt_fornyet": 0.2,  # two of the four tenths that had been renewed by 2025
}  # fmt: skip


def backtest_rows(runs: int = 1, values: Mapping[str, np.ndarray | float] | None = None) -> np.ndarray:
    """Rows (3 years from 2024, runs): defaults, then `values` (a number or one per run), then what was observed.

    The third is what the autumn of 2025 expects of 2026; it is not simulated.
    """
    rows = default_rows([FIRST, LAST, LAST + 1], runs)
    for name, value in (values or {}).items():
        rows[name] = value
    for name, seen in OBSERVED.items():
        for index in range(len(YEARS)):
            rows[name][index] = seen[index] if isinstance(seen, tuple) else seen
    for index, paid in enumerate((given.TOPP_2024, given.TOPP_2025)):
        rows["topp_dekning"][index] = _topp_share(paid, index)
    return rows


def _topp_share(paid: float, index: int) -> float:
    """The share of cost that gives the toppfinansiering paid, kr, at the price level of earmarked grants."""
    from sim.kernel.grants import TOPP_2026

    prices = float(world().start["pris_oremerkede"][0]) * (1.041**index)
    return PARAMS["topp_dekning"].default * paid / (TOPP_2026 * prices)


@cache
def world() -> World:
    """The World of the backtest, built once."""
    return backtest_world()


def backtest(runs: int, seed: int, values: Mapping[str, np.ndarray | float] | None = None) -> Paths:
    """Start accounts of 2023 and the years 2024 and 2025 of runs 0 to runs - 1."""
    return record(world(), backtest_rows(runs, values), seed, YEARS)
