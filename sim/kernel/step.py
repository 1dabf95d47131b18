"""One year of every unit of every run: `prepare_year`, `carry_out_budget`, `decide_and_close`, read from top to bottom.

The year is an accounts year cut on 1 July: execution of `year`, the budget of year + 1 in December, and then
the January review, the closing in February, the council by 30 June and the review of the accounts. So the state
after `year` holds the accounts of `year` with everything the law attaches to them (docs/decisions).
"""

import numpy as np
from numba import njit

from sim.kernel import streams
from sim.kernel.borrow import borrowed
from sim.kernel.budget import adopt_budget
from sim.kernel.character import renew_character
from sim.kernel.closing import (
    carry_assets,
    close_investments,
    close_operations,
    review_accounts,
    review_budget,
    revise_budget,
)
from sim.kernel.county import contract_pressure, county_income
from sim.kernel.execute import book_dispositions, book_investment, book_operations, book_pension
from sim.kernel.grants import earmark, expect_earmarked, release_skjonn, share_block_grant
from sim.kernel.merger import name_mergers
from sim.kernel.national import announce_next_year, move_nation, raise_floors, rescue, set_frames, since_start
from sim.kernel.neighbours import N_SEEN, follow_norms, watch_neighbours
from sim.kernel.norms import change_norms
from sim.kernel.notes import ADOPTED, BOOKED, CLOSED, INCOME, N_ROWS, REVIEWED, REVISED, keep
from sim.kernel.oslo import has_oslo, one_register, share_purse
from sim.kernel.people import move_all_people
from sim.kernel.politics import blame_for_cuts, decide_property_tax, hold_election
from sim.kernel.portfolio import FLOOR, set_norms
from sim.kernel.revenue import (
    equalise,
    kr,
    other_income,
    own_tax,
)
from sim.kernel.rng import put, to_normals, uniforms_of_all
from sim.kernel.schools import carry_out, open_school, propose

N_SECTORS = 8


@njit(cache=True, nogil=True)
def step_year(units, nation, world, unit_cost, ages, rows, rows_next, seed, first_run, year):
    """Advance all runs by one year, in place.

    units (runs, units) and nation (runs,) are the state; world, unit_cost and ages the World; rows and rows_next
    (runs,) the parameters of this and the coming year; run r of the arrays has the address first_run + r.
    """
    shocks = np.empty((units.shape[1], N_SHOCKS))
    shown = np.empty((units.shape[1], N_SEEN))
    seen = np.empty((units.shape[1], N_SEEN))
    work = np.empty((N_ROWS, N_SECTORS))
    norms = np.empty((2, 5, N_SECTORS))
    for r in range(units.shape[0]):
        advance_run(
            units[r], nation[r], world, unit_cost, ages, rows[r], rows_next[r], seed, first_run + r, year,
            shocks, shown, seen, norms, work,
        )  # fmt: skip


@njit(cache=True, nogil=True)
def advance_run(units, n, world, unit_cost, ages, q, q_next, seed, run, year, shocks, shown, seen, norms, work):
    """One year of one run; shocks (units, N_SHOCKS), shown and seen (units, N_SEEN), norms and work are scratch."""
    # step_year holds them
    units, world, shocks, shown = borrowed(units), borrowed(world), borrowed(shocks), borrowed(shown)
    seen, norms, work = borrowed(seen), borrowed(norms), borrowed(work)
    n_kommuner, nobody_watches = count_kommuner(world), units[:0]
    oslo = has_oslo(world, n_kommuner)
    prepare_year(units, n, world, unit_cost, ages, q, q_next, seed, run, year, shocks, shown, seen, norms)
    for u in range(units.shape[0]):
        k, w = units[u], world[u]
        carry_out_budget(k, w, n, q, shocks[u], norms[w.er_fylke], nobody_watches)
    if oslo:
        share_purse(units[0], units[n_kommuner])
    result, income = 0.0, 0.0
    for u in range(units.shape[0]):
        k, w = units[u], world[u]
        if w.er_fylke == 0:
            result += k.netto_driftsresultat
            income += k.driftsinntekter
        decide_and_close(k, w, n, q, seed, run, year, shocks[u], seen[u], norms[w.er_fylke], work, nobody_watches)
    if oslo:
        one_register(units[0], units[n_kommuner])
    n.resultat_siste = result / income
    if year == n.neste_valg:
        n.neste_valg += q.valgperiode


