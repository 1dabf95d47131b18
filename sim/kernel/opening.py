"""From the accounts of 2025 to the start: own rates of each unit, the national standard, the budget of 2026.

A backtest starts some years earlier (n.tidligere_start); what is said of 2025 and 2026 then holds of those years.
"""

import numpy as np
from numba import njit

from sim.kernel import streams
from sim.kernel.accounts import premieavvik_rest
from sim.kernel.balance_rule import A, B
from sim.kernel.budget import adopt_budget
from sim.kernel.character import draw_characters
from sim.kernel.grants import expect_earmarked
from sim.kernel.national import FIRST_YEAR, announce_next_year
from sim.kernel.notes import N_ROWS
from sim.kernel.people import expect_need_growth
from sim.kernel.politics import next_election
from sim.kernel.portfolio import set_norms
from sim.kernel.revenue import kr, open_self_cost
from sim.kernel.rng import normals
from sim.kernel.schools import start_pipeline

N_SECTORS = 8
LEAST_DEFICIT = 0.005  # of revenue: the open deficit of a unit that is registered on a or b (assumption)
PIPE_LIFE_BEFORE = 40.0  # years, most of pipes until 2025 (from memory; law.md R22)
BEFORE_2026 = 7  # years over which the vintages of 2019 to 2025 are amortised (BRF § 3-5)


@njit(cache=True, nogil=True)
def open_books(units, nation, world, unit_cost, ages, rows, rows_next, seed, first_run):
    """From the accounts of 2025 to the start: norms, own rates and the original budget of 2026, by the same rules."""
    work = np.empty((N_ROWS, N_SECTORS))
    norms = np.empty((2, 5, N_SECTORS))
    for r in range(units.shape[0]):
        n, q = nation[r], rows[r]
        set_standards(units[r], world, n)
        n.prisnivaa_tilskudd, n.pris_faste = 1.0, 1.0
        n.rente_forrige = n.rente
        n.elever_andel, n.normkostnad, n.kontraktsvekst = 1.0, 1.0, 0.0
        before = FIRST_YEAR - 1 - n.tidligere_start
        n.neste_valg = next_election(before + 1)
        announce_next_year(n, q, unit_cost, ages, seed, first_run + r, before)
        expect_earmarked(n, q, q, before)
        n.vekst_hovedalternativ = 1.0
        n.kostnad_overraskelse, n.skatt_varig, n.skatt_midlertidig, n.deflator_anslag = 0.0, 0.0, 0.0, n.deflator
        mean = n.resultat_siste
        set_norms(q, n, norms)
        expect_need_growth(units[r], world, unit_cost, ages, -1)
        draw_characters(units[r], world, q, seed, first_run + r, mean)
        for u in range(units.shape[1]):
            k, w = units[r, u], world[u]
            open_unit(k, w, q, mean)
            if w.er_fylke == 0:
                open_self_cost(k, q, n)
                start_pipeline(k, q, seed, first_run + r, w.kode)
            forecast_z = normals(seed, streams.FORECAST, first_run + r, w.kode, before)[0]
            adopt_budget(k, w, n, q, before, 0.0, 0.0, forecast_z, 1.0, False, norms[w.er_fylke], work)
            match_register(k, w)


@njit(cache=True, nogil=True)
def lift_pipes(k, q):
    """From 1 January 2026 pipes may last longer: their book value is spread over the new remaining life (BRF § 3-4a).

    Depreciation and least amortisation fall; fees at self-cost follow the capital cost (kommuneloven § 15-1).
    """
    left = 1.0 / k.avskrivningssats  # pipes are as old as the other assets (assumption)
    longer = max(1.0, left + q.levetid_ledningsnett - PIPE_LIFE_BEFORE)
    relief = q.ledningsnett_andel * (1.0 - left / longer)
    k.gebyrer -= kr(relief * k.avskrivninger)
    k.avskrivningssats *= 1.0 - relief
    k.minimumsavdrag = kr(k.minimumsavdrag * (1.0 - relief))


