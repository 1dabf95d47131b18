"""Do kommuner do what their network does? Moran's I and a join count of any output on a network."""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

NETWORKS = {"nearest": "naboer", "peers": "sammenlignbare"}  # of the lever nabonettverk: column of the World


def morans_i(values: np.ndarray, network: np.ndarray) -> np.ndarray:
    """Moran's I of values (..., units) on a network (units, m) of indices, each neighbour weighing 1/m.

    1 is perfect clustering; chance alone gives -1/(units - 1). NaN where all values are alike or one is NaN.
    """
    off = values - values.mean(axis=-1, keepdims=True)
    around = off[..., network].mean(axis=-1)
    total = (off**2).sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(total > 0.0, (off * around).sum(axis=-1) / total, np.nan)


def joins(acts: np.ndarray, network: np.ndarray) -> np.ndarray:
    """Join count of acts (..., units) of 0 and 1: share of those around an actor who act, over the share of all others.

    1 is what chance gives, 2 twice as many. NaN where nobody acts, or only one does.
    """
    count = acts.sum(axis=-1)
    around = (acts * acts[..., network].mean(axis=-1)).sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        expected = count * (count - 1.0) / (acts.shape[-1] - 1.0)
        return np.where(count > 1.0, around / expected, np.nan)


def clustering(panel: "pd.DataFrame", output: str, world_units: np.ndarray) -> "pd.DataFrame":
    """Moran's I of a stored output of kommuner by year and network, over runs.

    panel: rows of `run`, `year`, `kommunenummer` and the output, complete for kommuner. world_units: World.units.
    Returns year, network, p5, p50, p95, and `by_chance`, what no clustering gives.
    """
    import pandas as pd

    kommuner = world_units[world_units["er_fylke"] == 0]
    codes = [f"{code:04d}" for code in kommuner["kode"]]
    rows = panel[panel["kommunenummer"].astype(str).isin(codes)]
    wide = rows.pivot_table(index=["year", "run"], columns="kommunenummer", values=output, observed=True)[codes]
    found = []
    for name, column in NETWORKS.items():
        index = pd.Series(morans_i(wide.to_numpy(float), kommuner[column]), index=wide.index)
        by_year = index.groupby(level="year")
        levels = pd.DataFrame({f"p{level}": by_year.quantile(level / 100.0) for level in (5, 50, 95)})
        found.append(levels.reset_index().assign(network=name, by_chance=-1.0 / (len(codes) - 1)))
    return pd.concat(found, ignore_index=True)[["year", "network", "p5", "p50", "p95", "by_chance"]]
