"""How far the income system's rules alone take each kommune from the published grant of 2026 to that of 2027.

A test out of sample of what carries grants from 2028: the kernel's own rules move the published frie inntekter of 2026
one year, given the national frame, and the published ones of 2027 are the answer. docs/income.md.
"""

from typing import Any

import numpy as np

from sim.baseline.labels import load_units
from sim.baseline.parameters import VALUE
from sim.baseline.sources import read_sources
from sim.baseline.world import load_world
from sim.kernel import grants, opening, start, step
from sim.params import default_rows
from sim.state import State, new_state

N_KOMMUNER = 357
REVENUE_TYPES = ("other", "energi", "havbruk")  # by naturtype: constructed (docs/start_accounts.md)
ORDER: dict[str, tuple] = {"size": ("small", "medium", "large"), "revenue": REVENUE_TYPES}
BOUNDARY = ("1525", "1578")  # Stranda and Fjord: the published figures of the two years are not comparable
CALM = {
    "skatterisiko_skala": 0.0, "skatteanslag_skjevhet": 0.0, "kostnad_spredning": 0.0, "lokal_skatt_spredning": 0.0,
    "lokal_vekst_spredning": 0.0, "fylke_vekst_spredning": 0.0, "befolkning_spredning": 0.0, "redning": 0.0,
    "avtale_sannsynlighet": 0.0, "spu_spredning": 0.0,  # real growth is the mean one
}  # fmt: skip
PARTS = (
    "innbyggertilskudd", "utgiftsutjevning", "trekk_private_skoler", "trekk_nedlagte_skoler", "distriktstilskudd_sor",
    "distriktstilskudd_nord", "veksttilskudd", "storbytilskudd", "skjonnstilskudd", "saerskilt_fordeling",
    "inntektsgaranti", "inntektsutjevning",
)  # fmt: skip
POSTS = {
    "distriktstilskudd_sor": "distrikt_sor_2026", "distriktstilskudd_nord": "distrikt_nord_2026",
    "veksttilskudd": "vekst_2026", "storbytilskudd": "storby_2026", "skjonnstilskudd": "skjonn_2026",
}  # fmt: skip


def carried_to_2027() -> tuple[np.ndarray, State, dict[str, float]]:
    """Frie inntekter 2027 of the kommuner (357,) by the rules alone, kr; the state; what the frame rule says of 2027.

    Median start, no shocks. Given: the published figures of 2026, the sum of those of 2027, and the projection.
    """
    w = load_world()
    rows = default_rows([2026, 2027])
    for name, value in CALM.items():
        rows[name] = value
    state = new_state(1, len(w.units))
    start.draw_start(state.units, state.nation, w.units, w.start, w.unit_cost, w.ages, 1, 0, 0.0)
    opening.open_books(state.units, state.nation, w.units, w.unit_cost, w.ages, rows[0], rows[0], 1, 0)

    def advance(index: int) -> None:
        step.step_year(
            state.units, state.nation, w.units, w.unit_cost, w.ages, rows[index], rows[1], 1, 0, 2026 + index
        )

    advance(0)
    before, n = state.units[0].copy(), state.nation[0]
    mean_before, frame = float(n["tilskudd_snitt"]), frame_rule(n, rows[1, 0])
    advance(1)
    units = state.units[0]
    prices = VALUE["pris_tilskudd_2027"]
    own = before["innbyggertilskudd"] + before["utgiftsutjevning"] + before["trekk_private_skoler"]
    own = own + before["trekk_nedlagte_skoler"]
    ruled = sum(before[part] for part in POSTS)  # at the prices of 2027
    kommuner = slice(0, N_KOMMUNER)
    rest = (w.units["ramme_2026"] - own) * prices - ruled
    units["saerskilt_grunnlag"][kommuner] = rest[kommuner]
    units["folketall_juli"][kommuner] = read_sources().in_july_2026  # an input of the rule, as the booklet has it
    for name in ("tilskudd_per_innbygger", "vekst_snitt", "oremerket_grunnlag"):
        units[name] = before[name]
    n["tilskudd_snitt"] = mean_before
    expected = float((n["skatt_niva"] * w.units["skatteindeks"] * units["folketall"])[kommuner].sum())
    from_2028 = 2028  # as the rules are applied once no published figure stands
    grants.share_block_grant(units, w.units, n, rows[1, 0], from_2028, N_KOMMUNER, expected)
    return units["frie_inntekter"][kommuner].copy(), state, frame