@njit(cache=True, nogil=True)
def prepare_year(units, n, world, unit_cost, ages, q, q_next, seed, run, year, shocks, shown, seen, norms):
    """What the year brings to all units: the nation, people, income, grants, and what is announced for the next."""
    n_kommuner = count_kommuner(world)

    move_nation(n, q, ages, seed, run, year)
    draw_shocks(units, world, seed, run, year, shocks)
    move_all_people(units, world, n, unit_cost, ages, q, seed, run, year, n_kommuner, shocks, GROWTH)

    set_frames(n, q, units, world, year, n_kommuner)
    settle_income(units, world, n, q, seed, run, year, n_kommuner, shocks)
    contract_pressure(units, n, q, n_kommuner)
    announce_next_year(n, q_next, unit_cost, ages, seed, run, year)
    expect_earmarked(n, q, q_next, year)
    watch_neighbours(units, world, n_kommuner, q, shown, seen)
    name_mergers(units, world, n_kommuner, n, q)
    set_norms(q, n, norms)
    change_norms(q, norms[0, FLOOR])
    raise_floors(n, norms, FLOOR)


@njit(cache=True, nogil=True)
def carry_out_budget(k, w, n, q, shocks, norms, snapshots):
    """January to December of one unit: the budget of the year is carried out; it reads nothing of the others.

    shocks (N_SHOCKS,) are its own, norms (5, 8) those of its kind; snapshots keep its record between the steps.
    """
    keep(snapshots, INCOME, k)
    other_income(k, w, n, q, shocks[NATURE])
    book_pension(k, q, shocks[PENSION])
    book_operations(k, w, n, q, shocks[PERSISTENT], shocks[TRANSITORY], norms)
    book_investment(k, q, w.er_fylke == 1, shocks[DELAY])
    book_dispositions(k, q)


@njit(cache=True, nogil=True)
def decide_and_close(k, w, n, q, seed, run, year, shocks, seen, norms, work, snapshots):
    """December of one unit, and what the first half of year + 1 does with the year's accounts."""
    keep(snapshots, BOOKED, k)
    # December: the original budget of year + 1
    forecast_z, open_deficit, tax = shocks[FORECAST], shocks[OPEN_DEFICIT], shocks[PROPERTY_TAX]
    decide(k, w, n, q, seed, run, year, forecast_z, open_deficit, tax, seen, norms, work)
    keep(snapshots, ADOPTED, k)
    # January to July of year + 1: review of the budget, closing, council, review of the accounts
    found = review_budget(k, q, shocks[LATE_BUDGET] < q.sen_behandling)
    keep(snapshots, REVIEWED, k)
    close_operations(k, q)
    keep(snapshots, CLOSED, k)
    revise_budget(k)
    keep(snapshots, REVISED, k)
    close_investments(k)
    carry_assets(k, q, w.er_fylke == 1)
    review_accounts(k, q, shocks[LATE_ACCOUNTS] < q.sen_behandling, found)


# the year's own chance of a unit: standard normal, then uniform
TAX, GROWTH, PERSISTENT, TRANSITORY, PENSION, FORECAST, DELAY, NATURE = 0, 1, 2, 3, 4, 5, 6, 7
LATE_BUDGET, LATE_ACCOUNTS, OPEN_DEFICIT, PROPERTY_TAX, N_SHOCKS = 8, 9, 10, 11, 12


@njit(cache=True, nogil=True)
def draw_shocks(units, world, seed, run, year, shocks):
    """The year's own chance of every unit: local shocks, standard normal, and what is decided by lot, uniform.

    shocks (units, N_SHOCKS) is filled.
    """
    drawn, normal = np.empty((4, len(world))), np.empty((4, len(world)))
    uniforms_of_all(world, seed, streams.INCOME, run, year, drawn)
    for i in range(4):
        to_normals(drawn[i], normal[i])
    put(normal, shocks, TAX)
    uniforms_of_all(world, seed, streams.SPENDING, run, year, drawn)
    for i in range(4):
        to_normals(drawn[i], normal[i])
    put(normal, shocks, PENSION)
    for u in range(len(world)):
        if units[u].naturinntekter <= 0.0:
            shocks[u, NATURE] = 0.0
    uniforms_of_all(world, seed, streams.DECISION, run, year, drawn)
    put(drawn, shocks, LATE_BUDGET)


