"""Income and tasks of fylkeskommuner: own tax and its equalisation, block grant, contracts, roads, upper secondary.

Sources: income_system.md §§ 3.3, 4.4; behaviour.md § 7 no. 17. The unit of Oslo has the county tasks of the city
(decision 0008): what it gets and spends is in no kommune.
"""

from numba import njit

from sim.kernel.national import since_start
from sim.kernel.revenue import kr

VIDEREGAENDE, TRANSPORT, FYLKESVEG, FERJE = 0, 1, 2, 4  # sectors of a fylkeskommune
TASKS_FROM = 2027  # the first budget with the completion reform and the preparedness of roads as new costs
FREE_SHARE = 0.727  # frie inntekter of total revenue, sector (NB26 table 3.12, 2025)


@njit(cache=True, nogil=True)
def county_income(units, world, n, q, year, n_kommuner):
    """Frie inntekter of fylkeskommuner: published for the first two years, later shares of the frame that follow need.

    Tax follows the national level, the own index, and what has become of the tax base of the fylke's kommuner. It is
    equalised symmetrically (§ 3.3): a fylkeskommune keeps 1 - rate of its own deviation, and the amounts sum to
    zero. The block grant is fixed beforehand on expected tax, so that expected income adds up to the frame.
    """
    n_units = units.shape[0]
    follow_tax_base(units, world, n_kommuner)
    since = since_start(n, year)
    weights, people, expected_tax = 0.0, 0.0, 0.0
    for u in range(n_kommuner, n_units):
        k, w = units[u], world[u]
        weights += _county_weight(k, w, since)
        people += k.folketall
        expected_tax += n.skatt_niva_fylke * w.skatteindeks * k.folketall
    ratio = n.ramme_fylke / (n.skatt_niva_fylke * people)
    surprise = 1.0 + (n.skatt_varig + n.skatt_midlertidig) * ratio
    tax = 0.0
    for u in range(n_kommuner, n_units):
        k, w = units[u], world[u]
        k.skatt = kr(n.skatt_niva_fylke * w.skatteindeks * (1.0 + k.lokal_skatt) * k.folketall * surprise)
        tax += k.skatt
    equalise_counties(units, q, n_kommuner, tax / people)
    expected_mean = expected_tax / people
    for u in range(n_kommuner, n_units):
        k, w = units[u], world[u]
        if since <= 1:
            expected = w.frie_2026 if since == 0 else w.frie_2027
        else:
            expected = n.ramme_fylke * _county_weight(k, w, since) / weights
        own = n.skatt_niva_fylke * w.skatteindeks * k.folketall
        grant = expected - own - q.utjevningsgrad_fylke * (expected_mean * k.folketall - own)
        k.rammetilskudd = kr(grant) + k.inntektsutjevning
        k.frie_inntekter = k.skatt + k.rammetilskudd
        # earmarked grants are set in the State budget: forecast prices
        k.oremerket_grunnlag = kr(k.oremerket_grunnlag * (1.0 + n.deflator_anslag) * k.folketall / k.folketall_forrige)
        k.oremerkede_tilskudd = k.oremerket_grunnlag


@njit(cache=True, nogil=True)
def follow_tax_base(units, world, n_kommuner):
    """The tax base of a fylkeskommune deviates as those of its kommuner do, weighted by inhabitants."""
    for u in range(n_kommuner, units.shape[0]):
        units[u].lokal_skatt = 0.0
    for u in range(n_kommuner):
        k, w = units[u], world[u]
        county = units[n_kommuner + w.fylke]
        county.lokal_skatt += k.lokal_skatt * k.folketall / county.folketall


@njit(cache=True, nogil=True)
def equalise_counties(units, q, n_kommuner, mean):
    """Symmetric equalisation of fylkeskommuner in whole kroner; the few that rounding leaves go to the first."""
    booked = 0.0
    for u in range(n_kommuner, units.shape[0]):
        k = units[u]
        k.inntektsutjevning = kr(q.utjevningsgrad_fylke * (mean * k.folketall - k.skatt))
        booked += k.inntektsutjevning
    units[n_kommuner].inntektsutjevning -= booked


@njit(cache=True, nogil=True)
def _county_weight(k, w, since):
    if since <= 1:
        return w.frie_2027
    need = 0.0
    for s in range(k.behov.shape[0]):
        need += k.behov[s]
    return w.frie_2027 * need / k.behov_2027


@njit(cache=True, nogil=True)
def renewed_price(now, renewed, bought, already, rise):
    """Price of a service bought by contract (2025 = 1) after one more year of renewals.

    A share `renewed` of the contracts comes up each year and becomes `rise` dearer, once: a share `already` had been
    renewed at the start, and when all have been the price stays. `bought` is the share of the service under contract.
    """
    step, last = renewed * bought * rise, 1.0 + bought * (1.0 - already) * rise
    if rise < 0.0:
        return min(now, max(now + step, last))
    return max(now, min(now + step, last))


@njit(cache=True, nogil=True)
def renewed_prices(k, q):
    """Prices of buses and of boats and ferries when the renewals of the coming year are made."""
    done = q.kontrakt_fornyet
    bus = renewed_price(k.kontraktspris, q.bussanbud_andel, q.buss_kontrakt_andel, done, q.bussanbud_pris)
    ferry = renewed_price(k.ferjepris, q.ferjeanbud_andel, q.ferje_kontrakt_andel, done, q.ferjeanbud_pris)
    return bus, ferry


@njit(cache=True, nogil=True)
def county_costs(k, q, year):
    """What the budget of year + 1 has beyond prices and need: dearer contracts, completion reform, safer roads."""
    bus, ferry = renewed_prices(k, q)
    k.budsjett_utgifter[TRANSPORT] = kr(k.budsjett_utgifter[TRANSPORT] * bus / k.kontraktspris)
    k.budsjett_utgifter[FERJE] = kr(k.budsjett_utgifter[FERJE] * ferry / k.ferjepris)
    k.kontraktspris, k.ferjepris = bus, ferry
    if year + 1 >= TASKS_FROM:
        school, roads = k.budsjett_utgifter[VIDEREGAENDE], k.budsjett_utgifter[FYLKESVEG]
        k.budsjett_utgifter[VIDEREGAENDE] = kr(school * (1.0 + q.fullforing_vekst))
        k.budsjett_utgifter[FYLKESVEG] = kr(roads * (1.0 + q.fylkesveg_beredskap))


@njit(cache=True, nogil=True)
def contract_pressure(units, n, q, n_kommuner):
    """How much the renewals of the coming year raise the costs of the whole sector: their part of the deflator.

    The deflator is an index of what the sector pays, so the State's frames compensate dearer contracts on average:
    all units alike, and not those that run buses and ferries.
    """
    more = 0.0
    for u in range(n_kommuner, units.shape[0]):
        k = units[u]
        bus, ferry = renewed_prices(k, q)
        more += k.budsjett_utgifter[TRANSPORT] * (bus / k.kontraktspris - 1.0)
        more += k.budsjett_utgifter[FERJE] * (ferry / k.ferjepris - 1.0)
    n.kontraktsvekst = q.kontrakt_i_deflator * more * FREE_SHARE / (n.ramme + n.ramme_fylke)