def frame_rule(n: np.void, q: np.void) -> dict[str, float]:
    """Kommuner's frame of the coming year as the State would announce it, kr: last year's, and what it adds for what.

    `n` is the nation after the year, `q` the parameters of the coming one.
    """
    before, prices = float(n["ramme"]), float(n["prisanslag_neste"])
    parts = {
        "prices": before * prices,
        "demography": float(q["demografi_dekning"] * n["prisnivaa_tilskudd"] * n["demografi"]) * (1.0 + prices),
        "real_growth": before * float(q["realvekst_frie_inntekter"] - q["effektivitetskrav"]) * (1.0 + prices),
        "dearer_contracts": before * float(n["kontraktsvekst"]) * (1.0 + prices),
    }
    return {**parts, "frame": before * (1.0 + float(n["vekst_neste"]))}


def compare() -> dict[str, Any]:
    """Deviation of the rules alone from the published frie inntekter 2027: nation, parts, groups, largest; per cent.

    Beside it the deviation if every kommune had grown as the country per inhabitant: what the rules are worth.
    """
    world = load_world()
    w = world.units[:N_KOMMUNER]
    mine, state, frame = carried_to_2027()
    published = w["frie_2027"]
    people = state.units["folketall_juli"][0, :N_KOMMUNER]  # 1 July 2026; those of 2025 lie between two 1 January
    per_head = w["frie_2026"] / (0.5 * (world.start["folketall_2025"][:N_KOMMUNER] + w["folketall_start"])) * people
    even = per_head * published.sum() / per_head.sum()
    labels = load_units().iloc[:N_KOMMUNER].assign(revenue=[REVENUE_TYPES[t] for t in w["naturtype"]])
    off, plain = 100.0 * (mine / published - 1.0), 100.0 * (even / published - 1.0)
    comparable = ~labels["kommunenummer"].isin(BOUNDARY).to_numpy()
    groups = []
    for kind in ("size", "centrality", "revenue", "fylke"):
        for value in ORDER.get(kind, tuple(dict.fromkeys(sorted(labels[kind])))):
            member = (labels[kind] == value).to_numpy() & comparable
            if member.any():
                groups.append({"by": kind, "group": str(value), **_measure(member, mine, even, published)})
    each = [
        {
            "kommunenummer": labels["kommunenummer"].iloc[i], "name": labels["name"].iloc[i],
            "deviation_pct": round(float(off[i]), 2), "even_pct": round(float(plain[i]), 2),
            "deviation_kr_per_inhabitant": round(float((mine[i] - published[i]) / people[i])),
        }
        for i in np.flatnonzero(comparable)
    ]  # fmt: skip
    order = np.argsort(-np.abs(off[comparable]), kind="stable")[:10]
    return {
        "nation": _nation(w, state, frame),
        "parts": _parts(state),
        "all": _measure(comparable, mine, even, published),
        "groups": groups,
        "largest": [each[i] for i in order],
        "kommuner": each,
        "left_out": list(BOUNDARY),
    }


def _measure(member: np.ndarray, mine: np.ndarray, even: np.ndarray, published: np.ndarray) -> dict[str, float]:
    """Of these kommuner: sum against published sum, mean size of the deviations, and the 90 % point; per cent."""
    off, plain = (100.0 * np.abs(x[member] / published[member] - 1.0) for x in (mine, even))
    together = 100.0 * (mine[member].sum() / published[member].sum() - 1.0)
    return {
        "kommuner": int(member.sum()),
        "sum_pct": round(float(together), 2),
        "mean_abs_pct": round(float(off.mean()), 2),
        "p90_abs_pct": round(float(np.quantile(off, 0.9)), 2),
        "even_mean_abs_pct": round(float(plain.mean()), 2),
    }


def _nation(w: np.ndarray, state: State, frame: dict[str, float]) -> dict[str, float]:
    added = {f"frame_rule_{name}": round(amount / 1e6) for name, amount in frame.items() if name != "frame"}
    return {
        "frie_2026_published": round(float(w["frie_2026"].sum()) / 1e6),
        "frie_2027_published": round(float(w["frie_2027"].sum()) / 1e6),
        "frie_2027_by_the_frame_rule": round(frame["frame"] / 1e6),
        **added,
        "inhabitants_2027": round(float(state.units["folketall"][0, :N_KOMMUNER].sum())),
    }


def _parts(state: State) -> list[dict[str, Any]]:
    """National sums of the parts of rammetilskudd 2027, mill kr, with the post of 2026 at the prices of 2027."""
    sums = []
    for part in PARTS:
        total = float(state.units[part][0, :N_KOMMUNER].sum()) / 1e6
        post = VALUE[POSTS[part]] * VALUE["pris_tilskudd_2027"] / 1e6 if part in POSTS else None
        sums.append({"part": part, "mill_kr": round(total), "post_mill_kr": None if post is None else round(post)})
    return sums
