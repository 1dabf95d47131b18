"""The part of the report that compares two results: what differs in rules and, paired run by run, in outcome."""

from typing import TYPE_CHECKING, Any

from sim.analysis.paired import must_pair
from sim.analysis.summary import GROUPS, headlines
from sim.errors import printable
from sim.store import Results
from sim.words import LANGUAGES, figure_text, head, parameter_title, say, scenario_words, signed
from sim.words.heads import HEADLINES

if TYPE_CHECKING:
    import pandas as pd

KINDS = ("contrast", "map", "winners")
LEVELS = (0.5, 0.05, 0.95)


def compared(results: Results, other: Results, lang: str) -> dict[str, Any]:
    """Names, tables and drawings of the comparison. UserError if the two cannot be paired."""
    must_pair(results, other)
    return {
        "one": _title(results, lang), "other": _title(other, lang), "levers": settings_table(results, other, lang),
        "tables": difference_tables(results.national(), other.national(), lang),
        "figures": _figures(results, other, lang),
    }  # fmt: skip


def difference_tables(one: "pd.DataFrame", other: "pd.DataFrame", lang: str) -> list[dict[str, Any]]:
    """Per group a row per year: median, 5 and 95 % over runs of `one` minus `other`, in the units of the headlines."""
    keys, found = ["gruppe", "run", "year"], []
    both = [table.assign(gruppe=table["gruppe"].astype(str)).set_index(keys).sort_index() for table in (one, other)]
    for group in GROUPS:
        if group not in both[0].index.get_level_values("gruppe"):
            continue
        chosen = headlines(group)
        gaps = {h.column: (both[0].loc[group, h.column] - both[1].loc[group, h.column]) * h.factor for h in chosen}
        rows = []
        for year in sorted(both[0].index.get_level_values("year").unique()):
            cells = []
            for h in chosen:
                values = gaps[h.column].xs(year, level="year").quantile(list(LEVELS))
                places = max(h.decimals, 1) + (h.column in ("netto_driftsresultat_pct", "tjenesteniva"))
                places = 0 if h.column in ("antall_robek", "skoler") else places
                cells.append(tuple(signed(value, places, lang) for value in values))
            rows.append((str(year), cells))
        heads = [tuple(words[LANGUAGES.index(lang)] for words in HEADLINES[h.column]) for h in chosen]
        found.append({"title": say(group, lang), "head": heads, "rows": rows})
    return found


def settings_table(results: Results, other: Results, lang: str) -> dict[str, Any]:
    """Every lever and assumption that the two set differently."""
    from sim.report.tables import shown

    rows = []
    for kind in ("levers", "assumptions"):
        one, two = results.scenario[kind], other.scenario[kind]
        for name in sorted(one.keys() | two.keys()):
            if one.get(name) != two.get(name):
                rows.append(
                    [
                        parameter_title(name, lang) if lang == "nb" else name,
                        *(shown(side[name], lang) if name in side else "–" for side in (one, two)),
                    ]
                )
    heads = [head("lever or assumption", lang), _title(results, lang), _title(other, lang)]
    return {"title": head("in force", lang).capitalize(), "head": heads, "rows": rows}


def _figures(results: Results, other: Results, lang: str) -> list[dict[str, Any]]:
    from sim.plots import Material, Request
    from sim.plots.save import svg_of
    from sim.report.page import figure

    found = []
    for name in KINDS:
        data = svg_of(Request(Material(results, lang), other=Material(other, lang)), name)
        if data is not None:
            found.append(figure(f"compared_{name}", data, figure_text(name, lang)))
    return found


def _title(results: Results, lang: str) -> str:
    return printable(scenario_words(results.scenario, lang)["title"], 60)
