"""KOSTRA: key figures (12134), debt (12143), basic financial data (12364), schools (12255)."""

from collections.abc import Sequence

import numpy as np

from sim.fetch.desk import Cube, Desk
from sim.fetch.jsonstat import Dataset, Dimension
from sim.fetch.made import Made, MadeFile, number, span
from sim.fetch.metadata import Wanted, by_role, find_code, remaining
from sim.fetch.people import years_from

FIRST_YEAR = 2020
DEBT_FILE = "debt_kostra.csv"  # the name that --data reads
OF_REVENUE = "per cent of gross operating revenue"
LONG = ("kommunenummer", "name", "year", "variable", "value", "unit")

KEY_FIGURES = (  # 12134; the second is the unit
    (Wanted("ndr", ("netto drift",), "KOSAGD230000"), OF_REVENUE),
    (Wanted("deficit_of_the_year", ("merforbruk",), "KOSAGD290000", needed=False), OF_REVENUE),
    (
        Wanted("working_capital_excl_premieavvik", ("arbeidskapital",), "KOSKG280000", needed=False),
        OF_REVENUE,
    ),
    (Wanted("net_interest_exposure", ("renteeksponering",), "KOSKG400000", needed=False), OF_REVENUE),
    (Wanted("long_term_debt_excl_pension", ("langsiktig gjeld",), "KOSKG320000", needed=False), OF_REVENUE),
    (Wanted("frie_inntekter_per_inhabitant", ("frie inntekter",), "KOSAG110000", needed=False), "kr"),
    (Wanted("fri_egenkapital_drift", ("fri egenkapital",), "KOSKG210000", needed=False), OF_REVENUE),
    (Wanted("gross_investment", ("investeringsutgifter",), "KOSAGI10000", needed=False), OF_REVENUE),
    (
        Wanted("own_financing_of_investment", ("egenfinansiering",), "KOSAGI210000", needed=False),
        "per cent of gross investment",
    ),
)
DEBT_ITEMS = (  # 12143
    Wanted("netto_laanegjeld", ("netto lanegjeld",), "KG31"),
    Wanted("long_term_debt_incl_pension", ("langsiktig gjeld",), "KG25", needed=False),
    Wanted("debt_exposed_to_interest", ("rente", "gjeld"), "KG39", needed=False),
    Wanted("net_interest", ("netto rente",), "AGD97", needed=False),
    Wanted("debt_instalments", ("avdrag",), "AGD21", needed=False),
    Wanted("net_financial_expenditure", ("netto finans",), "AGD86", needed=False),
)
BASIC_ITEMS = (  # 12364
    Wanted("disposisjonsfond", ("disposisjonsfond",), "56"),
    Wanted("akkumulert_merforbruk", ("merforbruk",), "5900", needed=False),
    Wanted("driftsinntekter", ("brutto driftsinntekter",), "AGD13"),
    Wanted("netto_driftsresultat", ("netto drift", "resultat"), "AGD23"),
    Wanted("netto_laanegjeld", ("netto lanegjeld",), "KG31", needed=False),
    Wanted("rammetilskudd", ("rammetilskudd",), "A800", needed=False),
    Wanted("frie_inntekter", ("frie inntekter",), "AG11", needed=False),
    Wanted("skatt", ("skatt", "formue"), "AG12", needed=False),
)
AMOUNT = Wanted("amount", ("belop", "1000 kr"), "KOSbelop0000", without=("per innbygger", "prosent"))
PER_CENT = Wanted("per cent", ("prosent av brutto driftsinntekter",), "KOSbelopbrinv0000")
PER_HEAD = ("andel", "prosent", " per ", "gjennomsnitt")
SCHOOLS = (  # 12255, as far as it has counts
    Wanted("n_schools_public_with_pupils", ("kommunale", "skoler"), without=("elever", *PER_HEAD), needed=False),
    Wanted("pupils_public", ("elever", "kommunale"), without=PER_HEAD, needed=False),
    Wanted("pupils_private", ("elever", "private"), without=PER_HEAD, needed=False),
)


