"""Settings that are each within their limits but contradict each other."""

from collections.abc import Mapping

from sim.scenario.values import BadValue, Range, Resolved

ORDERED = (  # the first may never be above the second
    ("gap_stopp", "gap_start", "a consolidation that stops above where it starts would never stop"),
    ("alfa_lav", "alfa_hoy", "a unit without a fund must not be slower than one with a fund"),
    ("kutt_lav", "kutt_middels", "the groups of services are ordered by their income elasticity"),
    (
        "mva_andel",
        "investering_tilskudd",
        "compensated VAT is among the grants of an investment (§ 14-15)",
    ),
    ("mva_andel", "investering_tilskudd_fylke", "compensated VAT is among the grants of an investment (§ 14-15)"),
    ("kutt_middels", "kutt_hoy", "the groups of services are ordered by their income elasticity"),
)
EQUALISED = ("utjevningsgrad", "utjevning_tillegg")
NAMES = frozenset(name for first, second, _ in ORDERED for name in (first, second)) | frozenset(EQUALISED)
EQUALISATION_BELOW = 1.0  # at 1 kr per kr a kommune below the limit would gain nothing from its own tax


def check_consistency(values: Mapping[str, Resolved], years: tuple[int, ...]) -> None:
    """BadValue, with the names of both as path, if two settings contradict each other in any year or draw."""
    for first, second, why in ORDERED:
        for index, year in enumerate(years):
            above, below = _ends(values[first], index)[1], _ends(values[second], index)[0]
            if above > below:
                raise BadValue(
                    f"{first} = {above:.12g} is above {second} = {below:.12g} in {year}: {why}; "
                    f"lower {first} or raise {second}.", (first, second),
                )  # fmt: skip
    for index, year in enumerate(years):
        total = sum(_ends(values[name], index)[1] for name in EQUALISED)
        if total >= EQUALISATION_BELOW:
            raise BadValue(
                f"utjevningsgrad + utjevning_tillegg = {total:.12g} in {year}, which must be below "
                f"{EQUALISATION_BELOW:.12g} (income_system.md § 3.1); lower one of them.",
                EQUALISED,
            )  # fmt: skip


def _ends(value: Resolved, index: int) -> tuple[float, float]:
    """The lowest and the highest value that can occur."""
    if isinstance(value, Range):
        return value.low, value.high
    return value[index], value[index]
