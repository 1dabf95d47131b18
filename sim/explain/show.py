"""The ledger on a terminal: steps as headings, figures right-aligned, totals under a line, paragraphs at the end."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from sim.explain.entries import Entry, Ledger, money
from sim.explain.ledger import title
from sim.explain.register import letters
from sim.measures import MEASURES
from sim.words.ledger import frame, step_title
from sim.words.told import amount, law, line, sentence

COLUMNS = ("year", "result", "fund", "merforbruk", "gap", "relief", "robek")
OPTIONS = ("measure", "price", "rise", "cap", "proposed", "adopted")
ASPECTS = ("kost", "helning", "tak", "foreslatt")  # of a measure that was weighed
NO_PRICE = 1e6  # the price of a fund that is not there (sim.kernel.budget)
SHARES = (
    "share", "share of revenue", "share per year", "share of revenue per year", "share of votes", "share of pupils",
    "probability",
)  # fmt: skip
WIDE, NARROW = 130, 100  # from WIDE on names stand in a column of their own; below NARROW paragraphs do not either


def figure(value: float | None, unit: str) -> str:
    """A figure with its unit as one reads it: whole kroner in full, shares in per cent."""
    if value is None:
        return ""
    if unit.startswith("kr"):
        return f"{value:,.0f} kr"
    if unit in SHARES:
        return f"{100.0 * value:.2f} %"
    if unit.startswith("%"):
        return f"{value:.2f} %"
    if unit.startswith("persons"):
        return f"{value:,.0f} persons"
    if unit == "0/1":
        return "yes" if value else "no"
    if unit == "year":
        return f"{value:.0f}"
    if unit == "bits":
        return ", ".join(letters(int(value))) or "none"
    if unit in ("factor", "1 = national 2025 standard"):
        return f"{value:.3f}"
    return f"{value:,.4g} {unit.removesuffix('s') if value == 1.0 else unit}"


def render(ledger: Ledger, zeros: bool = False, width: int = 150, lang: str = "en") -> Group:
    """The whole ledger for a terminal of this width; lines that add nothing are left out unless `zeros`."""
    parts: list[RenderableType] = [Text(sentence(in_short(ledger), lang)), Text()]
    for number, (step, entries) in enumerate(ledger.steps(), 1):
        heading = step_title(step, title(step, ledger.year), ledger.year, lang)
        parts += [Text(f"{number}. {heading}", "bold"), *_step(step, entries, zeros, width, lang), Text()]
    return Group(*parts)


def in_language(ledger: Ledger, lang: str) -> Ledger:
    """The same ledger, with text and law of every line in this language."""
    if lang == "en":
        return ledger
    entries = (replace(e, text=line(e.name, e.text, lang), law=law(e.law, lang)) for e in ledger.entries)
    return replace(ledger, entries=tuple(entries))


def in_short(ledger: Ledger) -> str:
    """The year in three sentences."""
    value, year = ledger.value, ledger.year
    measures = [(value(f"tiltak_{m.name}") or 0.0, m.name) for m in MEASURES if m.name != "merforbruk"]
    largest = [f"{name} {money(kroner)}" for kroner, name in sorted(measures, reverse=True)[:3] if kroner > 0.0]
    adopted = f"adopted: {', '.join(largest)}" if largest else "no measure was adopted"
    if short := value("tiltak_merforbruk"):
        adopted += f"; {money(short)} were left without cover"
    gap, left = 100.0 * (value("gap") or 0.0), value("merforbruk", "coverage") or 0.0
    side = f"{gap:.2f} % of revenue short of" if gap > 0.0 else f"{-gap:.2f} % of revenue above"
    fund = money(value("disposisjonsfond", "closing") or 0.0)
    return (
        f"In {year} netto driftsresultat was {value('netto_driftsresultat_pct'):.2f} % of revenue, and "
        f"disposisjonsfond ended at {fund}. The forecast of {year + 1} was {side} what the director aimed at; "
        f"{adopted}. {f'Not yet covered: {money(left)}. ' if left else ''}{ledger.entry('robek_grunnlag').text}"
    )


def _step(step: str, entries: list[Entry], zeros: bool, width: int, lang: str) -> list[RenderableType]:
    if step == "options":
        return _options(entries, width, lang)
    return [_lines((entry for entry in entries if zeros or _says_something(entry)), width, lang)]


def _says_something(entry: Entry) -> bool:
    return entry.total or not entry.into or entry.value != 0.0


def _lines(entries: Iterable[Entry], width: int, lang: str) -> Table:
    wide, narrow = width >= WIDE, width < NARROW
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1), expand=True)
    table.add_column(width=1)
    table.add_column(justify="right", width=20, no_wrap=True)
    table.add_column(ratio=5, overflow="fold")
    if not narrow:
        table.add_column(ratio=2, style="dim", overflow="fold")
    if wide:
        table.add_column(width=30, style="dim", no_wrap=True)
    for entry in entries:
        value, sign = entry.value, ""
        if value is not None and entry.into and not entry.total:  # as it counts in its sum: never "+ -5 kr"
            sign, value = "-" if entry.sign * value < 0.0 else "+", abs(value)
        style = "bold" if entry.total else ""
        words, beside = Text(line(entry.name, entry.text, lang), style), law(entry.law, lang)
        if narrow and beside and beside not in words.plain:
            words.append(f" ({beside})", "dim")
        cells = [words, *([] if narrow else [Text(beside)]), *([Text(entry.name)] if wide else [])]
        table.add_row("=" if entry.total else sign, Text(amount(figure(value, entry.unit), lang), style), *cells)
    return table


def _options(entries: list[Entry], width: int, lang: str) -> list[RenderableType]:
    """Measures one a line; price of the first krone and its rise are political prices, ordinal evidence only."""
    said = [entry for entry in entries if entry.name in ("ingen", "utenfor_tak")]
    found = {entry.name: entry for entry in entries}
    table = Table(box=None, pad_edge=False, padding=(0, 1), header_style="dim")
    source = ("source",) if width >= WIDE else ()
    for name in (*OPTIONS, *source):
        side: Literal["left", "right"] = "left" if name in ("measure", "source") else "right"
        table.add_column(frame(name, lang), justify=side, overflow="fold")
    for measure in MEASURES:
        price, rise, cap, wanted = (found.get(f"{measure.name}_{aspect}") for aspect in ASPECTS)
        weighed = (amount(said, lang) for said in (_price(price), _price(rise), _kroner(cap), _kroner(wanted)))
        adopted = found[f"tiltak_{measure.name}"]
        kroner = Text(amount(f"{adopted.value:,.0f}", lang), "bold" if adopted.value else "dim")
        table.add_row(measure.name, *weighed, kroner, *(Text(law(adopted.law, lang), "dim") for _ in source))
    total = _lines([found["innsparing"]], width, lang)
    return [*([_lines(said, width, lang)] if said else []), table, total]


def _price(entry: Entry | None) -> str:
    if entry is None or entry.value is None:
        return ""
    return "none" if entry.value >= NO_PRICE else f"{entry.value:,.3g}"


def _kroner(entry: Entry | None) -> str:
    return "" if entry is None or entry.value is None else f"{entry.value:,.0f}"


def overview(ledgers: list[Ledger], lang: str = "en") -> Table:
    """One line per year: result, fund, deficits, gap, relief, register."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for name in COLUMNS:
        table.add_column(frame(name, lang), justify="left" if name in ("year", "robek") else "right")
    for ledger in ledgers:
        value = ledger.value
        cells = (
            f"{value('netto_driftsresultat_pct'):.2f}", f"{value('disposisjonsfond', 'closing'):,.0f}",
            f"{value('merforbruk', 'coverage'):,.0f}", f"{100.0 * (value('gap') or 0.0):.2f}",
            f"{value('innsparing'):,.0f}",
        )  # fmt: skip
        registered = letters(int(value("robek_grunnlag") or 0)) or "-"
        table.add_row(str(ledger.year), *(amount(said, lang) for said in cells), registered)
    return table


def console() -> Console:
    """As wide as the terminal; 150 where there is none."""
    import sys

    return Console(width=None if sys.stdout.isatty() else 150, highlight=False)
