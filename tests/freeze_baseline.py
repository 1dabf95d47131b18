"""The frozen baseline: a tripwire. `make baseline` rewrites it; the diff belongs in CHANGELOG.md under Results."""

import json
from pathlib import Path

import numpy as np

FILE = Path(__file__).with_name("baseline.json")
YEARS, RUNS, SEED = (2026, 2030, 2035), 24, 1
SUMS = ("driftsinntekter", "netto_driftsresultat", "disposisjonsfond", "lanegjeld", "merforbruk", "investering")
COUNTS = ("skoler", "skoler_nedlagt", "skoleforslag", "konsoliderer")


def measure() -> dict[str, dict[str, float]]:
    """Means over runs of national sums (bn kr) and counts of kommuner, by year."""
    from tests.simulate import advance, opened

    state = opened(RUNS, SEED)
    found = {}
    for year, _, after, _ in advance(state, 10, SEED):
        if year in YEARS:
            k = after.units[:, :357]
            numbers = {name: float(k[name].sum(axis=1).mean() / 1e9) for name in SUMS}
            numbers |= {name: float(k[name].sum(axis=1).mean()) for name in COUNTS}
            numbers["robek"] = float((k["robek_grunnlag"] > 0).sum(axis=1).mean())
            numbers["negative"] = float((k["netto_driftsresultat"] < 0).sum(axis=1).mean())
            numbers["rente"] = float(np.mean(after.nation["rente"]))
            found[str(year)] = numbers
    return found


if __name__ == "__main__":
    from sim.cache import use_kernel_cache

    use_kernel_cache()
    FILE.write_text(json.dumps(measure(), indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"wrote {FILE.name}; describe what moved under Results in CHANGELOG.md")
