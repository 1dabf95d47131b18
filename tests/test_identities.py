"""Accounting identities hold in every unit and year, to the krone, in the world of today and in odd ones."""

import numpy as np
import pytest

from sim import checks
from tests.simulate import advance, opened

WORLDS = {
    "today's law": {},
    "one year to cover": {"dekningsfrist": 1, "robek_c_ar": 1},
    "no register": {"robek": 0},
    "exit below the thresholds": {"robek_utgang": 1},
    "no shield and no duty to use the fund": {"fondsskjerming": 0, "pliktig_fondsbruk": 0},
    "allocation struck first": {"strykningsrekkefolge": 1},
    "minimum of 1992": {"minimumsavdrag_regel": 1},
    "twice the minimum": {"minimumsavdrag_regel": 2, "minimumsavdrag_faktor": 2.0},
    "premieavvik in one year": {"premieavvik_ar": 1},
    "premieavvik in fifteen years": {"premieavvik_ar": 15},
    "approval for all, statutory loans only": {"statlig_kontroll": 2, "lanetak_regel": 2},
    "a bad decade": {"realvekst_frie_inntekter": -0.03, "fet_hale": 1, "rente_tillegg": 0.03},
    "a very good decade": {"realvekst_frie_inntekter": 0.04},
    "all schools at risk": {"skole_s0": -1.0, "skole_vedtak": 0.7, "privat_erstatning": 0.5, "privat_innsigelse": 0.0},
    "no equalisation": {"utjevningsgrad": 0.0, "utjevning_tillegg": 0.0},
    "targeted rescue": {"redning": 2, "redning_terskel": 0.03, "redning_sannsynlighet": 1.0},
    "a fund for all": {"minste_fond": 0.1},
    "maintenance in the rule": {"vedlikehold_i_balansekrav": 1.0},
}  # fmt: skip


@pytest.mark.parametrize("name", WORLDS)
def test_identities_hold_in(name):
    params = WORLDS[name]
    state = opened(3, **params)
    for year, before, after, rows in advance(state, 10, **params):
        assert checks.verify(before, after, rows, year) == []


@pytest.mark.parametrize(
    ("column", "identity"),
    [
        ("disposisjonsfond", "I7 disposisjonsfond"),
        ("lanegjeld", "I8 lanegjeld"),
        ("netto_driftsresultat", "netto_driftsresultat (BRF § 5-6)"),
        ("arbeidskapital", "I10, I11 working capital by flows = by stocks"),
        ("premieavvik", "I12 premieavvik"),
        ("inntektsutjevning", "inntektsutjevning sums to zero over kommuner"),
    ],
)
def test_one_krone_astray_is_named_with_unit_year_and_amount(column, identity):
    state = opened(2)
    year, before, after, rows = next(advance(state, 1))
    after.units[column][1, 17] += 1.0
    found = {v.identity: v for v in checks.verify(before, after, rows, year)}
    assert identity in found
    violation = found[identity]
    assert violation.run == 1 and violation.year == 2026 and abs(violation.amount) == 1.0
    if column != "inntektsutjevning":
        assert violation.unit == 17
    assert "is off by" in violation.sentence("Fredrikstad") and "2026" in violation.sentence("Fredrikstad")


def test_a_value_that_is_no_number_is_a_violation():
    state = opened(1)
    year, before, after, rows = next(advance(state, 1))
    after.units["velgertap"][0, 3] = np.nan
    assert any(v.identity == "velgertap is a number" for v in checks.verify(before, after, rows, year))
