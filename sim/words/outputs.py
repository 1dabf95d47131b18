"""What outputs are called in front of readers. An output that has no line here goes by its own name."""

TITLES = {  # name: (English, Norwegian); law and accounts keep the Norwegian term in both
    "netto_driftsresultat": ("Netto driftsresultat", "Netto driftsresultat"),
    "brutto_driftsresultat": ("Brutto driftsresultat", "Brutto driftsresultat"),
    "disposisjonsfond": ("Disposisjonsfond", "Disposisjonsfond"),
    "bruk_disposisjonsfond": ("Use of disposisjonsfond", "Bruk av disposisjonsfond"),
    "merforbruk": ("Uncovered merforbruk", "Udekket merforbruk"),
    "nytt_merforbruk": ("New merforbruk", "Nytt merforbruk"),
    "merforbruk_alder": ("Age of the oldest merforbruk", "Alder på eldste merforbruk"),
    "lanegjeld": ("Lånegjeld for own purposes", "Lånegjeld til egne formål"),
    "laneopptak": ("New loans", "Låneopptak"),
    "avdrag": ("Avdrag", "Avdrag"),
    "renteutgifter": ("Interest paid", "Renteutgifter"),
    "robek": ("Registered in ROBEK", "Innmeldt i ROBEK"),
    "ar_i_robek": ("Years in ROBEK", "År i ROBEK"),
    "driftsinntekter": ("Driftsinntekter", "Driftsinntekter"),
    "driftsutgifter": ("Driftsutgifter", "Driftsutgifter"),
    "frie_inntekter": ("Frie inntekter", "Frie inntekter"),
    "skatt": ("Tax on income and wealth", "Skatt på inntekt og formue"),
    "rammetilskudd": ("Block grant", "Rammetilskudd"),
    "eiendomsskatt": ("Property tax", "Eiendomsskatt"),
    "gebyrer": ("Fees", "Gebyrer"),
    "naturinntekter": ("Power and aquaculture revenue", "Kraft- og havbruksinntekter"),
    "investering": ("Gross investment", "Brutto investeringer"),
    "vedlikehold": ("Maintenance", "Vedlikehold"),
    "vedlikeholdsetterslep": ("Maintenance backlog", "Vedlikeholdsetterslep"),
    "tjenesteniva": ("Service level", "Tjenestenivå"),
    "skoler": ("Primary schools", "Grunnskoler"),
    "skoler_nedlagt": ("Schools closed", "Nedlagte skoler"),
    "skoleforslag": ("School closures proposed", "Forslag om ny skolestruktur"),
    "elever": ("Pupils", "Elever"),
    "folketall": ("Inhabitants", "Folketall"),
    "gap": ("Gap between target and forecast", "Gap mellom mål og prognose"),
    "antall_robek": ("Registered in ROBEK", "Innmeldt i ROBEK"),
    "antall_negativ": ("Netto driftsresultat below zero", "Netto driftsresultat under null"),
    "antall_uten_fond": ("Without disposisjonsfond", "Uten disposisjonsfond"),
    "antall_merforbruk": ("With uncovered merforbruk", "Med udekket merforbruk"),
    "andel_negativ": ("Netto driftsresultat below zero", "Netto driftsresultat under null"),
    "andel_uten_fond": ("Without disposisjonsfond", "Uten disposisjonsfond"),
    "sannsynlighet_robek": ("Probability of ROBEK", "Sannsynlighet for ROBEK"),
    "sannsynlighet_negativ": ("Probability of a result below zero", "Sannsynlighet for resultat under null"),
    "sannsynlighet_uten_fond": ("Probability of no disposisjonsfond", "Sannsynlighet for å være uten disposisjonsfond"),
    "deflator": ("Price growth of costs (deflator)", "Kostnadsvekst (deflator)"),
    "rente": ("Interest rate", "Rente"),
    "skatt_midlertidig": ("Tax, passing deviation", "Skatt, forbigående avvik"),
    "skatt_varig": ("Tax, lasting deviation", "Skatt, varig avvik"),
}  # fmt: skip

MEASURES = {  # of sim.measures: (English, Norwegian)
    "bemanning": ("Cheap staffing", "Vikarer og vakanser"),
    "investering": ("Investment postponed", "Utsatt investering"),
    "vedlikehold": ("Maintenance deferred", "Utsatt vedlikehold"),
    "avdrag": ("Avdrag to the minimum", "Avdrag ned til minimum"),
    "fond": ("Use of disposisjonsfond", "Bruk av disposisjonsfond"),
    "ostehovel": ("Across-the-board cut", "Ostehøvelkutt"),
    "gebyr": ("Fees", "Gebyrer"),
    "eiendomsskatt": ("Eiendomsskatt", "Eiendomsskatt"),
    "skolestruktur": ("School structure", "Skolestruktur"),
    "merforbruk": ("Open merforbruk", "Åpent merforbruk"),
}

UNITS = {  # as declared: (English, Norwegian)
    "% of driftsinntekter": ("% of driftsinntekter", "% av driftsinntektene"),
    "share of runs": ("share of runs", "andel av kjøringene"),
    "share of units": ("share of units", "andel av enhetene"),
    "share": ("share", "andel"),
    "kr": ("kr", "kr"),
    "million kr": ("million kr", "mill. kr"),
    "kr per inhabitant": ("kr per inhabitant", "kr per innbygger"),
    "persons 1 January": ("persons, 1 January", "personer per 1. januar"),
    "persons": ("persons", "personer"),
    "units": ("units", "enheter"),
    "0/1": ("number of units", "antall enheter"),
    "probability": ("share of runs", "andel av kjøringene"),
    "schools": ("schools", "skoler"),
    "years": ("years", "år"),
    "1 = national 2025 standard": ("1 = national standard of 2025", "1 = nasjonalt nivå i 2025"),
}
_AT = {"en": 0, "nb": 1}


def output_title(name: str, lang: str = "en") -> str:
    """The name of an output, a column or a quantity derived from one (<output>_pct, <output>_per_innbygger)."""
    base = name.removesuffix("_pct").removesuffix("_per_innbygger")
    for known, of in ((name, TITLES), (base, TITLES), (name.removeprefix("tiltak_"), MEASURES)):
        if known in of:
            return of[known][_AT[lang]]
    return base.replace("_", " ").capitalize()


def measure_title(name: str, lang: str = "en") -> str:
    """The name of a measure."""
    return MEASURES[name][_AT[lang]] if name in MEASURES else name.replace("_", " ").capitalize()


def output_unit(unit: str, lang: str = "en") -> str:
    """A declared unit in this language; as declared if it has no line here."""
    return UNITS[unit][_AT[lang]] if unit in UNITS else unit
