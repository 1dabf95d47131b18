"""What is used of Mesa, imported so that nothing else in the process changes.

Importing Mesa 3.3 sets the start method of multiprocessing to `spawn` for the whole process (mesa/batchrunner.py);
whoever imports kommunesim has not asked for that, so the method is put back to what it was.
"""

import multiprocessing

_before = multiprocessing.get_start_method(allow_none=True)
try:
    from mesa import Agent, DataCollector, Model
    from mesa.agent import AgentSet
finally:
    multiprocessing.set_start_method(_before, force=True)

__all__ = ["Agent", "AgentSet", "DataCollector", "Model"]
