"""What must always hold: accounting identities of every unit in every year (law.md § 6), exact in whole kroner.

`verify` recomputes each identity from the state before and after a year, independently of how the kernel got
there, and names unit, year, identity and the amount that is off.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.checks_law import law_identities
from sim.state import N_PENSION, STATE_COLUMNS, State

RAMMETILSKUDD = (  # the parts of a kommune's block grant
    "innbyggertilskudd", "utgiftsutjevning", "trekk_private_skoler", "trekk_nedlagte_skoler", "distriktstilskudd_sor",
    "distriktstilskudd_nord", "veksttilskudd", "storbytilskudd", "skjonnstilskudd", "saerskilt_fordeling",
    "inntektsgaranti", "inntektsutjevning", "redning",
)  # fmt: skip
N_FYLKER = 15
A, B, C, D, _, _, G = (1 << bit for bit in range(7))


@dataclass(frozen=True)
class Violation:
    """One identity that does not hold: run and unit as indices into the arrays, `amount` is what is off."""

    run: int
    unit: int
    year: int
    identity: str
    amount: float

    def sentence(self, name: str) -> str:
        """The violation in one sentence; `name` is the unit's."""
        return f"{name}, {self.year}: {self.identity} is off by {self.amount:,.6g}"


def verify(before: np.ndarray, after: State, rows: np.ndarray, year: int, limit: int | None = None) -> list[Violation]:
    """The identities that fail between `before` (units, copied before the year) and `after`; empty if all hold.

    rows: (runs,) parameters of the year. `limit`: at most so many violations of each identity.
    """
    found: list[Violation] = []
    for identity, off in _identities(before, after, rows):
        bad = np.argwhere(~(off == 0.0))  # NaN is a violation too
        for run, unit in bad[:limit]:
            found.append(Violation(int(run), int(unit), year, identity, float(off[run, unit])))
    return found


