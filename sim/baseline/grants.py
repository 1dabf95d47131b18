"""Grants of kommuner that follow a rule of their own, 2027: who gets them and how much. docs/income.md.

The national sums are those adopted for 2026 at the prices of 2027. Where the ministry's schedule is open the rule
here is an assumption of the same shape.
"""

import numpy as np

from sim.baseline.parameters import VALUE
from sim.params import PARAMS

# Oslo, Bergen, Trondheim, Stavanger, Kristiansand, Drammen: at the published 412 kr per inhabitant of Oslo and
# Stavanger the 660 mill of 2025 are 1.60 million people, who live in these six (inferred); Baerum gets none
CITIES = ("0301", "4601", "5001", "1103", "4204", "3301")
NORTH = ("18", "55", "56")  # Nordland, Troms, Finnmark
NAMDALEN = ("5007", "5020", "5041", "5042", "5043", "5044", "5045", "5046", "5047", "5049", "5052", "5060")
SMOOTH = 1.0 / 3.0  # as in the kernel


def district_and_cities(
    codes: list[str], fylke: list[str], persons: np.ndarray, counted: np.ndarray, tax_index: np.ndarray,
    centrality: np.ndarray,
) -> dict[str, np.ndarray]:  # fmt: skip
    """Columns of the World (units,): storby_sats, distrikt_sats, distrikt_fast, distrikt_nord.

    kr of 2027; over `counted`, inhabitants of 1 July 2026, each grant sums to its post. tax_index: 1 = mean;
    centrality: class 1 to 6.
    """
    v, prices = VALUE, VALUE["pris_tilskudd_2027"]
    city = np.array([code in CITIES for code in codes])
    storby = np.where(city, v["storby_2026"] * prices / counted[city].sum(), 0.0)
    region = np.array([18 if code in NAMDALEN else int(f) for code, f in zip(codes, fylke, strict=True)])
    north = np.isin(region, [int(f) for f in NORTH])
    small = (persons < v["smakommune_grense"]) & (north | (tax_index * 100.0 < v["smakommune_skatt"]))
    fixed = np.where(small, v["smakommune_2025"] * v["prisvekst_2027"], 0.0)
    south = np.select([centrality == 6, centrality == 5], [v["sor_sentralitet_6"], 1.0], 0.0)
    weight = np.where(north, 1.0, south)
    weight[region == 55], weight[region == 56] = v["nord_troms"], v["nord_finnmark"]
    rate = np.zeros(len(codes))
    for mine, post in ((north, "distrikt_nord_2026"), (~north, "distrikt_sor_2026")):
        left = v[post] * prices - fixed[mine].sum()
        rate[mine] = weight[mine] * left / (weight * counted)[mine].sum()
    return {"storby_sats": storby, "distrikt_sats": rate, "distrikt_fast": fixed, "distrikt_nord": north.astype(int)}


def by_rule(
    parts: dict[str, np.ndarray],
    in_2025: np.ndarray,
    persons: np.ndarray,
    counted: np.ndarray,
    persons_2027: np.ndarray,
) -> np.ndarray:
    """What the kernel pays by rule in 2027 if people are as projected, kr of 2027 (units,).

    Inhabitants of 1 January 2025, 2026 and 2027, and `counted`: those of 1 July 2026.
    """
    growth = persons / in_2025 - 1.0
    growth = growth + SMOOTH * (persons_2027 / persons - 1.0 - growth)
    vekst = PARAMS["vekst_sats"].default * np.maximum(0.0, growth - PARAMS["vekst_grense"].default) * counted
    skjonn = PARAMS["skjonn_ramme"].default * counted / counted.sum()
    rates = (parts["storby_sats"] + parts["distrikt_sats"]) * counted
    return rates + parts["distrikt_fast"] + vekst + skjonn
