"""kommunesim: how Norway's kommuner and fylkeskommuner adapt their finances, ten years ahead, in many futures.

The public names load on first use, so that importing `sim` costs nothing.
"""

from importlib import import_module
from typing import Any

_HOME = {
    "ASSUMPTIONS": "sim.params",
    "LEVERS": "sim.params",
    "MEASURES": "sim.measures",
    "OUTPUTS": "sim.outputs",
    "Scenario": "sim.scenario",
    "UserError": "sim.errors",
    "compare": "sim.analysis.compare",
    "load_design": "sim.design",
    "load_scenario": "sim.scenario",
    "load_world": "sim.baseline",
    "open_results": "sim.store",
    "run": "sim.batch",
    "run_study": "sim.batch.study",
}
_REAL_NAME = {"load_design": "read_design", "load_scenario": "from_file"}

__all__ = [
    "ASSUMPTIONS",
    "LEVERS",
    "MEASURES",
    "OUTPUTS",
    "Scenario",
    "UserError",
    "compare",
    "load_design",
    "load_scenario",
    "load_world",
    "open_results",
    "run",
    "run_study",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'sim' has no attribute '{name}'")
    from sim.cache import use_kernel_cache

    use_kernel_cache()  # before a kernel is imported
    return getattr(import_module(_HOME[name]), _REAL_NAME.get(name, name))


def __dir__() -> list[str]:
    return __all__
