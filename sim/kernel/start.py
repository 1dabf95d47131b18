"""The start accounts: stocks of 31 December 2025 and the accounts year 2025, drawn per run by address.

docs/start_accounts.md has the model. A draw is multiple imputation: what is published has no spread, what is
not is drawn around a mean that depends on what is (World.start). `spread` 1 draws; 0 gives every unit its
median.
"""

import math

import numpy as np
from numba import njit

from sim.kernel.grants import COVERAGE_2026
from sim.kernel.rng import put, to_normals, uniforms_of_all
from sim.kernel.start_books import (
    DEFICIT,
    REVENUE,
    close_2025,
    draw_debt_and_assets,
    draw_pension,
    draw_result_and_funds,
    draw_revenue,
    kr,
    of_block,
)
from sim.kernel.streams import START

# blocks of chance (the others are in start_books.py); a number is never moved
YOUNG, OLD, KIND = START, START + 1, START + 2
TASTE_1, TASTE_2, SCHOOLS, POLITICS = START + 10, START + 11, START + 12, START + 13
N_BLOCKS = 14
N_AGES, N_SECTORS = 8, 8
REST_AGE = 4  # 23-66: takes what the drawn groups leave of the total
MOST_OTHER = 0.45  # services outside the cost key are at most this share of spending
FEWEST_PUPILS = 15.0  # per school


@njit(cache=True, nogil=True)
def draw_start(units, nation, world, start, unit_cost, ages, seed, first_run, spread):
    """Fill `units` (runs, n) and `nation` (runs,), both zeros before, for runs first_run, first_run + 1, ...

    units: STATE records; world, start: (n,) records of the World; unit_cost (2, 8, 8); `ages` is not read, it
    is part of the kernel's common signature. The draw of a unit depends on (seed, run, its code) alone.
    """
    n = world.shape[0]
    chance = np.empty((n, 4 * N_BLOCKS))
    for r in range(units.shape[0]):
        draw_numbers(world, seed, first_run + r, chance)
        kommuner = 0
        for u in range(n):
            if world[u].er_fylke == 1:
                break
            kommuner += 1
            draw_ages(units[r, u], start[u], chance[u], spread)
        sum_fylker(units[r], world, kommuner)
        for u in range(n):
            draw_unit(units[r, u], world[u], start[u], unit_cost[world[u].er_fylke], chance[u], spread)
        start_nation(nation[r], units[r], world, start[0], kommuner)


@njit(cache=True, nogil=True)
def draw_numbers(world, seed, run, chance):
    """All chance of the start, block after block, into chance (units, 4 N_BLOCKS): normal, or uniform where asked."""
    drawn, normal = np.empty((4, len(world))), np.empty((4, len(world)))
    for block in range(N_BLOCKS):
        uniforms_of_all(world, seed, START + block, run, 0, drawn)
        if START + block == KIND or START + block == REVENUE or START + block == DEFICIT:
            put(drawn, chance, 4 * block)
        else:
            for i in range(4):
                to_normals(drawn[i], normal[i])
            put(normal, chance, 4 * block)


@njit(cache=True, nogil=True)
def draw_ages(k, s, drawn, spread):
    """Whole persons by age group: constructed groups vary, 23-66 takes the rest; the total is given."""
    total = 0.0
    for g in range(N_AGES):
        total += s.alder[g]
    total = kr(total)
    a, b, c, d = of_block(drawn, YOUNG)
    e, f, h, _ = of_block(drawn, OLD)
    z = (a, b, c, d, 0.0, e, f, h)
    rest = total
    for g in range(N_AGES):
        if g != REST_AGE:
            sd = s.alder_sd[g]
            k.alder[g] = kr(s.alder[g] * math.exp(spread * sd * z[g] - 0.5 * spread * sd * sd))
            rest -= k.alder[g]
    k.alder[REST_AGE] = rest
    k.folketall = total


