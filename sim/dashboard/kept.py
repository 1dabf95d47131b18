"""What was made last, kept so that it need not be made again."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any


class Kept:
    """At most `most` things by key; the one not asked for longest goes first. Do not change what it gives."""

    def __init__(self, most: int) -> None:
        self.most, self.lock = most, Lock()
        self.found: OrderedDict[Hashable, Any] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What `make` gave for this key, now or earlier; two who ask at once may both make it."""
        found = self.look(key)
        return found if found is not None else self.put(key, make())

    def look(self, key: Hashable) -> Any:
        """What is kept under this key; None if nothing is."""
        with self.lock:
            if key in self.found:
                self.found.move_to_end(key)
            return self.found.get(key)

    def put(self, key: Hashable, value: Any) -> Any:
        """Keeps it, and returns it."""
        with self.lock:
            self.found[key] = value
            self.found.move_to_end(key)
            while len(self.found) > self.most:
                self.found.popitem(last=False)
        return value
