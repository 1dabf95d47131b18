"""`--verify`: what it says, and what it need not compute again."""

import pytest

from sim import batch, checks
from sim.store import open_results
from sim.store.panel import kommunenummer
from tests.sweeps import hashes, scenario, world


def test_verify_names_unit_year_identity_and_amount(tmp_path, monkeypatch):
    def one_krone_off(before, after, rows, year):
        return [checks.Violation(1, 5, year, "I3 net position", 1.0)]

    folder = batch.run(scenario(5), world(), tmp_path / "good", verify=True)
    assert open_results(folder).runs == 5
    monkeypatch.setattr(checks, "verify", one_krone_off)
    with pytest.raises(batch.IdentityError) as found:
        batch.run(scenario(5), world(), tmp_path / "bad", workers=1, chunk=5, verify=True)
    code = kommunenummer(world().units["kode"], world().units["er_fylke"])[5]
    assert str(found.value) == f"run 1, {code}, 2026: I3 net position is off by 1."
    assert found.value.exit_code == 1
    assert not list((tmp_path / "bad").glob("*/COMPLETE"))


def test_more_than_one_violation_is_counted_over_runs_and_identities(tmp_path, monkeypatch):
    def three(before, after, rows, year):
        return [checks.Violation(r, 5, year, name, 1.0) for r, name in ((0, "I3"), (1, "I3"), (1, "I8"))]

    monkeypatch.setattr(checks, "verify", three)
    with pytest.raises(batch.IdentityError, match=r"in 2026 runs 0 to 4 break 2 identities 3 times in all\.$"):
        batch.run(scenario(5), world(), tmp_path, workers=1, chunk=5, verify=True)


def test_verify_computes_only_what_is_not_stored_as_verified(tmp_path, monkeypatch):
    seen: list[int] = []
    really = checks.verify
    monkeypatch.setattr(checks, "verify", lambda *given: seen.append(given[3]) or really(*given))
    years = tuple(scenario(3).years)
    plain = batch.run(scenario(3), world(), tmp_path, workers=1)
    before = hashes(plain)
    assert not seen
    batch.run(scenario(3), world(), tmp_path, workers=1, verify=True)
    assert sorted(set(seen)) == list(years)
    seen.clear()
    batch.run(scenario(3), world(), tmp_path, workers=1, verify=True)
    batch.run(scenario(3), world(), tmp_path, workers=1)
    assert not seen
    assert hashes(plain) == before
