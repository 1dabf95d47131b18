"""Results on disk: written so that nothing half-done reads as good, read with every checksum verified."""

from sim.store.files import StoreError
from sim.store.results import Results, open_results

__all__ = ["Results", "StoreError", "open_results"]
