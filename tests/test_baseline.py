"""Results do not move unless someone means them to: `make baseline` after a change that should move them."""

import json

import pytest

from tests.freeze_baseline import FILE, measure


def test_the_baseline_is_what_it_was_when_it_was_frozen():
    frozen = json.loads(FILE.read_text(encoding="utf-8"))
    now = measure()
    assert now.keys() == frozen.keys()
    for year, numbers in frozen.items():
        assert now[year] == pytest.approx(numbers, rel=1e-9, abs=1e-12), year
