"""Results on disk: written so that nothing half-done reads as good, read with every checksum verified."""

from sim.store.files import StoreError
from sim.store.results import Results, open_result, open_results
from sim.store.study_results import Study

__all__ = ["Results", "StoreError", "Study", "open_result", "open_results"]
