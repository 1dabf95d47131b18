"""What a lasting rise of revenue does: the same runs with and without it, the difference per krone.

From 2028 the frames are SHOCK higher in real terms, for good. behaviour.md A6, A9 and finding 2 have what such shocks
have done: spending follows slowly, debt and reserves first, and grants hardly move taxes.
"""

from dataclasses import dataclass

import numpy as np

from sim.baseline import load_world
from sim.fetch.choice import chosen_folder
from sim.validate.paths import Paths, record

SHOCK, YEAR, LONG = 0.02, 2028, 2038  # share of the frame; its first year; when it has worked through
LAST = 2043  # 18 years from 2026: as many as the register had when its stays were counted (behaviour.md F12)
RUNS = 40  # paired runs need fewer


@dataclass(frozen=True)
class Response:
    """Both paths; the differences are those of kommuner, kr (runs,)."""

    base: Paths
    shocked: Paths

    def difference(self, year: int, column: str) -> np.ndarray:
        """Shocked less base, summed over kommuner."""
        return (self.shocked.of(year, "kommuner")[column] - self.base.of(year, "kommuner")[column]).sum(axis=1)

    def relative(self, year: int, column: str) -> np.ndarray:
        """The same relative to base."""
        return self.difference(year, column) / self.base.of(year, "kommuner")[column].sum(axis=1)

    def elasticity(self, year: int) -> np.ndarray:
        """Of operating spending with respect to revenue."""
        return self.relative(year, "driftsutgifter") / self.relative(year, "driftsinntekter")

    def first_year_part(self) -> np.ndarray:
        """The part of the long-run elasticity that is there in the first year."""
        return self.elasticity(YEAR) / self.elasticity(LONG)

    def debt_first(self) -> np.ndarray:
        """Fall of net debt over three years per krone of revenue of the first."""
        owed = self.difference(YEAR + 2, "lanegjeld") - self.difference(YEAR + 2, "disposisjonsfond")
        return -owed / self.difference(YEAR, "driftsinntekter")

    def tax_cut(self) -> np.ndarray:
        """Less property tax per krone of more frie inntekter, a term later."""
        return -self.difference(YEAR + 4, "eiendomsskatt") / self.difference(YEAR + 4, "frie_inntekter")


def respond(rows: np.ndarray, seed: int) -> Response:
    """The response of the runs of these rows (years from 2026 to LAST, runs)."""
    world = load_world(chosen_folder())
    shocked = rows.copy()
    shocked["realvekst_frie_inntekter"][YEAR - 2026] += SHOCK
    years = range(2026, LAST + 1)
    return Response(record(world, rows, seed, years), record(world, shocked, seed, years))
