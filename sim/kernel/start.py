"""The start accounts: stocks of 31 December 2025 and the accounts year 2025, drawn per run by address.

docs/start_accounts.md has the model. A draw is multiple imputation: what is published has no spread, what is not
is drawn around a mean that depends on what is (World.start). `spread` 1 draws; 0 gives every unit its median.
"""

import math

import numpy as np
from numba import njit

from sim.kernel.rng import normals, to_normal, uniforms
from sim.kernel.streams import START

N_AGES, N_SECTORS, N_VINTAGES, N_PENSION = 8, 8, 16, 7
REST_AGE = 4  # 23-66: takes what the drawn groups leave of the total
GROUND_C, GROUND_D = 4, 8
D_THRESHOLD = 0.03  # kommuneloven § 28-1 d
C_ONLY_SHARE = (
    0.012  # merforbruk of a kommune registered on c but not d, share of revenue (assumption; at most 3 %)
)
LAG_TWO = (
    0.7  # the oldest vintage of a kommune on c is of 2023, else of 2022 (22 registered at the end of 2024)
)


@njit(cache=True, nogil=True)
def draw_start(units, nation, world, start, unit_cost, ages, seed, first_run, spread):
    """Fill `units` (runs, n) and `nation` (runs,), both zeros before, for runs first_run, first_run + 1, ...

    units: STATE records; world, start: (n,) records of the World; unit_cost (2, 8, 8); ages unused but part of the
    kernel's common signature. The draw of a unit depends on (seed, run, its code) alone.
    """
    n = world.shape[0]
    for r in range(units.shape[0]):
        run = first_run + r
        kommuner = 0
        for u in range(n):
            if world[u].er_fylke == 1:
                break
            kommuner += 1
            draw_ages(units[r, u], start[u], seed, run, world[u].kode, spread)
        sum_fylker(units[r], world, kommuner)
        for u in range(n):
            draw_unit(units[r, u], world[u], start[u], unit_cost[world[u].er_fylke], seed, run, spread)
        start_nation(nation[r], units[r], world, start[0], kommuner)


@njit(cache=True, nogil=True)
def kr(x):
    """Whole kroner."""
    return np.floor(x + 0.5)


@njit(cache=True, nogil=True)
def draw_ages(k, s, seed, run, code, spread):
    """Whole persons by age group: constructed groups vary, 23-66 takes the rest, the total is as published."""
    total = 0.0
    for g in range(N_AGES):
        total += s.alder[g]
    total = kr(total)
    a, b, c, d = normals(seed, START, run, code, 0)
    e, f, h, _ = normals(seed, START + 1, run, code, 0)
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
def draw_unit(k, w, s, unit_cost, seed, run, spread):
    """All of a unit except its people, who are there already."""
    code = w.kode
    type_u = uniforms(seed, START + 2, run, code, 0)[0]
    kind = w.naturtype
    if spread > 0.0:
        kind = 1 if type_u < s.type_energi else (2 if type_u < s.type_energi + s.type_havbruk else 0)
    k.folketall_forrige = s.folketall_2025
    draw_revenue(k, s, kind, seed, run, code, spread)
    result = draw_result_and_funds(k, w, s, kind, seed, run, code, spread)
    draw_debt_and_assets(k, s, seed, run, code, spread)
    draw_pension(k, s, seed, run, code, spread)
    close_2025(k, s, result)
    draw_services(k, w, s, unit_cost, seed, run, code, spread)
    draw_politics(k, s, seed, run, code, spread)


