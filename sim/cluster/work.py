"""What a worker does: one part, its files written, references returned."""

from typing import Any

Reference = dict[str, dict[str, Any]]


def compute(
    folder: str, point: int, part: int, data: str | None, via: str, digest: str, begun: list[str]
) -> Reference:  # fmt: skip
    """Computes a part of a study into its folder, or by way of the URL `via`; the files it wrote.

    begun: names of the part's files at the URL, if it has fewer runs so far. The same bytes whoever computes it and
    however often: a part begun by a worker that was lost is begun anew.
    """
    from sim.batch import task

    if not via:
        return task.compute(folder, point, part, data)
    from sim.cluster import exchange

    place = exchange.fetch_study(via, digest)
    exchange.fetch_begun(place, begun, via)
    files = task.compute(str(place), point, part, data)
    exchange.give_back(place, files, via)
    return files
