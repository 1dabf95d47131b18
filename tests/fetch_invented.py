"""Invented tables in the form of Statistics Norway's, for tests of the downloader."""

from typing import Any
from zlib import crc32

import numpy as np

from sim.fetch.job import known_kommuner

KOMMUNER = list(known_kommuner())
OLD = [f"{n:04d}" for n in range(101, 300)]  # historic codes that no kommune of today has
AGES = {f"{a:03d}": f"{a} år" for a in range(105)} | {"105+": "105 år eller eldre"}
YEARS = [str(year) for year in range(1986, 2027)]
KOSTRA_YEARS = [str(year) for year in range(2015, 2026)]
KOSTRA_REGIONS = [*OLD, *KOMMUNER, "EAK", "EAKUO", "EKA31", *(f"EKG{n:02d}" for n in range(1, 18))]
LATE = "1151"  # this kommune has no debt for 2025
JOINED = "agg_Joined77"  # an id that stands nowhere in the program


def dim(label: str, codes: dict[str, str] | list[str], optional: bool = False, lists: Any = ()) -> dict[str, Any]:
    """A dimension as SSB describes it."""
    labels = codes if isinstance(codes, dict) else {code: f"label {code}" for code in codes}
    return {
        "label": label,
        "category": {"index": {code: at for at, code in enumerate(labels)}, "label": labels},
        "extension": {
            "elimination": optional,
            "codelists": [{"id": i, "label": text, "type": "Aggregation"} for i, text in lists],
        },
    }


REGION_LISTS = [("vs_Kommun", "Alle kommuner"), (JOINED, "Kommuner 2024, sammenslåtte tidsserier")]
KOSTRA_LISTS = [("agg_KOG0007", "Uttrekk for Kommuner 2024-"), ("agg_KOG0008", "Uttrekk for Landet")]


def kostra(items: dict[str, str] | None, contents: dict[str, str]) -> dict[str, Any]:
    region = {"KOKkommuneregion0000": dim("region", KOSTRA_REGIONS, lists=KOSTRA_LISTS)}
    middle = {"KOKartkap0000": dim("regnskapsbegrep", items)} if items else {}
    return region | middle | {"ContentsCode": dim("statistikkvariabel", contents), "Tid": dim("år", KOSTRA_YEARS)}


def plain(contents: dict[str, str], years: list[str], **more: Any) -> dict[str, Any]:
    region = {"Region": dim("region", [*OLD, *KOMMUNER, "0"], True, REGION_LISTS)}
    return region | more | {"ContentsCode": dim("statistikkvariabel", contents), "Tid": dim("år", years)}


TABLES: dict[str, dict[str, Any]] = {
    "07459": plain(
        {"Personer1": "Personer"},
        YEARS,
        Kjonn=dim("kjønn", {"2": "Kvinner", "1": "Menn"}, True),
        Alder=dim("alder", AGES, True),
    ),
    "06913": plain(
        {
            "Folkemengde": "Folketall 1. januar", "Levende": "Levendefødte", "Dode": "Døde",
            "Fodselsoverskudd": "Fødselsoverskudd", "Innflyttinger": "Innflyttinger",
            "Utflyttinger": "Utflyttinger", "Nettoinnflytting": "Nettoinnflytting",
            "Folketilvekst": "Folketilvekst",
        },
        YEARS,
    ),
    "14746": plain(
        {"Personer": "Hovedalternativet (MMMM)", "Personer1": "Lav (LLML)", "Personer2": "Høy (HHMH)"},
        [str(year) for year in range(2026, 2051)],
        Alder=dim("alder", AGES, True),
    ),
    "12134": kostra(
        None,
        {
            "KOSAGD230000": "Netto driftresultat i prosent av brutto driftsinntekter (prosent)",
            "KOSAG110000": "Frie inntekter per innbygger (kr)",
            "KOSKG280000": "Arbeidskapital ex. premieavvik i prosent av brutto driftsinntekter (prosent)",
        },
    ),
    "12143": kostra(
        {
            "AGD21": "Avdrag på lån", "KG31": "Netto lånegjeld", "KG25": "Langsiktig gjeld",
            "AGD97": "Netto renteutgifter",
        },
        {
            "KOSbelop0000": "Beløp (1000 kr)",
            "KOSbelopbrinv0000": "Beløp i prosent av brutto driftsinntekter (prosent)",
        },
    ),
    "12364": kostra(
        {"56": "Disposisjonsfond", "AGD13": "Brutto driftsinntekter", "AGD23": "Netto driftsresultat"},
        {"KOSbelop0000": "Beløp (1000 kr)"},
    ),
    "12255": kostra(
        None,
        {
            "KOSa0000": "Kommunale grunnskoler (antall skoler)",
            "KOSb0000": "Elever i kommunale grunnskoler (antall)",
            "KOSc0000": "Elever i private grunnskoler (antall)",
            "KOSd0000": "Elever per kommunal skole (antall)",
        },
    ),
}  # fmt: skip
ROLES = {"geo": ["Region", "KOKkommuneregion0000"], "time": ["Tid"], "metric": ["ContentsCode"]}


def figures(table: str, asked: dict[str, list[str]]) -> np.ndarray:
    """The invented figures of all cells, row by row: each the same in whatever part it is asked for."""
    mixed = np.array(crc32(table.encode()) % 1009)
    for name, codes in asked.items():
        sums = [crc32(f"{name}={code.removeprefix('K-')}".encode()) % 1009 for code in codes]
        mixed = mixed[..., None] * 3 + np.array(sums)
    return mixed % (7 if "Alder" in asked else 90) + 1


def figure(table: str, **codes: str) -> int:
    """The invented figure of one cell; the codes in the order of the table."""
    return int(figures(table, {name: [code] for name, code in codes.items()}).item())


def dataset(table: str, dims: dict[str, Any], with_cells: bool) -> dict[str, Any]:
    """A table, or a part of one, as JSON-stat."""
    names, lists = list(dims), [list(d["category"]["index"]) for d in dims.values()]
    found: dict[str, Any] = {
        "version": "2.0", "class": "dataset", "label": f"{table}: invented",
        "source": "Statistisk sentralbyrå",
        "updated": "2026-06-15T06:00:00Z", "id": names, "size": [len(codes) for codes in lists],
        "role": {role: [n for n in names if n in of] for role, of in ROLES.items()}, "dimension": dims,
    }  # fmt: skip
    if with_cells:
        cells = figures(table, dict(zip(names, lists, strict=True))).astype(object)
        if table == "12143" and LATE in lists[0] and "2025" in lists[-1]:
            cells[lists[0].index(LATE), ..., lists[-1].index("2025")] = None
        found["value"] = cells.ravel().tolist()
        found["status"] = {str(at): "." for at, value in enumerate(found["value"]) if value is None}
    return found


def klass(path: str) -> dict[str, Any]:
    """The three answers of Klass, invented."""
    if path.endswith("codesAt"):
        return {"codes": [{"code": code, "name": f"Name {code}"} for code in [*KOMMUNER, "9999"]]}
    if "/112/" in path:
        pairs = [(f"EKG{int(code) % 17 + 1:02d}", code) for code in KOMMUNER]
    else:
        pairs = [(code, str(int(code) % 6 + 1)) for code in KOMMUNER]
    return {"correspondenceItems": [{"sourceCode": a, "targetCode": b} for a, b in pairs]}
