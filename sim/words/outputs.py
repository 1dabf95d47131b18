"""What outputs are called in front of readers. An output that has no line here goes, in English, by its own name."""

from sim.words.explained import EXPLAINED_NB, SECTORS_NB
from sim.words.units import UNITS

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

_AT = {"en": 0, "nb": 1}
_BY_SECTOR = {"tjenesteniva": ("Service level: {}", "Tjenestenivå: {}"), "utgifter": ("Spending: {}", "Utgifter: {}")}


def output_title(name: str, lang: str = "en") -> str:
    """The name of an output, a column or a quantity derived from one (<output>_pct, <output>_per_innbygger)."""
    base = name.removesuffix("_pct").removesuffix("_per_innbygger")
    for known, of in ((name, TITLES), (base, TITLES), (name.removeprefix("tiltak_"), MEASURES)):
        if known in of:
            return of[known][_AT[lang]]
    stem, _, sector = name.partition("_")
    if stem in _BY_SECTOR and sector in SECTORS_NB:
        return _BY_SECTOR[stem][_AT[lang]].format(SECTORS_NB[sector] if lang == "nb" else sector.replace("_", " "))
    title = EXPLAINED_NB.get(base, ("", ""))[0] if lang == "nb" else ""
    return title or base.replace("_", " ").capitalize()


def measure_title(name: str, lang: str = "en") -> str:
    """The name of a measure."""
    return MEASURES[name][_AT[lang]] if name in MEASURES else name.replace("_", " ").capitalize()


def output_unit(unit: str, lang: str = "en") -> str:
    """A declared unit in this language; as declared if it has no line here."""
    return UNITS[unit][_AT[lang]] if unit in UNITS else unit
