"""Names and labels of the units, in the order of the World."""

from typing import TYPE_CHECKING

from sim.baseline.sources import REVENUE_TYPES, SIZES, Sources, read_sources

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("kommunenummer", "name", "fylkesnummer", "fylke", "group", "size", "revenue_type", "centrality")


def unit_codes(sources: Sources | None = None) -> list[str]:
    """kommunenummer of the 357, then fylkesnummer of the 15, as text: '0301' ... '5636', '03' ... '56'."""
    s = sources or read_sources()
    return [*s.codes, *s.county_codes]


def load_units(sources: Sources | None = None) -> "pd.DataFrame":
    """One row per unit in the order of the World; codes are text.

    `revenue_type` is constructed (docs/start_accounts.md); size and type are the groups of table 3.10, empty
    for fylkeskommuner.
    """
    import pandas as pd

    from sim.baseline.people import construct

    s = sources or read_sources()
    known = construct(s)
    name_of = dict(zip(s.county_codes, s.county_names, strict=True))
    rows = [
        (code, name, fylke, name_of[fylke], "kommune", SIZES[size], REVENUE_TYPES[kind], int(central))
        for code, name, fylke, size, kind, central in zip(
            s.codes, s.names, s.fylke, known.size, known.types, s.centrality_class, strict=True
        )
    ]
    rows += [(code, name_of[code], code, name_of[code], "fylkeskommune", "", "", 0) for code in s.county_codes]
    return pd.DataFrame(rows, columns=list(COLUMNS))
