"""What stands around the lines of the ledger: headings of steps, of tables, and what is said of the run."""

from sim.words.catalogue import LANGUAGES

FRAME = {  # (English, Norwegian)
    "heading": (
        "{place} in run {run} of {scenario}, seed {seed}. Whole kroner of the year.",
        "{place} i kjøring {run} av {scenario}, frø {seed}. Hele kroner i årets priser.",
    ),
    "in_panel": (
        "{n} figures are in the panel of {folder} too, and equal.",
        "{n} tall står også i panelet til {folder}, og er like.",
    ),
    "press": ("Enter: next year   q: end > ", "Enter: neste år   q: slutt > "),
    "year": ("year", "år"), "result": ("result, %", "resultat, %"),
    "fund": ("disposisjonsfond, kr", "disposisjonsfond, kr"), "merforbruk": ("merforbruk, kr", "merforbruk, kr"),
    "gap": ("gap, %", "gap, %"), "relief": ("relief adopted, kr", "vedtatt innsparing, kr"), "robek": ("ROBEK", "ROBEK"),
    "measure": ("measure", "tiltak"), "price": ("price", "pris"), "rise": ("rise per 1 %", "stigning per 1 %"),
    "cap": ("cap, kr", "tak, kr"), "proposed": ("proposed, kr", "foreslått, kr"),
    "adopted": ("adopted, kr", "vedtatt, kr"), "source": ("source", "kilde"), "none": ("none", "ingen"),
    "yes": ("yes", "ja"), "no": ("no", "nei"),
}  # fmt: skip


STEPS_NB = {
    "opening": "1. januar {year}: utgangspunktet",
    "income": "Inntekter i {year}",
    "operations": "Driften i {year}",
    "investment": "Investeringene i {year}",
    "network": "Høsten {year}: hva andre gjorde året før",
    "council": "Høsten {year}: valg, eiendomsskatt, skoler",
    "forecast": "Høsten {year}: kommunedirektørens prognose for {next}",
    "gap": "Gapet",
    "speed": "Tempoet: kommunedirektørens forslag, kommunestyrets svar",
    "options": "Tiltakene: pris, tak, foreslått, vedtatt",
    "budget": "Desember {year}: det opprinnelige budsjettet for {next}",
    "plan": "Desember {year}: økonomiplanen til {last}",
    "realised": "31. desember {year}: budsjettet for {year} og hva det ble til",
    "january": "Januar {next}: gjennomgang av budsjettet for {next}",
    "closing": "Februar {next}: regnskapet for {year} avsluttes",
    "coverage": "Merforbruk etter året det oppstod, det eldste dekkes først",
    "council_june": "Innen 30. juni {next}: kommunestyret vedtar inndekning",
    "close_investment": "Investeringsregnskapet for {year} avsluttes",
    "june": "Juni og juli {next}: gjennomgang av regnskapet, ROBEK",
}  # fmt: skip


def step_title(step: str, told: str, year: int, lang: str = "en") -> str:
    """The heading of a step of a year; `told` in English, or of a step that is not known here."""
    if lang == "nb" and step in STEPS_NB:
        return STEPS_NB[step].format(year=year, next=year + 1, last=year + 4)
    return told


def frame(key: str, lang: str = "en", **values: object) -> str:
    """A phrase around the lines. KeyError if there is none: a key is written in the program, never by a user."""
    return FRAME[key][LANGUAGES.index(lang)].format(**values)