@njit(cache=True, nogil=True)
def draw_revenue(k, s, kind, seed, run, code, spread):
    """Revenue of 2025: frie inntekter are known; the rest is drawn relative to them."""
    nature, tax_u, tax, other = uniforms(seed, START + 3, run, code, 0)
    k.skatt = s.skatt
    k.inntektsutjevning = s.inntektsutjevning
    k.frie_inntekter = s.frie_inntekter
    k.rammetilskudd = s.frie_inntekter - s.skatt
    k.naturinntekter = kr(
        s.frie_inntekter * math.exp(s.natur_log[kind] + spread * s.natur_sd * to_normal(nature))
    )
    k.gebyrer = kr(s.frie_inntekter * s.gebyr)
    chance = s.eskatt_sannsynlighet[kind]
    z = to_normal(tax)
    base = s.frie_inntekter * math.exp(s.eskatt_log[kind] + spread * s.eskatt_spredning * z)
    has = tax_u < chance if spread > 0.0 else chance >= s.eskatt_grense
    # a rate in whole and half per mille between 2 and 4, higher where the tax is heavier
    rate = 2.0 + 0.5 * np.floor(4.999 * (0.5 + 0.3 * math.tanh(spread * z)))
    k.eiendomsskatt_grunnlag = kr(base * 1000.0 / rate)
    k.eiendomsskatt_promille = rate if has else 0.0
    k.eiendomsskatt = kr(k.eiendomsskatt_grunnlag * k.eiendomsskatt_promille / 1000.0)
    parts = k.frie_inntekter + k.naturinntekter + k.gebyrer + k.eiendomsskatt
    if s.driftsinntekter_kjent > 0.0:
        k.driftsinntekter = s.driftsinntekter_kjent
        k.ovrige_inntekter = k.driftsinntekter - parts
    else:
        k.ovrige_inntekter = kr(
            s.frie_inntekter * math.exp(s.ovrige_log + spread * s.ovrige_sd * to_normal(other))
        )
        k.driftsinntekter = parts + k.ovrige_inntekter


@njit(cache=True, nogil=True)
def skewed(median, scale, skew, z):
    """g distribution: median + scale (exp(g z) - 1) / g, right-skewed for g > 0."""
    return median + scale * (math.exp(skew * z) - 1.0) / skew


@njit(cache=True, nogil=True)
def draw_result_and_funds(k, w, s, kind, seed, run, code, spread):
    """Netto driftsresultat 2025, disposisjonsfond and uncovered merforbruk; returns the result in kr."""
    z, z_fund, z_size, _ = normals(seed, START + 4, run, code, 0)
    u_deficit, u_old, u_split, u_years = uniforms(seed, START + 5, run, code, 0)
    income = k.driftsinntekter
    z, z_size = spread * z, spread * z_size
    result = skewed(s.ndr[kind], s.ndr_skala, s.ndr_skjevhet[kind], z)
    result = kr(min(0.4, max(-0.25, result)) * income)
    rho = s.fond_ndr_korrelasjon
    z_fund = rho * z + math.sqrt(1.0 - rho * rho) * spread * z_fund
    empty = z_fund < s.fond_terskel
    if not empty:
        share = math.exp(s.fond_log[kind] + s.fond_sd[kind] * z_fund)
        k.disposisjonsfond = kr(min(share, 2.5) * income)
    k.robek_grunnlag = w.robek_start
    if w.robek_start & (GROUND_C | GROUND_D) != 0:
        registered_deficits(k, w, s, result, z_size, u_old, u_split)
        k.ar_i_robek = 1.0 + np.floor(3.0 * u_years * u_years) if spread > 0.0 else 1.0
    elif w.robek_start != 0:
        k.ar_i_robek = 1.0
    elif empty and u_deficit < s.andel_merforbruk_uten_fond:
        k.merforbruk_argang[0] = min(max(0.0, -result), kr(0.02 * income))
        if u_old < 0.4:
            k.merforbruk_argang[1] = kr((0.001 + 0.008 * u_split) * income)
    for age in range(N_VINTAGES):
        k.merforbruk += k.merforbruk_argang[age]
    k.nytt_merforbruk = k.merforbruk_argang[0]
    k.lanekontroll = 1.0 if w.robek_start != 0 else 0.0
    return result


@njit(cache=True, nogil=True)
def registered_deficits(k, w, s, result, z_size, u_old, u_split):
    """Vintages that justify the letters: c needs one from 2023 or older, d a sum above 3 % of driftsinntekter;
    d without c only 2024 and 2025; c without d at most 3 % in all (kommuneloven § 28-1)."""
    income = k.driftsinntekter
    has_c, has_d = w.robek_start & GROUND_C != 0, w.robek_start & GROUND_D != 0
    new = max(0.0, -result)
    if has_d:
        total = kr(income * (D_THRESHOLD + 0.001 + math.exp(s.merforbruk_log + s.merforbruk_sd * z_size)))
        total = max(total, new + kr(0.002 * income))
    else:
        total = kr(income * C_ONLY_SHARE * (1.0 + u_split))
        new = min(new, kr(0.004 * income))
    k.merforbruk_argang[0] = new
    old = total - new
    if has_c:
        part = kr((0.5 + 0.4 * u_split) * old)
        k.merforbruk_argang[2 if u_old < LAG_TWO else 3] = part
        k.merforbruk_argang[1] = old - part
    else:
        k.merforbruk_argang[1] = old


