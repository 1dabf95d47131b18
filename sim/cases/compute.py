"""The calls of the compiled rules: the given fields of a case in, its results by name out."""

from typing import Any

import numpy as np

from sim.cases.compare import plain
from sim.cases.declare import Misfit
from sim.kernel import accounts, balance_rule, constraints, income

C_YEARS, D_THRESHOLD = 2.0, 0.03  # kommuneloven § 28-1 c and d
EXTRA, LIMIT = 0.35, 0.9  # of the income equalisation
SECTOR_NAMES = {  # the names of the tables that figures are copied from
    "grunnskole": 0, "pleie": 1, "pleie_og_omsorg": 1, "barnehage": 2, "kommunehelse": 3, "barnevern": 4,
    "sosial": 5, "sosialhjelp": 5, "sosialtjeneste": 5, "administrasjon": 6, "adm": 6,
    "administrasjon_miljo_landbruk": 6, "adm_miljo_landbruk": 6,
}  # fmt: skip
CLOSED = (  # in the order of accounts.close_drift
    "budsjettavvik", "strykning_overforing", "strykning_avsetning", "strykning_dekning", "strykning_bruk",
    "nytt_merforbruk", "disposisjonsfond", "overforing_investering", "avsetning_disposisjonsfond",
    "bruk_disposisjonsfond", "dekning_tidligere_merforbruk",
)  # fmt: skip
CLOSED_INVESTMENT = (  # in the order of accounts.close_investment
    "budsjettavvik", "strykning_lan", "strykning_overforing", "strykning_bruk", "avsetning_ubundet",
    "udekket",
)  # fmt: skip


def by_age(merforbruk: dict[int, float], year: int, youngest: int) -> np.ndarray:
    """Vintages by age in `year`; Misfit for one that is younger than `youngest` years."""
    standing = {vintage: left for vintage, left in merforbruk.items() if left > 0.0}
    for vintage in standing:
        if year - vintage < youngest:
            when = "before" if youngest else "in or before"
            text = f"must have arisen {when} the accounts year, which is year = {year} here."
            raise Misfit(("given", "merforbruk", str(vintage)), text)
    vintages = np.zeros(1 + max((year - vintage for vintage in standing), default=0))
    for vintage, left in standing.items():
        vintages[year - vintage] = left
    return vintages


def close_accounts(g: dict[str, Any]) -> dict[str, Any]:
    reserved(g)
    year = int(g["year"])
    vintages = by_age(g["merforbruk"], year, youngest=1)
    scale = 1e-9 * max(1.0, float(vintages.sum()))
    booked = accounts.close_drift(
        g["netto_driftsresultat"], g["avsetning_bundne"], g["bruk_bundne"], g["overforing_investering"],
        g["overforing_investering_bundet"], g["avsetning_disposisjonsfond"], g["bruk_disposisjonsfond"],
        g["dekning_tidligere_merforbruk"], g["disposisjonsfond"], vintages,
        g["bruk_disposisjonsfond_neste_budsjett"], 0, 1,
    )  # fmt: skip
    found = {name: plain(value) for name, value in zip(CLOSED, booked, strict=True)}
    left = ((year - age, float(vintages[age])) for age in range(vintages.shape[0] - 1, -1, -1))
    # decimals may leave dust where whole amounts leave exactly nothing
    found["merforbruk"] = {str(y): plain(v) for y, v in left if v > scale or (v > 0.0 and v == int(v))}
    return found


def reserved(g: dict[str, Any]) -> None:
    part, whole = g["overforing_investering_bundet"], g["overforing_investering"]
    if part > whole:
        text = f"= {part:.15g} is outside 0 to {whole:.15g}: it is a part of overforing_investering."
        raise Misfit(("given", "overforing_investering_bundet"), text)


def close_investment(g: dict[str, Any]) -> dict[str, Any]:
    reserved(g)
    booked = accounts.close_investment(
        g["netto_utgifter"], g["avsetning_bundne"], g["bruk_bundne"], g["bruk_lan"],
        g["overforing_investering"], g["overforing_investering_bundet"], g["avsetning_ubundet"],
        g["bruk_ubundet"], g["dekning"],
    )  # fmt: skip
    return {name: plain(value) for name, value in zip(CLOSED_INVESTMENT, booked, strict=True)}


def minimumsavdrag(g: dict[str, Any]) -> dict[str, Any]:
    least = accounts.minimumsavdrag(g["avskrivninger"], g["lanegjeld"], g["bokfort_verdi"], g["tilbakebetalingstid"])
    return {"minimumsavdrag": plain(least)}


