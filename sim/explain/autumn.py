"""The autumn before the budget, vote by vote: election, property tax, schools and norms, by the kernel's own functions.

The kernel keeps no record between them. Here they are called in the order of sim.kernel.step.decide on a copy, and what
comes out must be what the adopted budget holds.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.state import STATE_DTYPE

Record = Any  # a numpy record: fields by name
DECIDED = (  # what the autumn settles and December leaves alone
    "svakhet", "gjennomforing", "venstre_andel", "fragmentering", "nytt_flertall", "eiendomsskatt_promille",
    "skoleforslag", "skoler_foreslatt", "skolevedtak", "skoler_vedtatt", "skole_sperre_til", "skolesparing_neste",
    "skoler_legges_ned", "privatelever_neste", "budsjett_omstilling", "skoler_apnes", "innbakt_kostnad",
)  # fmt: skip


@dataclass(frozen=True)
class Autumn:
    """Records after the election, after property tax and schools, and after norms followed the network.

    need: what growth of need adds to the spending of the coming year, kr. owed: what of earlier deficits the statute
    wants covered by each year of the plan, summed up, kr. open_deficit: the draw that decides whether a shortfall is
    shown. agrees: whether it ends as the kernel did.
    """

    elected: Record
    schooled: Record
    normed: Record
    need: float
    owed: tuple[float, ...]
    open_deficit: float
    agrees: bool


def live_autumn(
    booked: Record, adopted: Record, w: Record, n: Record, q: Record, chance: tuple[int, int, int], seen: np.ndarray,
    norms: np.ndarray,
) -> Autumn:  # fmt: skip
    """The autumn of a unit from its record of 31 December; `chance` is (seed, run, year)."""
    from sim.kernel import streams
    from sim.kernel.character import renew_character
    from sim.kernel.coverage import coverage_owed
    from sim.kernel.forecast import expect_closing, roll_forward
    from sim.kernel.neighbours import follow_norms
    from sim.kernel.politics import decide_property_tax, hold_election
    from sim.kernel.rng import uniforms
    from sim.kernel.schools import carry_out, open_school, propose

    seed, run, year = chance
    election, before_election = bool(year == n["neste_valg"]), bool(year + 1 == n["neste_valg"])
    stages = np.zeros(4, STATE_DTYPE)
    stages[3] = booked
    k, address = stages[3], (seed, run, w["kode"], year)
    k["tiltak"][:], k["nytt_flertall"] = 0.0, 0.0
    if election:
        renew_character(k, q, *address)
    if w["er_fylke"] == 0 and election:
        hold_election(k, q, *address)
    stages[0] = k
    if w["er_fylke"] == 0:
        decide_property_tax(k, q, uniforms(seed, streams.DECISION, run, w["kode"], year)[3], seen, before_election)
        rest_until = float(n["neste_valg"] + 1.0 + (q["valgperiode"] if election else 0.0))
        propose(k, q, n, *address, seen, before_election, rest_until)
        carry_out(k, q, n, *address)
        open_school(k, q, n, *address)
    stages[1] = k
    if w["er_fylke"] == 0:
        follow_norms(k, q, seen, norms)
    stages[2] = k
    result = k["netto_driftsresultat"] + k["sent_kjent"] - k["avsetning_bundne"] + k["bruk_bundne"]
    _, new, known = expect_closing(k, result)
    owed = coverage_owed(k, q, known, new, 1.0)
    open_deficit = float(uniforms(seed, streams.DECISION, run, w["kode"], year)[2])
    need = roll_forward(k, w, n, q)
    agrees = all(np.array_equal(k[name], adopted[name]) for name in DECIDED)
    return Autumn(stages[0], stages[1], stages[2], float(need), owed, open_deficit, agrees)