@njit(cache=True, nogil=True)
def sum_fylker(row, world, kommuner):
    """The age groups of a fylkeskommune are the sums of its kommuner."""
    for u in range(kommuner, world.shape[0]):
        for g in range(N_AGES):
            row[u].alder[g] = 0.0
        row[u].folketall = 0.0
    for u in range(kommuner):
        county = row[kommuner + world[u].fylke]
        for g in range(N_AGES):
            county.alder[g] += row[u].alder[g]
        county.folketall += row[u].folketall


@njit(cache=True, nogil=True)
def draw_unit(k, w, s, unit_cost, drawn, spread):
    """All of a unit except its people, who are there already."""
    type_u = of_block(drawn, KIND)[0]
    kind = w.naturtype
    if spread > 0.0:
        kind = 1 if type_u < s.type_energi else (2 if type_u < s.type_energi + s.type_havbruk else 0)
    k.folketall_forrige = s.folketall_2025
    k.folketall_juli = 0.5 * (s.folketall_2025 + k.folketall)
    k.vekst_snitt = k.folketall / s.folketall_2025 - 1.0
    draw_revenue(k, s, kind, drawn, spread)
    result = draw_result_and_funds(k, w, s, kind, drawn, spread)
    draw_debt_and_assets(k, s, drawn, spread)
    draw_pension(k, s, drawn, spread)
    close_2025(k, s, result)
    draw_services(k, w, s, unit_cost, drawn, spread)
    draw_politics(k, s, drawn, spread)


@njit(cache=True, nogil=True)
def draw_services(k, w, s, unit_cost, drawn, spread):
    """Need, spending by sector with local taste, maintenance, schools and pupils."""
    a, b, c, d = of_block(drawn, TASTE_1)
    e, f, g, h = of_block(drawn, TASTE_2)
    z = (a, b, c, d, e, f, g, h)
    z_schools, z_private, z_maintenance, z_backlog = of_block(drawn, SCHOOLS)
    in_key = 0.0
    for sector in range(N_SECTORS):
        amount = w.behov_rest[sector] * k.folketall
        for age in range(N_AGES):
            amount += unit_cost[sector, age] * k.alder[age]
        k.behov[sector] = amount
        if sector < N_SECTORS - 1:
            in_key += amount
    k.behov_2027 = in_key + k.behov[N_SECTORS - 1]
    k.vedlikehold = kr(s.vedlikehold * k.driftsinntekter * math.exp(spread * s.vedlikehold_spredning * z_maintenance))
    k.vedlikeholdsnorm = k.vedlikehold
    k.vedlikeholdsetterslep = kr(s.etterslep * k.driftsinntekter * math.exp(spread * s.etterslep_spredning * z_backlog))
    total = k.driftsutgifter + k.premieavvik_effekt - k.premie_over_kostnad - k.vedlikehold
    weight = 0.0
    last = N_SECTORS - 1
    if w.er_fylke == 1:
        last = 0  # upper secondary takes the rounding
        for sector in range(1, N_SECTORS):
            k.utgifter[sector] = kr(total * s.utgiftsandel[sector])
            weight += k.utgifter[sector]
        k.utgifter[0] = total - weight
    else:
        relative = total * (1.0 - s.andel_andre_tjenester) / (in_key * s.standard)
        other = min(MOST_OTHER, s.andel_andre_tjenester * relative**s.andre_elastisitet)
        for sector in range(last):
            k.tjenesteniva[sector] = k.behov[sector] * math.exp(spread * s.smak * z[sector])
            weight += k.tjenesteniva[sector]
        spent = 0.0
        for sector in range(last):
            k.utgifter[sector] = kr(total * (1.0 - other) * k.tjenesteniva[sector] / weight)
            spent += k.utgifter[sector]
        k.utgifter[last] = total - spent
    if w.er_fylke == 0:
        pupils = k.alder[2]
        private = min(0.6, math.exp(s.privat_log + spread * s.privat_sd * z_private))
        k.privatelever = kr(private * pupils)
        k.elever = pupils - k.privatelever
        schools = kr(math.exp(s.skoler_log + spread * s.skoler_sd * z_schools))
        k.skoler = max(1.0, min(schools, np.floor(k.elever / FEWEST_PUPILS)))
        k.privatelever_start, k.skoler_start = k.privatelever, k.skoler


