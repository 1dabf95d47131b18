"""Which behavioural parameters are calibrated, and the range in which each is thought to lie before looking.

The prior is uniform over the range. Parameters that no moment can inform keep it, and the result says so.
"""

from dataclasses import dataclass

import numpy as np

from sim.params import PARAMS

BHV = "behaviour.md"


@dataclass(frozen=True)
class Prior:
    """A parameter of sim.params, uniform from low to high (in its unit)."""

    name: str
    low: float
    high: float
    source: str

    def __post_init__(self) -> None:
        param = PARAMS[self.name]
        if not param.low <= self.low < self.high <= param.high:
            raise ValueError(f"{self.name}: prior {self.low} to {self.high} is not within {param.low} to {param.high}")


PRIORS = (
    # the gap and the speed with which it is closed
    Prior("alfa_lav", 0.05, 0.40, BHV + " § 4.5; A1"),
    Prior("alfa_hoy", 0.40, 1.00, BHV + " § 4.5; A2"),
    Prior("kappa", 0.5, 4.0, BHV + " § 4.2"),
    Prior("robek_fart", 1.0, 1.4, BHV + " C13"),
    Prior("innsparing_tak", 0.010, 0.030, BHV + " § 4.5: 1-3 %"),
    Prior("fondsoppbygging", 0.0, 0.010, BHV + " § 4.5: 0-1 pp"),
    Prior("fondsmal", 0.05, 0.12, "law.md § 8: 5-10 %"),
    Prior("gap_start", 0.004, 0.012, BHV + " § 4.2: 0.75 pp"),
    Prior("dekning_vekt", 0.0, 1.0, BHV + " § 4.2"),
    Prior("robek_mal", 0.0, 0.02, BHV + " § 4.2"),
    Prior("varig_tolkning", 0.4, 0.8, BHV + " § 4.2: psi"),
    Prior("prognosefeil", 0.004, 0.010, BHV + " § 4.2: 0.4-1 pp"),
    Prior("kjent_i_desember", 0.4, 1.0, "kommuneloven § 14-5: two reports a year"),
    # what spending does by itself
    Prior("utgiftsdrift", 0.0, 0.006, BHV + " § 4.5: 0-0.6 pp"),
    Prior("overskridelse", 0.0, 0.010, BHV + " A14: about 10 bn in 2024"),
    Prior("tertialkorreksjon", 0.0, 0.6, "kommuneloven § 14-5"),
    Prior("vekst_av_rom", 0.1, 0.9, BHV + " A9, F24"),
    Prior("demografi_opp", 0.4, 1.0, BHV + " finding 10"),
    Prior("demografi_ned", 0.1, 0.7, BHV + " finding 10"),
    Prior("bemanning_tilbakeslag", 0.3, 0.6, BHV + " § 4.3: 30-60 %"),
    # what lasts in a unit: its own overruns, savings not carried out, how careful its budgets are
    Prior("overskridelse_spredning", 0.0, 0.014, BHV + " § 4.5 lesson (a); no estimate"),
    Prior("overskridelse_skjevhet", 0.0, 0.8, BHV + " § 4.5 lesson (a); no estimate"),
    Prior("svakhet_samvariasjon", 0.3, 0.9, BHV + " § 4.5 lesson (a); no estimate"),
    Prior("svakhet_varer", 0.5, 1.0, BHV + " F12, C12"),
    Prior("gjennomforing", 0.6, 1.0, "no Norwegian estimate; compare B14"),
    Prior("skatteanslag_forsiktighet", 0.0, 0.010, BHV + " § 4.2, F24"),
    Prior("fond_avbygging", 0.0, 0.5, BHV + " A9"),
    Prior("fondsmal_egen", 0.0, 1.0, BHV + " § 4.5 lesson (a); no estimate"),
    # the register before it bites, plans that bind
    Prior("robek_forventning", 0.0, 0.5, BHV + " finding 4"),
    Prior("tiltaksplan_binding", 0.2, 0.8, "kommuneloven §§ 14-3, 14-5, 28-4; no estimate"),
    # local shocks
    Prior("varig_kostnad_spredning", 0.003, 0.015, BHV + " § 4.5: 0.3-1.5 pp"),
    Prior("varig_kostnad_treghet", 0.50, 0.95, BHV + " F5"),
    Prior("forbigaende_spredning", 0.005, 0.025, BHV + " § 4.5: 0.5-2.5 pp"),
    Prior("start_forbigaende", 0.1, 0.9, BHV + " F5"),
    # deficits, investment
    Prior("budsjett_med_merforbruk", 0.10, 0.50, "5 of 27 registered on ground a, April 2026"),
    Prior("plan_dekning", 0.01, 0.08, "kommuneloven § 14-11"),
    Prior("egenfinansiering", 0.2, 0.7, "Stavanger 2021; SSB 13561"),
    Prior("investering_utsettelse", 0.02, 0.25, "budgeted against realised investment"),
    # schools
    Prior("skole_s0", -3.0, -0.5, BHV + " § 4.5"),
    Prior("skole_s1", 0.05, 0.60, BHV + " § 4.5"),
    Prior("skole_s2", 0.0, 1.5, BHV + " § 4.3"),
    Prior("skole_vedtak", 0.20, 0.70, BHV + " § 4.5; B8"),
)
NAMES = tuple(prior.name for prior in PRIORS)
LOW = np.array([prior.low for prior in PRIORS])
HIGH = np.array([prior.high for prior in PRIORS])


def from_unit(points: np.ndarray) -> np.ndarray:
    """Points (n, parameters) of the unit cube as parameter values with seven digits, as the table keeps them."""
    values = LOW + np.asarray(points) * (HIGH - LOW)
    return np.array([[float(f"{x:.7g}") for x in row] for row in values])


def to_unit(values: np.ndarray) -> np.ndarray:
    """The reverse."""
    return (np.asarray(values) - LOW) / (HIGH - LOW)
