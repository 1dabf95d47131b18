"""What a unit can do when money runs out: one row each.

Continuous measures are chosen together: least sum of (kost * x + helning * x^2 / 2) that yields the wanted
relief, 0 <= x <= tak (behaviour.md § 4.3); x and tak in shares of operating revenue, so that `kost` is the
political price of the first krone and the order of `kost` is the pecking order. Discrete measures have their own
rules. All prices, slopes and caps are assumptions (ordinal evidence only) and are swept; a cap of 0 takes the measure away.
"""

from dataclasses import dataclass
from typing import Literal

from sim.schema import Param


@dataclass(frozen=True)
class Measure:
    """One measure: (default, low, high) of price, slope, cap and yield per krone; lag in years; rebound per year."""

    name: str
    text: str
    form: Literal["continuous", "discrete"]
    kost: tuple[float, float, float] = (0.0, 0.0, 0.0)
    helning: tuple[float, float, float] = (0.0, 0.0, 0.0)
    tak: tuple[float, float, float] = (0.0, 0.0, 0.0)
    virkning: tuple[float, float, float] = (1.0, 1.0, 1.0)
    lag: str = "0"
    rebound: str = "none"
    source: str = ""


MEASURES = (
    Measure("bemanning", "Cheap staffing: temporary staff, overtime, vacancies.", "continuous",
            (0.1, 0.05, 0.3), (0.6, 0.3, 1.2), (0.0075, 0.0, 0.01), (1.0, 1.0, 1.0), "0", "30-60 % a year",
            "behaviour.md § 4.3; CP26; National League of Cities 2010"),
    Measure("investering", "Investment postponed (cap: share of the year's plan).", "continuous",
            (0.2, 0.1, 0.4), (0.2, 0.1, 0.5), (0.4, 0.0, 0.5), (0.065, 0.05, 0.08), "0", "the queue returns",
            "behaviour.md § 4.3; Rattso 2004; Langorgen 1995"),
    Measure("vedlikehold", "Maintenance deferred.", "continuous",
            (0.2, 0.1, 0.4), (0.8, 0.4, 1.6), (0.004, 0.0, 0.005), (1.0, 1.0, 1.0), "0", "backlog comes back as capex",
            "behaviour.md § 4.3; Borge & Hopland 2023; Hopland & Kvamsdal 2017"),
    Measure("avdrag", "Amortisation to the legal minimum (cap: distance to it).", "continuous",
            (0.15, 0.1, 0.3), (0.5, 0.2, 1.0), (1.0, 0.0, 1.0), (1.0, 1.0, 1.0), "0", "debt is higher",
            "behaviour.md § 4.3; kommuneloven § 14-18"),
    Measure("fond", "Use of disposisjonsfond (price rises as the fund falls below the own norm; cap: the fund).",
            "continuous", (0.15, 0.05, 0.4), (0.3, 0.1, 0.8), (1.0, 0.0, 1.0), (1.0, 1.0, 1.0), "0", "buffer is lower",
            "behaviour.md § 4.3; BRF § 4-1"),
    Measure("ostehovel", "Across-the-board cut, spread by the cut vector, never below the floors.", "continuous",
            (0.5, 0.3, 0.8), (0.4, 0.2, 0.8), (0.015, 0.0, 0.025), (1.0, 1.0, 1.0), "0", "slow drift back",
            "behaviour.md § 4.3, A7-A8; KOMMODE (SSB 2006/10)"),
    Measure("gebyr", "User charges raised (fees at self-cost cannot close a deficit, § 15-1).", "continuous",
            (0.5, 0.3, 0.8), (1.0, 0.5, 2.0), (0.002, 0.0, 0.004), (1.0, 1.0, 1.0), "0", "ratchet",
            "behaviour.md § 4.3; Borge 2000; kommuneloven § 15-1"),
    Measure("eiendomsskatt", "Property tax introduced or raised (legal ramp and caps).", "discrete",
            lag="0", rebound="ratchet", source="behaviour.md C1-C7; eigedomsskattelova §§ 11, 13"),
    Measure("skolestruktur", "Primary schools closed or merged: proposal, hearing, adoption, lag.", "discrete",
            lag="1-3", rebound="part of the saving is spent again", source="behaviour.md B1-B20"),
    Measure("merforbruk", "Budget adopted with a deficit: what no other measure covers.", "discrete",
            lag="0", rebound="must be covered in two years", source="kommuneloven §§ 14-10, 14-11, 28-1 a"),
)  # fmt: skip

MEASURE_INDEX = {measure.name: index for index, measure in enumerate(MEASURES)}
N_MEASURES = len(MEASURES)
_ASPECTS = {
    "kost": ("relative price", "Price of the first krone of"),
    "helning": ("relative price per 1 % of revenue", "Rise of the price of"),
    "tak": ("share", "Cap per year of"),
    "virkning": ("kr per kr", "Yield per krone of"),
}


def measure_params() -> tuple[Param, ...]:
    """The prices, slopes, caps and yields of the continuous measures as assumptions, named <measure>_<aspect>."""
    rows = []
    for measure in MEASURES:
        if measure.form == "discrete":
            continue
        for aspect, (unit, words) in _ASPECTS.items():
            default, low, high = getattr(measure, aspect)
            if low == high:
                continue  # fixed by what the measure is
            text = f"{words} {measure.name}."
            inert = 0.0 if aspect == "tak" else None  # a cap of 0: the measure is not there
            rows.append(Param(f"{measure.name}_{aspect}", default, unit, low, high, measure.source, text, inert=inert))
    return tuple(rows)
