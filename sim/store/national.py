"""The national table: sums over kommuner and over fylkeskommuner for every run and year.

The kernel pass adds up the sums declared here (serially, in the order of the units); ratios follow from them.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.kernel import codes
from sim.measures import MEASURES, N_MEASURES
from sim.outputs import width, word
from sim.state import ROBEK_LETTERS
from sim.store.panel import field, key_fields, point_field

if TYPE_CHECKING:
    import pyarrow as pa

GROUPS = ("kommuner", "fylkeskommuner")
NATIONAL_KEYS = ("run", "year", "gruppe")
DRAWS = ("deflator", "rente", "skatt_midlertidig", "skatt_varig")  # of the nation, the same for both groups


def _sum(column: str, unit: str, text: str) -> tuple:
    return (codes.ADD, word(column), 0, 1), {column: (unit, text)}


_measures = [measure.name for measure in MEASURES]

# (how, a, b, n), and the n sums that it gives: name -> (unit, text). A name with an underscore is not stored.
SUMS: tuple[tuple[tuple[int, int, int, int], dict[str, tuple[str, str]]], ...] = (
    ((codes.ONE, 0, 0, 1), {"n_units": ("units", "Units in the group.")}),
    _sum("folketall", "persons", "Inhabitants 1 January."),
    _sum("frie_inntekter", "kr", "Tax plus block grant."),
    _sum("driftsinntekter", "kr", "Gross operating revenue."),
    _sum("driftsutgifter", "kr", "Operating spending without avskrivninger."),
    _sum("netto_driftsresultat", "kr", "Net operating result."),
    _sum("disposisjonsfond", "kr", "Free operating reserve 31 December."),
    _sum("lanegjeld", "kr", "Loan debt for own purposes 31 December."),
    _sum("merforbruk", "kr", "Accumulated uncovered merforbruk 31 December."),
    _sum("investering", "kr", "Gross investment."),
    (
        (codes.NEGATIVE, word("netto_driftsresultat"), 0, 1),
        {"antall_negativ": ("units", "With netto_driftsresultat below 0.")},
    ),
    (
        (codes.NOT_POSITIVE, word("disposisjonsfond"), 0, 1),
        {"antall_uten_fond": ("units", "Without disposisjonsfond.")},
    ),
    ((codes.NONZERO, word("robek_grunnlag"), 0, 1), {"antall_robek": ("units", "Registered in ROBEK.")}),
    (
        (codes.POSITIVE, word("merforbruk"), 0, 1),
        {"antall_merforbruk": ("units", "With uncovered merforbruk.")},
    ),
    _sum("skoler", "schools", "Public primary schools."),
    _sum("skoler_nedlagt", "schools", "Schools closed in the year."),
    _sum("skoleforslag", "units", "Where the director proposed a change of school structure."),
    (
        (codes.PRODUCT, word("tjenesteniva"), word("behov"), width("behov")),
        {f"_tjenester_{s}": ("kr of 2025", "Need times service level.") for s in range(width("behov"))},
    ),
    (
        (codes.ADD, word("behov"), 0, width("behov")),
        {f"_behov_{s}": ("kr of 2025", "") for s in range(width("behov"))},
    ),
    (
        (codes.ADD, word("tiltak"), 0, N_MEASURES),
        {f"tiltak_{name}": ("kr", f"Adopted for the coming year: {name}.") for name in _measures},
    ),
    (
        (codes.POSITIVE, word("tiltak"), 0, N_MEASURES),
        {f"antall_tiltak_{name}": ("units", f"That adopted it: {name}.") for name in _measures},
    ),
    (
        (codes.BITS, word("robek_grunnlag"), 0, len(ROBEK_LETTERS)),
        {f"antall_{letter}": ("units", f"Registered on ground {letter} (§ 28-1).") for letter in ROBEK_LETTERS},
    ),
)
SUM_NAMES = tuple(name for _, names in SUMS for name in names)
assert len(set(SUM_NAMES)) == len(SUM_NAMES) == sum(read[3] for read, _ in SUMS)
SUM_PROGRAM = np.array([read for read, _ in SUMS], np.int64)
EVENTS = np.array([word("netto_driftsresultat"), word("robek_grunnlag"), word("disposisjonsfond")], np.int64)

_OF_INCOME = "% of driftsinntekter"
RATIOS = {  # name: (numerator, denominator, factor, unit, text)
    "netto_driftsresultat_pct": (
        "netto_driftsresultat",
        "driftsinntekter",
        100.0,
        _OF_INCOME,
        "Net operating result.",
    ),
    "disposisjonsfond_pct": (
        "disposisjonsfond",
        "driftsinntekter",
        100.0,
        _OF_INCOME,
        "Free operating reserve.",
    ),
    "lanegjeld_pct": ("lanegjeld", "driftsinntekter", 100.0, _OF_INCOME, "Loan debt for own purposes."),
    "merforbruk_pct": ("merforbruk", "driftsinntekter", 100.0, _OF_INCOME, "Accumulated merforbruk."),
    "investering_pct": ("investering", "driftsinntekter", 100.0, _OF_INCOME, "Gross investment."),
    "andel_negativ": (
        "antall_negativ",
        "n_units",
        1.0,
        "share of units",
        "With netto_driftsresultat below 0.",
    ),
    "andel_uten_fond": ("antall_uten_fond", "n_units", 1.0, "share of units", "Without disposisjonsfond."),
    "tjenesteniva": ("_tjenester", "_behov", 1.0, "1 = national 2025 standard", "Real spending per need."),
}


def national_columns(sums: np.ndarray, draws: np.ndarray) -> dict[str, tuple[np.ndarray, str, str]]:
    """Columns name -> (values, unit, text) in the order of the table.

    sums (..., groups, sums) as recorded; draws (..., draws) of the nation. Values are flat, group fastest.
    """
    by_name: dict[str, np.ndarray] = {name: sums[..., index] for index, name in enumerate(SUM_NAMES)}
    for total in ("_behov", "_tjenester"):
        by_name[total] = np.sum([by_name[name] for name in SUM_NAMES if name.startswith(f"{total}_")], axis=0)
    table = {}
    for name, (top, bottom, factor, unit, text) in RATIOS.items():
        below = by_name[bottom]
        ratio = np.divide(factor * by_name[top], below, out=np.full(below.shape, np.nan), where=below != 0.0)
        table[name] = (ratio.ravel(), unit, text)
    for _, names in SUMS:
        for name, (unit, text) in names.items():
            if not name.startswith("_"):
                table[name] = (by_name[name].ravel(), unit, text)
    for index, name in enumerate(DRAWS):
        values = np.repeat(draws[..., index].ravel(), len(GROUPS))
        table[name] = (values, "share", f"{name} of the nation in the year.")
    return table


def national_schema(point: bool = False) -> "pa.Schema":
    """Keys (with `point` in a study), then every column of `national_columns` as float64."""
    import pyarrow as pa

    group_type = pa.dictionary(pa.int16(), pa.string())
    keys = [point_field()] * point + key_fields()[:2]
    keys.append(field("gruppe", group_type, "group", "kommuner or fylkeskommuner; sums are over the group."))
    empty = national_columns(np.zeros((1, len(GROUPS), len(SUM_NAMES))), np.zeros((1, len(DRAWS))))
    return pa.schema(keys + [field(name, pa.float64(), unit, text) for name, (_, unit, text) in empty.items()])


def national_values(sums: np.ndarray, draws: np.ndarray) -> np.ndarray:
    """`national_columns` as one array (columns, rows)."""
    return np.stack([values for values, _, _ in national_columns(sums, draws).values()])


def national_table(runs: np.ndarray, years: Sequence[int], values: np.ndarray, point: int | None = None) -> "pa.Table":
    """The rows of these runs (int32), year by year and group by group; values as of `national_values`."""
    import pyarrow as pa

    groups = len(GROUPS)
    index = np.tile(np.arange(groups, dtype=np.int16), len(runs) * len(years))
    arrays = [
        pa.array(np.repeat(runs, len(years) * groups)),
        pa.array(np.tile(np.repeat(np.array(years, np.int16), groups), len(runs))),
        pa.DictionaryArray.from_arrays(pa.array(index), list(GROUPS)),
    ]
    if point is not None:
        arrays.insert(0, pa.array(np.full(len(index), point, np.int32)))
    return pa.Table.from_arrays([*arrays, *map(pa.array, values)], schema=national_schema(point is not None))