def robek(g: dict[str, Any]) -> dict[str, Any]:
    year = int(g["year"])
    vintages = by_age(g["merforbruk"], year, youngest=0)
    total = accounts.sum_vintages(vintages)
    late = any(
        balance_rule.planned_too_late(float(vintage), planned, C_YEARS)
        for vintage, planned in g["planlagt_dekning"].items()
    )
    weakest = min(g["okonomiplan_balanse"], default=0.0)
    found = balance_rule.grounds_from_budget(g["budsjett_balanse"], weakest, late, g["budsjett_i_tide"])
    found |= balance_rule.grounds_from_accounts(
        vintages, total, g["driftsinntekter"], g["regnskap_i_tide"], C_YEARS, D_THRESHOLD
    )
    before = sum(1 << balance_rule.LETTERS.index(letter) for letter in g["registrert"])
    after = balance_rule.update_register(before, found, total, balance_rule.EXIT_ZERO)
    return {"grunnlag": letters(found), "registrert": letters(after)}


def letters(bits: int) -> list[str]:
    return [letter for i, letter in enumerate(balance_rule.LETTERS) if bits >> i & 1]


def income_equalisation(g: dict[str, Any]) -> dict[str, Any]:
    rate, mean, deduction = g["rate"], g["landsgjennomsnitt"], g["trekk_per_innbygger"]
    if rate + EXTRA >= 1.0:
        raise Misfit(("given", "rate"), f"= {rate:.15g} must be below {1.0 - EXTRA:.2f}: more would turn the order.")
    tax, people = np.array(g["skatt_per_innbygger"], float), np.array(g["innbyggere"], float)
    if (not mean or deduction is None) and len(people) != len(tax):
        text = f"has {len(people)} entries and must have {len(tax)}, one for each of skatt_per_innbygger"
        raise Misfit(("given", "innbyggere"), f"{text}, or give landsgjennomsnitt and trekk_per_innbygger.")
    if not mean:
        mean = income.landsgjennomsnitt(tax, people)
    if deduction is None:
        deduction = income.utjevningstrekk(tax, people, mean, EXTRA, LIMIT)
    net = [income.utjevning_brutto(own, mean, rate, EXTRA, LIMIT) - deduction for own in tax]
    return {"utjevning_per_innbygger": plain(net), "trekk_per_innbygger": plain(deduction)}


def expenditure_index(g: dict[str, Any]) -> dict[str, Any]:
    shares = income.SECTOR_SHARES.get(int(g["year"]))
    if shares is None:
        known = " and ".join(str(year) for year in income.SECTOR_SHARES)
        raise Misfit(("given", "year"), f"= {int(g['year'])} has no known sector shares; they are known for {known}.")
    dki = np.zeros(len(shares))
    for name, index in g["dki"].items():
        if dki[SECTOR_NAMES[name]] != 0.0:
            raise Misfit(("given", "dki", name), "is a second name of a sector already given; leave one out.")
        dki[SECTOR_NAMES[name]] = index
    return {"utgiftsbehov": plain(income.utgiftsbehov(np.array(shares), dki))}


def premieavvik(g: dict[str, Any]) -> dict[str, Any]:
    deviation, years = g["premie"] - g["kostnad"], int(g["years"])
    horizon = years + 1 if g["horizon"] is None else int(g["horizon"])
    effect = [-accounts.premieavvik_andel(deviation, age, years) for age in range(1, horizon)]
    return {"effekt": plain([deviation, *effect][:horizon])}


def property_tax(g: dict[str, Any]) -> dict[str, Any]:
    home, other, homes, others = 0.0, 0.0, [], []
    for _ in range(int(g["years"])):
        home = constraints.hoyeste_promille(home, constraints.TAX_STEP, constraints.HOME_CAP)
        other = constraints.hoyeste_promille(other, constraints.TAX_STEP, constraints.OTHER_CAP)
        homes.append(constraints.eiendomsskatt_bolig(g["bolig_marked"], home))
        others.append(constraints.eiendomsskatt_annet(g["naering_grunnlag"], other))
    return {"skatt_bolig": plain(homes), "skatt_naering": plain(others)}


def loan_ceiling(g: dict[str, Any]) -> dict[str, Any]:
    return {"laneramme": plain(constraints.laneramme(g["brutto_investering"], g["mva_kompensert"]))}


def teacher_norm(g: dict[str, Any]) -> dict[str, Any]:
    pupils, norm = g["elever"], g["norm"]
    if len(pupils) > len(norm):
        text = f"has {len(pupils)} entries and norm has {len(norm)}; give as many of both."
        raise Misfit(("given", "elever"), text)
    return {"larere": plain(constraints.larerbehov(np.array(pupils, float), np.array(norm, float)))}


def private_school_deduction(g: dict[str, Any]) -> dict[str, Any]:
    change = constraints.privatskoletrekk(g["trekk_per_elev"], g["elever"], g["innbyggere"], g["innbyggere_landet"])
    return {"endring_rammetilskudd": plain(change)}


def demographic_cost(g: dict[str, Any]) -> dict[str, Any]:
    groups = list(g["enhetskostnad"])  # a group without a cost costs nothing
    start, end, cost = (
        np.array([table.get(group, 0.0) for group in groups])
        for table in (g["befolkning_start"], g["befolkning_slutt"], g["enhetskostnad"])
    )
    return {"merutgift": plain(income.merutgift_demografi(start, end, cost))}