@njit(cache=True, nogil=True)
def draw_debt_and_assets(k, s, seed, run, code, spread):
    """Debt, book value, depreciation, minimum amortisation (§ 14-18), the other funds and investment of 2025."""
    z_debt, z_book, z_life, z_above = normals(seed, START + 6, run, code, 0)
    z_restricted, z_free, z_unused, z_investment = normals(seed, START + 7, run, code, 0)
    income = k.driftsinntekter
    k.lanegjeld = kr(income * math.exp(s.gjeld_log + spread * s.gjeld_sd * z_debt))
    k.utlansgjeld = kr(income * s.utlan)
    per_book = s.gjeld_per_bokfort * math.exp(spread * s.gjeld_per_bokfort_spredning * z_book)
    k.anleggsmidler = kr(k.lanegjeld / per_book)
    k.andre_anleggsmidler = kr(s.andre_anleggsmidler * k.anleggsmidler)
    life = s.levetid * math.exp(spread * s.levetid_spredning * z_life)
    k.avskrivningssats = 1.0 / life
    k.avskrivninger = kr(k.anleggsmidler / life)
    # debt and book value of 1 January stood in the same ratio: both grew with investment
    k.minimumsavdrag = kr(k.avskrivninger * k.lanegjeld / k.anleggsmidler) if k.anleggsmidler > 0.0 else 0.0
    k.avdrag = kr(
        k.minimumsavdrag * (1.0 + s.avdrag_over_minimum * math.exp(spread * s.avdrag_spredning * z_above))
    )
    k.bundne_fond = kr(income * s.bundne_fond * math.exp(spread * s.bundne_spredning * z_restricted))
    k.ubundet_investeringsfond = kr(
        income * s.ubundet_investeringsfond * math.exp(spread * s.ubundet_spredning * z_free)
    )
    k.bundet_investeringsfond = kr(
        income * s.bundet_investeringsfond * math.exp(spread * s.bundne_spredning * z_free)
    )
    k.ubrukte_lanemidler = kr(income * s.ubrukt * math.exp(spread * s.ubrukte_spredning * z_unused))
    level = math.exp(spread * s.investering_spredning * (z_investment - 0.5 * s.investering_spredning))
    k.investeringsniva = math.exp(spread * 0.2 * z_debt - 0.02 * spread)
    k.investering = kr(income * s.investering * level)
    k.investeringstilskudd = kr(s.investering_tilskudd * k.investering)


@njit(cache=True, nogil=True)
def draw_pension(k, s, seed, run, code, spread):
    """Premieavvik by vintage: originals of 2019-2025 in multiples of seven kroner, so that seven equal parts are whole
    (BRF § 3-5: vintages of 2014 and later over seven years, from the year after)."""
    a, b, c, d = normals(seed, START + 8, run, code, 0)
    e, f, g, h = normals(seed, START + 9, run, code, 0)
    z = (a, b, c, d, e, f, g, h)
    due, left = 0.0, 0.0
    for age in range(N_PENSION + 1):
        original = 7.0 * kr(
            k.driftsinntekter * (s.premieavvik + spread * s.premieavvik_spredning * z[age]) / 7.0
        )
        if age > 0:
            due += original / 7.0  # amortised in 2025
        if age < N_PENSION:
            k.premieavvik_argang[age] = original
            left += original * (N_PENSION - age) / 7.0
    k.premie_over_kostnad = k.premieavvik_argang[0]
    k.premieavvik = left
    k.premieavvik_effekt = k.premieavvik_argang[0] - due
    k.premieavvik_neste = 0.0
    for age in range(N_PENSION):
        k.premieavvik_neste += k.premieavvik_argang[age] / 7.0


