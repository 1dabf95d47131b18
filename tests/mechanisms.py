"""What every mechanism should change first, and when: one row per parameter that can be switched off, and per other.

Column: the first thing that must differ. Delay: years from the switch, 1 January, to the year whose accounts or
December first differ; -1 is a State budget that is announced in the autumn before. Who: the units that may differ in
that first year. Beside: what else must hold for the mechanism to have anything to act on, in both paths.
"""

from typing import NamedTuple

from sim.params import PARAMS
from sim.schema import Param


class Act(NamedTuple):
    """One mechanism: `start` is true of what is settled when the books are opened and never again."""

    column: str
    delay: int = 0
    who: str = "all"
    beside: dict[str, float] | None = None
    start: bool = False


# floors that bind: at today's they do in one or two kommuner of a thousand (docs/polity.md)
NORMS_BIND = {"normpress": 0.03, **{name: 1.0 for name in PARAMS if name.startswith("gulv_")}}

ACTS = {
    # register, closing, balance
    "robek": Act("tilpasningsfart"),  # in December nothing threatens; in January nobody is registered
    "robek_plan_brutt": Act("robek_grunnlag"),
    "departement_forlenger": Act("budsjett_dekning"),
    "dekningsfrist_tillegg": Act("gap"),
    "mva_i_anleggsmidler": Act("anleggsmidler"),
    "fondsskjerming": Act("disposisjonsfond"),
    "pliktig_fondsbruk": Act("merforbruk"),
    "vedlikehold_i_balansekrav": Act("budsjett_resultat"),
    "minste_fond": Act("innsparing"),
    # the State
    "normpress": Act("normkostnad"),
    "kontrakt_i_deflator": Act("kontraktsvekst"),
    "effektivitetskrav": Act("vekst_neste", -1),
    "avtale_sannsynlighet": Act("tillegg_avtale", -1),
    "redning": Act("redning", 2),  # the first year that is bad in one of the runs
    "rente_tillegg": Act("rente_neste", -1),
    "skjonn_fordeling": Act("skjonnstilskudd"),
    "topp_innslagspunkt": Act("tilskudd_endring", -1),
    "oremerket_til_ramme": Act("innlemming_endring", -1),
    "normlettelse": Act("gebyrer"),
    "larernorm": Act("budsjett_utgifter"),
    "barnehagenorm": Act("budsjett_utgifter"),
    "kompetansekrav": Act("budsjett_utgifter", beside=NORMS_BIND),
    "larernorm_andel": Act("budsjett_utgifter", beside={**NORMS_BIND, "larernorm": 2}),
    "larernorm_skole": Act("budsjett_utgifter", beside={**NORMS_BIND, "larernorm": 1}),
    "kompetansekrav_andel": Act("budsjett_utgifter", beside={**NORMS_BIND, "kompetansekrav": 0}),
    "lonn_pris_spredning": Act("lonnsvekst"),
    "kostnad_gitt": Act("kostnad_overraskelse"),
    "redning_gitt": Act("redning"),
    "redningsforventning": Act("ventet_redning", -1),
    "spu_spredning": Act("rom_fond", -1),
    # people and needs
    "innvandring_tillegg": Act("bosatt_utover"),
    "befolkning_spredning": Act("alder"),
    "flytting_tjeneste": Act("alder"),
    "flytting_skatt": Act("alder"),
    "omsorg_under_50_vekst": Act("omsorg_under_50"),
    "spesialundervisning_vekst": Act("spesialundervisning"),
    "ressurskrevende_vekst": Act("ressurskrevende"),
    # what stays with a unit: drawn with the start, and again at the election of 2031
    "svakhet_varer": Act("svakhet", 3),
    "overskridelse_spredning": Act("egen_overskridelse", 3),
    "overskridelse_skjevhet": Act("egen_overskridelse", 3),
    "utgiftsdrift_spredning": Act("egen_drift", 3),
    "gjennomforing": Act("gjennomforing", 3),
    "gjennomforing_spredning": Act("gjennomforing", 3),
    "fondsmal_egen": Act("fondsmal_faktor", start=True),
    # forecast, gap and speed
    "fond_avbygging": Act("budsjett_bruk_til_investering"),
    "skatteanslag_forsiktighet": Act("budsjett_driftsinntekter"),
    "varig_tolkning": Act("innbakt_kostnad"),
    "robek_fart": Act("tilpasningsfart", who="registered"),
    "robek_forventning": Act("tilpasningsfart", who="indebted"),
    "fragmentering_fart": Act("tilpasningsfart"),
    "kapasitet_fart": Act("tilpasningsfart"),
    "venstre_fart": Act("tilpasningsfart"),
    "valgar_fart": Act("tilpasningsfart", 2),  # the budget of 2031, adopted in 2030
    "delegering": Act("tilpasningsfart"),
    "vekst_av_rom": Act("budsjett_utgifter", who="without a gap"),
    "gjenoppretting_hoy": Act("budsjett_utgifter", who="without a gap"),
    "gjenoppretting_middels": Act("budsjett_utgifter", who="without a gap"),
    "gjenoppretting_lav": Act("budsjett_utgifter", who="without a gap"),
    "demografi_ned": Act("gebyrer"),
    "bemanning_tilbakeslag": Act("bemanningskutt"),
    "bemanning_slitasje": Act("merkostnad"),
    "tiltaksplan_binding": Act("innsparing"),
    "ledningsnett_andel": Act("avskrivningssats", who="kommuner"),
    # schools
    "skole_s5": Act("skoleforslag", who="kommuner"),
    "skole_s6": Act("skoleforslag", 2, "kommuner"),  # the autumn of 2030
    "skole_s7": Act("skoleforslag", who="kommuner"),
    "skole_s8": Act("skoleforslag", who="kommuner"),
    "skole_s9": Act("skoleforslag", who="kommuner"),
    "skole_s10": Act("skoleforslag", 0, "kommuner", NORMS_BIND),
    "skole_s11": Act("skoleforslag", who="kommuner"),
    "skole_hvile": Act("skole_sperre_til", who="kommuner"),
    "vedtak_protest": Act("skolevedtak", who="kommuner"),
    "vedtak_fragmentering": Act("skolevedtak", who="kommuner"),
    "vedtak_valgar": Act("skolevedtak", 2, "kommuner"),
    "vedtak_kapasitet": Act("skolevedtak", who="kommuner"),
    "skole_gjenbruk": Act("skolesparing_neste", who="kommuner"),
    "skole_mottak_bygg": Act("budsjett_investering", who="kommuner"),
    "skole_apning": Act("skoler_apnes", who="kommuner"),
    "skole_apning_vekst": Act("skoler_apnes", who="kommuner"),
    # property tax, elections, networks, mergers
    "eskatt_venstre": Act("eiendomsskatt_promille", who="kommuner"),
    "eskatt_gap": Act("eiendomsskatt_promille", who="kommuner"),
    "eskatt_nabo": Act("eiendomsskatt_promille", who="kommuner"),
    "valghensyn": Act("velgertap", who="kommuner"),
    "valgtap_robek": Act("nytt_flertall", 3, "registered"),
    "valgtap_skole": Act("velgertap", who="kommuner"),
    "valgtap_eskatt": Act("velgertap", who="kommuner"),
    "valgtap_kutt": Act("velgertap", who="kommuner"),
    "valg_utslag": Act("nytt_flertall", 3, "kommuner"),
    "naboeffekt": Act("skoleforslag", who="kommuner"),
    "nabo_norm": Act("budsjett_utgifter", who="kommuner"),
    "sammenslaing_grense": Act("sammenslaing"),
    # fylkeskommuner
    "kontrakt_fornyet": Act("kontraktsvekst"),
    "fullforing_vekst": Act("budsjett_utgifter", who="fylkeskommuner"),
    "fylkesveg_beredskap": Act("budsjett_utgifter", who="fylkeskommuner"),
    # measures taken away
    "bemanning_tak": Act("tertialkorreksjon"),
    "investering_tak": Act("budsjett_investering"),
    "vedlikehold_tak": Act("budsjett_vedlikehold"),
    "avdrag_tak": Act("budsjett_avdrag"),
    "fond_tak": Act("innsparing"),
    "ostehovel_tak": Act("innsparing"),
    "gebyr_tak": Act("gebyr_okning", who="kommuner"),
}  # fmt: skip

