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
        self.making: dict[Hashable, Lock] = {}

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What `make` gave for this key, now or earlier; of two who ask at once one makes it and the other waits."""
        if (found := self.look(key)) is not None:
            return found
        with self.lock:
            mine = self.making.setdefault(key, Lock())
        with mine:
            try:
                found = self.look(key)
                return found if found is not None else self.put(key, make())
            finally:
                with self.lock:
                    self.making.pop(key, None)

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
