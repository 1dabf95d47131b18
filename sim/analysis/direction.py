"""Which way is better, by output: declared once, so that "better" means the same in every table and figure.

The view is that of the unit's own finances and services. What can be good or bad (schools, investment, taxes)
has no direction: there only higher and lower are counted.
"""

UP, DOWN, NONE = 1, -1, 0

BETTER: dict[str, int] = {
    # result and reserves
    "netto_driftsresultat": UP,
    "brutto_driftsresultat": UP,
    "disposisjonsfond": UP,
    "arbeidskapital": UP,
    # deficits and the register
    "merforbruk": DOWN,
    "nytt_merforbruk": DOWN,
    "merforbruk_alder": DOWN,
    "udekket_investering": DOWN,
    "strykninger": DOWN,
    "robek": DOWN,
    "ar_i_robek": DOWN,
    "lanekontroll": DOWN,
    "antall_robek": DOWN,
    "antall_merforbruk": DOWN,
    "antall_negativ": DOWN,
    "antall_uten_fond": DOWN,
    "andel_negativ": DOWN,
    "andel_uten_fond": DOWN,
    "tiltak_merforbruk": DOWN,
    "antall_tiltak_merforbruk": DOWN,
    **{f"antall_{letter}": DOWN for letter in "abcdefg"},
    # debt and what is put off
    "lanegjeld": DOWN,
    "lanegjeld_per_innbygger": DOWN,
    "renteutgifter": DOWN,
    "vedlikeholdsetterslep": DOWN,
    "investeringsko": DOWN,
    # what inhabitants get
    "tjenesteniva": UP,
    "velgertap": DOWN,
}
STEMS = ("tjenesteniva_",)  # the same by sector has the direction of the whole


def direction(output: str) -> int:
    """1 if more is better, -1 if less is, 0 if neither; in per cent of driftsinntekter as in kroner."""
    name = output.removesuffix("_pct")
    for stem in STEMS:
        if name.startswith(stem):
            name = stem.removesuffix("_")
    return BETTER.get(name, NONE)
