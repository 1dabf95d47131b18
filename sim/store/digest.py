"""What a result depends on, as hashes: the scenario, the start accounts and the rules."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from sim.state import World
from sim.store.files import sha256, sha256_of_file

ROOT = Path(__file__).resolve().parents[1]
RULES = (
    "kernel/*.py", "dimensions.py", "nation.py", "world.py", "state.py", "params.py", "measures.py", "outputs.py",
    "store/national.py",
)  # fmt: skip


def canonical(value: Any) -> bytes:
    """JSON with sorted keys and no spare white space: equal values give equal bytes."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode()


def rules_hash() -> str:
    """Of the source of everything that moves a number."""
    paths = sorted(path for pattern in RULES for path in ROOT.glob(pattern))
    return sha256(canonical({path.relative_to(ROOT).as_posix(): sha256_of_file(path) for path in paths}))


def world_hash(world: World) -> str:
    """Of the start accounts and projections as the kernel reads them."""
    arrays = {
        name: [str(array.dtype), list(array.shape), sha256(np.ascontiguousarray(array).tobytes())]
        for name, array in world._asdict().items()
    }
    return sha256(canonical(arrays))


def result_hashes(scenario_text: bytes, world: World) -> dict[str, str]:
    """The three hashes, and `digest`, their hash: the identity of a result folder."""
    parts = {"scenario": sha256(scenario_text), "data": world_hash(world), "rules": rules_hash()}
    return {**parts, "digest": sha256(canonical(parts))}
