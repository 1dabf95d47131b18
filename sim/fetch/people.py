"""Population by age (07459), projection by age (14746), births, deaths and migration (06913)."""

import numpy as np

from sim.fetch.desk import Desk
from sim.fetch.errors import FetchError
from sim.fetch.jsonstat import Dataset
from sim.fetch.made import Made, MadeFile, number, span
from sim.fetch.metadata import Wanted, ages_of, by_label, by_role, find_code, remaining

FIRST_YEAR = 2015
GROUPS = (  # the eight of the income system: column, first and last age
    ("pop_0_1", 0, 1), ("pop_2_5", 2, 5), ("pop_6_15", 6, 15), ("pop_16_22", 16, 22),
    ("pop_23_66", 23, 66), ("pop_67_79", 67, 79), ("pop_80_89", 80, 89), ("pop_90plus", 90, 999),
)  # fmt: skip
GROUP_NAMES = tuple(name for name, _, _ in GROUPS)
NEW_BORDERS = 2024  # from this year the kommuner of today report themselves
ALTERNATIVES = (
    Wanted("MMMM", ("mmmm",), "Personer"),
    Wanted("LLML", ("llml",), "Personer1"),
    Wanted("HHMH", ("hhmh",), "Personer2"),
)
COMPONENTS = (
    Wanted("population", ("folketall", "1. januar"), "Folkemengde"),
    Wanted("births", ("levendefodte",), "Levende"),
    Wanted("deaths", ("dode",), "Dode"),
    Wanted("in_migration", ("innflyttinger",), "Innflyttinger"),
    Wanted("out_migration", ("utflyttinger",), "Utflyttinger"),
    Wanted("net_migration", ("nettoinnflytting",), "Nettoinnflytting", needed=False),
    Wanted("growth", ("folketilvekst",), "Folketilvekst", needed=False),
)


def years_from(metadata: Dataset, first: int, what: str) -> tuple[str, tuple[str, ...]]:
    """The id of the time dimension and its years from `first` on."""
    time = by_role(metadata, "time", "tid", what)
    years = tuple(code for code in time.codes if len(code) == 4 and code.isdigit() and int(code) >= first)
    if not years:
        raise FetchError(f"{what}: the table has no year from {first} on; it has changed.")
    return time.id, years


def in_groups(by_age: np.ndarray) -> np.ndarray:
    """Persons in the eight age groups, from persons by age along the first axis."""
    return np.stack([by_age[low : high + 1].sum(axis=0) for _, low, high in GROUPS])


def population(desk: Desk) -> Made:
    """population_age_groups.csv and, for the last year, population_single_age_<year>.csv.gz."""
    table, what = "07459", "SSB 07459"
    meta = desk.metadata(table)
    region, codes, listed = desk.regions(table, meta, joined=True)
    ages = ages_of(by_label(meta, "alder", what), what)
    age_id = by_label(meta, "alder", what).id
    sex = by_label(meta, "kjonn", what)
    sexes = {
        "female": find_code(sex, Wanted("female", ("kvinner",), "2"), what),
        "male": find_code(sex, Wanted("male", ("menn",), "1"), what),
    }
    contents = by_role(meta, "metric", "statistikkvariabel", what)
    persons = find_code(contents, Wanted("persons", ("personer",), "Personer1"), what)
    time, years = years_from(meta, FIRST_YEAR if listed else NEW_BORDERS, what)
    axes = {
        age_id: tuple(ages.values()), sex.id: tuple(map(str, sexes.values())),
        region.id: tuple(codes.values()), time: years, contents.id: (str(persons),),
    }  # fmt: skip
    axes |= remaining(meta, axes, what)
    cube = desk.cube(table, meta, axes, {region.id: listed})
    cells = cube.value.reshape(len(ages), 2, len(codes), len(years))
    groups = in_groups(cells.sum(axis=1))  # (8, kommuner, years)
    kommuner, rows, empty = list(codes), [], 0
    for y, year in enumerate(years):
        for k, kommune in enumerate(kommuner):
            total = groups[:, k, y].sum()
            if not total > 0:  # NaN or 0: the joined series has zeros for some kommuner before 2020
                empty += 1
                continue
            quality = "ssb" if int(year) >= NEW_BORDERS else "ssb_joined"
            rows.append([kommune, year, number(total), *map(number, groups[:, k, y]), quality])
    notes = [f"{empty} kommuner and years are empty or zero and were left out"] if empty else []
    return Made(
        table, meta.label, meta.updated,
        [
            MadeFile(
                "population_age_groups.csv", ("kommunenummer", "year", "pop_total", *GROUP_NAMES, "quality"),
                rows, len({row[0] for row in rows}), span(years),
                "1 January; ssb_joined: today's borders joined back",
            ),
            _single_ages(kommuner, list(sexes), cells[..., -1], years[-1]),
        ],
        {"region": f"code list {listed}" if listed else "kommunenummer", "persons": f"{persons}"},
        dict(cube.symbols), cube.parts, notes,
    )  # fmt: skip


