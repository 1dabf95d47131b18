"""Need: kroner of 2025 per person by sector and age group, and what does not follow age."""

import numpy as np

from sim.baseline.parameters import BEHOV_PER_INNBYGGER
from sim.baseline.sources import SECTORS
from sim.state import N_AGES, N_SECTORS

# living alone, and deaths per year, of those aged 67-79, 80-89, 90+ (assumption; only the proportions count)
ALONE = np.array([0.28, 0.45, 0.62])
MORTALITY = np.array([0.018, 0.065, 0.22])

# spending of fylkeskommuner: 44 % upper secondary, 32 % transport, 4 % dental (expert report 2021, ch. 2.1);
# the split of transport and of the rest is an assumption
FYLKE_SHARES = {
    "videregaende": 0.44, "kollektivtransport": 0.17, "fylkesveg": 0.09, "tannhelse": 0.04, "bat_ferje": 0.06,
    "administrasjon": 0.05, "andre_tjenester": 0.15, "ikke_i_bruk": 0.0,
}  # fmt: skip
# of what a fylke spends on roads, boats and ferries: the part of boats and ferries (assumption)
FYLKE_FINANCE = 0.05  # net interest, amortisation and maintenance, share of revenue (accounts 2021)
FERRY_SHARE = {"11": 0.5, "15": 0.7, "18": 0.7, "46": 0.6, "50": 0.4, "55": 0.6, "56": 0.5}
DENTAL_AGES = np.array([0.0, 0.3, 1.0, 0.8, 0.02, 0.05, 0.15, 0.3])  # treatments per person, relative (assumption)


def unit_cost_kommune(
    key: dict[str, dict[str, float]],
    shares: np.ndarray,
    national: np.ndarray,
    infants: float,
    pre: float,
) -> np.ndarray:
    """kr of 2025 per person (8 sectors, 8 ages): weight x share x B x N / N_age (income_system.md § 8).

    The criteria mortality and living alone 67+ are spread over the three groups above 67 (full-need variant).
    `national` is persons in the eight groups, `pre` those aged 1-5. The eighth sector is not in the key.
    """
    total = national.sum()
    out = np.zeros((N_SECTORS, N_AGES))
    ones = pre - national[1]
    for s, sector in enumerate(SECTORS):
        w = key[sector]
        pot = shares[s] * BEHOV_PER_INNBYGGER * total
        per_pre = w["innb_1_5"] * pot / pre
        out[s, 0] = (w["innb_0"] * pot + per_pre * ones) / national[0]
        out[s, 1] = per_pre
        out[s, 2] = (w["innb_6_12"] + w["innb_13_15"]) * pot / national[2]
        out[s, 3] = w["innb_16_22"] * pot / national[3]
        out[s, 4] = (w["innb_23_24"] + w["innb_25_66"]) * pot / national[4]
        for g, name in ((5, "innb_67_79"), (6, "innb_80_89"), (7, "innb_90_plus")):
            out[s, g] = w[name] * pot / national[g]
        for name, profile in (("aleine_67_plus", ALONE), ("dodelighet", MORTALITY)):
            out[s, 5:] += w[name] * pot * profile / (profile * national[5:]).sum()
    return out


def need_rest(
    indices: np.ndarray,
    shares: np.ndarray,
    unit_cost: np.ndarray,
    ages: np.ndarray,
    persons: np.ndarray,
) -> np.ndarray:
    """kr of 2025 per inhabitant (units, 8) that makes each sector's need share x B x index per inhabitant."""
    rest = np.zeros((len(persons), N_SECTORS))
    for s in range(len(SECTORS)):
        published = shares[s] * BEHOV_PER_INNBYGGER * indices[:, s]
        rest[:, s] = published - ages @ unit_cost[s] / persons
    return rest


def county_need(codes: list[str], spending: np.ndarray, ages: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Need of fylkeskommuner: (unit cost (8, 8), rest per inhabitant (15, 8), own spending shares (15, 8)).

    Upper secondary follows those aged 16-22 and dental care its ages, at one price; public transport,
    administration and other services cost the same per inhabitant; what a fylke spends beyond that is roads,
    boats and ferries, which follow the fylke and not its ages. `spending` is kr of 2025.
    """
    persons = ages.sum(1)
    total = spending.sum()
    cost = np.zeros((N_SECTORS, N_AGES))
    names = list(FYLKE_SHARES)
    cost[0, 3] = FYLKE_SHARES["videregaende"] * total / ages[:, 3].sum()
    cost[3] = FYLKE_SHARES["tannhelse"] * total * DENTAL_AGES / (ages @ DENTAL_AGES).sum()
    rest = np.zeros((len(codes), N_SECTORS))
    for name in ("kollektivtransport", "administrasjon", "andre_tjenester"):
        rest[:, names.index(name)] = FYLKE_SHARES[name] * total / persons.sum()
    own = (ages @ cost.T) + rest * persons[:, None]
    left = spending / persons - own.sum(1) / persons
    left = np.maximum(left, 0.03 * spending / persons)
    left *= (FYLKE_SHARES["fylkesveg"] + FYLKE_SHARES["bat_ferje"]) * total / (left * persons).sum()
    ferry = np.array([FERRY_SHARE.get(code, 0.05) for code in codes])
    rest[:, names.index("bat_ferje")] = left * ferry
    rest[:, names.index("fylkesveg")] = left * (1.0 - ferry)
    own = (ages @ cost.T) + rest * persons[:, None]
    return cost, rest, own / own.sum(1)[:, None]
