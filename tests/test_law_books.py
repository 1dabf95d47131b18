"""What bears interest, what is on the books, and the register of Oslo, in years hard enough to try them."""

import pytest

from sim import checks
from tests.simulate import advance, opened

HARD = {
    "a bad decade": {"realvekst_frie_inntekter": -0.03, "fet_hale": 1, "rente_tillegg": 0.03},
    "statutory loans only": {"statlig_kontroll": 2, "lanetak_regel": 2},
}
OSLO, N_FYLKER, B = 0, 15, 2


@pytest.mark.parametrize("name", HARD)
def test_no_interest_is_earned_on_what_investment_has_used_without_cover(name):
    uncovered = 0
    for _, before, after, _ in advance(opened(2, **HARD[name]), 5, **HARD[name]):
        k = after.units
        uncovered += int((before["udekket_investering"] > 0).sum())
        assert (k["innskudd"] == before["arbeidskapital"] - k["premieavvik"]).all()
    assert uncovered > 0


def test_a_plan_deficit_in_one_unit_of_oslo_is_ground_b_of_both_and_no_violation():
    hard, one_sided = HARD["a bad decade"], 0
    state = opened(4, **hard)
    for year, before, after, rows in advance(state, 10, **hard):
        pair = after.units[:, [OSLO, after.units.shape[1] - N_FYLKER]]
        weak = pair["plan_balanse"] < 0
        one_sided += int((weak.any(axis=1) != weak.all(axis=1)).sum())
        assert ((pair["robek_grunnlag"] & B > 0) == weak.any(axis=1)[:, None]).all()
        assert checks.verify(before, after, rows, year) == []
    assert one_sided > 0