def key_figures(desk: Desk) -> Made:
    """kostra_12134.csv for kommuner, national_kostra_12134.csv for the country and the KOSTRA groups."""
    table, what = "12134", "SSB 12134"
    meta = desk.metadata(table)
    region, codes, listed = desk.regions(table, meta)
    wholes = {} if listed else {code: code for code in region.codes if code.startswith(("EAK", "EKG"))}
    contents = by_role(meta, "metric", "statistikkvariabel", what)
    found = [(wanted, unit, find_code(contents, wanted, what)) for wanted, unit in KEY_FIGURES]
    chosen = [(wanted.name, unit, code) for wanted, unit, code in found if code is not None]
    time, years = years_from(meta, FIRST_YEAR, what)
    axes = {region.id: (*codes.values(), *wholes), contents.id: tuple(c for _, _, c in chosen), time: years}
    more = remaining(meta, axes, what)
    cube = desk.cube(table, meta, axes | more, {region.id: listed})
    cells = cube.value.reshape(len(codes) + len(wholes), len(chosen), len(years))
    names = {kommune: desk.kommuner[kommune] for kommune in codes}
    columns = [(name, unit) for name, unit, _ in chosen]
    rows = _long(names, cells[: len(codes)], columns, years)
    whole_rows = _long({c: region.labels[c] for c in wholes}, cells[len(codes) :], columns, years)
    files = [MadeFile("kostra_12134.csv", LONG, rows, len({row[0] for row in rows}), span(years))]
    if whole_rows:
        header = ("region", *LONG[1:])
        files.append(MadeFile("national_kostra_12134.csv", header, whole_rows, 0, span(years), "EAKUO: without Oslo"))
    return _made(table, meta, files, contents, {name: code for name, _, code in chosen}, cube)


def debt(desk: Desk) -> Made:
    """Debt of each kommune in its latest year, in 1000 kr and per cent of gross operating revenue."""
    table, what = "12143", "SSB 12143"
    meta = desk.metadata(table)
    region, codes, listed = desk.regions(table, meta)
    contents = by_role(meta, "metric", "statistikkvariabel", what)
    units = {"1000 kr": find_code(contents, AMOUNT, what), OF_REVENUE: find_code(contents, PER_CENT, what)}
    item = _items(meta, (region.id, contents.id), what)
    chosen = _chosen(item, DEBT_ITEMS, what)
    time, years = years_from(meta, FIRST_YEAR, what)
    years = years[-2:]  # a kommune that is late has last year's
    axes = {
        region.id: tuple(codes.values()), item.id: tuple(chosen.values()),
        contents.id: tuple(map(str, units.values())), time: years,
    }  # fmt: skip
    more = remaining(meta, axes, what)
    cube = desk.cube(table, meta, axes | more, {region.id: listed})
    cells = cube.value.reshape(len(codes), len(chosen), len(units), len(years))
    rows = []
    for k, kommune in enumerate(codes):
        there = [y for y in range(len(years)) if not np.isnan(cells[k, 0, 1, y])]  # netto_laanegjeld, per cent
        for v, name in enumerate(chosen) if there else ():
            for u, unit in enumerate(units):
                value = cells[k, v, u, there[-1]]
                if not np.isnan(value):
                    rows.append([kommune, desk.kommuner[kommune], years[there[-1]], name, number(value), unit])
    used = [str(row[2]) for row in rows]
    file = MadeFile(DEBT_FILE, LONG, rows, len({row[0] for row in rows}), span(used), "konsern; latest year of each")
    return _made(table, meta, [file], item, chosen, cube)


