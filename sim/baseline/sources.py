"""The tables the World is built from, as columns in code order; `--data` may replace them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from sim.baseline.parameters import VALUE
from sim.baseline.tables import DATA, DataError, Table, read_table
from sim.state import ROBEK_LETTERS, SECTORS_KOMMUNE

SECTORS = SECTORS_KOMMUNE[:7]  # the seven of the cost key
N_KOMMUNER = 357
REVENUE_TYPES = ("other", "energi", "havbruk")  # table 3.10; index = World.naturtype
SIZES = ("small", "medium", "large")
EMBEDDED = (
    "kommuner.csv",
    "elderly_2025.csv",
    "fylkeskommuner.csv",
    "fylkeskommuner_finance.csv",
    "national_age_projection.csv",
    "cross_section_2024.csv",
    "cost_key.csv",
    "cost_key_sector_shares.csv",
)
PROJECTION_YEARS = (2026, 2028, 2030, 2032, 2034, 2036)
COUNTY_COLUMNS = {  # our name: (column of fylkeskommuner.csv, lowest, highest)
    "county_tax": ("tax_2025_kr_per_inhabitant", 1, 1e6),
    "county_frie": ("frie_inntekter_2025_kr_per_inhabitant", 1, 1e6),
    "county_revenue": ("gross_operating_revenue_2025_mkr", 1, 1e6),
    "county_ndr": ("ndr_2025_pct", -50, 50),
    "county_fund": ("disposisjonsfond_2025_pct", 0.01, 300),
    "county_debt": ("netto_laanegjeld_2025_kr_per_inhabitant", 0, 1e6),
}


@dataclass
class Sources:
    """Columns of kommuner and of the 15 fylkeskommuner in code order; kr, persons, shares of revenue."""

    codes: list[str]
    names: list[str]
    fylke: list[str]
    in_2025: np.ndarray
    in_july_2026: np.ndarray
    elderly_2025: np.ndarray  # (kommuner, 2): 67-79, 80 and over
    frie_2026: np.ndarray
    frie_2027: np.ndarray
    tax_index: np.ndarray  # 1 = national mean
    dki: np.ndarray  # (kommuner, 7), NaN where not published
    centrality: np.ndarray
    centrality_class: np.ndarray
    lon: np.ndarray
    lat: np.ndarray
    robek: list[str]
    projected: np.ndarray  # (kommuner, 6)
    projection: Table
    cost_key: dict[str, dict[str, float]]  # sector -> criterion -> weight, sums to 1
    shares: np.ndarray  # (7,), sums to 1
    cells: dict[str, np.ndarray]  # table 3.10: counts, ndr, fond (types, sizes); ndr_all
    county_codes: list[str]
    county_names: list[str]
    county_in_2025: np.ndarray
    county_tax: np.ndarray
    county_frie: np.ndarray
    county_revenue: np.ndarray
    county_ndr: np.ndarray
    county_fund: np.ndarray
    county_debt: np.ndarray
    county_results: Table  # 2020 to 2025
    files: dict[str, Path]  # every table that was read, by name
    supplied: dict[str, int] = field(default_factory=dict)  # kommuner covered, by name of the supplied file
    notes: list[str] = field(default_factory=list)
    supplied_ages: np.ndarray | None = None  # (kommuner, 8), NaN where not supplied
    supplied_schools: np.ndarray | None = None  # (kommuner, 3): schools, public pupils, private pupils
    supplied_debt: np.ndarray | None = None  # net debt, share of revenue
    supplied_need: np.ndarray | None = None  # need index
    value: Mapping[str, float] = field(default_factory=lambda: VALUE)  # of the start model; a backtest has its own

    @property
    def frie_2025_sum(self) -> float:
        """Tax and block grant of kommuner 2025, kr."""
        return self.value["skatt_2025"] * float(self.in_2025.sum()) + self.value["rammetilskudd_2025"]

    def oslo_county_revenue(self, frie_kommune: float) -> float:
        """The county part of Oslo's operating revenue, whole kr: its share of Oslo's frie inntekter."""
        share = 1.0 - frie_kommune / float(self.county_frie[0])
        return float(np.rint(self.county_revenue[0] * share))


def read_sources(data_dir: Path | None = None, embedded: Path = DATA) -> Sources:
    """The tables of `embedded`, with what `data_dir` replaces.

    DataError names file, line, field, value and allowed range, or the published sum that does not hold.
    """
    from sim.baseline.supplied import supply  # reads Sources, so it cannot be imported above
    from sim.baseline.validate import validate

    files = _locate(data_dir, embedded)
    sources = _read(files)
    validate(sources)
    if data_dir is not None:
        sources.supplied.update({n: len(sources.codes) for n in EMBEDDED if files[n].parent == data_dir})
        supply(sources, data_dir)
    return sources


def _locate(data_dir: Path | None, embedded: Path) -> dict[str, Path]:
    """The path of every table: that of `data_dir` where there is one of the same name."""
    if data_dir is None:
        return {name: embedded / name for name in EMBEDDED}
    if not data_dir.is_dir():
        raise DataError(f"{data_dir}: is not a folder; --data takes a folder of CSV files.")
    return {name: data_dir / name if (data_dir / name).is_file() else embedded / name for name in EMBEDDED}


def _read(files: dict[str, Path]) -> Sources:
    kommuner = _kommuner(files["kommuner.csv"])
    order = np.argsort(kommuner.text("kommunenummer"))
    codes = _pick(kommuner, "kommunenummer", order)
    elderly, rows = _elderly(files["elderly_2025.csv"], codes)

    def column(name: str, low: float, high: float, integer: bool = False, empty_ok: bool = False) -> np.ndarray:
        return kommuner.numbers(name, low, high, integer, empty_ok)[order]

    def people(name: str) -> np.ndarray:
        return elderly.numbers(name, 0, 2e6, integer=True)[rows]

    return Sources(
        codes=codes,
        names=_pick(kommuner, "name", order),
        fylke=_pick(kommuner, "fylkesnummer", order),
        in_2025=people("pop_total"),
        in_july_2026=column("population_2026_07", 1, 2e6, integer=True),
        elderly_2025=np.stack([people("pop_67_79"), people("pop_80plus")], axis=1),
        frie_2026=column("frie_inntekter_2026", 1e6, 1e12),
        frie_2027=column("frie_inntekter_2027", 1e6, 1e12),
        tax_index=column("skatteindeks", 20, 1000) / 100.0,
        dki=np.stack([column(f"dki_{s}", 0.1, 30, empty_ok=True) for s in SECTORS], axis=1),
        centrality=column("sentralitet_index", 0, 1000),
        centrality_class=column("sentralitet_class", 1, 6, integer=True),
        lon=column("lon", 0, 35),
        lat=column("lat", 55, 75),
        robek=_pick(kommuner, "robek_grounds", order),
        projected=np.stack([column(f"p{y}", 1, 2e6) for y in PROJECTION_YEARS], axis=1),
        projection=read_table(
            files["national_age_projection.csv"],
            ("vintage", "alternative", "year", "age_group", "population"),
        ),
        cost_key=_cost_key(files["cost_key.csv"]),
        shares=_shares(files["cost_key_sector_shares.csv"]),
        cells=_cells(files["cross_section_2024.csv"]),
        files=files,
        county_results=read_table(
            files["fylkeskommuner_finance.csv"], ("fylkeskommunekode", "year", "variable", "value")
        ),
        **_counties(files["fylkeskommuner.csv"]),
    )


def _pick(table: Table, name: str, order: np.ndarray) -> list[str]:
    text = table.text(name)
    return [text[i] for i in order]


def _kommuner(path: Path) -> Table:
    fields = (
        "kommunenummer", "name", "fylkesnummer", "population_2026_07", "frie_inntekter_2026",
        "frie_inntekter_2027", "skatteindeks", *(f"dki_{s}" for s in SECTORS), "sentralitet_class",
        "sentralitet_index", "lon", "lat", "robek_grounds", *(f"p{y}" for y in PROJECTION_YEARS),
    )  # fmt: skip
    table = read_table(path, fields)
    table.unique("kommunenummer")
    if len(table.rows) != N_KOMMUNER:
        raise DataError(f"{path.name}: number of kommuner is {len(table.rows)}; {N_KOMMUNER} are needed.")
    for i, row in enumerate(table.rows):
        code = row["kommunenummer"].strip()
        if len(code) != 4 or not (code.isascii() and code.isdigit()):
            raise table.error(i, "kommunenummer", code, "four digits (keep it as text: 0301)")
        if row["fylkesnummer"].strip() != code[:2]:
            raise table.error(i, "fylkesnummer", row["fylkesnummer"], f"the first two digits of {code}")
        letters = row["robek_grounds"].strip()
        if any(letter not in ROBEK_LETTERS for letter in letters) or len(set(letters)) != len(letters):
            raise table.error(i, "robek_grounds", letters, "letters from a to g, each at most once")
    return table


def _elderly(path: Path, codes: list[str]) -> tuple[Table, list[int]]:
    """The table, and its row for each of `codes`."""
    table = read_table(path, ("kommunenummer", "pop_total", "pop_67_79", "pop_80plus"))
    where = table.unique("kommunenummer")
    missing, extra = sorted(set(codes) - set(where)), sorted(set(where) - set(codes))
    if missing or extra:
        raise DataError(
            f"{path.name}: kommunenummer are not those of kommuner.csv "
            f"(missing: {', '.join(missing[:3]) or 'none'}; unknown: {', '.join(extra[:3]) or 'none'})."
        )
    return table, [where[code] for code in codes]


def _cost_key(path: Path) -> dict[str, dict[str, float]]:
    """Weights by sector and criterion, each sector normalised to 1 (they are rounded to four decimals)."""
    table = read_table(path, ("criterion", *SECTORS))
    table.unique("criterion")
    key = {}
    for sector in SECTORS:
        weight = table.numbers(sector, 0, 1)
        if abs(weight.sum() - 1.0) > 2e-4:
            raise DataError(f"{path.name}: {sector} sums to {weight.sum():.4f}; 1 +- 0.0002 is needed.")
        key[sector] = dict(zip(table.text("criterion"), weight / weight.sum(), strict=True))
    return key


def _shares(path: Path) -> np.ndarray:
    table = read_table(path, ("year", "sector", "share"))
    share = dict(zip(table.text("sector"), table.numbers("share", 0, 1), strict=True))
    if set(share) != set(SECTORS) or abs(sum(share.values()) - 1.0) > 2e-4:
        raise DataError(f"{path.name}: the seven sectors must stand once each and sum to 1 +- 0.0002.")
    shares = np.array([share[s] for s in SECTORS])
    return shares / shares.sum()


def _cells(path: Path) -> dict[str, np.ndarray]:
    """Table 3.10 as (3 types, 3 sizes): counts, result and fund as shares of revenue; the result of all."""
    table = read_table(path, ("revenue_type", "size", "n_kommuner", "ndr_pct", "disposisjonsfond_pct"))
    keys = list(zip(table.text("revenue_type"), table.text("size"), strict=True))
    columns = {
        "counts": table.numbers("n_kommuner", 0, 357, integer=True),
        "ndr": table.numbers("ndr_pct", -50, 50) / 100.0,
        "fond": table.numbers("disposisjonsfond_pct", -100, 300) / 100.0,
    }
    wanted = [(kind, size) for kind in REVENUE_TYPES for size in SIZES]
    if len(set(keys)) != len(keys) or not {*wanted, ("all", "all")} <= set(keys):
        raise DataError(f"{path.name}: each revenue type and size, and all/all, must stand exactly once.")
    cells = {
        name: np.array([column[keys.index(key)] for key in wanted]).reshape(3, 3) for name, column in columns.items()
    }
    cells["ndr_all"] = columns["ndr"][keys.index(("all", "all"))]
    return cells


def _counties(path: Path) -> dict:
    """Accounts of 2025: kr, and shares of revenue. Oslo is kommune and county together."""
    fields = ("fylkesnummer", "name", "population_2025", *(c[0] for c in COUNTY_COLUMNS.values()))
    table = read_table(path, fields)
    table.unique("fylkesnummer")
    order = np.argsort(table.text("fylkesnummer"))
    out = {name: table.numbers(c, low, high)[order] for name, (c, low, high) in COUNTY_COLUMNS.items()}
    people = table.numbers("population_2025", 1, 1e7, integer=True)[order]
    out["county_revenue"] *= 1e6
    for name in ("county_tax", "county_frie", "county_debt"):
        out[name] *= people
    out["county_debt"] /= out["county_revenue"]
    out["county_ndr"] /= 100.0
    out["county_fund"] /= 100.0
    return {
        "county_codes": _pick(table, "fylkesnummer", order),
        "county_names": _pick(table, "name", order),
        "county_in_2025": people,
        **out,
    }
