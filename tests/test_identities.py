"""Accounting identities hold in every unit and year, to the krone, in the world of today and in odd ones."""

import numpy as np
import pytest

from sim import checks
from sim.checks_law import CONSTANT
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
    "no frame for loans": {"lanetak_regel": 0},
    "half of the plan may be borrowed": {"statlig_kontroll": 2, "lanetak_regel": 3},
    "small steps, low cap": {"eiendomsskatt_steg": 0.5, "eiendomsskatt_tak": 2.0, "eiendomsskatt_tak_annet": 3.0},
    "no lawful property tax": {"eiendomsskatt_tak": 0.5, "eiendomsskatt_tak_annet": 0.5},
    "two more years, and the ministry's": {"dekningsfrist_tillegg": 2, "departement_forlenger": 1},
    "assets with compensated VAT": {"mva_i_anleggsmidler": 1},
    "before mergers": {"sammenslaing_grense": 5000},
    "more immigrants than projected": {"innvandring_tillegg": 6000, "larernorm": 2, "barnehagenorm": 0.8},
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
        ("utgiftsutjevning", "utgiftsutjevning sums to zero over kommuner"),
        ("minimumsavdrag", "minimumsavdrag by its formula (§ 14-18)"),
        ("avskrivninger", "avskrivninger = rate x book value of 1 January (BRF § 3-4)"),
        ("avdrag", "avdrag = the larger of budget and minimum, at most the debt"),
        ("renteutgifter", "renteutgifter = rate x debt"),
        ("renteinntekter", "renteinntekter = rate x deposits, dividends, on-lending"),
        ("utbytte", "utbytte follows expected prices"),
        ("eiendomsskatt", "eiendomsskatt = rate x base, each kind within its cap (§§ 11, 12)"),
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
    if column not in ("inntektsutjevning", "utgiftsutjevning"):
        assert violation.unit == 17
    assert "is off by" in violation.sentence("Fredrikstad") and "2026" in violation.sentence("Fredrikstad")


@pytest.mark.parametrize("column", CONSTANT)
def test_what_no_year_may_move_is_found_when_it_moves(column):
    year, before, after, rows = next(advance(opened(2), 1))
    after.units[column][1, 17] += 0.5
    found = [v for v in checks.verify(before, after, rows, year) if v.identity == f"{column} does not move"]
    assert [(v.run, v.unit) for v in found] == [(1, 17)]


@pytest.mark.parametrize(
    ("column", "value", "identity"),
    [
        ("laneopptak", 1e12, "no loan beyond what may be borrowed for (§§ 14-14, 14-15)"),
        ("laneopptak", 1e12, "no loan beyond the frame of a controlled unit (§ 28-3)"),
        ("eiendomsskatt_promille", 6.9, "the property-tax rate rises by at most a step (§ 13)"),
        ("eiendomsskatt_promille", 7.5, "the property-tax rate is within its cap (§ 11)"),
        ("eiendomsskatt_promille", 0.7, "no property-tax rate below 1 per mille (§ 11)"),
    ],
)
def test_what_the_law_forbids_is_found(column, value, identity):
    state = opened(1)
    year, before, after, rows = next(advance(state, 1))
    unit = int(np.flatnonzero(before["lanekontroll"][0] > 0)[0])
    assert identity not in {v.identity for v in checks.verify(before, after, rows, year)}
    after.units[column][0, unit] = value
    assert identity in {v.identity for v in checks.verify(before, after, rows, year) if v.unit == unit}


def test_a_value_that_is_no_number_is_a_violation():
    state = opened(1)
    year, before, after, rows = next(advance(state, 1))
    after.units["velgertap"][0, 3] = np.nan
    assert any(v.identity == "velgertap is a number" for v in checks.verify(before, after, rows, year))
