"""The published facts of the scorecard in Norwegian: by what is stated in English, with units, sources, naive forecasts."""

import re

from sim.words.failures import WHY_NB
from sim.words.sources import source
from sim.words.units import UNITS

_BOTH = "kommuner og fylkeskommuner"
_AHEAD = ", to år fram"

STATEMENTS_NB = {
    "Netto driftsresultat of kommuner 2024": "Netto driftsresultat i kommunene 2024",
    "Netto driftsresultat of kommuner 2025, two years ahead": "Netto driftsresultat i kommunene 2025" + _AHEAD,
    "Kommuner with negative result 2024": "Kommuner med negativt resultat 2024",
    "Kommuner with negative result 2025, two years ahead": "Kommuner med negativt resultat 2025" + _AHEAD,
    "Kommuner with negative result in 2024 and in 2025": "Kommuner med negativt resultat både i 2024 og i 2025",
    "Kommuner without disposisjonsfond 2024": "Kommuner uten disposisjonsfond 2024",
    "Kommuner without disposisjonsfond 2025, two years ahead": "Kommuner uten disposisjonsfond 2025" + _AHEAD,
    "Disposisjonsfond of kommuner 2024": "Disposisjonsfond i kommunene 2024",
    "Kommuner with accumulated merforbruk 2024": "Kommuner med akkumulert merforbruk 2024",
    "Kommuner in ROBEK at the end of 2025, the accounts of 2024 reviewed":
        "Kommuner i ROBEK ved utgangen av 2025, regnskapet for 2024 gjennomgått",
    "Kommuner in ROBEK, April 2026, from the accounts of 2023": "Kommuner i ROBEK, april 2026, ut fra regnskapet for 2023",
    "Directors who propose a change of school structure for 2026":
        "Kommunedirektører som foreslår ny skolestruktur for 2026",
    "Public schools closed in 2025": "Offentlige skoler lagt ned i 2025",
    "Result of small kommuner 2024": "Resultat i små kommuner 2024",
    "Result of medium kommuner 2024": "Resultat i mellomstore kommuner 2024",
    "Result of large kommuner 2024": "Resultat i store kommuner 2024",
    "Fund of small kommuner 2024": "Fond i små kommuner 2024",
    "Fund of medium kommuner 2024": "Fond i mellomstore kommuner 2024",
    "Fund of large kommuner 2024": "Fond i store kommuner 2024",
    "Result of kommuner with natural-resource revenue 2024": "Resultat i kommuner med naturinntekter 2024",
    "Result of other kommuner 2024": "Resultat i andre kommuner 2024",
    "The weaker half of 2024 improved more in 2025 than the stronger half":
        "Den svake halvdelen i 2024 bedret seg mer i 2025 enn den sterke",
    "The spread of results between kommuner fell in 2025": "Spredningen i resultat mellom kommuner falt i 2025",
    "Real operating spending of kommuner fell in 2025": "Kommunenes driftsutgifter falt reelt i 2025",
    "Correlation of results 2024 and 2025 between kommuner": "Korrelasjon mellom kommunenes resultater i 2024 og 2025",
    "Netto driftsresultat, kommuner and fylkeskommuner 2024": f"Netto driftsresultat, {_BOTH} 2024",
    "Netto driftsresultat, kommuner and fylkeskommuner 2025, two years ahead":
        f"Netto driftsresultat, {_BOTH} 2025" + _AHEAD,
    "Netto driftsresultat of fylkeskommuner 2024": "Netto driftsresultat i fylkeskommunene 2024",
    "Netto driftsresultat of fylkeskommuner 2025, two years ahead":
        "Netto driftsresultat i fylkeskommunene 2025" + _AHEAD,
    "Disposisjonsfond of fylkeskommuner 2025, two years ahead": "Disposisjonsfond i fylkeskommunene 2025" + _AHEAD,
    "Highest less lowest result of a fylkeskommune 2025": "Høyeste minus laveste resultat i en fylkeskommune 2025",
    "Spread of results between fylkeskommuner 2024": "Spredning i resultat mellom fylkeskommuner 2024",
    "Spread of results between fylkeskommuner 2025": "Spredning i resultat mellom fylkeskommuner 2025",
    "Spread of disposisjonsfond between fylkeskommuner 2025, two years ahead":
        "Spredning i disposisjonsfond mellom fylkeskommuner 2025" + _AHEAD,
    "Spread of net debt between fylkeskommuner 2025, two years ahead":
        "Spredning i netto gjeld mellom fylkeskommuner 2025" + _AHEAD,
    "Lowest result of a kommune 2024": "Laveste resultat i en kommune 2024",
    "Highest result of a kommune 2024": "Høyeste resultat i en kommune 2024",
    "Disposisjonsfond, kommuner and fylkeskommuner 2024": f"Disposisjonsfond, {_BOTH} 2024",
    "Kommuner with a fund above 6 % of revenue 2024": "Kommuner med fond over 6 % av inntektene 2024",
    "Change of the net debt ratio 2023-24": "Endring i netto gjeldsgrad 2023–24",
    "Change of the net debt ratio 2024-25": "Endring i netto gjeldsgrad 2024–25",
    "Gross investment, kommuner and fylkeskommuner 2024": f"Brutto investeringer, {_BOTH} 2024",
    "Gross investment, kommuner and fylkeskommuner 2025": f"Brutto investeringer, {_BOTH} 2025",
    "Interest paid, kommuner and fylkeskommuner 2024": f"Renteutgifter, {_BOTH} 2024",
    "Property tax and other production taxes 2025": "Eiendomsskatt og andre produksjonsskatter 2025",
    "Inhabitants of kommuner in ROBEK at the end of 2025": "Innbyggere i kommuner i ROBEK ved utgangen av 2025",
    **{f"Kommuner in ROBEK in April 2026 on ground {g}": f"Kommuner i ROBEK i april 2026 på grunnlag {g}" for g in "abcdf"},
    "Frie inntekter of kommuner 2026": "Kommunenes frie inntekter 2026",
    "Frie inntekter of kommuner 2027": "Kommunenes frie inntekter 2027",
    "Inhabitants 1 January 2026": "Innbyggere 1. januar 2026",
    "Inhabitants 1 January 2035, main alternative": "Innbyggere 1. januar 2035, hovedalternativet",
    "Netto driftsresultat of kommuner 2025": "Netto driftsresultat i kommunene 2025",
    "Kommuner with negative result 2025": "Kommuner med negativt resultat 2025",
    "Kommuner without disposisjonsfond 2025": "Kommuner uten disposisjonsfond 2025",
    "Kommuner with a fund above 6 % of revenue": "Kommuner med fond over 6 % av inntektene",
    "Disposisjonsfond of kommuner": "Disposisjonsfond i kommunene",
    "Gross debt of kommuner without pensions 2025": "Kommunenes brutto gjeld uten pensjon 2025",
    "Kommuner in ROBEK, April 2026": "Kommuner i ROBEK, april 2026",
    "Kommuner in ROBEK after the accounts of 2026: near the last count":
        "Kommuner i ROBEK etter regnskapet for 2026: nær siste telling",
    "Kommuner with accumulated merforbruk": "Kommuner med akkumulert merforbruk",
    "Netto driftsresultat of fylkeskommuner 2025": "Netto driftsresultat i fylkeskommunene 2025",
    "Disposisjonsfond of fylkeskommuner 2025": "Disposisjonsfond i fylkeskommunene 2025",
    "Gross investment, kommuner and fylkeskommuner 2026": f"Brutto investeringer, {_BOTH} 2026",
    "Interest paid, kommuner and fylkeskommuner 2026": f"Renteutgifter, {_BOTH} 2026",
    "Total income, kommuner and fylkeskommuner 2026": f"Samlede inntekter, {_BOTH} 2026",
    "Property tax and other production taxes 2026": "Eiendomsskatt og andre produksjonsskatter 2026",
    "Frie inntekter, kommuner and fylkeskommuner 2026, adopted": f"Frie inntekter, {_BOTH} 2026, vedtatt",
    "Tax on income and wealth, kommuner and fylkeskommuner 2026": f"Skatt på inntekt og formue, {_BOTH} 2026",
    "Transfers from the State 2026": "Overføringer fra staten 2026",
    "Block grant of fylkeskommuner 2026": "Rammetilskudd til fylkeskommunene 2026",
    "Property income 2026": "Formuesinntekter 2026",
    "Wages, purchases and transfers to private units 2026": "Lønn, kjøp og overføringer til private 2026",
    "Wages 2026": "Lønn 2026", "Inputs and purchases for households 2026": "Produktinnsats og kjøp for husholdninger 2026",
    "Total expenditure 2026": "Samlede utgifter 2026", "Net lending 2026": "Nettofinansinvestering 2026",
    "Netto driftsresultat, kommuner and fylkeskommuner 2025": f"Netto driftsresultat, {_BOTH} 2025",
    "Disposisjonsfond, kommuner and fylkeskommuner": f"Disposisjonsfond, {_BOTH}",
    "Net debt, kommuner and fylkeskommuner 2025": f"Netto gjeld, {_BOTH} 2025",
    "Net debt of fylkeskommuner without Oslo 2025": "Netto gjeld i fylkeskommunene uten Oslo 2025",
    "Directors who propose a change of school structure, mean of a term":
        "Kommunedirektører som foreslår ny skolestruktur, snitt i en periode",
    "Public schools closed a year, mean 2028-2032": "Offentlige skoler lagt ned i året, snitt 2028–2032",
    "Fund of small kommuner with natural-resource revenue": "Fond i små kommuner med naturinntekter",
    "Fund of other small kommuner": "Fond i andre små kommuner", "Fund of other large kommuner": "Fond i andre store kommuner",
    "Schools closed a year in kommuner below 5 000 inhabitants, 2028-2032":
        "Skoler lagt ned i året i kommuner under 5 000 innbyggere, 2028–2032",
    "Schools closed a year in other kommuner, 2028-2032": "Skoler lagt ned i året i andre kommuner, 2028–2032",
    "Netto driftsresultat of the sector: mean 2027-2035 as 1990-2025":
        "Sektorens netto driftsresultat: snitt 2027–2035 som 1990–2025",
    "Standard deviation over years of the sector's result": "Standardavvik over år i sektorens resultat",
    "Correlation of results from one year to the next between kommuner":
        "Korrelasjon mellom kommunenes resultater fra ett år til det neste",
    "Kommuner in ROBEK, mean of year-ends 2027-2035 as 2012-2025":
        "Kommuner i ROBEK, snitt ved årsslutt 2027–2035 som 2012–2025",
    "Yearly change of the share in ROBEK: standard deviation as 2012-2025":
        "Årlig endring i andelen i ROBEK: standardavvik som 2012–2025",
    "Long-run elasticity of operating spending to revenue": "Langsiktig elastisitet i driftsutgifter etter inntekter",
    "Spending follows a rise of revenue slowly: at most half of the long run at once":
        "Utgiftene følger økte inntekter sakte: høyst halve virkningen med en gang",
    "A lasting rise of revenue first lowers net debt": "Varig økte inntekter senker først netto gjeld",
    "Less property tax per krone of grants: 0 in Norway, 0.2 in the Netherlands":
        "Mindre eiendomsskatt per krone tilskudd: 0 i Norge, 0,2 i Nederland",
    "Years in the register per kommune ever in it, over 18 years":
        "År i registeret per kommune som noen gang var i det, over 18 år",
    "Demographic cost of 2026 for frie inntekter, as announced in June 2025":
        "Demografikostnader i 2026 for frie inntekter, som meldt i juni 2025",
    "Demographic cost of 2026 for frie inntekter, updated March 2026":
        "Demografikostnader i 2026 for frie inntekter, oppdatert mars 2026",
    "Demographic cost of 2027 for frie inntekter": "Demografikostnader i 2027 for frie inntekter",
    "Arsverk in grunnskole to 2035 at unchanged standard": "Årsverk i grunnskolen til 2035 med uendret standard",
    "Arsverk in care to 2035 at unchanged standard": "Årsverk i pleie og omsorg til 2035 med uendret standard",
    "Arsverk in upper secondary to 2035 at unchanged standard": "Årsverk i videregående til 2035 med uendret standard",
}  # fmt: skip

