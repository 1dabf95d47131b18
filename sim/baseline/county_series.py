"""What results of 2020 to 2025 say of a fylkeskommune's result of 2025: which part lasts, and which was passing."""

import numpy as np

from sim.baseline.tables import DataError, Table

GROUP = "EAFKUO"  # SSB's sum of all fylkeskommuner but Oslo
OSLO = "03"  # kommune and county in one: its results are not those of county tasks
LATEST = 2025
VARIABLE = "ndr"


def deviations(table: Table) -> dict[str, dict[int, float]]:
    """fylkesnummer -> year -> result less the group's of the year, share of revenue; DataError if that is missing."""
    years = table.numbers("year", 1990, LATEST, integer=True)
    result: dict[tuple[str, int], float] = {}
    wanted = [i for i, name in enumerate(table.text("variable")) if name == VARIABLE]
    for i in wanted:
        text = table.rows[i]["value"].strip()
        try:
            result[table.rows[i]["fylkeskommunekode"].strip(), int(years[i])] = float(text) / 100.0
        except ValueError:
            raise table.error(i, "value", text, "a number (per cent of revenue)") from None
    found: dict[str, dict[int, float]] = {}
    for (code, year), value in result.items():
        if (GROUP, year) not in result:
            raise DataError(f"{table.path.name}: {VARIABLE} of {GROUP} in {year} is missing.")
        if code not in (GROUP, f"{OSLO}00"):
            found.setdefault(code[:2], {})[year] = value - result[GROUP, year]
    return found


def components(series: dict[str, dict[int, float]]) -> tuple[float, float]:
    """Variance between units' own levels, and within a unit from year to year (analysis of variance)."""
    rows = [np.array(list(years.values())) for years in series.values()]
    length = np.array([len(row) for row in rows], float)
    mean = np.array([row.mean() for row in rows])
    within = sum(((row - row.mean()) ** 2).sum() for row in rows) / (length - 1.0).sum()
    total, units = length.sum(), len(rows)
    grand = (length @ mean) / total
    between = (length @ (mean - grand) ** 2) / (units - 1)
    size = (total - (length @ length) / total) / (units - 1)
    return max(0.0, (between - within) / size), float(within)


def passing_2025(table: Table, codes: list[str], latest: int = LATEST) -> np.ndarray:
    """The part of each result of `latest` that was passing, by the years until then (units,); 0 for Oslo.

    A deviation is an own level and a year's noise. The level is the mean of the own years, drawn towards the group the
    fewer they are: seven units were made in 2024 and have two; before 2024 nothing is known of them: 0.
    """
    known = {code: {y: v for y, v in years.items() if y <= latest} for code, years in deviations(table).items()}
    series = {code: years for code, years in known.items() if years}
    between, within = components(series)
    out = np.zeros(len(codes))
    for i, code in enumerate(codes):
        if code == OSLO or (latest < LATEST and code not in series):
            continue
        if code not in series or latest not in series[code]:
            raise DataError(f"{table.path.name}: {VARIABLE} of fylke {code} in {latest} is missing.")
        years = list(series[code].values())
        weight = between / (between + within / len(years)) if between > 0.0 else 0.0
        out[i] = series[code][latest] - weight * float(np.mean(years))
    return out
