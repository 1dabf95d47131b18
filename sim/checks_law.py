"""Rules of law and of price that a year must have kept: amortisation, interest, loans, property tax, what cannot move.

Recomputed from the state of 1 January, the parameters and the nation; part of sim.checks.verify.
"""

from collections.abc import Iterator

import numpy as np

from sim.state import State

N_FYLKER = 15
NO_LIMIT, NET_DEBT, STATUTORY = 0, 1, 2  # lever lanetak_regel; the fourth is half of the plan
UNIVERSAL = 2  # lever statlig_kontroll
STATUTORY_SHARE, HALF = 0.3, 0.5
LOWEST_RATE = 1.0  # per mille, eigedomsskattelova § 11
CONSTANT = (  # set at the start; no year moves them
    "risikofaktor", "vekstrisiko", "fartsfaktor", "fondsmal_faktor", "investeringsniva", "selvkost_andel",
    "eiendomsskatt_bolig_andel", "skoler_start", "privatelever_start", "utlansgjeld", "bundet_investeringsfond",
)  # fmt: skip
Identity = tuple[str, np.ndarray]


def kr(amount: np.ndarray) -> np.ndarray:
    """Whole kroner as the kernel rounds."""
    return np.floor(amount + 0.5)


def law_identities(before: np.ndarray, after: State, rows: np.ndarray) -> Iterator[Identity]:
    """The identities, each with what is off (runs, units); `before` (runs, units) is the state a year ago."""
    q = {name: rows[name][:, None] for name in rows.dtype.names or ()}
    n = {name: after.nation[name][:, None] for name in ("rente", "rente_forrige", "deflator_anslag")}
    k = after.units
    is_county = np.zeros(k.shape, bool)
    is_county[:, max(0, k.shape[1] - N_FYLKER) :] = True
    yield from _amortisation(before, k, q)
    yield from _interest(before, k, q, n)
    yield from _loans(before, k, q, is_county)
    yield from _property_tax(before, k, q)
    for name in CONSTANT:
        yield f"{name} does not move", k[name] - before[name]


def _amortisation(before: np.ndarray, k: np.ndarray, q: dict) -> Iterator[Identity]:
    """§ 14-18: depreciation times debt over book value on 1 January; without book value debt over the horizon."""
    debt, book = before["lanegjeld"], before["anleggsmidler"]
    written = kr(before["avskrivningssats"] * book)
    yield "avskrivninger = rate x book value of 1 January (BRF § 3-4)", k["avskrivninger"] - written
    valued = book > 0.0
    least = np.where(valued, written * (debt / np.where(valued, book, 1.0)), debt / q["levetid_nye"])
    rule = q["minimumsavdrag_regel"]
    remaining = np.where(written > 0.0, book / np.where(written > 0.0, written, 1.0), q["levetid_nye"])
    of_1992 = debt / (q["levetid_vekting"] * remaining)
    least = np.where(rule == 1, of_1992, np.where(rule == 2, least * q["minimumsavdrag_faktor"], least))
    yield "minimumsavdrag by its formula (§ 14-18)", k["minimumsavdrag"] - np.minimum(kr(least), debt)
    paid = np.minimum(np.maximum(k["minimumsavdrag"], before["budsjett_avdrag"]), debt)
    yield "avdrag = the larger of budget and minimum, at most the debt", k["avdrag"] - paid


def _interest(before: np.ndarray, k: np.ndarray, q: dict, n: dict) -> Iterator[Identity]:
    """Every interest line is its rate times its stock of 1 January."""
    rate = q["rente_fast"] * n["rente_forrige"] + (1.0 - q["rente_fast"]) * n["rente"] + q["rentepaslag"]
    lending = kr(before["utlansgjeld"] * rate)
    yield "renteutgifter = rate x debt", k["renteutgifter"] - kr(before["lanegjeld"] * rate) - lending
    dividend = kr(before["utbytte"] * (1.0 + n["deflator_anslag"]))
    yield "utbytte follows expected prices", k["utbytte"] - dividend
    deposits = kr(np.maximum(k["innskudd"], 0.0) * q["likviditet_rente"] * n["rente"])
    yield "renteinntekter = rate x deposits, dividends, on-lending", k["renteinntekter"] - deposits - dividend - lending


def _loans(before: np.ndarray, k: np.ndarray, q: dict, is_county: np.ndarray) -> Iterator[Identity]:
    """§§ 14-14, 14-15: at most the budgeted investment net of grants and VAT; § 28-3: the frame of control."""
    merging = np.where(k["sammenslaing"] != 0.0, 1.0 + q["sammenslaing_investering"], 1.0)
    planned = kr(before["budsjett_investering"] * merging)
    own = 1.0 - np.where(is_county, q["investering_tilskudd_fylke"], q["investering_tilskudd"])
    lawful = np.maximum(planned - kr((1.0 - own) * planned), 0.0) + before["udekket_investering"]
    yield "no loan beyond what may be borrowed for (§§ 14-14, 14-15)", np.maximum(k["laneopptak"] - lawful, 0.0)
    everybody = q["statlig_kontroll"] == UNIVERSAL
    controlled = everybody | ((q["statlig_kontroll"] == 1) & (before["lanekontroll"] > 0.0))
    rule, net = q["lanetak_regel"], own * planned
    frame = np.where(rule == NET_DEBT, k["avdrag"], np.where(rule == STATUTORY, STATUTORY_SHARE * net, HALF * net))
    over = np.maximum(k["laneopptak"] - kr(frame), 0.0)
    yield "no loan beyond the frame of a controlled unit (§ 28-3)", np.where(controlled & (rule != NO_LIMIT), over, 0.0)


def _property_tax(before: np.ndarray, k: np.ndarray, q: dict) -> Iterator[Identity]:
    """Eigedomsskattelova §§ 11, 13: step, cap, least rate; and what the rate of last autumn brings this year."""
    old, new = before["eiendomsskatt_promille"], k["eiendomsskatt_promille"]
    cap = np.maximum(q["eiendomsskatt_tak"], q["eiendomsskatt_tak_annet"])
    yield "the property-tax rate rises by at most a step (§ 13)", np.maximum(new - old - q["eiendomsskatt_steg"], 0.0)
    yield "the property-tax rate is within its cap (§ 11)", np.maximum(new - cap, 0.0)
    yield "no property-tax rate below 1 per mille (§ 11)", np.where(new > 0.0, np.maximum(LOWEST_RATE - new, 0.0), 0.0)
    homes = k["eiendomsskatt_bolig_andel"] * k["eiendomsskatt_grunnlag"]
    rates = [
        np.where(tak < LOWEST_RATE, 0.0, np.minimum(old, tak))
        for tak in (q["eiendomsskatt_tak"], q["eiendomsskatt_tak_annet"])
    ]
    tax = homes * rates[0] / 1000.0 + (k["eiendomsskatt_grunnlag"] - homes) * rates[1] / 1000.0
    yield "eiendomsskatt = rate x base, each kind within its cap (§§ 11, 12)", k["eiendomsskatt"] - kr(tax)
