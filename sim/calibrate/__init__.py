"""Which parameters agree with what is published: history matching on the backtest, a set and not a point."""

from sim.calibrate.job import calibrate

__all__ = ["calibrate"]
