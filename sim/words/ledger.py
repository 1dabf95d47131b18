"""The steps of a year in the ledger, in Norwegian; their lines keep the text of the output where they are one."""

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