def _single_ages(kommuner: list[str], sexes: list[str], cells: np.ndarray, year: str) -> MadeFile:
    rows = [
        [kommune, sex, *map(number, cells[:, s, k])]
        for s, sex in enumerate(sexes)
        for k, kommune in enumerate(kommuner)
        if not np.isnan(cells[:, s, k]).any()
    ]
    header = ("kommunenummer", "sex", *(f"a{age}" for age in range(len(cells))))
    name = f"population_single_age_{year}.csv.gz"
    note = f"1 January; a{len(cells) - 1} is {len(cells) - 1} and over"
    return MadeFile(name, header, rows, len({row[0] for row in rows}), year, note)


def projection(desk: Desk) -> Made:
    """population_projection.csv: the eight age groups by kommune, year and alternative."""
    table, what = "14746", "SSB 14746"
    meta = desk.metadata(table)
    region, codes, listed = desk.regions(table, meta)
    age = by_label(meta, "alder", what)
    ages = ages_of(age, what)
    contents = by_role(meta, "metric", "statistikkvariabel", what)
    chosen = {each.name: str(find_code(contents, each, what)) for each in ALTERNATIVES}
    time, years = years_from(meta, FIRST_YEAR, what)
    axes = {
        age.id: tuple(ages.values()), region.id: tuple(codes.values()), time: years,
        contents.id: tuple(chosen.values()),
    }  # fmt: skip
    more = remaining(meta, axes, what)
    cube = desk.cube(table, meta, axes | more, {region.id: listed})
    groups = in_groups(cube.value.reshape(len(ages), len(codes), len(years), len(chosen)))
    rows = [
        [kommune, year, name, number(groups[:, k, y, a].sum()), *map(number, groups[:, k, y, a])]
        for a, name in enumerate(chosen)
        for y, year in enumerate(years)
        for k, kommune in enumerate(codes)
        if groups[:, k, y, a].sum() > 0
    ]
    file = MadeFile(
        "population_projection.csv", ("kommunenummer", "year", "alternative", "pop_total", *GROUP_NAMES),
        rows, len({row[0] for row in rows}), span(years), "1 January; MMMM main, LLML low, HHMH high growth",
    )  # fmt: skip
    described = {name: f"{code}: {contents.labels[code]}" for name, code in chosen.items()}
    return Made(table, meta.label, meta.updated, [file], described, dict(cube.symbols), cube.parts)


def components(desk: Desk) -> Made:
    """population_components.csv: births, deaths and migration by kommune and year."""
    table, what = "06913", "SSB 06913"
    meta = desk.metadata(table)
    region, codes, listed = desk.regions(table, meta, joined=True)
    contents = by_role(meta, "metric", "statistikkvariabel", what)
    found = {each.name: find_code(contents, each, what) for each in COMPONENTS}
    chosen = {name: code for name, code in found.items() if code is not None}
    time, years = years_from(meta, FIRST_YEAR if listed else NEW_BORDERS, what)
    axes = {region.id: tuple(codes.values()), time: years, contents.id: tuple(chosen.values())}
    more = remaining(meta, axes, what)
    cube = desk.cube(table, meta, axes | more, {region.id: listed})
    cells = cube.value.reshape(len(codes), len(years), len(chosen))
    rows = [
        [kommune, year, *("" if np.isnan(x) else number(x) for x in cells[k, y])]
        for y, year in enumerate(years)
        for k, kommune in enumerate(codes)
        if np.nansum(np.abs(cells[k, y])) > 0
    ]
    file = MadeFile(
        "population_components.csv", ("kommunenummer", "year", *chosen), rows, len({row[0] for row in rows}),
        span(years), "persons in the year; population on 1 January",
    )  # fmt: skip
    described = {name: f"{code}: {contents.labels[code]}" for name, code in chosen.items()}
    return Made(table, meta.label, meta.updated, [file], described, dict(cube.symbols), cube.parts)
