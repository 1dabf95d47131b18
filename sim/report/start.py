"""What the report knows of the start: names of the units, and what is official and what is constructed."""

from typing import TYPE_CHECKING

from sim.store import Results

if TYPE_CHECKING:
    import pandas as pd

    from sim.baseline import ColumnStatus


def unit_labels() -> "pd.DataFrame":
    """Index kommunenummer (text); name, fylke, inhabitants in July 2026 (fylkeskommune: of its kommuner)."""
    import pandas as pd

    from sim.baseline.sources import read_sources

    s = read_sources()
    names = dict(zip(s.county_codes, s.county_names, strict=True))
    kommuner = pd.DataFrame(
        {"name": s.names, "fylke": [names[code] for code in s.fylke], "inhabitants": s.in_july_2026},
        index=pd.Index(s.codes, name="kommunenummer"),
    )
    people = kommuner["inhabitants"].groupby(s.fylke).sum()
    counties = pd.DataFrame({"name": names, "fylke": names, "inhabitants": people})
    return pd.concat([kommuner, counties])


def start_columns() -> "list[ColumnStatus]":
    """The status of every column of the embedded start accounts."""
    from sim.baseline import column_status

    return column_status()


def is_embedded(results: Results) -> bool:
    """True if the result was made from the start accounts that are embedded in this version."""
    from sim.baseline import load_world
    from sim.store.digest import world_hash

    return world_hash(load_world()) == results.manifest["hashes"]["data"]
