"""What is reported: every output is declared once, with its unit and what it means.

Most outputs are a word of the state, or a simple function of a few, and are read by the compiled pass of
sim.kernel.record. Anything else is a function State -> (runs, units) array under `@output`. A scenario names
the outputs that its panel stores; DEFAULT_PANEL is what it stores if it names none.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from sim.errors import UserError, printable
from sim.kernel import codes
from sim.measures import MEASURES
from sim.state import SECTORS_FYLKE, SECTORS_KOMMUNE, STATE_COLUMNS, STATE_DTYPE, State

Read = tuple[int, int, int, int]
Rule = Callable[[State], np.ndarray]
WORD = 8  # bytes; every field of the state is made of words of eight bytes


@dataclass(frozen=True)
class Output:
    """One number per run, year and unit: `read` = (how, a, b, n) of sim.kernel.record, or `function`."""

    name: str
    unit: str
    text: str
    read: Read | None = None
    function: Rule | None = None


OUTPUTS: dict[str, Output] = {}


def declare(name: str, unit: str, text: str, read: Read | None = None, function: Rule | None = None) -> None:
    """Adds an output; a name declared twice is an error."""
    if name in OUTPUTS:
        raise ValueError(f"output {name} is declared twice")
    OUTPUTS[name] = Output(name, unit, text, read, function)


def output(unit: str, text: str) -> Callable[[Rule], Rule]:
    """Declares a function State -> (runs, units) as an output under its own name."""

    def register(function: Rule) -> Rule:
        declare(function.__name__, unit, text, function=function)
        return function

    return register


def word(column: str, index: int = 0) -> int:
    """Position of a state column (or of one of its elements) in the record, in words."""
    fields = STATE_DTYPE.fields
    assert fields is not None
    return fields[column][1] // WORD + index


def width(column: str) -> int:
    """Number of words of a state column."""
    return int(np.prod(STATE_COLUMNS[column].shape, dtype=int))


def columns(*names: str) -> None:
    """State columns as they are, with the unit and text of their own declaration."""
    for name in names:
        column = STATE_COLUMNS[name]
        how = codes.WHOLE if column.integer else codes.COPY
        declare(name, column.unit, column.text, read=(how, word(name), 0, 1))


def percent(column: str) -> None:
    """A state column in per cent of driftsinntekter."""
    read = (codes.PERCENT, word(column), word("driftsinntekter"), 1)
    declare(f"{column}_pct", "% of driftsinntekter", STATE_COLUMNS[column].text, read=read)


def by_sector(column: str) -> None:
    """One output per sector; not defined (NaN) for the kind of unit that does not have the sector."""
    for sector in dict.fromkeys((*SECTORS_KOMMUNE, *SECTORS_FYLKE)):
        if sector == "ikke_i_bruk":
            continue
        kommune = word(column, SECTORS_KOMMUNE.index(sector)) if sector in SECTORS_KOMMUNE else -1
        fylke = word(column, SECTORS_FYLKE.index(sector)) if sector in SECTORS_FYLKE else -1
        text = f"{STATE_COLUMNS[column].text.split(' by sector')[0]}: {sector}."
        declare(f"{column}_{sector}", STATE_COLUMNS[column].unit, text, (codes.BY_KIND, kommune, fylke, 1))


# people and income
columns("folketall", "skatt", "inntektsutjevning", "rammetilskudd", "frie_inntekter", "eiendomsskatt")
columns("gebyrer", "selvkost_kapital", "naturinntekter", "ovrige_inntekter", "driftsinntekter")
# the block grant by its parts (kommuner), and other revenue by its own
columns("innbyggertilskudd", "utgiftsutjevning", "trekk_private_skoler", "trekk_nedlagte_skoler")
columns("distriktstilskudd_sor")
columns("distriktstilskudd_nord", "veksttilskudd", "storbytilskudd", "skjonnstilskudd", "saerskilt_fordeling")
columns("inntektsgaranti", "redning", "integreringstilskudd", "toppfinansiering", "oremerkede_tilskudd", "mva_drift")
columns("fordeling_oslo", "brukerbetaling_refusjoner", "mva_kompensasjon", "utbytte")
# the operating account
columns("vedlikehold", "merkostnad", "tertialkorreksjon", "premieavvik_effekt", "omstillingskostnad")
columns("driftsutgifter", "avskrivninger", "renteinntekter", "renteutgifter", "avdrag", "minimumsavdrag")
columns("brutto_driftsresultat", "netto_driftsresultat")
percent("netto_driftsresultat")
# the closing
columns("budsjettavvik", "avsetning_bundne", "bruk_bundne", "overforing_investering")
columns("avsetning_disposisjonsfond", "bruk_disposisjonsfond", "dekning_tidligere_merforbruk")
columns("strykning_overforing", "strykning_avsetning", "strykning_dekning", "strykning_bruk")
# the four strykning columns stand side by side in the record
declare(
    "strykninger", "kr", "Sum of what the closing struck (BRF §§ 4-2, 4-3).",
    (codes.SUM, word("strykning_overforing"), 0, 4),
)  # fmt: skip
columns("nytt_merforbruk", "disposisjonsfond", "bundne_fond", "ubundet_investeringsfond", "merforbruk")
columns("udekket_investering", "arbeidskapital")
percent("disposisjonsfond")
percent("merforbruk")
# investment, debt, assets
columns("investering", "investeringstilskudd", "bruk_av_lan", "laneopptak", "lanegjeld", "ubrukte_lanemidler")
columns("anleggsmidler", "investeringsko", "vedlikeholdsetterslep", "premieavvik")
percent("investering")
percent("lanegjeld")
# budget and plan
columns("budsjett_driftsinntekter", "budsjett_resultat", "budsjett_investering")
columns("budsjett_bruk_disposisjonsfond", "budsjett_bruk_til_investering", "budsjett_balanse", "plan_balanse")
columns("plan_resultat", "tiltaksplan", "plan_brutt")
# register
declare(
    "robek", "0/1", "Registered in ROBEK after the review of the year's accounts.",
    (codes.FLAG, word("robek_grunnlag"), 0, 1),
)  # fmt: skip
columns("robek_grunnlag", "lanekontroll", "ar_i_robek")
# decision
columns("foreslatt_innsparing", "vedtatt_innsparing", "innsparing", "prognose", "gap", "tilpasningsfart")
columns("konsoliderer", "bemanningskutt", "lokal_kostnad", "svakhet", "ikke_gjennomfort")
for _index, _measure in enumerate(MEASURES):
    declare(f"tiltak_{_measure.name}", "kr", _measure.text, (codes.COPY, word("tiltak", _index), 0, 1))
# services
declare(
    "tjenesteniva", STATE_COLUMNS["tjenesteniva"].unit, "Real spending per need, need-weighted mean.",
    (codes.MEAN, word("tjenesteniva"), word("behov"), width("tjenesteniva")),
)  # fmt: skip
by_sector("tjenesteniva")
by_sector("utgifter")
declare("behov", "kr of 2025", "Spending need, all sectors.", (codes.SUM, word("behov"), 0, width("behov")))
columns("skoler", "elever", "privatelever", "skoler_nedlagt", "skoleforslag", "skolevedtak")
columns("skoler_foreslatt", "skoler_apnet", "elever_nedlagt", "elever_lengre_vei", "skolevei_okning")
columns("skole_sperre_til")
# tax and politics
columns("eiendomsskatt_promille", "venstre_andel", "fragmentering", "velgertap", "nytt_flertall", "sammenslaing")


@output("years", "Age of the oldest uncovered merforbruk; 0 if none or if it arose this year.")
def merforbruk_alder(state: State) -> np.ndarray:
    """The last vintage with anything left in it (runs, units)."""
    vintages = state.units["merforbruk_argang"] > 0.0
    return (vintages * np.arange(vintages.shape[-1])).max(axis=-1)


@output("kr per inhabitant", "Loan debt for own purposes per inhabitant.")
def lanegjeld_per_innbygger(state: State) -> np.ndarray:
    """(runs, units); the number of inhabitants is that of 1 January of the accounts year."""
    return state.units["lanegjeld"] / state.units["folketall"]


DEFAULT_PANEL = (
    "netto_driftsresultat", "disposisjonsfond", "merforbruk", "lanegjeld", "robek", "driftsinntekter",
    "frie_inntekter", "investering", "tjenesteniva", "skoler", "skoleforslag", "folketall",
)  # fmt: skip


def select(names: Iterable[str]) -> tuple[Output, ...]:
    """The declared outputs of these names, in this order. An unknown or repeated name is a UserError."""
    from difflib import get_close_matches

    chosen: dict[str, Output] = {}
    for name in names:
        if name not in OUTPUTS:
            near = get_close_matches(str(name), OUTPUTS, n=1)
            hint = f"did you mean {near[0]!r}?" if near else "'run.py list outputs' shows all of them."
            raise UserError(f"panel: there is no output {printable(name)!r}; {hint}")
        if name in chosen:
            raise UserError(f"panel: output {name!r} is named twice; name it once.")
        chosen[name] = OUTPUTS[name]
    return tuple(chosen.values())


def program(outputs: Iterable[Output]) -> np.ndarray:
    """The table (outputs, 4) that sim.kernel.record reads; a function of its own is a blank row."""
    rows = [out.read or (codes.COPY, 0, 0, 1) for out in outputs]
    return np.array(rows, np.int64).reshape(-1, 4)


def words_of(units: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Views (runs, units, words) of records (runs, units): as float64 and as int64."""
    shape = (*units.shape, units.dtype.itemsize // WORD)
    return units.view(np.float64).reshape(shape), units.view(np.int64).reshape(shape)
