"""The register, loan control and the vintages of every unit, year by year from the Act and the unit's own books.

kommuneloven §§ 14-11, 28-1, 28-3, 28-5. Oslo is left out: its two units are one entry (test_law_books).
"""

import numpy as np
import pytest

from tests.simulate import advance, opened

BAD = {"realvekst_frie_inntekter": -0.03, "sen_behandling": 0.05}
ACTS = {
    "the Act": {},
    "a temporary Act": {"dekningsfrist_tillegg": 3},
    "a stricter Act": {"dekningsfrist_kommunestyre": 2, "robek_c_ar": 1, "robek_d_terskel": 0.01},
    "an easier exit": {"robek_utgang": 1, "departement_forlenger": 1},
    "the Act of 1992": {"robek_plan_brutt": 1, "minimumsavdrag_regel": 1},
}
YEARS, RUNS = 6, 2
UNITS = np.r_[1:357, 358:372]


@pytest.fixture(scope="module", params=ACTS)
def path(request) -> tuple[dict[str, float], list[tuple[np.ndarray, np.ndarray]]]:
    """The levers of an Act, and (units before, units after) of every year under it, Oslo left out."""
    q, years = ACTS[request.param] | BAD, []
    for _, before, state, _ in advance(opened(RUNS, **q), YEARS, **q):
        years.append((before[:, UNITS], state.units[:, UNITS].copy()))
    return q, years


def has(k: np.ndarray, letter: str) -> np.ndarray:
    return (k["robek_grunnlag"] >> "abcdefg".index(letter)) & 1 > 0


def found(k: np.ndarray, q: dict[str, float]) -> dict[str, np.ndarray]:
    """The grounds of the year: a and b from the original decisions, c from plan or accounts, d from the accounts."""
    years = q.get("robek_c_ar", 2) + q.get("dekningsfrist_tillegg", 0)  # more than so many years after it arose
    accounts = (k["merforbruk_argang"][..., years:] > 0).any(axis=-1)
    if q.get("robek_plan_brutt"):
        accounts |= k["plan_brutt"] > 0
    return {
        "a": k["budsjett_balanse"] < 0,
        "b": k["plan_balanse"] < 0,
        "c": accounts,
        "plan": k["plan_for_sent"] > 0,
        "d": k["merforbruk"] > q.get("robek_d_terskel", 0.03) * k["driftsinntekter"],
    }


def test_letters_enter_when_found_and_leave_by_their_own_rule(path):
    q, years = path
    seen = dict.fromkeys("abcd", 0)
    for before, k in years:
        now, owing = found(k, q), k["merforbruk"] > 0
        stays = owing & (q.get("robek_utgang", 0) == 0)  # § 28-5: until all merforbruk is covered
        expected = {
            "a": now["a"],
            "b": now["b"],
            "c": now["c"] | (stays & (has(before, "c") | now["plan"])),
            "d": now["d"] | (stays & has(before, "d")),
        }
        for letter, there in expected.items():
            assert np.array_equal(has(k, letter), there), letter
            seen[letter] += int(there.sum())
        assert not has(k, "g").any()
    assert all(seen.values())


def test_loans_are_controlled_in_the_register_and_from_the_moment_a_ground_has_occurred(path):
    q, years = path
    for _, k in years:
        now = found(k, q)
        occurred = np.logical_or.reduce(list(now.values()))
        assert np.array_equal(k["lanekontroll"] > 0, (k["robek_grunnlag"] > 0) | occurred)


def test_vintages_are_last_years_a_year_older_less_coverage_oldest_first_and_the_new_one(path):
    _, years = path
    struck = 0
    for before, k in years:
        left = np.zeros_like(k["merforbruk_argang"])
        left[..., 1:] = before["merforbruk_argang"][..., :-1]
        left[..., -1] += before["merforbruk_argang"][..., -1]
        pays = k["dekning_tidligere_merforbruk"].copy()
        for age in range(left.shape[-1] - 1, 0, -1):
            paid = np.minimum(left[..., age], pays)
            left[..., age] -= paid
            pays -= paid
        left[..., 0] = k["nytt_merforbruk"]
        assert (pays == 0).all()  # no coverage of what is not there
        assert np.array_equal(left, k["merforbruk_argang"])
        struck += int((k["strykning_dekning"] > 0).sum())
    assert struck > 0
