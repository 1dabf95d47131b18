"""What stays with a unit from year to year: budget discipline, drift, how much of a saving it carries out, its norm.

behaviour.md § 4.5, lesson (a): the share without a fund rose in 2025 while results improved, so there is a weak tail
that stays weak. What is drawn here is correlated with a weak start and fades from election to election, since half of
all kommuner have been in ROBEK at some time (F12). All spreads are assumptions with an inert value.
"""

import math

from numba import njit

from sim.kernel import streams
from sim.kernel.rng import normals

LEAST_FUND = 0.01  # share of revenue: a fund below this says no more about the norm of its unit (assumption)
FUND_UNIT, RESULT_UNIT, FARTHEST = 1.0, 0.03, 2.0  # log, share of revenue: one step of weakness; most of each
LEAST_DONE = 0.3  # of the adopted savings are carried out even where it goes worst (assumption)


@njit(cache=True, nogil=True)
def weakness(k, q, mean):
    """How weak the accounts of 2025 are: fund and result in steps of -2 to 2, a step more with uncovered deficits.

    The fund counts double: it is what the results of many years have left, and one year's result says little (F5).
    """
    income = k.driftsinntekter
    fund = math.log(q.fondsmal / max(LEAST_FUND, k.disposisjonsfond / income)) / FUND_UNIT
    result = (mean - k.netto_driftsresultat / income) / RESULT_UNIT
    fund = min(FARTHEST, max(-FARTHEST, fund)) + (1.0 if k.merforbruk > 0.0 else 0.0)
    return (2.0 * fund + min(FARTHEST, max(-FARTHEST, result))) / 3.0


@njit(cache=True, nogil=True)
def lean(z, skew):
    """A standard normal with a longer right tail, mean 0; itself at skew 0."""
    if skew <= 0.0:
        return z
    return (math.exp(skew * z) - math.exp(0.5 * skew * skew)) / skew


@njit(cache=True, nogil=True)
def set_character(k, q, z):
    """What a weakness of z means: overruns, drift, and how much of a saving is carried out."""
    k.svakhet = z
    k.egen_overskridelse = q.overskridelse_spredning * lean(z, q.overskridelse_skjevhet)
    k.egen_drift = q.utgiftsdrift_spredning * z
    k.gjennomforing = min(1.0, max(LEAST_DONE, q.gjennomforing - q.gjennomforing_spredning * z))


@njit(cache=True, nogil=True)
def renew_character(k, q, seed, run, code, year):
    """After an election: part of the weakness lasts, the rest is drawn anew; its spread over units stays the same."""
    last = q.svakhet_varer
    if last < 1.0:
        z = normals(seed, streams.CHARACTER, run, code, year)[0]
        set_character(k, q, last * k.svakhet + math.sqrt(1.0 - last * last) * z)


@njit(cache=True, nogil=True)
def draw_characters(units, world, q, seed, run, mean):
    """Give every unit of a run (units,) its lasting character; `mean` is the sector's result of 2025, share of revenue.

    The weakness of kommuner is standardised, so what the spreads add is 0 on average over kommuner. The finances of
    a fylkeskommune are published and alike: of its start only its fund counts, in its own norm.
    """
    total, squares, kommuner = 0.0, 0.0, 0.0
    for u in range(units.shape[0]):
        if world[u].er_fylke == 0:
            found = weakness(units[u], q, mean)
            total += found
            squares += found * found
            kommuner += 1.0
    centre = total / max(1.0, kommuner)
    spread = math.sqrt(max(1e-12, squares / max(1.0, kommuner) - centre * centre))
    rho = q.svakhet_samvariasjon
    own_part = math.sqrt(max(0.0, 1.0 - rho * rho))
    for u in range(units.shape[0]):
        k, w = units[u], world[u]
        z = own_part * normals(seed, streams.CHARACTER, run, w.kode, 0)[0]
        if w.er_fylke == 0:
            z += rho * (weakness(k, q, mean) - centre) / spread
        set_character(k, q, z)
        fund = max(LEAST_FUND, k.disposisjonsfond / k.driftsinntekter)
        k.fondsmal_faktor = (fund / q.fondsmal) ** q.fondsmal_egen
