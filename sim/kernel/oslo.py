"""Oslo is kommune and fylkeskommune in one: one council, one purse, one entry in the register (decision 0008).

The model keeps its two sets of tasks as two units, as the income system does. What the city owns is shared between
them when the year's result is known, so that a deficit arises in one only when the other has no money either.
Source: kommuneloven § 1-4 and kapittel 14 (a unit has one budget and one set of accounts).
"""

import numpy as np
from numba import njit

KOMMUNE, FYLKE = 301, 3  # the codes of its two units: the first kommune and the first fylkeskommune


@njit(cache=True, nogil=True)
def has_oslo(world, n_kommuner):
    """Whether both units of Oslo are there, each the first of its kind."""
    if n_kommuner == 0 or n_kommuner == world.shape[0]:
        return False
    return world[0].kode == KOMMUNE and world[n_kommuner].kode == FYLKE


@njit(cache=True, nogil=True)
def free_money(k):
    """What a unit has to close the year with, kr: fund and result after restricted funds, less old deficits."""
    return k.disposisjonsfond - k.merforbruk + k.netto_driftsresultat - k.avsetning_bundne + k.bruk_bundne


@njit(cache=True, nogil=True)
def share_purse(k, county):
    """Both units end the year with the same free money per krone of revenue; whole kroner, the two sum to zero.

    What is moved is income of the one and less income of the other, and the city's next budget starts from it.
    """
    both = k.driftsinntekter + county.driftsinntekter
    if both <= 0.0:
        return
    moved = np.floor((k.driftsinntekter * free_money(county) - county.driftsinntekter * free_money(k)) / both)
    _give(k, moved)
    _give(county, -moved)


@njit(cache=True, nogil=True)
def _give(k, amount):
    k.fordeling_oslo += amount
    k.ovrige_inntekter += amount
    k.driftsinntekter += amount
    k.brutto_driftsresultat += amount
    k.netto_driftsresultat += amount


@njit(cache=True, nogil=True)
def one_register(k, county):
    """The city is registered once: a ground found in one unit is one of both, and so is control of loans."""
    grounds = k.robek_grunnlag | county.robek_grunnlag
    k.robek_grunnlag, county.robek_grunnlag = grounds, grounds
    years = max(k.ar_i_robek, county.ar_i_robek)
    k.ar_i_robek, county.ar_i_robek = years, years
    control = max(k.lanekontroll, county.lanekontroll)
    k.lanekontroll, county.lanekontroll = control, control
