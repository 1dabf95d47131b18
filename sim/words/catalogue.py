"""The sentences of figures and exports in both languages, by key; {name} is filled in by the caller."""

from sim.errors import UserError, printable
from sim.words.heads import HEADS

LANGUAGES = ("en", "nb")

PHRASES: dict[str, tuple[str, str]] = {
    # who and when
    "kommuner": ("kommuner", "kommuner"),
    "fylkeskommuner": ("fylkeskommuner", "fylkeskommuner"),
    "all_kommuner": ("{n} kommuner", "{n} kommuner"),
    "all_fylkeskommuner": ("{n} fylkeskommuner", "{n} fylkeskommuner"),
    "in_fylke": ("kommuner in {name}", "kommunene i {name}"),
    "in_size": ("kommuner with {name} inhabitants", "kommuner med {name} innbyggere"),
    "in_sentralitet": ("kommuner of centrality {name}", "kommuner med sentralitet {name}"),
    "size_panel": ("{name} inhabitants", "{name} innbyggere"),
    "in_sentralitet_panel": ("Centrality {name}", "Sentralitet {name}"),
    "under 3,000": ("under 3,000", "under 3\u00a0000"),
    "3,000–4,999": ("3,000–4,999", "3\u00a0000–4\u00a0999"),
    "5,000–9,999": ("5,000–9,999", "5\u00a0000–9\u00a0999"),
    "10,000–19,999": ("10,000–19,999", "10\u00a0000–19\u00a0999"),
    "20,000–49,999": ("20,000–49,999", "20\u00a0000–49\u00a0999"),
    "50,000 and more": ("50,000 and more", "50\u00a0000 og flere"),
    # footers
    "run": ("run", "kjøring"),
    "runs": ("runs", "kjøringer"),
    "origin": (
        "{program}, scenario {name}: {count}, seed {seed}, digest {digest}.",
        "{program}, scenario {name}: {count}, frø {seed}, digest {digest}.",
    ),
    "compared": ("Compared with scenario {name}, digest {digest}.", "Sammenlignet med scenario {name}, digest {digest}."),
    "as_one": ("The group as one: sums over its units.", "Gruppen under ett: summer over enhetene."),
    "constructed": (
        "Finances of single kommuner at the start are constructed (see the report): an illustration, not a forecast.",
        "Økonomien i hver enkelt kommune ved start er konstruert (se rapporten): en illustrasjon, ikke en prognose.",
    ),
    "history": (
        "Official 2015–2025: Nasjonalbudsjettet 2026 (ROBEK at year end, read off a chart, ±2), KDD, KS, "
        "SSB 13561, TBU; see sim/data/national_series.csv.",
        "Offisielle tall 2015–2025: Nasjonalbudsjettet 2026 (ROBEK ved årsslutt, lest av en figur, ±2), KDD, KS, "
        "SSB 13561, TBU; se sim/data/national_series.csv.",
    ),
    # fans
    "median": ("median", "median"),
    "key_median": ("median over runs", "median over kjøringene"),
    "key_half": ("middle 50 % of runs", "midterste 50 % av kjøringene"),
    "key_wide": ("middle 90 %", "midterste 90 %"),
    "key_single": ("three single futures", "tre enkeltbaner"),
    "key_official": ("official", "offisielt"),
    "key_without_oslo": ("official, without Oslo", "offisielt, uten Oslo"),
    "key_both": ("official, kommuner and fylkeskommuner", "offisielt, kommuner og fylkeskommuner"),
    "key_group": ("median of {name}", "median for {name}"),
    "end_of_year": ("% of driftsinntekter, 31 December", "% av driftsinntektene, 31. desember"),
    "of_income": ("% of driftsinntekter", "% av driftsinntektene"),
    "number_reviewed": (
        "number, after the review of the year's accounts",
        "antall, etter gjennomgangen av årets regnskap",
    ),
    "share_reviewed": ("share of runs, %", "andel av kjøringene, %"),
    "net_debt_not_drawn": (
        "official series\nare of net debt,\nanother definition:\nnot drawn",
        "offisielle serier\ner netto lånegjeld,\nen annen definisjon:\nikke tegnet",
    ),
    "no_series": ("no official series", "ingen offisiell serie"),
    "group_short": ("(group)", "(gruppen)"),
    "futures_title": ("{who}: {title}, {period}", "{who}: {title}, {period}"),
    "futures_group_title": ("{title}: {who} as one, {period}", "{title}: {who} under ett, {period}"),
    "futures_below": (
        "Line: median over runs; bands: middle 50 and 90 %; thin: three single futures. Dashed: typical of {beside}.",
        "Linje: median over kjøringene; bånd: midterste 50 og 90 %; tynne: tre enkeltbaner. Stiplet: typisk for {beside}.",
    ),
    "output_title": ("{title}: {what}, {who}, {period}", "{title}: {what}, {who}, {period}"),
    "share_below": (
        "Line: share of runs. Dashed: mean of {beside}.",
        "Linje: andel av kjøringene. Stiplet: gjennomsnittet for {beside}.",
    ),
    "output_below": (
        "Line: median over runs; bands: middle 50 and 90 % of runs; thin: three single futures.",
        "Linje: median over kjøringene; bånd: midterste 50 og 90 % av kjøringene; tynne: tre enkeltbaner.",
    ),
    # spread
    "spread_title": ("{title}: how {group} differ, {period}", "{title}: forskjeller mellom {group}, {period}"),
    "spread_below": (
        "Every kommune of {which} counts once in each year, whatever its size. Right: share of kommuner.",
        "Hver kommune i {which} teller én gang hvert år, uansett størrelse. Til høyre: andel av kommunene.",
    ),
    "all_runs": ("all runs", "alle kjøringene"),
    "first_runs": ("the first {n} runs", "de første {n} kjøringene"),
    "ridge_result": (
        "% of driftsinntekter; upright bar: median kommune",
        "% av driftsinntektene; loddrett strek: median kommune",
    ),
    "ridge_fund": ("% of driftsinntekter, of those that have one", "% av driftsinntektene, for dem som har fond"),
    "side_negative": ("below 0", "under 0"),
    "side_without": ("without", "uten"),
    # measures
    "measures_title": ("{title}: what {group} do about it, {period}", "{title}: hva {group} gjør med det, {period}"),
    "measures_below": (
        "Relief adopted for the next year, % of driftsinntekter of the group. Bar: mean over runs; "
        "line: middle 50 % of runs.\nBelow each title: mean number that adopt it, first → last year.",
        "Innsparing vedtatt for neste år, % av gruppens driftsinntekter. Søyle: gjennomsnitt over kjøringene; "
        "strek: midterste 50 %.\nUnder hver tittel: antall som vedtar tiltaket i snitt, første → siste år.",
    ),
    "measures_open": (
        "Open merforbruk: what no other measure covered when the budget was adopted.",
        "Åpent merforbruk: det ingen andre tiltak dekket da budsjettet ble vedtatt.",
    ),
    "rates_lowered": ("< 0: rates lowered", "< 0: satser senket"),
    "of_units": ("{said} of {n} units", "{said} av {n} enheter"),
    # waterfall
    "gap_title": (
        "{title}: how {group} close the gap in the budget adopted in {year}",
        "{title}: slik lukker {group} gapet i budsjettet som vedtas i {year}",
    ),
    "gap_below": (
        "Mean over runs, % of driftsinntekter of the group (in brackets: mean number that adopt the measure).",
        "Gjennomsnitt over kjøringene, % av gruppens driftsinntekter (i parentes: antall som vedtar tiltaket i snitt).",
    ),
    "gap_whole": ("Gap to be closed", "Gap som må lukkes"),
    # states
    "healthy": ("Healthy", "Sunn"),
    "fund": ("Drawing on reserves", "Tærer på reserver"),
    "deficit": ("Uncovered merforbruk", "Udekket merforbruk"),
    "robek": ("In ROBEK", "I ROBEK"),
    "states_title": ("{title}: {who} between four states", "{title}: {who} mellom fire tilstander"),
    "states_below": (
        "Mean number of units over runs. Healthy: netto driftsresultat at or above zero. Drawing on reserves: below "
        "zero, covered.\nUncovered merforbruk: carried forward at the end of the year. In ROBEK: registered after the "
        "review of the year's accounts.",
        "Gjennomsnittlig antall enheter over kjøringene. Sunn: netto driftsresultat på null eller mer. Tærer på "
        "reserver: under null, dekket.\nUdekket merforbruk: fremført ved årets slutt. I ROBEK: innmeldt etter "
        "gjennomgangen av årets regnskap.",
    ),
    "counted": ("Counted: {which}.", "Talt: {which}."),
    "moves_title": ("{title}: from one year to the next, {period}", "{title}: fra ett år til det neste, {period}"),
    "moves_of_one": (
        "When {who} is in the state at the left: how often it is in each state a year later. All years and runs.",
        "Når {who} er i tilstanden til venstre: hvor ofte den er i hver tilstand året etter. Alle år og kjøringer.",
    ),
    "moves_below": (
        "Of {who} in the state at the left, the share that is in each state a year later. All years and runs.",
        "Av {who} i tilstanden til venstre: andelen som er i hver tilstand året etter. Alle år og kjøringer.",
    ),
    "this_year": ("this year", "i år"),
    "next_year": ("a year later", "året etter"),
    # map
    "map_title": ("{title}: {what}, {year}", "{title}: {what}, {year}"),
    "map_title_of": ("{title}: {what}, {who}, {year}", "{title}: {what}, {who}, {year}"),
    "map_below": (
        "One circle per kommune: its area is in proportion to inhabitants, its place near the true one. "
        "Outlines: fylker.",
        "En sirkel per kommune: arealet følger folketallet, plassen er nær den virkelige. Omriss: fylker.",
    ),
    "map_change": (
        "Median over runs of the paired difference: {one} minus {other}.",
        "Median over kjøringene av den parvise forskjellen: {one} minus {other}.",
    ),
    "map_of_median": ("Colour: median over runs.", "Farge: median over kjøringene."),
    "map_of_share": ("Colour: share of runs.", "Farge: andel av kjøringene."),
    "ring": ("dark ring: below zero", "mørk ring: under null"),
    "ten_highest": ("The {n} highest", "De {n} høyeste"),
    "only_one": ("In figures", "I tall"),
    "ten_differ": ("The {n} that differ most", "De {n} med størst forskjell"),
    "no_difference": ("no difference", "ingen forskjell"),
    "inhabitants": ("{n} inhabitants", "{n} innbyggere"),
    # contrast
    "contrast_title": ("{one} against {other}: {who}, {period}", "{one} mot {other}: {who}, {period}"),
    "contrast_below": (
        "Paired differences, run by run, under the same shocks. Point: median over runs; line: 5 to 95 % of runs.",
        "Parvise forskjeller, kjøring for kjøring, under de samme sjokkene. Punkt: median; strek: 5 til 95 % av "
        "kjøringene.",
    ),
    "difference_in": ("difference, {unit}", "forskjell, {unit}"),
    # winners
    "winners_title": ("{title}: {what}, who rises and who falls", "{title}: {what}, hvem øker og hvem faller"),
    "winners_change": (
        "Change from {first} to {last}. Point: median over runs; line: 5 to 95 % of runs.",
        "Endring fra {first} til {last}. Punkt: median over kjøringene; strek: 5 til 95 % av kjøringene.",
    ),
    "winners_between": (
        "{one} minus {other} in {last}, paired run by run. Point: median; line: 5 to 95 % of runs.",
        "{one} minus {other} i {last}, parvis kjøring for kjøring. Punkt: median; strek: 5 til 95 % av kjøringene.",
    ),
    "highest": ("The {n} that rise most or fall least", "De {n} som øker mest eller faller minst"),
    "lowest": ("The {n} that fall most or rise least", "De {n} som faller mest eller øker minst"),
    # ranking
    "risk_of_one": ("{title}: {who}, risk in {year}", "{title}: {who}, risiko i {year}"),
    "ranking_sannsynlighet_robek": (
        "{title}: most at risk of ROBEK in {year}", "{title}: størst risiko for ROBEK i {year}",
    ),
    "ranking_sannsynlighet_negativ": (
        "{title}: most at risk of a result below zero in {year}", "{title}: størst risiko for resultat under null i {year}",
    ),
    "ranking_sannsynlighet_uten_fond": (
        "{title}: most at risk of having no disposisjonsfond in {year}",
        "{title}: størst risiko for å være uten disposisjonsfond i {year}",
    ),
    "ranking_below": (
        "Point: share of runs in {year}; hollow: in {first}. ROBEK: registered after the review of the year's accounts. "
        "NDR < 0: netto\ndriftsresultat below zero. No fund: without disposisjonsfond.",
        "Punkt: andel av kjøringene i {year}; hult: i {first}. ROBEK: innmeldt etter gjennomgangen av årets regnskap. "
        "NDR < 0: netto\ndriftsresultat under null. Uten fond: uten disposisjonsfond.",
    ),
    "result_short": ("NDR < 0", "NDR < 0"),
    "fund_short": ("no fund", "uten fond"),
    # groups
    "groups_title": ("{title}: {what} by group, {period}", "{title}: {what} etter gruppe, {period}"),
    "groups_below": (
        "Each group as one. Line: median over runs; bands: middle 50 and 90 %. Grey: median of all kommuner.",
        "Hver gruppe under ett. Linje: median over kjøringene; bånd: midterste 50 og 90 %. Grått: median, alle "
        "kommuner.",
    ),
    "groups_alone": (
        "Each group as one. Line: median over runs; bands: middle 50 and 90 %.",
        "Hver gruppe under ett. Linje: median over kjøringene; bånd: midterste 50 og 90 %.",
    ),
    "n_units": ("{n} kommuner", "{n} kommuner"),
    # tornado
    "tornado_title": (
        "{title}: what moves {what} in {year}",
        "{title}: hva som flytter {what} i {year}",
    ),
    "tornado_below": (
        "{who}. Median over the fifth of runs in which each factor was lowest (light) and highest (dark) until "
        "{year}.\nUpright: median over all runs. Interest, prices and tax are means of the nation.",
        "{who}. Median over den femdelen av kjøringene der hver faktor var lavest (lyst) og høyest (mørkt) til og "
        "med {year}.\nLoddrett: median over alle kjøringene. Rente, priser og skatt er landets gjennomsnitt.",
    ),
    "factor_start": ("{what} in {first}", "{what} i {first}"),
    "factor_vekst": ("{what}: growth", "{what}: vekst"),
    "factor_snitt": ("{what}: mean", "{what}: snitt"),
    "when_low": ("lowest fifth", "laveste femdel"),
    "when_high": ("highest fifth", "høyeste femdel"),
    # distribution of any output
    "ridges_title": ("{title}: {what}, {group}, {period}", "{title}: {what}, {group}, {period}"),
    "ridges_below": (
        "Distribution over units and runs, each unit once, whatever its size. Upright: median; right: median as number.",
        "Fordeling over enheter og kjøringer, hver enhet én gang, uansett størrelse. Loddrett: median; til høyre: "
        "medianen som tall.",
    ),
}  # fmt: skip


def language(code: str) -> str:
    """The code if there is such a language; UserError if not."""
    if code in LANGUAGES:
        return code
    raise UserError(f"--lang {printable(code)}: there is {' and '.join(LANGUAGES)}.")


def head(key: str, lang: str = "en", **values: object) -> str:
    """The head of a column of a table."""
    return _of(HEADS, key, lang).format(**values)


def _of(table: dict[str, tuple[str, str]], key: str, lang: str) -> str:
    return table[key][LANGUAGES.index(lang)]


def say(key: str, lang: str = "en", **values: object) -> str:
    """The phrase of this key. KeyError if there is none: a key is written in the program, never by a user."""
    return PHRASES[key][LANGUAGES.index(lang)].format(**values)
