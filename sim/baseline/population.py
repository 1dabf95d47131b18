"""Inhabitants and the eight age groups of 1 January 2026, from what the sector indices reveal.

The cost key is linear in the per-inhabitant indices of its criteria (income_system.md § 4.1). A Gaussian
prior on the criteria, with the published sector indices as observations, gives the age indices and how sure
they are.
"""

from typing import NamedTuple

import numpy as np

from sim.baseline.parameters import VALUE
from sim.baseline.tables import DataError, Table

ALTERNATIVES = ("MMMM", "LLML", "HHMH")  # main, low, high national growth
YEARS = range(2025, 2051)
TEN = ("0", "1-5", "6-12", "13-15", "16-19", "20-44", "45-66", "67-79", "80-89", "90+")
OLD = slice(5, 8)  # 67-79, 80-89, 90+ among the eight

# Criteria of the cost key: the unknowns of a kommune, indices with national mean 1. Prior spread of kommuner
# beyond the chance of small numbers, and how many persons' worth of chance there is: the relative variance is
# spread^2 + chance / persons in the group (1: all of the group is new, as infants; 0.1: a year's flows).
CRITERIA = (
    "innb_0", "innb_1_5", "innb_6_12", "innb_13_15", "innb_16_22", "innb_23_24", "innb_25_66", "innb_67_79",
    "innb_80_89", "innb_90_plus", "reise", "innv_6_15", "sysselsette_heiltid", "landbruk", "pu_16_plus",
    "dodelighet", "aleine_67_plus",
)  # fmt: skip
INDEX = {name: i for i, name in enumerate(CRITERIA)}
SPREAD = np.array([
    0.15, 0.15, 0.14, 0.13, 0.12, 0.20, 0.06, 0.015,
    0.04, 0.08, 1.00, 0.40, 0.09, 2.50, 0.45,
    0.08, 0.08,
])  # fmt: skip
CHANCE = np.array([1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.2, 0.1, 0.4, 0.9, 0, 0, 0, 0, 0, 0, 0])
FLOW_HALF_YEAR = 0.1  # persons who enter or leave five year-groups between 1 July and 1 January, per person
# neighbouring age groups resemble each other: correlation along the chain is the product of its links
CHAIN = ((0, 1, 0.80), (1, 2, 0.75), (2, 3, 0.70), (3, 4, 0.50), (4, 5, 0.40), (5, 6, 0.20))
EMPLOYED_WITH_25_66 = 0.50
SURVIVAL_80 = 0.90  # share of those aged 80 and over who are alive a year later (mortality about 10 %)
OBSERVED = ("grunnskole", "barnehage", "kommunehelse", "administrasjon", "pleie")


class Ages(NamedTuple):
    """persons (units, 8) on 1 January 2026, and the standard deviation of their logarithm (units, 8)."""

    persons: np.ndarray
    log_sd: np.ndarray


def whole_persons(values: np.ndarray, total: float) -> np.ndarray:
    """Whole numbers nearest to `values` that sum to `total` (largest remainders)."""
    down = np.floor(values)
    missing = int(total - down.sum())
    order = np.argsort(down - values, kind="stable")
    down[order[:missing]] += 1.0
    return down


def inhabitants_2026(in_2025: np.ndarray, in_july_2026: np.ndarray) -> np.ndarray:
    """1 January 2026: the same share of the way from 1 January 2025 to 1 July 2026; the sum is observed."""
    total = int(VALUE["folketall_2026"])
    share = (total - in_2025.sum()) / (in_july_2026.sum() - in_2025.sum())
    return whole_persons(in_2025 + share * (in_july_2026 - in_2025), total)


def infants_2026(table: Table) -> float:
    """Persons aged 0 on 1 January 2026 (observed: the first year of the vintage of 2026)."""
    for i, row in enumerate(table.rows):
        if (row["vintage"], row["alternative"], row["year"], row["age_group"]) == (
            "2026",
            "MMMM",
            "2026",
            "0",
        ):
            return float(table.numbers("population", 0, 1e7)[i])
    raise DataError(f"{table.path.name}: the row 2026, MMMM, 2026, 0 is missing.")