@njit(cache=True, nogil=True)
def count_kommuner(world):
    """Kommuner come first; then the fylkeskommuner."""
    count = 0
    for u in range(world.shape[0]):
        count += 1 - world[u].er_fylke
    return count


@njit(cache=True, nogil=True)
def settle_income(units, world, n, q, seed, run, year, n_kommuner, shocks):
    """Tax, equalisation and block grant of all units: the nation must be known first."""
    people = 0.0
    for u in range(n_kommuner):
        people += units[u].folketall
    n.pris_faste = 1.0 if since_start(n, year) <= 1 else n.pris_faste * (1.0 + n.deflator_anslag)
    n.prisnivaa_tilskudd *= 1.0 + n.deflator_anslag
    surprise = (n.skatt_varig + n.skatt_midlertidig) * n.ramme / (n.skatt_niva * people)
    n.skatt_per_innbygger = n.skatt_niva * (1.0 + surprise)
    expected_tax = 0.0
    for u in range(n_kommuner):
        own_tax(units[u], world[u], n, q, shocks[u, TAX])
        expected_tax += n.skatt_niva * world[u].skatteindeks * units[u].folketall
    equalise(units, q, n, n_kommuner)
    share_block_grant(units, world, n, q, year, n_kommuner, expected_tax)
    earmark(n, q, year)
    county_income(units, world, n, q, year, n_kommuner)
    rescue(n, q, seed, run, year)
    released = release_skjonn(n, q)
    n.ekstra_bevilgning += released
    pay_rescue(units, n, q, n_kommuner)
    if n.ekstra_bevilgning <= 0.0:  # nobody is without fund: it is held on
        n.skjonn_holdt += released


@njit(cache=True, nogil=True)
def pay_rescue(units, n, q, n_kommuner):
    """The rescue grant: equal per head, or per head of the kommuner without disposisjonsfond."""
    targeted = q.redning == 2.0
    people = 0.0
    for u in range(n_kommuner):
        units[u].redning = 0.0
        if not targeted or units[u].disposisjonsfond <= 0.0:
            people += units[u].folketall
    n.redning_per_innbygger = 0.0
    if n.ekstra_bevilgning <= 0.0 or people <= 0.0:
        n.ekstra_bevilgning = 0.0
        return
    n.redning_per_innbygger = n.ekstra_bevilgning / people
    paid = 0.0
    for u in range(n_kommuner):
        k = units[u]
        if not targeted or k.disposisjonsfond <= 0.0:
            k.redning = kr(n.redning_per_innbygger * k.folketall)
            k.rammetilskudd += k.redning
            k.frie_inntekter += k.redning
            paid += k.redning
    n.ekstra_bevilgning = paid


@njit(cache=True, nogil=True)
def decide(k, w, n, q, seed, run, year, forecast_z, open_deficit_u, tax_u, seen, norms, work):
    """September to December: election, property tax, school structure, and the budget of the coming year.

    `seen` is what the kommune's network did last year (neighbours.watch_neighbours).
    """
    election, before_election = year == n.neste_valg, year + 1 == n.neste_valg
    for m in range(k.tiltak.shape[0]):
        k.tiltak[m] = 0.0
    k.nytt_flertall = 0.0
    if election:
        renew_character(k, q, seed, run, w.kode, year)
    if w.er_fylke == 0:
        if election:
            hold_election(k, q, seed, run, w.kode, year)
        decide_property_tax(k, q, tax_u, seen, before_election)
        rest_until = n.neste_valg + 1.0 + (q.valgperiode if election else 0.0)
        propose(k, q, n, seed, run, w.kode, year, seen, before_election, rest_until)
        carry_out(k, q, n, seed, run, w.kode, year)
        open_school(k, q, n, seed, run, w.kode, year)
        follow_norms(k, q, seen, norms)
    # December does not know all that the accounts will show
    result = k.netto_driftsresultat + k.sent_kjent - k.avsetning_bundne + k.bruk_bundne
    adopt_budget(k, w, n, q, year, result, 1.0, forecast_z, open_deficit_u, before_election, norms, work)
    if w.er_fylke == 0:
        blame_for_cuts(k, q)
