"""Files of a folder that replace columns: real figures instead of constructed ones, kommune by kommune.

A file with the name and columns of an embedded table replaces that table; those below replace single columns
for the kommuner they have. What is supplied has no spread. Other files are left alone, with a note.
"""

from pathlib import Path

import numpy as np

from sim.baseline.population import inhabitants_2026
from sim.baseline.sources import EMBEDDED, Sources
from sim.baseline.tables import DataError, Table, read_table

AGE_FIELDS = (
    "pop_0_1", "pop_2_5", "pop_6_15", "pop_16_22", "pop_23_66", "pop_67_79", "pop_80_89", "pop_90plus",
)  # fmt: skip
AGES, SCHOOLS, DEBT = "population_age_groups.csv", "schools_kindergartens.csv", "debt_kostra.csv"
META, NEED = "kommuner_meta.csv", "utgiftsbehov_2026.csv"
OLDER_NAMES = {"debt_nordnorge_2025.csv": DEBT}  # read as the table on the right
SINGLE = (AGES, SCHOOLS, DEBT, META, NEED, *OLDER_NAMES)
START_YEAR = 2026


def data_files(folder: Path) -> list[Path]:
    """The files of a `--data` folder in name order; DataError if it is not a folder that can be read."""
    if not folder.is_dir():
        raise DataError(f"{folder}: is not a folder; --data takes a folder of CSV files.")
    return sorted(path for path in folder.iterdir() if path.is_file())


def supply(sources: Sources, folder: Path) -> None:
    """Replace what the files of `folder` hold in `sources`; what was left alone stands in its notes."""
    known = {AGES, SCHOOLS, DEBT, META, NEED, *EMBEDDED}
    files = data_files(folder)
    names = {path.name for path in files}
    if not names & {*known, *OLDER_NAMES}:
        raise DataError(f"{folder}: holds no table that this model reads; it reads {', '.join(sorted(known))}.")
    readers = {AGES: _ages, SCHOOLS: _schools, DEBT: _debt, META: _meta, NEED: _need}
    for path in files:
        name = OLDER_NAMES.get(path.name, path.name)
        if name != path.name and name in names:
            sources.notes.append(f"{path.name} is an older name of {name}, which is there too; it was left alone.")
        elif name in readers:
            table = read_table(path, ("kommunenummer",))
            _known_codes(table, sources)
            sources.supplied[name] = readers[name](table, sources)
            sources.files[path.name] = path
        elif path.name not in EMBEDDED:
            sources.notes.append(f"{path.name} is not a table that this model reads; it was left alone.")


def _known_codes(table: Table, s: Sources) -> None:
    known = set(s.codes)
    for i, code in enumerate(table.text("kommunenummer")):
        if code not in known:
            raise table.error(i, "kommunenummer", code, "one of the 357 of 2024, as text with four digits")


def _needs(table: Table, fields: tuple[str, ...]) -> None:
    for field in fields:
        if field not in table.rows[0]:
            raise DataError(f"{table.path.name}:1: column {field!r} is missing; needed: {', '.join(fields)}.")


def _ages(table: Table, s: Sources) -> int:
    """The eight age groups of the latest year up to 2026, per kommune; a year before is scaled to 2026."""
    _needs(table, ("year", "pop_total", *AGE_FIELDS))
    years = table.numbers("year", 1900, 2100, integer=True)
    groups = np.stack([table.numbers(f, 0, 2e6, integer=True) for f in AGE_FIELDS], axis=1)
    totals = table.numbers("pop_total", 1, 2e6, integer=True)
    if (years > START_YEAR).all():
        raise DataError(f"{table.path.name}: no year up to {START_YEAR}; the start is 1 January {START_YEAR}.")
    latest = years[years <= START_YEAR].max()
    if latest < START_YEAR:
        s.notes.append(f"{table.path.name}: the latest year is {latest:.0f}; shares of that year are used.")
    out = np.full((len(s.codes), 8), np.nan)
    place = {code: i for i, code in enumerate(s.codes)}
    for i in np.flatnonzero(years == latest).tolist():
        if groups[i].sum() != totals[i]:
            raise table.error(i, "pop_total", int(totals[i]), f"the sum of the age groups ({groups[i].sum():.0f})")
        at = place[table.rows[i]["kommunenummer"].strip()]
        if not np.isnan(out[at, 0]):
            raise table.error(i, "kommunenummer", s.codes[at], f"once for {latest:.0f}")
        out[at] = groups[i]
    if latest < START_YEAR:  # shares of that year, today's inhabitants
        persons = inhabitants_2026(s.in_2025, s.in_july_2026)
        out *= (persons / out.sum(1))[:, None]
    s.supplied_ages = out
    return int((~np.isnan(out[:, 0])).sum())


def _schools(table: Table, s: Sources) -> int:
    """Public schools with pupils, public and private pupils; only rows flagged `ok`."""
    _needs(table, ("n_schools_public_with_pupils", "pupils_public", "pupils_private", "coverage_flag"))
    table.unique("kommunenummer")
    columns = [
        table.numbers(f, 0, high, integer=True)
        for f, high in (
            ("n_schools_public_with_pupils", 1000),
            ("pupils_public", 2e5),
            ("pupils_private", 2e5),
        )
    ]
    out = np.full((len(s.codes), 3), np.nan)
    for i, row in enumerate(table.rows):
        if row["coverage_flag"].strip() == "ok" and columns[0][i] > 0 and columns[1][i] > 0:
            out[s.codes.index(row["kommunenummer"].strip())] = [column[i] for column in columns]
    s.supplied_schools = out
    return int((~np.isnan(out[:, 0])).sum())


def _debt(table: Table, s: Sources) -> int:
    """Netto lanegjeld as share of gross operating revenue, from the rows of that variable in per cent."""
    _needs(table, ("year", "variable", "value", "unit"))
    out = np.full(len(s.codes), np.nan)
    values = table.numbers("value", -1e9, 1e9)
    for i, row in enumerate(table.rows):
        if row["variable"].strip() == "netto_laanegjeld" and row["unit"].strip().startswith("per cent"):
            if not -50.0 <= values[i] <= 500.0:
                raise table.error(i, "value", row["value"], "a number from -50 to 500 (per cent of revenue)")
            out[s.codes.index(row["kommunenummer"].strip())] = values[i] / 100.0
    s.supplied_debt = out
    return int((~np.isnan(out)).sum())


def _meta(table: Table, s: Sources) -> int:
    """A point inside the kommune instead of the mean point."""
    _needs(table, ("lon_rep", "lat_rep"))
    table.unique("kommunenummer")
    lon, lat = table.numbers("lon_rep", 0, 35), table.numbers("lat_rep", 55, 75)
    for i, code in enumerate(table.text("kommunenummer")):
        at = s.codes.index(code)
        s.lon[at], s.lat[at] = lon[i], lat[i]
    return len(table.rows)


def _need(table: Table, s: Sources) -> int:
    """The printed need index where the sector indices are missing: their mean is scaled to it."""
    _needs(table, ("utgiftsbehov",))
    table.unique("kommunenummer")
    value = table.numbers("utgiftsbehov", 0.3, 5)
    out = np.full(len(s.codes), np.nan)
    for i, code in enumerate(table.text("kommunenummer")):
        out[s.codes.index(code)] = value[i]
    s.supplied_need = out
    return int((~np.isnan(out)).sum())
