"""Sums, counts and weighted means that the publications state: a table that breaks one is not used."""

import numpy as np

from sim.baseline.sources import SECTORS, Sources
from sim.baseline.tables import DataError

ANCHORS = {  # what: (published, tolerance); Gront hefte 2027 and the register of 20 April 2026
    "number of fylkeskommuner": (15, 0),
    "sum of population_2026_07": (5_636_995, 0),
    "sum of frie_inntekter_2026": (455.795e9, 1e6),
    "sum of frie_inntekter_2027": (478.254e9, 1e6),
    "number of kommuner in the register": (27, 0),
    "sum of pop_total 2025": (5_594_340, 0),
    "rows of national_age_projection.csv": (1560, 0),
}


def validate(s: Sources) -> None:
    """Nothing happens if all holds; DataError names the file, what is off and what is published."""
    found = {
        "number of fylkeskommuner": len(s.county_codes),
        "sum of population_2026_07": s.in_july_2026.sum(),
        "sum of frie_inntekter_2026": s.frie_2026.sum(),
        "sum of frie_inntekter_2027": s.frie_2027.sum(),
        "number of kommuner in the register": sum(1 for letters in s.robek if letters),
        "sum of pop_total 2025": s.in_2025.sum(),
        "rows of national_age_projection.csv": len(s.projection.rows),
    }
    for what, (published, tolerance) in ANCHORS.items():
        if abs(found[what] - published) > tolerance:
            raise DataError(
                f"{_file_of(what)}: {what} is {found[what]:,.0f}; published is {published:,.0f} +- {tolerance:,.0f}."
            )
    if sorted(set(s.fylke)) != s.county_codes:
        raise DataError("kommuner.csv: the fylkesnummer are not those of fylkeskommuner.csv.")
    _weighted_means(s)
    _people(s)


def _file_of(what: str) -> str:
    if "fylkeskommuner" in what:
        return "fylkeskommuner.csv"
    if "pop_total" in what:
        return "elderly_2025.csv"
    return "national_age_projection.csv" if "projection" in what else "kommuner.csv"


def _weighted_means(s: Sources) -> None:
    """The tax index has mean 1 over the inhabitants of 1 January 2025, the sector indices over today's."""
    mean = s.tax_index @ s.in_2025 / s.in_2025.sum()
    if abs(mean - 1.0) > 1e-4:
        raise DataError(f"kommuner.csv: skatteindeks has the weighted mean {100 * mean:.3f}; 100 is needed.")
    for j, sector in enumerate(SECTORS):
        known = ~np.isnan(s.dki[:, j])
        mean = s.dki[known, j] @ s.in_july_2026[known] / s.in_july_2026[known].sum()
        if not abs(mean - 1.0) <= 0.005:
            raise DataError(f"kommuner.csv: dki_{sector} has the weighted mean {mean:.4f}; 1 +- 0.005 is needed.")


def _people(s: Sources) -> None:
    worst = int(np.argmax(s.elderly_2025.sum(1) - s.in_2025))
    if s.elderly_2025[worst].sum() > s.in_2025[worst]:
        raise DataError(f"elderly_2025.csv: {s.codes[worst]} has more elderly than inhabitants.")
    member = np.array([[code == fylke for code in s.fylke] for fylke in s.county_codes])
    off = member @ s.in_2025 - s.county_in_2025
    if off.any():
        at = int(np.argmax(np.abs(off)))
        raise DataError(
            f"fylkeskommuner.csv: population_2025 of {s.county_codes[at]} is {s.county_in_2025[at]:,.0f}; "
            f"its kommuner have {s.county_in_2025[at] + off[at]:,.0f}."
        )