FACT_UNITS_NB = {
    "% of income": "% av inntektene", "% of kommuner": "% av kommunene", "% of revenue": "% av inntektene",
    "% of schools": "% av skolene", "1 000 persons": "1 000 personer", "arsverk": "årsverk", "bn kr": "mrd. kr",
    "correlation": "korrelasjon", "elasticity": "elastisitet", "points": "prosentpoeng", "schools": "skoler",
}  # fmt: skip

SOURCES_OF_FACTS_NB = (  # pieces, in this order
    ("KDD register 20 April 2026", "KDDs register 20. april 2026"), ("KMD figure series and", "KMDs figurserie og"),
    ("figure", "figur"), ("table", "tabell"), ("box", "boks"), ("ch. ", "kap. "), ("other posts", "andre poster"), ("posts", "poster"),
    ("(third-party copy)", "(kopi hos tredjepart)"), ("(secondary)", "(sekundærkilde)"), ("(sample)", "(utvalg)"),
    ("(national accounts)", "(nasjonalregnskapet)"), ("(another concept)", "(et annet begrep)"),
    ("(another concept: incl. investment grants and property income)",
     "(et annet begrep: med investeringstilskudd og formuesinntekter)"),
    ("(incl. social premiums)", "(med sosiale premier)"), ("(no number)", "(uten tall)"),
    ("(digitised +-2)", "(digitalisert ±2)"), ("(digitised)", "(digitalisert)"), ("(2.1 without Oslo, revised)",
     "(2,1 uten Oslo, revidert)"),
    ("TBU and KS, consultation paper 6 March 2026", "TBU og KS, konsultasjonsnotat 6. mars 2026"),
    ("revised September 2026", "revidert september 2026"), ("1 June 2025", "1. juni 2025"),
    ("2024, start is 2025", "2024, start er 2025"), ("the tax base is calmer now", "skattegrunnlaget er roligere nå"),
    ("the model: the rest of what wages leave", "modellen: resten etter lønn"),
    ("the model: wage share of all but transfers", "modellen: lønnsandel av alt uten overføringer"),
    ("and the number of kommuner each year", "og antall kommuner hvert år"), ("206 of 357", "206 av 357"),
    ("does not differ significantly from one", "ikke signifikant forskjellig fra en"),
    ("about nine of ten public", "om lag ni av ti offentlige"), ("156 of 653 in ten years", "156 av 653 på ti år"),
    ("four to five by 2018", "fire til fem innen 2018"), ("derived from the published shares", "utledet av de publiserte andelene"),
    ("(2024 and 2025)", "(2024 og 2025)"), ("(grants.csv)", "(grants.csv)"), ("2007; Allers and", "2007; Allers og"),
    ("Fiva and", "Fiva og"), ("1.8, energi 1.7", "1,8, energi 1,7"), ("17.4, energi 22.9", "17,4, energi 22,9"),
    ("0.1 to 7.1", "0,1 til 7,1"), ("(+ 4.15)", "(+ 4,15)"), (" and Meld.", " og Meld."), (" and H-5", " og H-5"),
    ("572.60 and 572.62", "572.60 og 572.62"), ("two standard errors of 14 units", "to standardfeil for 14 enheter"),
    ("standard error of means of nine years", "standardfeil for snitt av ni år"),
    ("standard error of eight changes", "standardfeil for åtte endringer"), ("one tax surprise", "én skatteoverraskelse"),
    ("chance of rare events", "tilfeldigheten i sjeldne hendelser"), ("change within months", "endring innen måneder"),
    ("yearly change 2022-2026", "årlig endring 2022–2026"), ("a range of 14 units", "spennet i 14 enheter"),
    ("one in ten kommuner moves its group by 0.5", "en av ti kommuner flytter gruppen sin 0,5"),
    ("TBU's mean error", "TBUs gjennomsnittlige feil"), ("assumed", "antatt"),
    ("slack:", "slakk:"),
)  # fmt: skip


def fact_text(statement: str, lang: str = "en") -> str:
    """What a fact states; a statement that is not one of ours stays as it is."""
    return STATEMENTS_NB.get(statement, statement) if lang == "nb" else statement


def fact_unit(unit: str, lang: str = "en") -> str:
    """The unit of a fact."""
    if lang == "en":
        return unit
    return FACT_UNITS_NB.get(unit) or UNITS.get(unit, (unit, unit))[1]


def fact_source(said: str, lang: str = "en") -> str:
    """Where a fact was published."""
    if lang == "en":
        return said
    for piece, other in SOURCES_OF_FACTS_NB:
        said = re.sub(rf"(?<!\w){re.escape(piece)}", other, said)
    return source(said, lang)


def fact_why(name: str, said: str, lang: str = "en") -> str:
    """The sentence on a known failure of the fact `name`."""
    return WHY_NB.get(name, said) if lang == "nb" and said else said
