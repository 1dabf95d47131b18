"""How often the service is asked: a token bucket that keeps to SSB's limit in every window of a minute."""

import time
from collections.abc import Callable

PER_MINUTE = 30  # SSB's limit for one address
BURST = 6  # may be asked at once; the rest of the minute's 30 comes evenly


class Pace:
    """A bucket of `burst` tokens, refilled so that no window of 60 seconds ever sees more than `per_minute`.

    A window can hold a full bucket and what flows in meanwhile, so the inflow is (per_minute - burst) a
    minute. `clock` and `sleep` are in seconds; tests bring their own.
    """

    def __init__(
        self,
        per_minute: int = PER_MINUTE,
        burst: int = BURST,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        if not 1 <= burst < per_minute:
            raise ValueError(f"burst = {burst} is not from 1 to {per_minute - 1}")
        self.burst = burst
        self.per_second = (per_minute - burst) / 60.0
        self.clock = clock
        self.sleep = sleep
        self.tokens = float(burst)
        self.seen = clock()

    def take(self) -> float:
        """Waits until one more question may be asked; the seconds waited."""
        waited = 0.0
        self._refill()
        while self.tokens < 1.0:
            # A hair more than needed: rounding must not make this loop spin.
            pause = (1.0 - self.tokens) / self.per_second + 1e-6
            self.sleep(pause)
            waited += pause
            self._refill()
        self.tokens -= 1.0
        return waited

    def _refill(self) -> None:
        now = self.clock()
        self.tokens = min(float(self.burst), self.tokens + max(0.0, now - self.seen) * self.per_second)
        self.seen = now
