"""`run.py discover DIR --when "robek > 40"`: which combinations of assumptions lead there."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.analysis.discover import Discovery

COLUMNS = {  # of the table of boxes: (unit, text)
    "box": ("number", "Boxes in the order they were found."),
    "low": ("of the factor", "Lower end of the box; empty: none."),
    "high": ("of the factor", "Upper end of the box; empty: none."),
    "range_low": ("of the factor", "Lower end of what was tried."),
    "range_high": ("of the factor", "Upper end of what was tried."),
    "chance": ("probability", "Quasi-p-value: chance of so dense a box if this factor did not matter."),
    "coverage": ("share", "Of the points of interest, those in the box."),
    "density": ("share", "Of the points in the box, those of interest."),
    "support": ("share", "Of all points, those in the box."),
    "share_of_interest": ("share", "Of all points, those of interest."),
    "points": ("points", "Points of the design."),
}


def run_discover(
    folder: str, when: tuple[str, ...], year: int | None, group: str, share: float, density: float, boxes: int,
    out: Path | None, as_json: bool, lang: str = "en",
) -> int:  # fmt: skip
    """Print the boxes and write table and figure; the last line on stdout is their folder. UserError otherwise."""
    from sim.analysis.discover import box_table, discover
    from sim.commands.sensitivity import figures_of, origin
    from sim.plots.answers import write_discovery_figure
    from sim.store import open_results
    from sim.store.files import make_folder, remove_leftovers
    from sim.store.table import write_table

    result = open_results(folder)
    found = discover(result, when, year, group, share, density, boxes)
    place = out or Path(folder) / "discover"
    make_folder(place)
    remove_leftovers(place)
    table = box_table(found)
    write_table(table, place / "boxes", COLUMNS)
    for number, one in enumerate(found, 1):
        title = f"{one.sample.scenario}: when {said(one)} in {one.sample.year}"
        figures = place / figures_of(one.sample.scenario, number)
        write_discovery_figure(one, figures, title, origin(result, one.sample), lang)
    if as_json:
        from sim.commands.compare import records

        json.dump({"folder": str(place), "boxes": records(table)}, sys.stdout, ensure_ascii=False, indent=1)
        print()
        return 0
    for one in found:
        print_boxes(one, density)
    from sim.commands.run import shown_path

    print(shown_path(place))
    return 0


def said(found: "Discovery") -> str:
    """The conditions in words."""
    return " and ".join(str(condition) for condition in found.conditions)


def print_boxes(found: "Discovery", density: float) -> None:
    """Each box as sentences: its numbers, then a line per limit."""
    sample, usual = found.sample, found.interest.mean()
    what = "runs" if sample.runs == 1 else "points"
    some, points = int(found.interest.sum()), len(found.interest)
    print(f"{sample.scenario}: {said(found)} in {sample.year} at {some:,} of {points:,} {what}.")
    if not found.boxes:
        print("No box: no limit on the factors gathers them more than chance would.")
    if any(box.density < density for box in found.boxes):
        print(f"No box reaches a density of {100 * density:.0f} %: those that stand out most are shown.")
    for number, box in enumerate(found.boxes, 1):
        dense, covered, size = (f"{100 * share:.0f} %" for share in (box.density, box.coverage, box.support))
        print(
            f"Box {number}: {dense} of its {what} are such (without it {100 * usual:.0f} %), "
            f"and it holds {covered} of them in {size} of all."
        )
        for factor in sorted(box.chance, key=lambda f: box.chance[f]):
            low, high = sample.bounds[factor]
            start, end = max(box.low[factor], low), min(box.high[factor], high)
            tried = f"tried {low:.4g} to {high:.4g}; by chance {box.chance[factor]:.1g}"
            print(f"  {sample.factors[factor]:<24} {start:.4g} to {end:.4g}  ({tried})")
    print()