@njit(cache=True, nogil=True)
def draw_politics(k, s, drawn, spread):
    """Council, administration, and where the unit stands in its decision rule."""
    left, split, capacity, good = of_block(drawn, POLITICS)
    k.venstre_andel = min(0.85, max(0.08, s.venstre_andel + spread * s.venstre_spredning * left))
    k.fragmentering = min(0.95, max(0.3, s.fragmentering + spread * s.fragmentering_spredning * split))
    k.kapasitet = min(1.0, max(0.0, s.kapasitet + spread * s.kapasitet_spredning * capacity))
    margin = k.netto_driftsresultat / k.driftsinntekter
    weak = k.disposisjonsfond < 0.05 * k.driftsinntekter and margin < 0.0175
    k.konsoliderer = 1.0 if k.robek_grunnlag > 0 or weak or margin < 0.0 else 0.0
    k.gode_ar = 0.0
    if k.konsoliderer == 0.0 and margin > 0.0175:
        k.gode_ar = 2.0 if spread * good > 0.3 else 1.0


@njit(cache=True, nogil=True)
def start_nation(n, row, world, s, kommuner):
    """The nation in 2025 (a backtest: some years earlier), and service levels relative to the national standard."""
    units = world.shape[0]
    income, result = 0.0, 0.0
    spent = np.zeros((2, N_SECTORS))
    need = np.zeros((2, N_SECTORS))
    tax_county, people_county = 0.0, 0.0
    for u in range(units):
        k = row[u]
        group = world[u].er_fylke
        for sector in range(N_SECTORS):
            spent[group, sector] += k.utgifter[sector]
            need[group, sector] += k.behov[sector]
        if group == 0:
            income += k.driftsinntekter
            result += k.netto_driftsresultat
            n.ramme += k.frie_inntekter
            n.folketall += k.folketall
            for age in range(N_AGES):
                n.alder[age] += k.alder[age]
        else:
            n.ramme_fylke += k.frie_inntekter
            tax_county += k.skatt
            people_county += k.folketall_forrige
    total = 0.0
    for sector in range(N_SECTORS):
        n.standard[sector] = spent[0, sector] / need[0, sector]
        n.standard_fylke[sector] = spent[1, sector] / need[1, sector] if need[1, sector] > 0.0 else 1.0
        if sector < N_SECTORS - 1:
            total += need[0, sector]
    n.behov_per_innbygger = total / n.folketall
    for u in range(units):
        k = row[u]
        for sector in range(N_SECTORS):
            standard = n.standard[sector] if u < kommuner else n.standard_fylke[sector]
            wanted = k.behov[sector] * standard
            k.tjenesteniva[sector] = k.utgifter[sector] / wanted if wanted > 0.0 else 1.0
    n.prisindeks, n.prisnivaa_tilskudd, n.pris_faste = 1.0, 1.0, 1.0
    n.deflator, n.deflator_anslag, n.prisanslag_neste = s.deflator_2025, s.deflator_2025, s.deflator_2026
    n.rente, n.rente_forrige, n.rente_neste = s.rente_2025, s.rente_2025, s.rente_2026
    n.skatt_niva, n.skatt_per_innbygger = s.skatt_2025, s.skatt_2025
    n.skatt_niva_fylke = tax_county / people_county if people_county > 0.0 else 0.0
    n.utjevningstrekk, n.innbyggertilskudd = s.utjevningstrekk_2025, s.innbyggertilskudd_2025
    n.resultat_siste = result / income
    n.pris_oremerkede, n.integrering, n.toppfinansiering = s.pris_oremerkede, s.integrering_2025, s.topp_2025
    n.bosetting_kostnad = s.integrering_2025 / COVERAGE_2026
    n.tidligere_start = s.tidligere_start
    for age in range(n.bosatt_argang.shape[0]):
        n.bosatt_argang[age] = s.bosatt[age]
    n.vekst_hovedalternativ, n.vekst_mot_hovedalternativ = 1.0, 1.0
    for age in range(N_AGES):
        n.aldersvekst[age] = 1.0