# of the parameters without an inert value: what each needs beside it, and those that only the opening reads
BESIDE = {
    "minimumsavdrag_faktor": {"minimumsavdrag_regel": 2},
    "levetid_vekting": {"minimumsavdrag_regel": 1},
    "mindretall_grense": {"delegering": 1},
    "sammenslaing_drift": {"sammenslaing_grense": 20_000},
    "sammenslaing_investering": {"sammenslaing_grense": 20_000},
    "videreflytting": {"bosetting_anmodning": 30_000},
}
AT_START = (
    "storrelse_spredning", "lokal_vekst_storrelse", "selvkost_kapital_andel", "storrelse_fart", "svakhet_samvariasjon",
    "start_forbigaende", "eskatt_bolig_andel", "eskatt_bolig_energi",
)  # fmt: skip

# a switch that is off, and what then counts for nothing, bit for bit
RULES = {
    "valghensyn": (
        "skole_s6", "skole_hvile", "vedtak_valgar", "valgar_fart", "valgtap_skole", "valgtap_eskatt", "valgtap_kutt",
    ),
    "naboeffekt": ("nabonettverk", "skole_s5", "eskatt_nabo", "nabo_norm"),
    "robek": ("robek_d_terskel", "robek_plan_brutt", "robek_utgang", "robek_fart", "robek_mal", "robek_forventning",
              "skole_s4", "valgtap_robek"),
    "redning": ("redning_terskel", "redning_sannsynlighet", "redning_andel", "redningsforventning"),
    "avtale_sannsynlighet": ("avtale_tillegg", "avtale_spredning", "avtale_kjent"),
    "delegering": ("mindretall_grense",),
    "sammenslaing_grense": ("sammenslaing_drift", "sammenslaing_investering"),
    "skole_apning": ("skole_apning_vekst",),
    "overskridelse_spredning": ("overskridelse_skjevhet",),
    "vekst_av_rom": ("gjenoppretting_hoy", "gjenoppretting_middels", "gjenoppretting_lav"),
    "valg_utslag": ("valgtap_robek",),
    "ledningsnett_andel": ("levetid_ledningsnett",),
    **{f"{name}_tak": (f"{name}_kost", f"{name}_helning")
       for name in ("bemanning", "investering", "vedlikehold", "avdrag", "fond", "ostehovel", "gebyr")},
}  # fmt: skip


def switched(param: Param) -> float:
    """The value that switches the mechanism off; or on, where it is off by default."""
    assert param.inert is not None
    on = param.high if param.high != param.inert else param.low
    return on if param.inert == param.default else param.inert


def other_values(name: str) -> list[float]:
    """What a parameter can be beside its default: its bounds, or every choice."""
    param = PARAMS[name]
    if param.choices:
        return [float(v) for v in range(len(param.choices)) if v != param.default]
    return sorted({param.low, param.high} - {param.default})
