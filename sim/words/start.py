"""Where the start accounts come from, in Norwegian: columns, sources, spreads and notes of `sim.baseline.column_status`."""

import re

from sim.words.sources import source

START_NB = {
    # columns
    "assets, other funds, premieavvik": "anleggsmidler, andre fond, premieavvik",
    "council, administration": "kommunestyre, administrasjon", "merforbruk by year": "merforbruk etter år",
    "name, fylke": "navn, fylke", "national ages 2025-2050": "nasjonal aldersfordeling 2025–2050",
    "other funds, premieavvik, investering": "andre fond, premieavvik, investering",
    "sector index (missing ones)": "sektorindeks (de som mangler)",
    # sources
    "2025 at national growth": "2025 med nasjonal vekst", "ROBEK register": "ROBEK-registeret",
    "SSB 13561 (net debt; unused loans constructed)": "SSB 13561 (netto gjeld; ubrukte lån konstruert)",
    "SSB 14288, scaled to 14746": "SSB 14288, skalert til 14746",
    "State accounts 2025, posts 671.60 and 575.60": "Statsregnskapet 2025, post 671.60 og 575.60",
    "between SSB 07459 (2025) and Gront hefte 2027": "mellom SSB 07459 (2025) og Grønt hefte 2027",
    "counts of NB26 table 3.10": "antall i NB26 tabell 3.10", "eight nearest mean points": "de åtte nærmeste midtpunktene",
    "grant of 2026 at the State accounts of 2025": "tilskuddet for 2026 etter statsregnskapet for 2025",
    "mean points, third party": "midtpunkter, tredjepart", "need, revenue and local taste": "behov, inntekter og lokal smak",
    "own spending beyond the common prices": "egne utgifter utover felles priser",
    "posts 571.61 to 571.67, 2026": "post 571.61 til 571.67, 2026",
    "published total less expected tax": "publisert sum minus ventet skatt", "rate times privatelever": "sats ganger privatelever",
    "rule on tax 2025": "regelen brukt på skatten 2025", "shares of the expert report of 2021": "andeler fra ekspertrapporten 2021",
    "start model": "startmodellen", "start model: cost key, mean points": "startmodellen: kostnadsnøkkel, midtpunkter",
    "start model: size, revenue type, centrality": "startmodellen: størrelse, inntektstype, sentralitet",
    "start model; Molde 2020": "startmodellen; Molde 2020",
    "start model; NB26 table 3.10, KS 2025": "startmodellen; NB26 tabell 3.10, KS 2025",
    "start model; justifies the letters": "startmodellen; begrunner bokstavene",
    "start model; mean from NB26 table 3.12": "startmodellen; snitt fra NB26 tabell 3.12",
    "start model; national number": "startmodellen; nasjonalt antall",
    "start model; national share": "startmodellen; nasjonal andel", "sums of kommuner": "summer av kommuner",
    "what the machinery leaves in 2027": "det beregningen lar stå igjen i 2027",
    "Gront hefte 2027 table F-k, KDD settlement 2025": "Grønt hefte 2027 tabell F-k, KDDs avregning 2025",
    # spreads and notes
    "3.5 % of revenue": "3,5 % av inntektene",
    "0-1, 16-22 and 23-66 split by cohort": "0–1, 16–22 og 23–66 delt etter årskull",
    "Oslo's split in kommune and county is constructed": "delingen av Oslo i kommune og fylke er konstruert",
    "Oslo's split is constructed": "delingen av Oslo er konstruert", "Oslo: what the kommune leaves": "Oslo: det kommunen lar være igjen",
    "analysis of variance; seven units have two years; 0 for Oslo": "variansanalyse; sju enheter har to år; 0 for Oslo",
    "as sure as privatelever": "så sikkert som privatelever",
    "compensated VAT: 32.7 bn less that on investment; the rest by shares of other revenue":
        "kompensert merverdiavgift: 32,7 mrd. minus den på investeringer; resten etter andeler av øvrige inntekter",
    "constant after 2036": "konstant etter 2036", "drawn per run": "trukket i hver kjøring",
    "from sector indices and the cost key": "fra sektorindekser og kostnadsnøkkelen", "great circle": "storsirkel",
    "index x mean x inhabitants; reproduces the published deduction":
        "indeks × snitt × innbyggere; gjenskaper det publiserte trekket",
    "other revenue is published; its parts are shares of it, earmarked grants an assumption":
        "øvrige inntekter er publisert; delene er andeler av dem, øremerkede tilskudd en antakelse",
    "pinned by 67-79 in 2025": "bundet av 67–79 i 2025", "pinned by 80+ in 2025": "bundet av 80+ i 2025",
    "revenue type is constructed": "inntektstypen er konstruert",
    "sum is the country's; only for the way to school": "summen er landets; brukes bare til skolevei",
    "the sum 5 627 400 is observed": "summen 5 627 400 er observert",
    "the sums are published, who gets them is a rule of the same shape":
        "summene er publisert; hvem som får dem, følger en regel av samme form",
    "the sums are published; the same per inhabitant": "summene er publisert; likt per innbygger",
}  # fmt: skip


def start_text(said: str, lang: str = "en") -> str:
    """A cell of the table of start columns in this language."""
    if lang == "en":
        return said
    if said in START_NB:
        return START_NB[said]
    said = (
        said.replace("sector index ", "sektorindeks ").replace("Gront hefte", "Grønt hefte").replace("table", "tabell")
    )
    return re.sub(r"(?<=\d)\.(?=\d)", ",", said) if said.endswith("%") else source(said, lang)
