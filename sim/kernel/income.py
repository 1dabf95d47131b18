"""Equalisation of income and of expenditure needs, and what a change in the age structure costs.

Rules of the income system of kommuner (kommuneproposisjonen; Gront hefte). Nothing is rounded here.
"""

from numba import njit

ANDRE = 7  # services outside the cost key; among them those that fees pay for
SECTORS = ("grunnskole", "pleie", "barnehage", "kommunehelse", "barnevern", "sosial", "administrasjon")
SECTOR_SHARES = {  # of the cost key; 2026: Gront hefte 2026 (H-2570 N); 2025: inferred from the index
    2025: (0.2334, 0.3567, 0.1574, 0.0630, 0.0406, 0.0700, 0.0789),
    2026: (0.2299, 0.3532, 0.1597, 0.0637, 0.0422, 0.0741, 0.0772),
}


@njit(cache=True, nogil=True)
def utjevning_tillegg(skatt, mean, extra, limit):
    """The extra compensation of a unit with tax `skatt` below `limit` of the mean.

    Here and in `utjevning_brutto` both per inhabitant, or both in kroner (mean times inhabitants).
    """
    return extra * max(0.0, limit * mean - skatt)


@njit(cache=True, nogil=True)
def utjevning_brutto(skatt, mean, rate, extra, limit):
    """Equalisation of a unit with tax `skatt`, before the uniform deduction."""
    return rate * (mean - skatt) + utjevning_tillegg(skatt, mean, extra, limit)


@njit(cache=True, nogil=True)
def landsgjennomsnitt(skatt, innbyggere):
    """Mean tax per inhabitant, weighted by inhabitants; 0 without inhabitants."""
    kroner, persons = 0.0, 0.0
    for i in range(skatt.shape[0]):
        kroner += skatt[i] * innbyggere[i]
        persons += innbyggere[i]
    return kroner / persons if persons > 0.0 else 0.0


@njit(cache=True, nogil=True)
def utjevningstrekk(skatt, innbyggere, mean, extra, limit):
    """The uniform deduction per inhabitant that pays for the extra compensation below the limit."""
    kroner, persons = 0.0, 0.0
    for i in range(skatt.shape[0]):
        kroner += utjevning_tillegg(skatt[i], mean, extra, limit) * innbyggere[i]
        persons += innbyggere[i]
    return kroner / persons if persons > 0.0 else 0.0


@njit(cache=True, nogil=True)
def inntektsutjevning(skatt, innbyggere, rate, extra, limit, out):
    """Net equalisation per inhabitant of each unit into `out`; weighted by inhabitants it sums to 0.

    skatt: tax on income and wealth incl. naturressursskatt, kr per inhabitant on 1 January of the year; all
    1-D arrays over units. rate + extra < 1 keeps the order of the units. Returns (national mean, deduction).
    """
    mean = landsgjennomsnitt(skatt, innbyggere)
    deduction = utjevningstrekk(skatt, innbyggere, mean, extra, limit)
    for i in range(skatt.shape[0]):
        out[i] = utjevning_brutto(skatt[i], mean, rate, extra, limit) - deduction
    return mean, deduction


@njit(cache=True, nogil=True)
def utgiftsbehov(shares, dki):
    """Index of expenditure need, 1 = national mean: sector indices `dki` weighted by the sectors' shares."""
    index = 0.0
    for sector in range(shares.shape[0]):
        index += shares[sector] * dki[sector]
    return index


@njit(cache=True, nogil=True)
def need_followed(growth, q):
    """How much of a growth of need the budget follows by itself: shrinking groups keep most of their money.

    Statutory norms (teachers per pupil, staff per child) keep money where need falls: relief of norms frees it.
    """
    if growth > 0.0:
        return q.demografi_opp * growth
    return (q.demografi_ned + (1.0 - q.demografi_ned) * q.normlettelse) * growth


@njit(cache=True, nogil=True)
def merutgift_demografi(start, slutt, enhetskostnad):
    """Cost at constant standard and coverage of the change in each age group; kr per person and year."""
    kroner = 0.0
    for age in range(start.shape[0]):
        kroner += enhetskostnad[age] * (slutt[age] - start[age])
    return kroner
