"""What law lays down for staffing, property tax and borrowing, whatever the budget says."""

import numpy as np
from numba import njit

TEACHER_NORM = (15.0, 20.0, 20.0)  # pupils per teacher in years 1-4, 5-7, 8-10; opplaringsforskrifta § 12-19
HOME_PERCENT = 70.0  # of market value; eigedomsskattelova § 8 A-2; in percent whole kroner stay whole
HOME_CAP, OTHER_CAP = 4.0, 7.0  # per mille; § 11
LOWEST_RATE = 1.0  # per mille; § 11: a kommune has this much or none
TAX_STEP = 1.0  # per mille in the first year and per year thereafter; § 13


@njit(cache=True, nogil=True)
def larerbehov(elever, norm):
    """Teachers that the norm demands; 1-D arrays of pupils and of pupils per teacher, by year group.

    The text rounds nothing, so this is a continuous amount of teacher time. The norm holds for each school.
    """
    teachers = 0.0
    for group in range(elever.shape[0]):
        teachers += elever[group] / norm[group]
    return teachers


@njit(cache=True, nogil=True)
def barnehage_bemanning(under_tre, over_tre):
    """Employees: one per 3 children under three, one per 6 over three, barnehageloven § 26."""
    return under_tre / 3.0 + over_tre / 6.0


@njit(cache=True, nogil=True)
def pedagogiske_ledere(under_tre, over_tre):
    """Whole positions of pedagogues: 1:7 under three, 1:14 over three; one more child, one more position."""
    return np.ceil((2.0 * under_tre + over_tre) / 14.0)


@njit(cache=True, nogil=True)
def hoyeste_promille(promille, step, cap):
    """Highest lawful property-tax rate the year after `promille` (0: none), eigedomsskattelova §§ 11, 13.

    A rate already above the cap must come down to it at once. Where step or cap leave no rate of at least 1 per
    mille there is no lawful one, and the answer is 0.
    """
    highest = min(promille + step, cap)
    return highest if highest >= LOWEST_RATE else 0.0


@njit(cache=True, nogil=True)
def eiendomsskatt_bolig(marked, promille):
    """Property tax on homes of market value `marked`, § 8 A-2."""
    return marked * (HOME_PERCENT * promille) / 100_000.0


@njit(cache=True, nogil=True)
def eiendomsskatt_annet(grunnlag, promille):
    """Property tax on other taxable value."""
    return grunnlag * promille / 1000.0


@njit(cache=True, nogil=True)
def promille_innenfor(promille, cap):
    """What property with a cap of its own pays of the general rate; under a cap below 1 per mille nothing (§ 11)."""
    return min(promille, cap) if cap >= LOWEST_RATE else 0.0


@njit(cache=True, nogil=True)
def eiendomsskatt_samlet(grunnlag, bolig_andel, promille, tak_bolig, tak_annet):
    """Property tax of a kommune with one general rate, of which homes and other property pay up to their caps (§ 11).

    `grunnlag` is the taxable base, that of homes after § 8 A-2; `bolig_andel` of it is homes and holiday homes.
    """
    homes = bolig_andel * grunnlag
    tax = eiendomsskatt_annet(homes, promille_innenfor(promille, tak_bolig))
    return tax + eiendomsskatt_annet(grunnlag - homes, promille_innenfor(promille, tak_annet))


@njit(cache=True, nogil=True)
def laneramme(brutto_investering, mva_kompensert):
    """Most that may be borrowed for own assets: nothing for VAT that is compensated, kommuneloven § 14-15."""
    return max(0.0, brutto_investering - mva_kompensert)


@njit(cache=True, nogil=True)
def privatskoletrekk(trekk_per_elev, elever, innbyggere, innbyggere_landet):
    """Change in the kommune's rammetilskudd when `elever` of its pupils go to private schools.

    The deduction is shared out again to all kommuner by inhabitants, so the kommune gets its own share back.
    """
    pot = trekk_per_elev * elever
    if innbyggere_landet > 0.0:
        return pot * (innbyggere / innbyggere_landet) - pot
    return -pot


@njit(cache=True, nogil=True)
def minsteavdrag_1992(lanegjeld, vektet_levetid):
    """Least amortisation under the Act of 1992 § 50 no. 7: the debt spread over the assets' weighted life."""
    return lanegjeld / vektet_levetid