def _identities(before: np.ndarray, after: State, rows: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    yield from _accounts(before, after.units)
    yield from _dispositions(before, after.units, rows)
    yield from _investment_and_debt(before, after.units, rows)
    yield from _pension(before, after.units)
    yield from _register(before, after.units, rows)
    yield from law_identities(before, after, rows)
    yield from _nation(after)
    yield from _soundness(after.units)


def _breach(condition: np.ndarray, amount: np.ndarray) -> np.ndarray:
    """`amount` where the condition is broken, else 0; a broken condition with amount 0 counts as 1."""
    return np.where(condition, 0.0, np.where(amount == 0.0, 1.0, amount))


def _accounts(before: np.ndarray, k: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    yield "frie_inntekter = skatt + rammetilskudd", k["frie_inntekter"] - k["skatt"] - k["rammetilskudd"]
    parts = ("frie_inntekter", "eiendomsskatt", "gebyrer", "naturinntekter", "ovrige_inntekter")
    other = (
        "brukerbetaling_refusjoner", "integreringstilskudd", "toppfinansiering", "oremerkede_tilskudd", "mva_drift",
        "fordeling_oslo",
    )  # fmt: skip
    yield "ovrige_inntekter = sum of parts", k["ovrige_inntekter"] - sum(k[part] for part in other)
    moved = k["oremerket_grunnlag"] - k["oremerkede_tilskudd"] - k["oremerket_innlemmet"]
    yield "earmarked grants are paid or moved into the block grant", moved
    yield "driftsinntekter = sum of income", k["driftsinntekter"] - sum(k[part] for part in parts)
    spent = k["utgifter"].sum(axis=-1) + k["vedlikehold"] + k["merkostnad"] + k["omstillingskostnad"]
    spent = spent + k["premie_over_kostnad"] - k["premieavvik_effekt"]
    yield "driftsutgifter = sum of spending", k["driftsutgifter"] - spent
    gross = k["driftsinntekter"] - k["driftsutgifter"] - k["avskrivninger"]
    yield "brutto_driftsresultat (BRF § 5-6)", k["brutto_driftsresultat"] - gross
    net = gross + k["renteinntekter"] - k["renteutgifter"] - k["avdrag"] + k["avskrivninger"]
    yield "netto_driftsresultat (BRF § 5-6)", k["netto_driftsresultat"] - net


def _dispositions(before: np.ndarray, k: np.ndarray, rows: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    restricted = k["avsetning_bundne"] - k["bruk_bundne"]
    ndr, transfer = k["netto_driftsresultat"], k["overforing_investering"]
    fund = k["avsetning_disposisjonsfond"] - k["bruk_disposisjonsfond"]
    covered, new = k["dekning_tidligere_merforbruk"], k["nytt_merforbruk"]
    yield "I1 operating account sums to zero", ndr - restricted - transfer - fund - covered + new
    free = (k["disposisjonsfond"] - k["merforbruk"]) - (before["disposisjonsfond"] - before["merforbruk"])
    yield "I3 net position", free - (ndr - restricted - transfer)
    operations = k["budsjett_bruk_disposisjonsfond"] - k["budsjett_bruk_til_investering"]
    shield = np.where(rows["fondsskjerming"][:, None] > 0, operations, 0.0)
    above = k["disposisjonsfond"] - shield
    covers = (k["merforbruk"] <= 0) | (above <= 0) | (rows["pliktig_fondsbruk"][:, None] < 1)
    yield "I4 no fund above the shield beside a merforbruk", _breach(covers, above)
    struck = (new <= 0) | ((k["avsetning_disposisjonsfond"] == 0) & (transfer == 0) & (covered == 0))
    yield "I5 all is struck before a new merforbruk", _breach(struck, new)
    yield "I7 disposisjonsfond", k["disposisjonsfond"] - before["disposisjonsfond"] - fund
    yield "I7 merforbruk", k["merforbruk"] - before["merforbruk"] + covered - new
    yield "I7 merforbruk = sum of vintages", k["merforbruk"] - k["merforbruk_argang"].sum(axis=-1)
    yield "I7 bundne_fond", k["bundne_fond"] - before["bundne_fond"] - restricted
    saves = (k["budsjett_avsetning"] + k["budsjett_overforing"] > 0) & (k["merforbruk"] > k["budsjett_dekning"])
    yield "R15 nothing is saved while a deficit stands (§ 14-11)", np.where(saves, k["budsjett_avsetning"], 0.0)
    stocks = (
        "disposisjonsfond", "bundne_fond", "ubundet_investeringsfond", "bundet_investeringsfond", "merforbruk",
        "udekket_investering", "ubrukte_lanemidler", "lanegjeld", "nytt_merforbruk", "avsetning_disposisjonsfond",
        "bruk_disposisjonsfond", "dekning_tidligere_merforbruk", "overforing_investering",
    )  # fmt: skip
    for stock in stocks:
        yield f"{stock} >= 0", np.minimum(k[stock], 0.0)
    vintages = np.minimum(k["merforbruk_argang"].min(axis=-1), 0.0)
    yield "vintages >= 0", vintages
    budget = k["budsjett_resultat"] + k["budsjett_bruk_disposisjonsfond"] - k["budsjett_avsetning"]
    budget = budget - k["budsjett_overforing"] - k["budsjett_dekning"] - k["budsjett_balanse"]
    yield "original budget balances, or shows its deficit", budget
    beyond = np.maximum(k["budsjett_bruk_til_investering"] - k["budsjett_bruk_disposisjonsfond"], 0.0)
    yield "what of the fund goes to investment is part of its use", beyond


def _investment_and_debt(before: np.ndarray, k: np.ndarray, rows: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    net = k["investering"] - k["investeringstilskudd"]
    fund = k["ubundet_investeringsfond"] - before["ubundet_investeringsfond"]
    cover = before["udekket_investering"]
    account = net + cover + fund - k["bruk_av_lan"] - k["overforing_investering"] - k["udekket_investering"]
    yield "I2 investment account sums to zero", account
    beyond = np.maximum(k["mva_kompensasjon"] - k["investeringstilskudd"], 0.0)
    yield "mva_kompensasjon is within investeringstilskudd", beyond
    yield "I8 lanegjeld", k["lanegjeld"] - before["lanegjeld"] - k["laneopptak"] + k["avdrag"]
    unused = k["ubrukte_lanemidler"] - before["ubrukte_lanemidler"]
    yield "I8 new loans = use + change in unused", k["laneopptak"] - k["bruk_av_lan"] - unused
    over = k["bruk_av_lan"] - net - cover
    yield "I8 no loan beyond loan-financed spending", np.maximum(over, 0.0)
    short = np.maximum(k["minimumsavdrag"] - k["avdrag"], 0.0)
    yield "R8 avdrag >= minimumsavdrag", short
    taken_out = (1.0 - rows["mva_i_anleggsmidler"][:, None]) * rows["mva_andel"][:, None]
    capitalised = np.floor((1.0 - taken_out) * k["investering"])
    depreciable = np.floor(rows["avskrivbar_andel"][:, None] * capitalised)
    added = k["anleggsmidler"] - before["anleggsmidler"] + k["avskrivninger"]
    yield "I9 anleggsmidler = before + built - avskrivninger", added - depreciable
    other = k["andre_anleggsmidler"] - before["andre_anleggsmidler"]
    yield "I9 andre_anleggsmidler", other - (capitalised - depreciable)
    cash = k["innskudd"] + k["premieavvik"]
    yield (
        "I11 what bears interest is the working capital of 1 January less premieavvik",
        cash - before["arbeidskapital"],
    )
    capital = k["disposisjonsfond"] + k["bundne_fond"] - k["merforbruk"] + k["ubundet_investeringsfond"]
    capital = capital + k["bundet_investeringsfond"] - k["udekket_investering"] + k["ubrukte_lanemidler"]
    yield "I10, I11 working capital by flows = by stocks", k["arbeidskapital"] - capital


def _pension(before: np.ndarray, k: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    yield "I12 premieavvik", k["premieavvik"] - before["premieavvik"] - k["premieavvik_effekt"]
    years = np.maximum(k["premieavvik_ar_argang"], 1.0)
    ages = np.minimum(np.arange(N_PENSION), years)
    original = k["premieavvik_argang"]
    left = original - np.floor(original * ages / years + 0.5)
    yield "I12 stock = what is left of the vintages", k["premieavvik"] - left.sum(axis=-1)


def _register(before: np.ndarray, k: np.ndarray, rows: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    exists = rows["robek"][:, None] >= 1
    bits, was = k["robek_grunnlag"], before["robek_grunnlag"]
    share = k["merforbruk"] - rows["robek_d_terskel"][:, None] * k["driftsinntekter"]
    on_d = (bits & D) > 0
    yield "I14 ground d above the threshold", _breach(~exists | (share <= 0) | on_d, share)
    allowed = rows["robek_c_ar"] + rows["dekningsfrist_tillegg"]
    old = np.arange(k["merforbruk_argang"].shape[-1]) >= allowed[:, None, None]
    overdue = np.where(old, k["merforbruk_argang"], 0.0).sum(axis=-1)
    on_c = (bits & C) > 0
    yield "I14 ground c for an overdue vintage", _breach(~exists | (overdue <= 0) | on_c, overdue)
    left = (was & ~bits & (C | D | G)) > 0
    strict = rows["robek_utgang"][:, None] < 1
    stays = ~exists | ~left | ~strict | (k["merforbruk"] <= 0)
    yield "I14 exit on c, d, g only when all is covered", _breach(stays, k["merforbruk"])
    for letter, bit, balance in (
        ("a follows the original budget", A, k["budsjett_balanse"]),
        ("b follows the okonomiplan", B, k["plan_balanse"]),
    ):
        same = ((bits & bit) > 0) == (_one_oslo(balance) < 0)
        yield f"ground {letter}", _breach(~exists | same, np.ones_like(share))
    yield "no register, no letters", np.where(exists, 0.0, bits)


def _one_oslo(balance: np.ndarray) -> np.ndarray:
    """The weaker balance of the two in both units of Oslo, the first kommune and the first fylkeskommune."""
    found = balance.copy()
    if found.shape[1] > N_FYLKER:  # the register knows one Oslo
        pair = [0, found.shape[1] - N_FYLKER]
        found[:, pair] = found[:, pair].min(axis=1, keepdims=True)
    return found


def _nation(after: State) -> Iterator[tuple[str, np.ndarray]]:
    k = after.units
    kommune = np.cumsum(np.ones(k.shape[1])) <= k.shape[1] - N_FYLKER
    moved = np.zeros(k.shape)
    moved[:, 0] = k["fordeling_oslo"].sum(axis=1)
    yield "what Oslo moves between its units sums to zero", moved
    total = np.zeros(k.shape)
    total[:, 0] = np.where(kommune, k["inntektsutjevning"], 0.0).sum(axis=1)
    yield "inntektsutjevning sums to zero over kommuner", total
    needs = np.zeros(k.shape)
    needs[:, 0] = np.where(kommune, k["utgiftsutjevning"], 0.0).sum(axis=1)
    yield "utgiftsutjevning sums to zero over kommuner", needs
    guarantee = np.zeros(k.shape)
    guarantee[:, 0] = np.where(kommune, k["inntektsgaranti"], 0.0).sum(axis=1)
    yield "inntektsgaranti (INGAR) sums to zero over kommuner", guarantee
    off = k["rammetilskudd"] - sum(k[part] for part in RAMMETILSKUDD)
    yield "rammetilskudd = sum of parts (kommuner)", np.where(kommune, off, 0.0)
    county = np.zeros(k.shape)
    county[:, 0] = np.where(kommune, 0.0, k["inntektsutjevning"]).sum(axis=1)
    yield "inntektsutjevning sums to zero over fylkeskommuner", county
    people = k["alder"].sum(axis=-1)
    yield "folketall = sum of age groups", _near(k["folketall"], people)
    county = np.zeros(k.shape)
    of_kommuner = np.where(kommune, k["folketall"], 0).sum(axis=1)
    county[:, 0] = _near(of_kommuner, np.where(kommune, 0, k["folketall"]).sum(axis=1))
    yield "people of fylkeskommuner = people of kommuner", county


def _near(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The difference, or 0 where it is within float precision of a sum of many terms."""
    return np.where(np.abs(a - b) <= 1e-9 * np.maximum(np.abs(a), 1.0), 0.0, a - b)


def _soundness(k: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    for name in STATE_COLUMNS:
        column = k[name]
        if column.ndim > 2:
            column = column.sum(axis=-1)
        yield f"{name} is a number", np.where(np.isfinite(column), 0.0, 1.0)
    spend = np.minimum(k["budsjett_utgifter"].min(axis=-1), 0.0)
    yield "budsjett_utgifter >= 0", spend