@njit(cache=True, nogil=True)
def match_register(k, w):
    """The original budget of 2026 shows a deficit where the register of April 2026 has a or b, and nowhere else."""
    deficit = max(-k.budsjett_balanse, kr(LEAST_DEFICIT * k.driftsinntekter))
    k.budsjett_resultat -= k.budsjett_balanse
    k.budsjett_balanse, k.plan_balanse = 0.0, 0.0
    if w.robek_start & A:
        k.budsjett_balanse = -deficit
        k.budsjett_resultat -= deficit
    if w.robek_start & B:
        k.plan_balanse = -deficit


@njit(cache=True, nogil=True)
def set_standards(units, world, n):
    """The national standard: spending per need of 2025 by sector, of kommuner and of fylkeskommuner."""
    spent = np.zeros((2, N_SECTORS))
    needed = np.zeros((2, N_SECTORS))
    for u in range(units.shape[0]):
        kind = world[u].er_fylke
        for s in range(N_SECTORS):
            spent[kind, s] += units[u].utgifter[s]
            needed[kind, s] += units[u].behov[s]
    for s in range(N_SECTORS):
        n.standard[s] = spent[0, s] / needed[0, s] if needed[0, s] > 0.0 else 0.0
        n.standard_fylke[s] = spent[1, s] / needed[1, s] if needed[1, s] > 0.0 else 0.0


@njit(cache=True, nogil=True)
def open_unit(k, w, q, mean):
    """Own rates of a unit, and the part of its result of 2025 that was passing, taken out of its level of spending."""
    income = k.driftsinntekter
    k.risikofaktor = (max(k.folketall, 500.0) / 10_000.0) ** (-q.storrelse_spredning)
    k.vekstrisiko = (max(k.folketall, 500.0) / 10_000.0) ** (-q.lokal_vekst_storrelse)
    k.fartsfaktor = (max(k.folketall, 500.0) / 10_000.0) ** q.storrelse_fart
    k.folketall_forrige = k.folketall
    k.skoler_start, k.privatelever_start = k.skoler, k.privatelever
    k.eiendomsskatt_bolig_andel = q.eskatt_bolig_energi if w.naturtype == 1 else q.eskatt_bolig_andel
    k.avskrivningssats = k.avskrivninger / k.anleggsmidler if k.anleggsmidler > 0.0 else 1.0 / q.levetid_nye
    if w.er_fylke == 0:
        lift_pipes(k, q)
    level = q.investering_niva_fylke if w.er_fylke == 1 else q.investering_niva
    k.investeringsniva = min(2.0, max(0.4, k.investering / (income * level)))
    if q.ko_retur > 0.0:  # the queue that delays of this size keep up
        k.investeringsko = kr(income * level * k.investeringsniva * q.investering_utsettelse / q.ko_retur)
    k.vedlikeholdsnorm = k.vedlikehold
    k.avvik_siste = -q.start_forbigaende * (k.netto_driftsresultat / income - mean)
    if w.er_fylke == 1:  # six years of results are published
        k.avvik_siste = -w.ndr_forbigaende
    k.avvik_siste = min(0.05, max(-0.05, k.avvik_siste))
    k.innbakt_kostnad = 0.0
    k.merkostnad = kr(k.avvik_siste * income)
    spending, left = 0.0, k.merkostnad
    for s in range(N_SECTORS):
        spending += k.utgifter[s]
    for s in range(N_SECTORS - 1, -1, -1):
        part = left if s == 0 else kr(k.merkostnad * k.utgifter[s] / spending)
        k.utgifter[s] -= part
        left -= part
        k.budsjett_utgifter[s] = k.utgifter[s]
    k.budsjett_avdrag = k.avdrag
    k.kontraktspris, k.ferjepris = 1.0, 1.0
    for age in range(k.premieavvik_ar_argang.shape[0]):
        k.premieavvik_ar_argang[age] = BEFORE_2026
    k.innskudd = max(0.0, k.arbeidskapital - k.premieavvik)
    remaining_next = 0.0
    for age in range(k.premieavvik_argang.shape[0] - 1):
        original = k.premieavvik_argang[age]
        remaining_next += premieavvik_rest(original, age + 1, BEFORE_2026)
    k.premieavvik_neste = k.premieavvik - remaining_next
