"""Names, places and groups of the units: what tables and figures print instead of a kommunenummer."""

from functools import cache
from typing import TYPE_CHECKING

from sim.analysis.risk import SIZES, size_group

if TYPE_CHECKING:
    import pandas as pd

CENTRALITY = {1: "1", 2: "2", 3: "3", 4: "4", 5: "5", 6: "6"}  # SSB's classes, 1 = most central


@cache
def unit_labels() -> "pd.DataFrame":
    """One row per unit, index kommunenummer (text), in code order, fylkeskommuner last. Do not change it.

    Columns: name; fylke (name) and fylkesnummer; inhabitants in July 2026 (fylkeskommune: of its kommuner);
    size (group of sim.analysis.risk) and sentralitet (1 = most central), "" for fylkeskommuner; lon, lat
    (degrees, NaN for fylkeskommuner).
    """
    import numpy as np
    import pandas as pd

    from sim.baseline.sources import read_sources

    s = read_sources()
    names = dict(zip(s.county_codes, s.county_names, strict=True))
    kommuner = pd.DataFrame(
        {
            "name": s.names, "fylke": [names[code] for code in s.fylke], "fylkesnummer": s.fylke,
            "inhabitants": s.in_july_2026, "size": [size_group(count) for count in s.in_july_2026],
            "sentralitet": [CENTRALITY[int(value)] for value in s.centrality_class], "lon": s.lon, "lat": s.lat,
        },
        index=pd.Index(s.codes, name="kommunenummer"),
    )  # fmt: skip
    people = kommuner["inhabitants"].groupby(s.fylke).sum()
    counties = pd.DataFrame({"name": names, "fylke": names, "inhabitants": people})
    counties = counties.assign(fylkesnummer=counties.index, size="", sentralitet="", lon=np.nan, lat=np.nan)
    return pd.concat([kommuner, counties[kommuner.columns]]).rename_axis("kommunenummer")


def full_name(code: str, labels: "pd.DataFrame | None" = None) -> str:
    """Name with the fylke behind it where the name is not unique; the code if it is unknown."""
    labels = unit_labels() if labels is None else labels
    if code not in labels.index:
        return code
    row = labels.loc[code]
    kommune = len(code) == 4
    if not kommune:
        return f"{row['name']} fylkeskommune"
    same = (labels["name"] == row["name"]) & (labels.index.str.len() == 4)
    return f"{row['name']} ({row['fylke']})" if same.sum() > 1 else str(row["name"])


SIZE_NAMES = tuple(name for _, name in SIZES)