def basic_figures(desk: Desk) -> Made:
    """accounts_12364.csv: fund, deficit, revenue, result, debt and income, 1000 kr."""
    table, what = "12364", "SSB 12364"
    meta = desk.metadata(table)
    region, codes, listed = desk.regions(table, meta)
    contents = by_role(meta, "metric", "statistikkvariabel", what)
    amount = contents.codes[0] if len(contents.codes) == 1 else find_code(contents, AMOUNT, what)
    item = _items(meta, (region.id, contents.id), what)
    chosen = _chosen(item, BASIC_ITEMS, what)
    time, years = years_from(meta, FIRST_YEAR, what)
    axes = {
        region.id: tuple(codes.values()), item.id: tuple(chosen.values()), time: years,
        contents.id: (str(amount),),
    }  # fmt: skip
    more = remaining(meta, axes, what)
    cube = desk.cube(table, meta, axes | more, {region.id: listed})
    cells = cube.value.reshape(len(codes), len(chosen), len(years))
    names = {kommune: desk.kommuner[kommune] for kommune in codes}
    rows = _long(names, cells, [(name, "1000 kr") for name in chosen], years)
    file = MadeFile("accounts_12364.csv", LONG, rows, len({row[0] for row in rows}), span(years))
    return _made(table, meta, [file], item, chosen, cube)


def schools(desk: Desk) -> Made:
    """schools_12255.csv with every figure; schools_kindergartens.csv if the table has the three counts."""
    table, what = "12255", "SSB 12255"
    meta = desk.metadata(table)
    region, codes, listed = desk.regions(table, meta)
    contents = by_role(meta, "metric", "statistikkvariabel", what)
    time, years = years_from(meta, FIRST_YEAR, what)
    axes = {region.id: tuple(codes.values()), contents.id: contents.codes, time: years}
    more = remaining(meta, axes, what)
    cube = desk.cube(table, meta, axes | more, {region.id: listed})
    cells = cube.value.reshape(len(codes), len(contents.codes), len(years))
    names = {kommune: desk.kommuner[kommune] for kommune in codes}
    rows = _long(names, cells, [(contents.labels[c], "as the label") for c in contents.codes], years)
    made = _made(table, meta, [], contents, {}, cube)
    made.files.append(MadeFile("schools_12255.csv", LONG, rows, len({row[0] for row in rows}), span(years)))
    found = {each.name: find_code(contents, each, what) for each in SCHOOLS}
    if None in found.values():
        missing = ", ".join(name for name, code in found.items() if code is None)
        made.notes.append(f"the table has no count of {missing}: schools_kindergartens.csv was not made")
        return made
    made.codes = {name: f"{code}: {contents.labels[str(code)]}" for name, code in found.items()}
    at = [contents.codes.index(str(code)) for code in found.values()]
    counts = [[kommune, *map(number, cells[k, at, -1]), "ok"]
              for k, kommune in enumerate(codes) if not np.isnan(cells[k, at, -1]).any()]  # fmt: skip
    header = ("kommunenummer", *found, "coverage_flag")
    made.files.append(MadeFile("schools_kindergartens.csv", header, counts, len(counts), years[-1]))
    return made


def _items(meta: Dataset, used: tuple[str, ...], what: str) -> Dimension:
    """The accounting items: the dimension that is neither region, time nor kind of figure."""
    time = by_role(meta, "time", "tid", what).id
    rest = [d for d in meta.dimensions if d.id not in (*used, time) and not (d.optional or len(d.codes) == 1)]
    return rest[0] if len(rest) == 1 else by_role(meta, "items", "regnskapsbegrep", what)


def _chosen(item: Dimension, wanted: Sequence[Wanted], what: str) -> dict[str, str]:
    found = {each.name: find_code(item, each, what) for each in wanted}
    return {name: code for name, code in found.items() if code is not None}


def _long(
    names: dict[str, str], cells: np.ndarray, columns: Sequence[tuple[str, str]], years: Sequence[str]
) -> list[Sequence[object]]:
    """One row per figure that is there; `cells` is (regions, columns, years)."""
    return [
        [code, name, year, variable, number(cells[r, c, y]), unit]
        for r, (code, name) in enumerate(names.items())
        for y, year in enumerate(years)
        for c, (variable, unit) in enumerate(columns)
        if not np.isnan(cells[r, c, y])
    ]


def _made(
    table: str, meta: Dataset, files: list[MadeFile], dimension: Dimension, chosen: dict[str, str], cube: Cube
) -> Made:
    described = {name: f"{code}: {dimension.labels[code]}" for name, code in chosen.items()}
    return Made(table, meta.label, meta.updated, files, described, dict(cube.symbols), cube.parts)
