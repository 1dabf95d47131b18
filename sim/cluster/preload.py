"""What a worker process of our own does first: Ctrl-C is for the parent, which ends its workers itself."""

import signal
from typing import Any


def dask_setup(_worker: Any) -> None:
    """Called by Dask when the worker starts, in its main thread."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
