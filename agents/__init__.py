"""The simulator as agents: one run as a Mesa model, and the same rules as plain Python for comparison."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agents.model import KommuneModel
    from agents.unit import Fylkeskommune, Kommune

__all__ = ["Fylkeskommune", "Kommune", "KommuneModel"]


def __getattr__(name: str) -> Any:
    """Mesa is imported when a class is asked for: it takes most of a second, and the benchmark's sweeps do without."""
    if name not in __all__:
        raise AttributeError(f"module 'agents' has no attribute {name!r}")
    from sim.cache import use_kernel_cache

    use_kernel_cache()  # before a kernel is imported
    from agents import model, unit

    return getattr(model if name == "KommuneModel" else unit, name)
