"""The sentences of the report in both languages. They may hold markup: they are written here, never by a user."""

PAGE: dict[str, tuple[str, str]] = {
    "about": (
        "kommunesim: possible years of Norwegian kommuner and fylkeskommuner",
        "kommunesim: mulige år for norske kommuner og fylkeskommuner",
    ),
    "expected": ("Expected beforehand:", "Forventet på forhånd:"),
    "run_line": (
        "{period}, {count} of every kommune and fylkeskommune, seed {seed}, digest <code>{digest}</code>.",
        "{period}, {count} av alle kommuner og fylkeskommuner, frø {seed}, digest <code>{digest}</code>.",
    ),
    "start_drawn": (
        "What no official table says of the start is drawn anew in every run.",
        "Det ingen offisiell tabell sier om utgangspunktet, trekkes på nytt i hver kjøring.",
    ),
    "start_median": (
        "The start is the same in every run: the median of what is not known.",
        "Utgangspunktet er det samme i alle kjøringer: medianen av det som ikke er kjent.",
    ),
    "warning": (
        "Not a forecast: what would follow under the rules and assumptions below, with its spread. The finances and "
        "schools of each single kommune at the start are constructed to fit published distributions, unless they were "
        "supplied; what is printed for one kommune is an illustration.",
        "Ikke en prognose: det som ville fulgt av reglene og forutsetningene nedenfor, med spredning. Økonomien og "
        "skolene i hver enkelt kommune ved start er konstruert slik at de passer med publiserte fordelinger, om de ikke "
        "er levert av brukeren; det som står om én kommune, er en illustrasjon.",
    ),
    "contents": ("Contents", "Innhold"),
    "numbers": ("In numbers", "I tall"),
    "figures": ("Figures", "Figurer"),
    "who": ("Who is hit", "Hvem som rammes"),
    "measures": ("Measures", "Tiltak"),
    "measures_head": ("What they do about it", "Hva de gjør med det"),
    "policy": ("Policy", "Politikk"),
    "assumptions": ("Assumptions", "Forutsetninger"),
    "assumptions_head": ("Assumptions in force", "Forutsetninger som gjelder"),
    "data": ("Data", "Data"),
    "data_head": ("Official and constructed", "Offisielt og konstruert"),
    "again": ("Reproduce", "Gjenskape"),
    "compared": ("Compared", "Sammenlignet"),
    "checked": ("Checked", "Kontrollert"),
    "checked_head": ("Against published facts", "Mot publiserte tall"),
    "none": ("None.", "Ingen."),
    "year": ("year", "år"),
    "to": ("to", "til"),
    "numbers_text": (
        "Median over runs; below it, small, the range of 5 to 95 % of runs. The group as one: sums over its units.",
        "Median over kjøringene; under den, med liten skrift, 5 til 95 % av kjøringene. Gruppen under ett: summer over "
        "enhetene.",
    ),
    "who_text": (
        "Probability: share of the {runs} runs in which it happens. The number of runs alone makes it unsure by up to "
        "{error} percentage points (one standard error); the construction of the start by more.",
        "Sannsynlighet: andel av de {runs} kjøringene der det skjer. Antallet kjøringer alene gjør den usikker med inntil "
        "{error} prosentpoeng (én standardfeil); konstruksjonen av utgangspunktet med mer.",
    ),
    "size_note": (
        "Mean over the kommuner of a group. Services: mean of the medians of real spending per need, national 2025 = 100.",
        "Gjennomsnitt over kommunene i gruppen. Tjenester: snitt av medianene for realutgifter etter behov, landet 2025 "
        "= 100.",
    ),
    "risk_note": (
        "ROBEK: registered after the review of that year's accounts. NDR: netto driftsresultat. No fond: without "
        "disposisjonsfond. Only units with a probability above 0 are listed.",
        "ROBEK: innmeldt etter gjennomgangen av årets regnskap. NDR: netto driftsresultat. Uten fond: uten "
        "disposisjonsfond. Bare enheter med sannsynlighet over 0 er med.",
    ),
    "sheet_hint": (
        "Why one of them: <code>python run.py report DIR --kommune {code}</code> writes its sheet, with its start, its "
        "futures and what drives them.",
        "Hvorfor en av dem: <code>python run.py report DIR --kommune {code} --lang nb</code> skriver arket dens, med "
        "utgangspunkt, mulige framtider og det som driver dem.",
    ),
    "measures_text": (
        "Mean per year over years and runs; amounts for the whole group, adopted for the coming year.",
        "Gjennomsnitt per år over år og kjøringer; beløp for hele gruppen, vedtatt for året etter.",
    ),
    "levers_differ": (
        "These levers differ from today's law; the other {rest} are at it.",
        "Disse virkemidlene avviker fra dagens lov; de andre {rest} følger den.",
    ),
    "levers_law": (
        "Today's law: all {all} levers are at their default.",
        "Dagens lov: alle {all} virkemidlene står på standardverdien.",
    ),
    "assumptions_text": (
        "{drawn} of {all} assumptions are drawn in every run, uniformly from a range, the same number in every scenario "
        "that has the range{changed}. Evidence: <em>law</em>, <em>official</em> figure, <em>estimate</em> from data, or "
        "<em>assumption</em>.",
        "{drawn} av {all} forutsetninger trekkes i hver kjøring, likt fordelt i et intervall, og likt i alle scenarier "
        "som har intervallet{changed}. Grunnlag: <em>lov</em>, <em>offisielt</em> tall, <em>anslag</em> "
        "fra data, eller <em>antakelse</em>.",
    ),
    "assumptions_changed": ("; {n} more differ from the default", "; {n} til avviker fra standardverdien"),
    "others": ("All others", "Alle andre"),
    "not_embedded": (
        "This result was not made from the start accounts embedded in this version: columns were supplied with "
        "<code>--data</code>, or the version was another. The table shows the embedded ones.",
        "Resultatet er ikke laget fra utgangsregnskapet i denne versjonen: kolonner ble levert med <code>--data</code>, "
        "eller versjonen var en annen. Tabellen viser de innebygde.",
    ),
    "data_text": (
        "Per column of the start: <em>official</em> as published, <em>constructed</em> by a documented model (drawn anew "
        "in every run if the start is drawn), or <em>supplied</em> by the user. Spread: standard deviation of a typical "
        "drawn value.",
        "For hver kolonne i utgangspunktet: <em>offisielt</em> som publisert, <em>konstruert</em> med en "
        "dokumentert modell (trukket på nytt i hver kjøring om utgangspunktet trekkes), eller <em>levert</em> "
        "av brukeren. Spredning: standardavviket til en typisk trukket verdi.",
    ),
    "save_as": (
        "Save this as <code>{name}.toml</code>; it inherits from nothing, and what it does not name is at its default.",
        "Lagre dette som <code>{name}.toml</code>; det arver ingenting, og det som ikke er nevnt, står på standardverdien.",
    ),
    "same_digest": (
        "The same digest means the same numbers. It is the hash of:",
        "Samme digest betyr samme tall. Den er hashen av:",
    ),
    "files_note": (
        "Numbers behind everything here: <code>panel/</code>, <code>units.parquet</code>, <code>national.parquet</code> "
        "and <code>scenario.json</code> of the result, with their SHA-256 in <code>manifest.json</code>. Tables for "
        "other programs: <code>run.py export</code>.",
        "Tallene bak alt her: <code>panel/</code>, <code>units.parquet</code>, <code>national.parquet</code> og "
        "<code>scenario.json</code> i resultatmappen, med SHA-256 i <code>manifest.json</code>. Tabeller for andre "
        "programmer: <code>run.py export</code>.",
    ),
    "sources_note": (
        "Sources: Statistics Norway (SSB, CC BY 4.0), the ministries (Grønt hefte, Nasjonalbudsjettet, ROBEK), KS, TBU, "
        "Kartverket (CC BY 4.0). Terms of law and accounts are the Norwegian ones: netto driftsresultat (NDR, net operating "
        "result), disposisjonsfond (free operating reserve), lanegjeld (loan debt), merforbruk (deficit to be covered), "
        "ROBEK (register of state control).",
        "Kilder: Statistisk sentralbyrå (SSB, CC BY 4.0), departementene (Grønt hefte, Nasjonalbudsjettet, ROBEK), KS, "
        "TBU, Kartverket (CC BY 4.0).",
    ),
    "cite": ("To cite", "Slik siterer du"),
    # comparison
    "compared_text": (
        "{one} minus {other}, paired run by run: both met the same shocks. Median of the differences; below it, small, 5 to "
        "95 % of runs.",
        "{one} minus {other}, parvis kjøring for kjøring: begge møtte de samme sjokkene. Median av forskjellene; under "
        "den, med liten skrift, 5 til 95 % av kjøringene.",
    ),
    "compared_levers": ("What the two set differently:", "Det de to setter ulikt:"),
    "compared_same": ("Both have the same levers and assumptions.", "Begge har de samme virkemidlene og forutsetningene."),
    # scorecard
    "score_none": (
        "No scorecard is stored with this result. <code>python run.py validate {name}.toml --json</code>, saved in the "
        "folder of the result as <code>scorecard.json</code>, appears here.",
        "Det er ikke lagret noe resultatkort her. <code>python run.py validate {name}.toml --json</code>, lagret i "
        "resultatmappen som <code>scorecard.json</code>, vises her.",
    ),
    "score_text": (
        "{passed} of {all} published facts lie where the model says they may; {held} of them were not used to set it. "
        "The card is of the file <code>scorecard.json</code> in the folder of the result.",
        "{passed} av {all} publiserte tall ligger der modellen sier de kan ligge; {held} av dem er ikke brukt til å "
        "innstille den. Kortet er filen <code>scorecard.json</code> i resultatmappen.",
    ),
    "passed": ("pass", "innenfor"),
    "failed": ("FAIL", "UTENFOR"),
    # one unit
    "sheet_start": ("Where it starts", "Utgangspunktet"),
    "sheet_futures": ("Its futures", "Mulige framtider"),
    "sheet_risk": ("Risk by year", "Risiko år for år"),
    "sheet_drivers": ("What drives it", "Hva som driver det"),
    "sheet_again": ("How this was made", "Slik er arket laget"),
    "sheet_line": ("{inhabitants} inhabitants in July 2026", "{inhabitants} innbyggere i juli 2026"),
    "sheet_start_text": (
        "Official facts, and what is constructed: the accounts of the first year, {year}, as median over runs; below it, "
        "small, 5 to 95 % of runs. Group: {group}.",
        "Offisielle fakta, og det som er konstruert: regnskapet for det første året, {year}, som median over kjøringene; "
        "under den, med liten skrift, 5 til 95 % av kjøringene. Gruppe: {group}.",
    ),
    "spread_drawn": (
        "The start was drawn anew in every run: the range is both what is not known of the start and the chance of the year.",
        "Utgangspunktet ble trukket på nytt i hver kjøring: spennet er både det en ikke vet om det, og årets tilfeldigheter.",
    ),
    "spread_median": (
        "Every run had the same start, the median of what is not known: the range is the chance of the year alone.",
        "Alle kjøringer hadde samme utgangspunkt, medianen av det en ikke vet: spennet er bare årets tilfeldigheter.",
    ),
    "sheet_risk_text": (
        "Share of runs. In brackets: mean of {group}. In {year} it is number {rank} of {of} by risk of ROBEK.",
        "Andel av kjøringene. I parentes: gjennomsnittet for {group}. I {year} er den nummer {rank} av {of} etter risiko "
        "for ROBEK.",
    ),
    "sheet_no_risk": (
        "Share of runs. In brackets: mean of {group}.",
        "Andel av kjøringene. I parentes: gjennomsnittet for {group}.",
    ),
    "sheet_drivers_text": (
        "Runs in which something turned out low beside those in which it turned out high. It shows what goes together, not "
        "what would happen if one thing alone were changed.",
        "Kjøringer der noe ble lavt, ved siden av dem der det ble høyt. Det viser hva som følger hverandre, ikke hva som "
        "ville skjedd om én ting ble endret alene.",
    ),
    "sheet_measures_text": (
        "Measures adopted for the coming year, mean over runs, million kr:",
        "Tiltak vedtatt for året etter, snitt over kjøringene, mill. kr:",
    ),
    "sheet_no_measures": (
        "The panel of this result does not hold the measures of single units. A scenario whose <code>panel</code> names "
        "<code>tiltak_fond</code>, <code>tiltak_ostehovel</code> and others, and <code>gap</code>, shows them here.",
        "Panelet i dette resultatet har ikke tiltakene for enkeltkommuner. Et scenario der <code>panel</code> nevner "
        "<code>tiltak_fond</code>, <code>tiltak_ostehovel</code> og andre, og <code>gap</code>, viser dem her.",
    ),
    "fact": ("fact", "fakta"),
    "this_unit": ("this one", "denne"),
    "the_group": ("group", "gruppen"),
    "source": ("source", "kilde"),
    "official": ("official", "offisielt"),
    "constructed": ("constructed", "konstruert"),
    "tax_index": ("Tax per inhabitant, nation = 100", "Skatt per innbygger, landet = 100"),
    "grant_2026": ("Frie inntekter 2026, kr per inhabitant", "Frie inntekter 2026, kr per innbygger"),
    "growth_2036": ("Inhabitants 2026–2036, projected, %", "Folketall 2026–2036, framskrevet, %"),
    "old_share": ("80 years and over, % of inhabitants", "80 år og over, % av innbyggerne"),
    "centrality": ("Centrality (1 most central, 6 least)", "Sentralitet (1 mest, 6 minst sentral)"),
    "grounds": ("In ROBEK in April 2026, grounds", "I ROBEK i april 2026, grunnlag"),
    "not_in": ("no", "nei"),
    "wording": ("This text", "Denne teksten"),
}  # fmt: skip
