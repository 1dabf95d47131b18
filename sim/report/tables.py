"""The tables of the page as rows of text: what the template prints as it is."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sim.analysis.measures import OPEN, measures_used
from sim.analysis.risk import EVENTS, SIZES, risk_by_group, size_group, top_risk
from sim.analysis.summary import GROUPS, SPREAD, headlines, summary
from sim.params import PARAMS
from sim.words import (
    LANGUAGES,
    choice_word,
    head,
    measure_title,
    number,
    parameter_text,
    parameter_title,
    parameter_unit,
    say,
    source,
)
from sim.words.heads import HEADLINES

if TYPE_CHECKING:
    import pandas as pd

Table = dict[str, Any]  # title, head (list of text), rows (lists of text), note
LISTED = 20  # kommuner in the list of those most at risk


def headline_tables(national: "pd.DataFrame", lang: str = "en") -> list[Table]:
    """Per group: a row per year, each cell (median, spread)."""
    table, found = summary(national), []
    for group in GROUPS:
        if group not in table.index.get_level_values("gruppe"):
            continue
        chosen = headlines(group)
        rows = []
        for year, values in table.loc[group].iterrows():
            cells = [
                tuple(
                    number(values[h.column, level], decimals, lang)
                    for level, decimals in zip(SPREAD, h.places, strict=True)
                )
                for h in chosen
            ]
            rows.append((str(year), cells))
        heads = [tuple(words[LANGUAGES.index(lang)] for words in HEADLINES[h.column]) for h in chosen]
        count = national.loc[national["gruppe"] == group, "n_units"].iloc[0]
        found.append({"title": f"{count:.0f} {group}", "head": heads, "rows": rows})
    return found


def measure_tables(national: "pd.DataFrame", lang: str = "en") -> list[Table]:
    """Per group: each measure with its share of all relief, amount and number of units, mean per year."""
    used, found = measures_used(national), []
    heads = ["", *(head(name, lang) for name in ("share of relief", "million kr", "units"))]
    for group in GROUPS:
        rows = [
            [
                measure_title(row.measure, lang),
                head("not covered", lang) if row.measure == OPEN else number(100 * row.share, 0, lang) + " %",
                number(row.kr / 1e6, 0, lang), number(row.units, 1, lang),
            ]
            for row in used[used["gruppe"] == group].itertuples()
        ]  # fmt: skip
        if rows:
            found.append({"title": group, "head": heads, "rows": rows})
    return found


def risk_tables(units: "pd.DataFrame", labels: "pd.DataFrame", years: list[int], lang: str = "en") -> list[Table]:
    """The kommuner most at risk of ROBEK in the last year, and every fylkeskommune.

    labels: index kommunenummer, columns name, fylke, inhabitants.
    """
    shown = sorted({years[0], years[len(years) // 2], years[-1]})
    heads = [
        "", head("kommunenummer", lang), head("inhabitants", lang), *(f"ROBEK {year}" for year in shown),
        f"NDR < 0 {years[-1]}", f"{head('no fond', lang)} {years[-1]}",
    ]  # fmt: skip
    kommune = units["kommunenummer"].astype(str).str.len() == 4
    robek = units.assign(kommunenummer=units["kommunenummer"].astype(str))
    robek = robek.pivot_table(index="kommunenummer", columns="year", values=EVENTS[0], observed=True)
    found = []
    for title, of in ((f"risk_{GROUPS[0]}", units[kommune]), (f"risk_{GROUPS[1]}", units[~kommune])):
        rows = []
        for row in top_risk(of, years[-1], LISTED).to_dict("records"):
            code = row["kommunenummer"]
            rows.append([
                *_label(labels, code, lang), *(percent(robek.loc[code, year]) for year in shown),
                *(percent(row[event]) for event in EVENTS[1:]),
            ])  # fmt: skip
        found.append({"title": head(title, lang, year=years[-1]), "head": heads, "rows": rows})
    return found


def size_table(units: "pd.DataFrame", labels: "pd.DataFrame", years: list[int], lang: str = "en") -> Table:
    """Mean probabilities by size of the kommune, first and last year."""
    kommuner = labels[labels.index.str.len() == 4]
    groups = {code: size_group(value) for code, value in kommuner["inhabitants"].items()}
    table = risk_by_group(units, groups)
    ends = [years[0], years[-1]]
    rows = []
    for _, size in SIZES:
        if (ends[-1], size) in table.index:
            first, last = (table.loc[(year, size)] for year in ends)
            cells = [f"{percent(first[event])} → {percent(last[event])}" for event in EVENTS]
            if "tjenesteniva_p50" in table:
                cells.append(f"{100 * first['tjenesteniva_p50']:.0f} → {100 * last['tjenesteniva_p50']:.0f}")
            rows.append([say(size, lang), f"{last['n_units']:.0f}", *cells])
    heads = [head("inhabitants", lang), head("kommuner", lang), "ROBEK", "NDR < 0", head("no fond", lang)]
    if "tjenesteniva_p50" in table:
        heads.append(head("services", lang))
    return {"title": head("by_size", lang, first=ends[0], last=ends[-1]), "head": heads, "rows": rows}


def settings(scenario: Mapping[str, Any], kind: str, lang: str = "en") -> list[dict[str, str]]:
    """Every lever or assumption in force: drawn ones first, then changed ones, then the rest as declared.

    What each run took from the calibrated set is drawn too: its range there, and whether published facts identify it.
    """
    changed = {row["name"]: row for row in scenario["difference"]}
    calibrated = from_set(scenario.get("parameter_set"), lang)
    found = []
    for place, (name, value) in enumerate(_declared(scenario[f"{kind}s"])):
        param = PARAMS.get(name)
        value, told = calibrated.get(name, (value, ""))
        drawn = (isinstance(value, Mapping) and "low" in value) or bool(told)
        state = "drawn" if drawn else "changed" if name in changed else ""
        found.append((0 if drawn else 1 if state else 2, place, {
            "name": name, "value": shown(value, lang), "state": state,
            "default": shown(changed[name]["baseline"], lang) if name in changed else "",
            "title": parameter_title(name, lang) if lang == "nb" else "",
            "unit": parameter_unit(param.unit, lang) if param else "",
            "text": parameter_text(name, param.text if param else head("undeclared", lang), lang),
            "source": source(param.source, lang) if param else "",
            "evidence": told or (param.evidence if param else ""),
        }))  # fmt: skip
    return [row for *_, row in sorted(found, key=lambda item: item[:2])]


def from_set(used: Mapping[str, Any] | None, lang: str = "en") -> dict[str, tuple[object, str]]:
    """Of each assumption that was drawn from the calibrated set: its range there, and its evidence (a head of a table).

    Without the range if this version has another set than the one that was used.
    """
    from sim.scenario.parameter_set import load_set

    if not used:
        return {}
    chosen = load_set()
    if chosen is None or chosen.sha256 != used["sha256"]:
        return dict.fromkeys(used["drawn"], (head("of_the_set", lang), "calibrated"))
    told = {row["name"]: row for row in chosen.about["parameters"]}
    return {
        name: (
            {end: float(f"{told[name][f'accepted_{end}']:.3g}") for end in ("low", "high")},
            f"calibrated_{told[name]['identified']}",
        )
        for name in used["drawn"]
    }


def shown(value: object, lang: str = "en") -> str:
    """A setting in words: a number, a choice, values by year, a range."""
    if isinstance(value, Mapping):
        if "low" in value:
            return head("range", lang, low=shown(value["low"], lang), high=shown(value["high"], lang))
        return ", ".join(f"{year}: {shown(entry, lang)}" for year, entry in value.items())
    if isinstance(value, float):
        said = f"{value:.12g}"
        return said.replace(".", ",") if lang == "nb" else said
    if isinstance(value, int) and not isinstance(value, bool):
        return number(value, 0, lang) if abs(value) >= 10_000 else str(value)
    return choice_word(str(value), lang) if lang == "nb" else str(value)


def percent(share: float) -> str:
    """A probability in per cent; what is above 0 and rounds to it is said to be below 1."""
    return "< 1 %" if 0.0 < share < 0.005 else f"{100 * share:.0f} %"


def _declared(values: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """In the order of declaration (the stored file is sorted by name)."""
    order = {name: place for place, name in enumerate(PARAMS)}
    return sorted(values.items(), key=lambda item: (order.get(item[0], len(order)), item[0]))


def _label(labels: "pd.DataFrame", code: str, lang: str) -> list[str]:
    if code not in labels.index:
        return [code, code, ""]
    row = labels.loc[code]
    name = row["name"] if row["name"] == row["fylke"] else f"{row['name']} ({row['fylke']})"
    return [name, code, number(row["inhabitants"], 0, lang)]