def national_ages(table: Table, elderly_2025: np.ndarray, total_2025: float) -> np.ndarray:
    """Persons (26 years from 2025, 3 alternatives main/low/high, 8 groups) from the ten groups of SSB.

    Six of the eight groups are sums of the ten. One-year-olds are the infants of the year before; those aged
    20-22 are those aged 17-19 three years before. 2025 is the vintage of 2024 scaled to what was observed.
    """
    columns = zip(
        table.text("vintage"), table.text("alternative"), table.text("year"), table.text("age_group"),
        table.numbers("population", 0, 1e7), strict=True,
    )  # fmt: skip
    value = {(v, a, int(y), g): n for v, a, y, g, n in columns}

    def group(alternative: str, year: int, name: str) -> float:
        if year >= 2026:
            return value["2026", alternative, year, name]
        if year < 2024:  # before the vintage starts: its first growth carried backwards
            first, second = value["2024", "MMMM", 2024, name], value["2024", "MMMM", 2025, name]
            return first * (first / second) ** (2024 - year)
        return value["2024", "MMMM", year, name]

    # infants of 2025 were more than the vintage of 2024 expected: half of what it missed in 2026
    missed = value["2026", "MMMM", 2026, "0"] / value["2024", "MMMM", 2026, "0"]
    out = np.empty((len(YEARS), len(ALTERNATIVES), 8))
    for t, year in enumerate(YEARS):
        for a, name in enumerate(ALTERNATIVES):
            ten = {g: group(name, year, g) for g in TEN}
            infants = group(name, year - 1, "0") * (missed**0.5 if year - 1 == 2025 else 1.0)
            one = round(min(infants * VALUE["innvandring_0"], 0.3 * ten["1-5"]))
            young = round(0.75 * group(name, year - 3, "16-19") * VALUE["innvandring_20"])
            groups = [
                ten["0"] + one, ten["1-5"] - one, ten["6-12"] + ten["13-15"], ten["16-19"] + young,
                ten["20-44"] + ten["45-66"] - young, ten["67-79"], ten["80-89"], ten["90+"],
            ]  # fmt: skip
            out[t, a] = groups
    first = out[0, 0]
    first[OLD] *= np.array([elderly_2025[0] / first[5], *[elderly_2025[1] / first[6:].sum()] * 2])
    first[:5] *= (total_2025 - first[OLD].sum()) / first[:5].sum()
    out[0] = whole_persons(first, total_2025)
    return out


def construct_ages(
    key: dict[str, dict[str, float]], indices: dict[str, np.ndarray], index_sd: dict[str, np.ndarray],
    persons: np.ndarray, elderly_2025: np.ndarray, in_2025: np.ndarray, remoteness: np.ndarray,
    national: np.ndarray, infants: float, one_year_olds: float,
) -> Ages:  # fmt: skip
    """Age groups that agree with the sector indices, the elderly of 2025, each total and each national sum.

    `indices` and `index_sd` are (units,) by sector; `elderly_2025` (units, 2) persons 67-79 and 80+;
    `national` the eight groups of 2026.
    """
    units, total = len(persons), persons.sum()
    pre = national[1] + one_year_olds  # 1-5 years
    share = _national_shares(national, infants, pre, total)
    prior = _prior_mean(elderly_2025, in_2025, national, remoteness)
    covariance = _prior_covariance(share, persons)
    basis = (1.0 / persons) / (units / total)
    design = np.zeros((units, len(OBSERVED) + 1, len(CRITERIA)))
    observed = np.empty((units, len(OBSERVED) + 1))
    noise = np.empty((units, len(OBSERVED) + 1))
    for s, sector in enumerate(OBSERVED):
        weight = key[sector]
        for criterion, w in weight.items():
            if criterion in INDEX:
                design[:, s, INDEX[criterion]] += w
        design[:, s, INDEX["reise"]] += weight["reise_sone"] + weight["reise_nabo"]
        observed[:, s] = indices[sector] - weight["basis"] * basis
        # the key counts persons of 1 July 2025: half a year's flows are chance
        counted = np.array([weight.get(name, 0.0) for name in CRITERIA[:10]])
        flows = FLOW_HALF_YEAR * (counted**2 / share).sum() / persons
        noise[:, s] = np.sqrt(VALUE["dki_stoy"] ** 2 + flows + index_sd[sector] ** 2)
    design[:, -1, :10] = share  # the groups add up to all inhabitants
    observed[:, -1], noise[:, -1] = 1.0, 1e-4
    gain_t = np.linalg.solve(
        design @ covariance @ design.transpose(0, 2, 1) + np.eye(noise.shape[1]) * noise[:, :, None] ** 2,
        design @ covariance,
    )
    misfit = observed - np.einsum("uoc,uc->uo", design, prior)
    mean = prior + np.einsum("uoc,uo->uc", gain_t, misfit)
    after = covariance - np.einsum("uoc,uod->ucd", gain_t, design @ covariance)
    return _to_groups(mean, after, share, persons, national, infants, one_year_olds, pre)


