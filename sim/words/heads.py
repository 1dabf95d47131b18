"""The heads of tables of the report in both languages."""

HEADS: dict[str, tuple[str, str]] = {  # heads of tables
    "undeclared": ("no longer declared", "ikke lenger deklarert"),
    "kommunenummer": ("kommunenummer", "kommunenummer"),
    "inhabitants": ("inhabitants", "innbyggere"),
    "kommuner": ("kommuner", "kommuner"),
    "services": ("services", "tjenester"),
    "no fond": ("no fond", "uten fond"),
    "name": ("name", "navn"),
    "in force": ("in force", "gjelder"),
    "default": ("default", "standard"),
    "unit": ("unit", "enhet"),
    "what it is": ("what it is", "hva det er"),
    "source": ("source", "kilde"),
    "evidence": ("evidence", "grunnlag"),
    "drawn": ("drawn", "trukket"),
    "column": ("column", "kolonne"),
    "group": ("group", "gruppe"),
    "status": ("status", "status"),
    "status_official": ("official", "offisielt"),
    "status_constructed": ("constructed", "konstruert"),
    "status_supplied": ("supplied", "levert"),
    "evidence_law": ("law", "lov"),
    "evidence_official": ("official", "offisielt"),
    "evidence_estimate": ("estimate", "anslag"),
    "evidence_assumption": ("assumption", "antakelse"),
    "evidence_calibrated": ("calibrated", "kalibrert"),
    "evidence_calibrated_yes": ("calibrated, identified", "kalibrert, identifisert"),
    "evidence_calibrated_weakly": ("calibrated, weakly identified", "kalibrert, svakt identifisert"),
    "evidence_calibrated_no": ("calibrated, keeps its prior", "kalibrert, beholder antatt spenn"),
    "of_the_set": ("one of the calibrated set", "en av det kalibrerte settet"),
    "range": ("{low} to {high}", "{low} til {high}"),
    "units": ("units", "enheter"),
    "date": ("date", "dato"),
    "spread": ("spread", "spredning"),
    "note": ("note", "merknad"),
    "of": ("of", "av"),
    "versions": ("versions", "versjoner"),
    "share of relief": ("share of relief", "andel av innsparingen"),
    "million kr": ("million kr", "mill. kr"),
    "not covered": ("not covered", "ikke dekket"),
    "published": ("published", "publisert"),
    "simulated": ("simulated", "simulert"),
    "verdict": ("verdict", "dom"),
    "in sample": ("in sample", "brukt til innstilling"),
    "out of sample": ("out of sample", "ikke brukt"),
    "lever or assumption": ("lever or assumption", "virkemiddel eller forutsetning"),
    "risk_kommuner": (
        "Kommuner most likely to be registered in ROBEK in {year}",
        "Kommunene med størst sannsynlighet for å være innmeldt i ROBEK i {year}",
    ),
    "risk_fylkeskommuner": (
        "Fylkeskommuner, by the same probability in {year}",
        "Fylkeskommunene, etter samme sannsynlighet i {year}",
    ),
    "by_size": ("By size of the kommune, {first} → {last}", "Etter kommunens størrelse, {first} → {last}"),
}  # fmt: skip

HEADLINES: dict[str, tuple[tuple[str, str], tuple[str, str], tuple[str, str]]] = {
    # column of the headline table: heading, unit, explanation
    "netto_driftsresultat_pct": (
        ("NDR", "NDR"), ("%", "%"),
        ("netto driftsresultat, % of driftsinntekter", "netto driftsresultat, % av driftsinntektene"),
    ),
    "disposisjonsfond_pct": (
        ("fond", "fond"), ("%", "%"), ("disposisjonsfond, % of driftsinntekter", "disposisjonsfond, % av driftsinntektene"),
    ),
    "lanegjeld_pct": (
        ("gjeld", "gjeld"), ("%", "%"),
        ("lanegjeld for own purposes, % of driftsinntekter", "lånegjeld til egne formål, % av driftsinntektene"),
    ),
    "andel_negativ": (
        ("NDR < 0", "NDR < 0"), ("% units", "% av enhetene"),
        ("with netto driftsresultat below 0", "med netto driftsresultat under 0"),
    ),
    "andel_uten_fond": (
        ("no fond", "uten fond"), ("% units", "% av enhetene"), ("without disposisjonsfond", "uten disposisjonsfond"),
    ),
    "antall_robek": (
        ("ROBEK", "ROBEK"), ("units", "enheter"),
        ("registered after the review of the year's accounts", "innmeldt etter gjennomgangen av årets regnskap"),
    ),
    "skoler": (("schools", "skoler"), ("number", "antall"), ("public primary schools", "kommunale grunnskoler")),
    "tjenesteniva": (
        ("services", "tjenester"), ("2025=100", "2025=100"),
        ("real spending per need, national 2025 = 100", "realutgifter etter behov, landet 2025 = 100"),
    ),
}  # fmt: skip
