"""The books of 2025 of one unit: revenue, result, fund, merforbruk, debt, assets, pensions, the closing.

docs/start_accounts.md has the model; numbers that could be otherwise stand in the record `s` (World.start).
"""

import math

import numpy as np
from numba import njit

from sim.kernel.rng import to_normal
from sim.kernel.streams import START

# blocks of chance, START + 3 to START + 9 (the others are in start.py); a number is never moved
REVENUE, RESULT, DEFICIT, DEBT, FUNDS, PENSION_NEW, PENSION_OLD = (START + block for block in range(3, 10))
MOST_EARMARKED = 0.9  # of other revenue
MOST_VAT = 0.5  # of what earmarked grants leave of it
N_VINTAGES, PENSION_YEARS = 16, 7
GROUND_C, GROUND_D = 4, 8
D_THRESHOLD = 0.03  # kommuneloven § 28-1 d
C_ONLY_SHARE = 0.012  # merforbruk of a kommune on c but not d, share of revenue (assumption; at most 3 %)
LAG_TWO = 0.7  # the oldest vintage of a kommune on c is of 2023, else of 2022 (22 registered at the end of 2024)


@njit(cache=True, nogil=True)
def kr(x):
    """Whole kroner."""
    return np.floor(x + 0.5)


@njit(cache=True, nogil=True, inline="always")
def of_block(drawn, block):
    """The four numbers of a block of chance, of those drawn for the unit (start.draw_numbers)."""
    at = 4 * (block - START)
    return drawn[at], drawn[at + 1], drawn[at + 2], drawn[at + 3]


@njit(cache=True, nogil=True)
def draw_revenue(k, s, kind, drawn, spread):
    """Revenue of 2025: frie inntekter are known; the rest is drawn relative to them."""
    nature, tax_u, tax, other = of_block(drawn, REVENUE)
    k.skatt = s.skatt
    k.inntektsutjevning = s.inntektsutjevning
    k.frie_inntekter = s.frie_inntekter
    k.rammetilskudd = s.frie_inntekter - s.skatt
    k.naturinntekter = kr(s.frie_inntekter * math.exp(s.natur_log[kind] + spread * s.natur_sd * to_normal(nature)))
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
        k.ovrige_inntekter = kr(s.frie_inntekter * math.exp(s.ovrige_log + spread * s.ovrige_sd * to_normal(other)))
        k.driftsinntekter = parts + k.ovrige_inntekter
    split_other_revenue(k, s)


@njit(cache=True, nogil=True)
def split_other_revenue(k, s):
    """Grants for refugees and resource-intensive users are the same per inhabitant in all kommuner, other earmarked
    grants the same share of what remains, compensated VAT on running costs the same share of revenue; user charges and
    reimbursements are the rest."""
    earmarked = (s.integrering_2025 + s.topp_2025) * k.folketall
    fit = min(1.0, MOST_EARMARKED * max(0.0, k.ovrige_inntekter) / earmarked) if earmarked > 0.0 else 0.0
    k.integreringstilskudd = kr(fit * s.integrering_2025 * k.folketall)
    k.toppfinansiering = kr(fit * s.topp_2025 * k.folketall)
    left = max(0.0, k.ovrige_inntekter - k.integreringstilskudd - k.toppfinansiering)
    k.oremerket_grunnlag = kr(s.oremerket_andel * left)
    k.oremerkede_tilskudd = k.oremerket_grunnlag
    left -= k.oremerkede_tilskudd
    k.mva_drift = kr(max(0.0, min(s.mva_drift_andel * k.driftsinntekter, MOST_VAT * left)))
    k.brukerbetaling_refusjoner = k.ovrige_inntekter - k.integreringstilskudd - k.toppfinansiering
    k.brukerbetaling_refusjoner -= k.oremerkede_tilskudd + k.mva_drift


@njit(cache=True, nogil=True)
def skewed(median, scale, skew, z):
    """g distribution: median + scale (exp(g z) - 1) / g, right-skewed for g > 0."""
    return median + scale * (math.exp(skew * z) - 1.0) / skew


