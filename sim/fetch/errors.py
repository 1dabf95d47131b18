"""What can go wrong on the way from the service to a file: always one sentence."""

from sim.errors import UserError


class FetchError(UserError):
    """Data that could not be fetched, read or stored. What was finished before is kept."""