def _prior_covariance(share: np.ndarray, persons: np.ndarray) -> np.ndarray:
    """Prior covariance of the criteria (units, criteria, criteria)."""
    variance = np.repeat(SPREAD[None, :] ** 2, len(persons), axis=0)
    variance[:, :10] += CHANCE[:10] / (share * persons[:, None])
    sd = np.sqrt(variance)
    correlation = np.eye(len(CRITERIA))
    for i, j, link in CHAIN:
        correlation[: i + 1, j] = correlation[j, : i + 1] = correlation[: i + 1, i] * link
    employed, adults = INDEX["sysselsette_heiltid"], INDEX["innb_25_66"]
    correlation[: adults + 1, employed] = EMPLOYED_WITH_25_66 * correlation[: adults + 1, adults]
    correlation[employed, : adults + 1] = correlation[: adults + 1, employed]
    return sd[:, :, None] * correlation * sd[:, None, :]


def _national_shares(national: np.ndarray, infants: float, pre: float, total: float) -> np.ndarray:
    """Shares of all inhabitants in the ten age criteria of the key."""
    school_12 = national[2] * 7 / 10  # 6-12 of 6-15; only the sum matters
    two_years = national[4] * 2 / 44 * 0.95  # 23-24 of 23-66
    adults = national[4] - two_years
    parts = [infants, pre, school_12, national[2] - school_12, national[3], two_years, adults, *national[OLD]]
    return np.array(parts) / total


def _prior_mean(elderly: np.ndarray, in_2025: np.ndarray, national: np.ndarray, remoteness: np.ndarray) -> np.ndarray:
    """What the elderly of 2025 and remoteness (0-1) let one expect of every criterion; national mean 1."""
    old = elderly / elderly.sum(0) / (in_2025 / in_2025.sum())[:, None]
    n67, n80 = national[5], national[6] + national[7]
    both = (old[:, 0] * n67 + old[:, 1] * n80) / (n67 + n80)
    under_67 = (1.0 - both * (n67 + n80) / national.sum()) / (1.0 - (n67 + n80) / national.sum())
    mean = np.repeat(under_67[:, None], len(CRITERIA), axis=1)
    far = remoteness - remoteness.mean()
    for name in ("innb_0", "innb_1_5"):
        mean[:, INDEX[name]] *= 1.0 - 0.3 * far
    mean[:, INDEX["innb_23_24"]] *= 1.0 - 0.4 * far
    mean[:, INDEX["innb_67_79"]] = old[:, 0]
    # 80+ in 2026 are the survivors of 80+ in 2025 and those who turned 80, who come from the 67-79 of 2025
    stayed = SURVIVAL_80 * elderly[:, 1].sum() / n80
    mean[:, INDEX["innb_90_plus"]] = old[:, 1]
    arrived = (1.0 - stayed) * (n80 / national[6])
    mean[:, INDEX["innb_80_89"]] = (1.0 - arrived) * old[:, 1] + arrived * old[:, 0]
    mean[:, INDEX["reise"]] = np.exp(1.5 * far)
    mean[:, INDEX["landbruk"]] = np.exp(3.0 * far)
    for name in ("innv_6_15", "pu_16_plus"):
        mean[:, INDEX[name]] = 1.0
    mean[:, INDEX["dodelighet"]] = 0.2 + 0.8 * (0.35 * old[:, 0] + 0.65 * old[:, 1])
    mean[:, INDEX["aleine_67_plus"]] = both
    return mean


def _to_groups(
    mean: np.ndarray, after: np.ndarray, share: np.ndarray, persons: np.ndarray, national: np.ndarray,
    infants: float, one_year_olds: float, pre: float,
) -> Ages:  # fmt: skip
    total = persons.sum()
    one = one_year_olds / pre  # of those aged 1-5
    to_group = np.zeros((8, len(CRITERIA)))
    to_group[0, 0], to_group[0, 1] = infants / total, share[1] * one
    to_group[1, 1] = share[1] * (1.0 - one)
    to_group[2, 2:4], to_group[3, 4], to_group[4, 5:7] = share[2:4], share[4], share[5:7]
    to_group[5, 7], to_group[6, 8], to_group[7, 9] = share[7], share[8], share[9]
    portion = np.maximum(mean @ to_group.T, 0.2 * national / total)
    variance = np.einsum("gc,ucd,gd->ug", to_group, after, to_group)
    # who of those aged 1-5 is one year old is chance: binomial
    variance[:, :2] += (one * (1.0 - one) * share[1] / persons)[:, None]
    counts = portion * persons[:, None]
    for _ in range(60):  # iterative proportional fitting to the national sums and each kommune's total
        counts *= national / counts.sum(0)
        counts *= (persons / counts.sum(1))[:, None]
    whole = np.array([whole_persons(row, total) for row, total in zip(counts, persons, strict=True)])
    return Ages(whole, np.sqrt(np.maximum(variance, 0.0)) / portion)
