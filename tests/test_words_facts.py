"""The scorecard, the start accounts and the figures of answers in Norwegian."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_words import english

from sim.report.start import start_columns
from sim.validate import FACTS
from sim.words.facts import STATEMENTS_NB, fact_source, fact_text, fact_unit, fact_why
from sim.words.failures import WHY_NB
from sim.words.start import START_NB

SAME_UNITS = {"%", "kommuner", "kr per kr"}


def known_numbers(said: str) -> list[str]:
    """The numbers of a text, whichever mark stands before its decimals, dashes between years left out."""
    return sorted(re.findall(r"\d+", said))


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.id)
def test_a_fact_is_stated_in_norwegian_with_the_same_numbers(fact) -> None:
    said = fact_text(fact.statement, "nb")
    assert said != fact.statement and not english(said)
    assert known_numbers(said) == known_numbers(fact.statement)
    assert fact.unit in SAME_UNITS or fact_unit(fact.unit, "nb") != fact.unit
    source = fact_source(fact.source, "nb")
    assert not english(source) and known_numbers(source) == known_numbers(fact.source)
    why = fact_why(fact.id, fact.why, "nb")
    assert bool(why) == bool(fact.why) and (not why or (why != fact.why and not english(why)))
    assert fact_text(fact.statement) == fact.statement and fact_why(fact.id, fact.why) == fact.why


def test_nothing_is_told_of_a_fact_that_is_not_there() -> None:
    assert STATEMENTS_NB.keys() == {fact.statement for fact in FACTS}
    assert WHY_NB.keys() == {fact.id for fact in FACTS if fact.why}


def test_a_statement_that_is_not_ours_stays_as_it_is() -> None:
    assert fact_text("<b>Own fact</b>", "nb") == "<b>Own fact</b>"


def test_the_table_of_start_accounts_speaks_norwegian() -> None:
    rows = list(zip(start_columns(), start_columns("nb"), strict=True))
    for own, told in rows:
        for cell, said in zip((own.source, own.note, own.spread), (told.source, told.note, told.spread), strict=True):
            assert not english(said) and known_numbers(said) == known_numbers(cell)
        assert (own.status, own.coverage, own.total, own.date) == (told.status, told.coverage, told.total, told.date)
        assert not english(told.column)
    cells = {cell for own, _ in rows for cell in (own.column, own.source, own.spread, own.note)}
    assert START_NB.keys() <= cells


def texts(figure) -> list[str]:
    from matplotlib.text import Text

    figure.canvas.draw()
    return [text.get_text() for text in figure.findobj(Text) if text.get_visible()]


def comparison() -> pd.DataFrame:
    """National differences of two outputs over three years, as sim.analysis.contrast has them."""
    rows = [
        {"gruppe": "kommuner", "output": output, "unit": unit, "year": year, "runs": 50, "difference": 0.5, "low": 0.4,
         "high": 0.6, "p5": 0.1, "p25": 0.3, "p50": 0.5, "p75": 0.7, "p95": 0.9, "mean_a": 2.0, "mean_b": 2.5}
        for output, unit in (("netto_driftsresultat_pct", "% of driftsinntekter"), ("antall_robek", "units"))
        for year in (2026, 2027, 2028)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def test_no_text_of_a_comparison_stays_english() -> None:
    from sim.plots.answers import draw_contrast
    from sim.plots.language import in_language
    from sim.plots.save import own_style

    with own_style():
        figure = draw_contrast(comparison(), "kommuner", "Uten ROBEK, against Referansebanen: kommuner",
                               "kommunesim, A: a 12345678; B: b 87654321. 50 pairs of runs, seed 1.")  # fmt: skip
        found = texts(in_language(figure, "nb"))
    assert not [said for said in found if english(said)]
    assert "Uten ROBEK, mot Referansebanen: kommuner" in found
    assert any(re.fullmatch(r"0,\d+", said) for said in found) and not any(re.search(r"\d\.\d", s) for s in found)


def test_no_text_of_the_scorecard_stays_english() -> None:
    from sim.plots.language import in_language
    from sim.plots.save import own_style
    from sim.plots.scorecard import LONGEST, in_words, scorecard_figure

    facts = [
        {"statement": fact.statement, "unit": fact.unit, "published": 1.5, "simulated": 1.6, "sim_low": 1.0,
         "sim_high": 2.0, "low": fact.low, "high": fact.high, "sign": fact.sign, "passed": not fact.why,
         "in_sample": fact.in_sample, "measured_on": fact.on, "benchmark": None}
        for fact in FACTS
    ]  # fmt: skip
    with own_style():
        told = [in_words(fact, "nb") for fact in facts]
        found = texts(in_language(scorecard_figure(told, 60, "calibrated"), "nb"))
    assert not [said for said in found if english(said)] and "publisert" in found
    assert all(len(fact["statement"]) <= LONGEST for fact in told)  # nothing is cut


@given(st.lists(st.floats(-1e12, 1e12), min_size=1), st.booleans())
def test_a_figure_keeps_its_digits_in_norwegian(values, signed) -> None:
    from sim.words.told import figures

    for value in values:
        text = f"{value:+,.2f}" if signed else f"{value:,.2f}"
        back = figures(text).replace("\N{NO-BREAK SPACE}", "").replace(",", ".").replace("\N{MINUS SIGN}", "-")
        assert np.isclose(float(back), round(value, 2), atol=0.006)
