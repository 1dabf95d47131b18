"""How a ratio is spread over kommuner: counts in bins, so that parts of a panel can be added up."""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd


def counts_in_bins(years: np.ndarray, values: np.ndarray, edges: np.ndarray) -> "pd.DataFrame":
    """Number of values per year and bin: rows are years, columns the left edges of the bins.

    years, values: (n,); edges: (bins + 1,), ascending. Values beyond the ends are counted in the end bins;
    those that are not finite are left out.
    """
    import pandas as pd

    known = np.isfinite(values)
    place = np.clip(np.searchsorted(edges, values[known], side="right") - 1, 0, len(edges) - 2)
    kinds, row = np.unique(years[known], return_inverse=True)
    counts = np.bincount(row * (len(edges) - 1) + place, minlength=len(kinds) * (len(edges) - 1))
    return pd.DataFrame(counts.reshape(len(kinds), len(edges) - 1), index=kinds, columns=edges[:-1]).rename_axis("year")


def smooth(counts: "pd.DataFrame", bins: float) -> "pd.DataFrame":
    """Counts as density per bin (rows sum to 1) after a Gaussian of this standard deviation in bins.

    What would leave at the ends is thrown back, so that no mass is lost.
    """
    reach = int(np.ceil(4.0 * bins))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / bins) ** 2)
    kernel /= kernel.sum()
    total = counts.sum(axis=1)
    share = counts.div(total.where(total > 0), axis=0)
    rows = [np.convolve(np.pad(row, reach, "symmetric"), kernel, "valid") for row in share.to_numpy(float)]
    smoothed = counts.astype(float)
    smoothed[:] = np.array(rows)
    return smoothed


def quantiles(counts: "pd.DataFrame", levels: tuple[float, ...]) -> "pd.DataFrame":
    """Quantiles read off the bins (to within a bin): rows are years, columns the levels."""
    import pandas as pd

    edges = np.append(counts.columns, 2 * counts.columns[-1] - counts.columns[-2])
    found = {}
    for year, row in counts.iterrows():
        below = np.concatenate([[0.0], np.cumsum(row.to_numpy(float))])
        found[year] = [np.interp(level * below[-1], below, edges) for level in levels]
    return pd.DataFrame.from_dict(found, orient="index", columns=list(levels)).rename_axis("year")
