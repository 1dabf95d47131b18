"""Lines of the ledger about the books: opening, revenue, operations, investment, closing, register (sim.words.told)."""

BOOKS = {
    # opening
    "Inhabitants 1 January {y}.": "Innbyggere 1. januar {y}.",
    "Disposisjonsfond 1 January {y}.": "Disposisjonsfond 1. januar {y}.",
    "Loan debt for own purposes.": "Lånegjeld til egne formål.",
    "Deficits of earlier years not yet covered.": "Merforbruk fra tidligere år som ikke er dekket.",
    "Lasting weakness against other kommuner: {v} sd (above 0 is weak).":
        "Varig svakhet i forhold til andre kommuner: {v} standardavvik (over 0 er svak).",
    "Its budgets overrun by {p} of revenue beyond the mean.":
        "Budsjettene overskrides med {p} av inntektene utover snittet.",
    "Its spending drifts by {p} of revenue a year beyond the mean.":
        "Utgiftene glir med {p} av inntektene i året utover snittet.",
    "It carries out {p} of the savings that it adopts.": "Gjennomfører {p} av innsparingene som vedtas.",
    "Its own norm for disposisjonsfond; it has {p}.": "Egen norm for disposisjonsfondet, som er på {p}.",
    "It is to merge with a neighbour: overspending in operations or investment.":
        "Skal gå inn i en nabo: overforbruk i drift eller investering.",
    "It is to be joined by a neighbour: overspending in operations or investment.":
        "En nabo skal gå inn i enheten: overforbruk i drift eller investering.",
    # revenue and operations
    "Rest of the block grant.": "Resten av rammetilskuddet.",
    "Moved here from Oslo's other unit (below 0: to it), part of ovrige_inntekter; new this year: {m}.":
        "Flyttet hit fra den andre enheten i Oslo (under 0: til den), del av øvrige inntekter; nytt i år: {m}.",
    "Spending on {sector}.": "Utgifter til {sector}.",
    "Held back in the year, already taken out of the spending above.":
        "Holdt tilbake i løpet av året; allerede trukket fra i utgiftene over.",
    "Less driftsutgifter.": "Minus driftsutgifter.",
    "Depreciation is neutral: its counter-entry.": "Avskrivninger er nøytrale: motposten.",
    "Pension premium paid above net pension cost: the premieavvik of the year.":
        "Betalt pensjonspremie utover netto pensjonskostnad: årets premieavvik.",
    "Amortisation; the least lawful is {m}.": "Avdrag; det minste lovlige er {m}.",
    "The same as a share of revenue.": "Det samme som andel av inntektene.",
    "Local costs that last for some years.": "Lokale kostnader som varer i noen år.",
    "Local costs of this year only.": "Lokale kostnader i dette året alene.",
    "Overruns of the budget: the mean and the unit's own.": "Overskridelser av budsjettet: snittet og enhetens egne.",
    "Savings in the budget of {y} that were not carried out.":
        "Innsparinger i budsjettet for {y} som ikke ble gjennomført.",
    "Vacancies wear out those who are left.": "Vakanser sliter på dem som er igjen.",
    # investment
    "Gross investment in the budget of {y}.": "Brutto investeringer i budsjettet for {y}.",
    "Delay of projects: this share of the plan is not made in the year.":
        "Forsinkede prosjekter: denne andelen av planen blir ikke noe av i året.",
    "{m} were not made because loans, transfer and funds do not pay for more.":
        "{m} ble det ikke noe av, fordi lån, overføring og fond ikke rekker til mer.",
    "Loans of the year needed approval.": "Årets lån måtte godkjennes.",
    # the budget and what became of it
    "Accounts of {y}: {what}.": "Regnskapet for {y}: {what}.",
    "Budget of {y}: {what}.": "Budsjettet for {y}: {what}.",
    "Off the budget: {what}.": "Avvik fra budsjettet: {what}.",
    "revenue": "inntekter", "netto driftsresultat": "netto driftsresultat", "gross investment": "brutto investeringer",
    "Local costs above the normal price: {p} of revenue, of which {b} were in the budget.":
        "Lokale kostnader over normal pris: {p} av inntektene, hvorav {b} lå i budsjettet.",
    # closing
    "Budgeted transfer to investment.": "Budsjettert overføring til investering.",
    "Budgeted allocation to disposisjonsfond.": "Budsjettert avsetning til disposisjonsfond.",
    "Budgeted use of disposisjonsfond.": "Budsjettert bruk av disposisjonsfond.",
    "Budgeted coverage of earlier merforbruk.": "Budsjettert inndekning av tidligere merforbruk.",
    "Of the fund, shielded by its use in the original budget of {y}.":
        "Av fondet: skjermet av bruken i det opprinnelige budsjettet for {y}.",
    "Use of disposisjonsfond in the closing.": "Bruk av disposisjonsfond i avslutningen.",
    "Allocation to disposisjonsfond in the closing.": "Avsetning til disposisjonsfond i avslutningen.",
    "Coverage of earlier merforbruk in the closing.": "Inndekning av tidligere merforbruk i avslutningen.",
    "Left after the closing: nothing, or a deficit that must be covered.":
        "Igjen etter avslutningen: ingenting, eller et merforbruk som må dekkes.",
    "Disposisjonsfond before the closing.": "Disposisjonsfond før avslutningen.",
    "Covered of the {m} left of {y}.": "Dekket av {m} som stod igjen fra {y}.",
    "Left of the deficit of {y}.": "Igjen av merforbruket fra {y}.",
    "Nothing is left to cover: the budget of {y} is not revised.":
        "Ingenting gjenstår å dekke: budsjettet for {y} endres ikke.",
    "The adopted coverage stands: the budget of {y} is not revised.":
        "Den vedtatte inndekningen står: budsjettet for {y} endres ikke.",
    "{column} of {y}, revised from {m}.": "{column} for {y}, endret fra {m}.",
    "Budgeted transfer to investment": "Budsjettert overføring til investering",
    "Budgeted allocation to disposisjonsfond": "Budsjettert avsetning til disposisjonsfond",
    "Budgeted coverage of earlier merforbruk": "Budsjettert inndekning av tidligere merforbruk",
    "Use of the unrestricted investment fund, net.": "Bruk av ubundet investeringsfond, netto.",
    "Rise of what is uncovered.": "Økning i det udekkede.",
    "Gross investment, paid for by the lines above.": "Brutto investeringer, betalt med linjene over.",
    "Loan debt 31 December: last year's, new loans, less amortisation.":
        "Lånegjeld 31. desember: fjorårets, pluss nye lån, minus avdrag.",
    # register
    "Accumulated merforbruk {m} is {p} of revenue, above {b}.":
        "Akkumulert merforbruk på {m} er {p} av inntektene, over {b}.",
    "Accumulated merforbruk {m} is {p} of revenue, not above {b}.":
        "Akkumulert merforbruk på {m} er {p} av inntektene, ikke over {b}.",
    "The oldest deficit arose {y} years before; at {n} it is ground c.":
        "Det eldste merforbruket oppstod {y} år tidligere; ved {n} er det grunnlag c.",
    "Less was covered than the council had decided.": "Det ble dekket mindre enn kommunestyret hadde vedtatt.",
    "Registered in ROBEK after the review.": "Innmeldt i ROBEK etter gjennomgangen.",
    "Ground {letter} enters: {why}.": "Grunnlag {letter} inntrer: {why}.",
    "Ground {letter} lapses.": "Grunnlag {letter} faller bort.",
    "Nothing changes: grounds {letters} stand.": "Ingenting endres: grunnlag {letters} står.",
    "Nothing changes: no ground.": "Ingenting endres: ikke noe grunnlag.",
    "the budget was adopted with merforbruk": "budsjettet er vedtatt med merforbruk",
    "the okonomiplan was adopted with merforbruk": "økonomiplanen er vedtatt med merforbruk",
    "a merforbruk is not covered within the years allowed, or is planned to be covered later":
        "et merforbruk er ikke dekket innen fristen, eller er planlagt dekket senere",
    "accumulated merforbruk is above the threshold": "akkumulert merforbruk er over terskelen",
    "budget or okonomiplan were not adopted in time": "budsjett eller økonomiplan er ikke vedtatt innen fristen",
    "the accounts were not adopted in time": "regnskapet er ikke vedtatt innen fristen",
    "a merged kommune takes over so large a merforbruk that it needs control":
        "en sammenslått kommune overtar et så stort merforbruk at det er behov for kontroll",
    "Not registered: no ground.": "Ikke innmeldt: ikke noe grunnlag.",
    "Registered on {letters}, in the {y}st year.": "Innmeldt på {letters}, i det {y}. året.",
    "Registered on {letters}, in the {y}nd year.": "Innmeldt på {letters}, i det {y}. året.",
    "Registered on {letters}, in the {y}rd year.": "Innmeldt på {letters}, i det {y}. året.",
    "Registered on {letters}, in the {y}th year.": "Innmeldt på {letters}, i det {y}. året.",
    # the year in short, the nation, the parameters of the run
    "In {y} netto driftsresultat was {p} of revenue, and disposisjonsfond ended at {m}. The forecast of {n} was {side} "
    "what the director aimed at; {adopted}. Not yet covered: {u}. {standing}":
        "I {y} var netto driftsresultat {p} av inntektene, og disposisjonsfondet endte på {m}. Prognosen for {n} lå "
        "{side} det kommunedirektøren siktet mot; {adopted}. Ennå ikke dekket: {u}. {standing}",
    "In {y} netto driftsresultat was {p} of revenue, and disposisjonsfond ended at {m}. The forecast of {n} was {side} "
    "what the director aimed at; {adopted}. {standing}":
        "I {y} var netto driftsresultat {p} av inntektene, og disposisjonsfondet endte på {m}. Prognosen for {n} lå "
        "{side} det kommunedirektøren siktet mot; {adopted}. {standing}",
    "{p} of revenue short of": "{p} av inntektene under",
    "{p} of revenue above": "{p} av inntektene over",
    "{adopted}; {m} were left without cover": "{adopted}; {m} ble stående udekket",
    "adopted: {measures}": "vedtatt: {measures}",
    "no measure was adopted": "ingen tiltak ble vedtatt",
    "Costs rose {a} ({b} was expected), the money market rate was {r}, tax came in {t} of frie inntekter off the "
    "budget.":
        "Kostnadene steg {a} (ventet {b}), pengemarkedsrenten var {r}, og skatten avvek {t} av frie inntekter fra "
        "budsjettet.",
    "Costs rose {a} ({b} was expected), the money market rate was {r}, tax came in {t} of frie inntekter off the "
    "budget, the State paid {e} bn kr extra.":
        "Kostnadene steg {a} (ventet {b}), pengemarkedsrenten var {r}, og skatten avvek {t} av frie inntekter fra "
        "budsjettet; staten betalte {e} mrd. kr ekstra.",
    "All kommuner: netto driftsresultat {a} of revenue, disposisjonsfond {f}, {n} of {k} with a negative result, {r} "
    "in ROBEK.":
        "Alle kommuner: netto driftsresultat {a} av inntektene, disposisjonsfond {f}; {n} av {k} med negativt "
        "resultat, {r} i ROBEK.",
    "Parameters: those of the scenario and the defaults, the same in every run.":
        "Parametre: scenariets og standardverdiene, de samme i hver kjøring.",
    "Parameters: {parts}; the rest as in every run. --json lists what is this run's own.":
        "Parametre: {parts}; resten som i hver kjøring. --json viser det som er denne kjøringens eget.",
    "{calibrated}, {n} drawn within the scenario's ranges": "{calibrated}, {n} trukket innenfor scenariets intervaller",
    "{n} drawn within the scenario's ranges": "{n} trukket innenfor scenariets intervaller",
    "{n} from vector {a} of the calibrated set (0 to {z}, {digest})":
        "{n} fra vektor {a} i det kalibrerte settet (0 til {z}, {digest})",
}  # fmt: skip