@njit(cache=True, nogil=True)
def draw_result_and_funds(k, w, s, kind, drawn, spread):
    """Netto driftsresultat 2025, disposisjonsfond and uncovered merforbruk; returns the result in kr."""
    z, z_fund, z_size, _ = of_block(drawn, RESULT)
    u_deficit, u_old, u_split, u_years = of_block(drawn, DEFICIT)
    if spread == 0.0:
        u_old, u_split, u_years = 0.5, 0.5, 0.5
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
        k.ar_i_robek = 1.0 + np.floor(3.0 * u_years * u_years)
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
    """Vintages that justify the letters (kommuneloven § 28-1): c needs one of 2023 or older, d more than 3 %;
    d without c only 2024 and 2025; c without d at most 3 % in all."""
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
def draw_debt_and_assets(k, s, drawn, spread):
    """Debt, book value, depreciation, minimum amortisation (§ 14-18), the other funds, investment of 2025."""
    z_debt, z_book, z_life, z_above = of_block(drawn, DEBT)
    z_restricted, z_free, z_unused, z_investment = of_block(drawn, FUNDS)
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
    k.avdrag = kr(k.minimumsavdrag * (1.0 + s.avdrag_over_minimum * math.exp(spread * s.avdrag_spredning * z_above)))
    k.bundne_fond = kr(income * s.bundne_fond * math.exp(spread * s.bundne_spredning * z_restricted))
    k.ubundet_investeringsfond = kr(
        income * s.ubundet_investeringsfond * math.exp(spread * s.ubundet_spredning * z_free)
    )
    k.bundet_investeringsfond = kr(income * s.bundet_investeringsfond * math.exp(spread * s.bundne_spredning * z_free))
    k.ubrukte_lanemidler = kr(income * s.ubrukt * math.exp(spread * s.ubrukte_spredning * z_unused))
    level = math.exp(spread * s.investering_spredning * (z_investment - 0.5 * s.investering_spredning))
    k.investeringsniva = math.exp(spread * 0.2 * z_debt - 0.02 * spread)
    k.investering = kr(income * s.investering * level)
    k.investeringstilskudd = kr(s.investering_tilskudd * k.investering)
    k.mva_kompensasjon = min(kr(s.mva_andel * k.investering), k.investeringstilskudd)


@njit(cache=True, nogil=True)
def draw_pension(k, s, drawn, spread):
    """Premieavvik by vintage: originals of 2019-2025, over seven years from the year after (BRF § 3-5).

    They are multiples of seven kroner, so that the parts are whole.
    """
    a, b, c, d = of_block(drawn, PENSION_NEW)
    e, f, g, h = of_block(drawn, PENSION_OLD)
    z = (a, b, c, d, e, f, g, h)
    due, left = 0.0, 0.0
    for age in range(PENSION_YEARS + 1):
        original = 7.0 * kr(k.driftsinntekter * (s.premieavvik + spread * s.premieavvik_spredning * z[age]) / 7.0)
        if age > 0:
            due += original / 7.0  # amortised in 2025
        if age < PENSION_YEARS:
            k.premieavvik_argang[age] = original
            left += original * (PENSION_YEARS - age) / 7.0
    k.premie_over_kostnad = k.premieavvik_argang[0]
    k.premieavvik = left
    k.premieavvik_effekt = k.premieavvik_argang[0] - due
    k.premieavvik_neste = 0.0
    for age in range(PENSION_YEARS):
        k.premieavvik_neste += k.premieavvik_argang[age] / 7.0


@njit(cache=True, nogil=True)
def close_2025(k, s, result):
    """Accounts of 2025 that end in the stocks drawn: interest, spending, dispositions, working capital."""
    stocks = k.disposisjonsfond + k.bundne_fond - k.merforbruk + k.ubundet_investeringsfond
    k.arbeidskapital = stocks + k.bundet_investeringsfond - k.udekket_investering + k.ubrukte_lanemidler
    k.innskudd = max(0.0, k.arbeidskapital - k.premieavvik)
    lending = kr((s.rente_2025 + s.rentepaslag) * k.utlansgjeld)  # on-lending pays for itself
    k.utbytte = kr(s.utbytte * k.driftsinntekter)
    k.renteinntekter = kr(s.innskuddsfaktor * s.rente_2025 * k.innskudd) + k.utbytte + lending
    k.renteutgifter = kr((s.rente_2025 + s.rentepaslag) * k.lanegjeld) + lending
    k.netto_driftsresultat = result
    k.driftsutgifter = k.driftsinntekter + k.renteinntekter - k.renteutgifter - k.avdrag - result
    k.brutto_driftsresultat = k.driftsinntekter - k.driftsutgifter - k.avskrivninger
    # what a deficit without fund does not carry forward was met from restricted funds
    margin = result + k.nytt_merforbruk
    if margin >= 0.0:
        k.overforing_investering = kr(0.3 * margin)
        k.avsetning_disposisjonsfond = margin - k.overforing_investering
        if k.merforbruk - k.nytt_merforbruk > 0.0 or k.disposisjonsfond < k.avsetning_disposisjonsfond:
            # old deficits are covered first, and the fund cannot be below what was added to it
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
