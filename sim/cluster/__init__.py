"""The same study on more machines: parts as tasks of Dask distributed, written where they are computed.

Importing this needs nothing; distributed and fsspec are imported when an engine is made.
"""

from sim.cluster.address import engine

__all__ = ["engine"]
