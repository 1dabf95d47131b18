"""Frie inntekter 2025 of every unit, and the grants that make the published totals of 2026 and 2027."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from sim.baseline.parameters import (
    RAMME_FOR_UTJEVNING_2025,
    UTJEVNING_GRENSE,
    UTJEVNING_TILLEGG,
    UTJEVNINGSGRAD,
    UTJEVNINGSGRAD_FYLKE,
    VALUE,
)

RATES = (UTJEVNINGSGRAD[2025], UTJEVNINGSGRAD[2026], UTJEVNINGSGRAD[2027])


class Income(NamedTuple):
    """kr (units,): tax, net equalisation and frie inntekter 2025; grants before equalisation 2026, 2027."""

    skatt: np.ndarray
    inntektsutjevning: np.ndarray
    frie_2025: np.ndarray
    ramme_2026: np.ndarray
    ramme_2027: np.ndarray
    n_2026: float
    n_2027: float


def equalisation(tax: np.ndarray, persons: np.ndarray, rate: float) -> tuple[np.ndarray, float]:
    """Net inntektsutjevning, kr (units,), and the deduction per inhabitant (income_system.md § 3.1)."""
    mean = tax.sum() / persons.sum()
    extra = UTJEVNING_TILLEGG * np.maximum(0.0, UTJEVNING_GRENSE * mean * persons - tax)
    deduction = extra.sum() / persons.sum()
    return rate * (mean * persons - tax) + extra - deduction * persons, deduction


def kommune_income(
    codes: list[str], index: np.ndarray, in_2025: np.ndarray, persons: np.ndarray, growth: np.ndarray,
    frie_2026: np.ndarray, frie_2027: np.ndarray, v: Mapping[str, float] = VALUE,
    rates: tuple[float, float, float] = RATES,
) -> Income:  # fmt: skip
    """Income of kommuner in code order; `growth` is from 1 January 2026 to 2027.

    The published tax index is own tax per inhabitant of 2025 over the mean: over the inhabitants of 1 January
    2025 its mean is 1 and it reproduces the published deduction of 2025. So tax and equalisation of 2025 are
    known; the grant before equalisation is that of 2026 scaled to the State accounts of 2025, and for Oslo
    and Stavanger the published one. A backtest gives values `v` and rates of its own three years instead.
    """
    skatt = np.rint(index * v["skatt_2025"] * in_2025)
    net, _ = equalisation(skatt, in_2025, rates[0])
    net = np.rint(net)
    net[0] -= net.sum()
    n_2026 = (frie_2026.sum() - v["rammetilskudd_2026"]) / persons.sum()
    n_2027 = n_2026 * v["skatt_vekst_2027"]
    ramme_2026 = _grant(frie_2026, index, persons, n_2026, rates[1])
    ramme_2027 = _grant(frie_2027, index, persons * growth, n_2027, rates[2])
    known = np.array([RAMME_FOR_UTJEVNING_2025.get(code, 0.0) for code in codes])
    known *= v["rammetilskudd_2025"] / VALUE["rammetilskudd_2025"]
    left = v["rammetilskudd_2025"] - known.sum()
    before = np.where(known > 0.0, known, ramme_2026 * left / ramme_2026[known == 0.0].sum())
    return Income(skatt, net, skatt + net + np.rint(before), ramme_2026, ramme_2027, n_2026, n_2027)


def _grant(frie: np.ndarray, index: np.ndarray, persons: np.ndarray, mean: float, rate: float) -> np.ndarray:
    """Block grant without equalisation that makes `frie` when tax is as expected."""
    tax = index * mean * persons
    tax *= mean * persons.sum() / tax.sum()
    return frie - tax - equalisation(tax, persons, rate)[0]


def fixed_grants(
    ramme_2027: np.ndarray, need_index: np.ndarray, persons_2027: np.ndarray, need_2027: float
) -> np.ndarray:
    """What the grant of 2027 has beyond innbyggertilskudd and utgiftsutjevning, kr of 2027 (units,)."""
    total = ramme_2027.sum()
    per_inhabitant = total * (1.0 - VALUE["faste_andel"]) / persons_2027.sum()
    return ramme_2027 - (per_inhabitant + (need_index - 1.0) * need_2027) * persons_2027


def county_income(
    tax: np.ndarray, frie_2025: np.ndarray, in_2025: np.ndarray, persons: np.ndarray, growth: np.ndarray,
    v: Mapping[str, float] = VALUE,
) -> tuple[Income, np.ndarray, np.ndarray]:  # fmt: skip
    """Income of fylkeskommuner, and their frie inntekter 2026 and 2027 at the growth of the whole group."""
    frie_2026 = np.rint(frie_2025 * v["fylke_vekst_2026"])
    frie_2027 = np.rint(frie_2026 * v["fylke_vekst_2027"])
    mean = tax.sum() / in_2025.sum()
    net = np.rint(UTJEVNINGSGRAD_FYLKE * (mean * in_2025 - tax))
    net[0] -= net.sum()
    index = tax / in_2025 / mean
    grants = []
    levels = (mean * v["fylke_vekst_2026"], mean * v["fylke_vekst_2026"] * v["skatt_vekst_2027"])
    for frie, people, level in ((frie_2026, persons, levels[0]), (frie_2027, persons * growth, levels[1])):
        own = index * level * people
        grants.append(frie - own - UTJEVNINGSGRAD_FYLKE * (level * people - own))
    return Income(np.rint(tax), net, np.rint(frie_2025), grants[0], grants[1], *levels), frie_2026, frie_2027