@njit(cache=True, nogil=True)
def close_2025(k, s, result):
    """Accounts of 2025 that end in the stocks drawn: interest, spending, dispositions, working capital (I1, I11)."""
    stocks = k.disposisjonsfond + k.bundne_fond - k.merforbruk + k.ubundet_investeringsfond
    k.arbeidskapital = stocks + k.bundet_investeringsfond - k.udekket_investering + k.ubrukte_lanemidler
    k.innskudd = max(0.0, k.arbeidskapital - k.premieavvik)
    k.renteinntekter = kr(s.innskuddsfaktor * s.rente_2025 * k.innskudd) + kr(s.utbytte * k.driftsinntekter)
    k.renteutgifter = kr((s.rente_2025 + s.rentepaslag) * k.lanegjeld)
    k.netto_driftsresultat = result
    k.driftsutgifter = k.driftsinntekter + k.renteinntekter - k.renteutgifter - k.avdrag - result
    k.brutto_driftsresultat = k.driftsinntekter - k.driftsutgifter - k.avskrivninger
    # what a deficit without fund does not carry forward was met from restricted funds
    margin = result + k.nytt_merforbruk
    if margin >= 0.0:
        k.overforing_investering = kr(0.3 * margin)
        k.avsetning_disposisjonsfond = margin - k.overforing_investering
        if k.merforbruk - k.nytt_merforbruk > 0.0 or k.disposisjonsfond < k.avsetning_disposisjonsfond:
            # coverage of old deficits, or a fund that began the year empty: the fund cannot be below what was added
            added = min(k.avsetning_disposisjonsfond, k.disposisjonsfond)
            k.dekning_tidligere_merforbruk = k.avsetning_disposisjonsfond - added
            k.avsetning_disposisjonsfond = added
    elif k.disposisjonsfond > 0.0:
        k.bruk_disposisjonsfond = -margin
    else:
        k.bruk_bundne = -margin
    loans = k.investering - k.investeringstilskudd - k.overforing_investering
    k.bruk_av_lan = max(0.0, loans)
    k.laneopptak = k.bruk_av_lan


@njit(cache=True, nogil=True)
def draw_services(k, w, s, unit_cost, seed, run, code, spread):
    """Need, spending by sector with local taste, maintenance, schools and pupils."""
    a, b, c, d = normals(seed, START + 10, run, code, 0)
    e, f, g, h = normals(seed, START + 11, run, code, 0)
    z = (a, b, c, d, e, f, g, h)
    z_schools, z_private, z_maintenance, z_backlog = normals(seed, START + 12, run, code, 0)
    in_key = 0.0
    for sector in range(N_SECTORS):
        amount = w.behov_rest[sector] * k.folketall
        for age in range(N_AGES):
            amount += unit_cost[sector, age] * k.alder[age]
        k.behov[sector] = amount
        if sector < N_SECTORS - 1:
            in_key += amount
    k.behov_2027 = in_key + k.behov[N_SECTORS - 1]
    k.vedlikehold = kr(
        s.vedlikehold * k.driftsinntekter * math.exp(spread * s.vedlikehold_spredning * z_maintenance)
    )
    k.vedlikeholdsnorm = k.vedlikehold
    k.vedlikeholdsetterslep = kr(
        s.etterslep * k.driftsinntekter * math.exp(spread * s.etterslep_spredning * z_backlog)
    )
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
        other = min(0.45, s.andel_andre_tjenester * relative**s.andre_elastisitet)
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
        k.skoler = max(1.0, min(schools, np.floor(k.elever / 15.0)))
        k.privatelever_start, k.skoler_start = k.privatelever, k.skoler


@njit(cache=True, nogil=True)
def draw_politics(k, s, seed, run, code, spread):
    """Council, administration, and where the unit stands in its decision rule."""
    left, split, capacity, good = normals(seed, START + 13, run, code, 0)
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
    """The nation in 2025, and service levels relative to the national standard."""
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
    n.vekst_hovedalternativ, n.vekst_mot_hovedalternativ = 1.0, 1.0
    for age in range(N_AGES):
        n.aldersvekst[age] = 1.0
