"""The tables of docs/model.md, made from the declarations: `python -m sim.explain.document` rewrites them.

What stands between a pair of markers `<!-- name -->` and `<!-- /name -->` is made here; all else is written by hand.
"""

import ast
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sim.markers import rewrite
from sim.measures import MEASURES
from sim.outputs import DEFAULT_PANEL, OUTPUTS
from sim.params import ASSUMPTIONS, LEVERS
from sim.schema import Column, Param
from sim.state import NATION, STATE, WORLD

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "model.md"
KERNEL = ROOT / "sim" / "kernel"
SMALL = ("keep", "uniforms", "normals", "count_kommuner")  # no steps of the year
SETS = ROOT / "sim" / "data" / "parameter_sets.json"  # what the calibration found, once there is one


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table; a bar inside a cell is escaped."""
    lines = [list(head)]
    lines.append(["---"] * len(lines[0]))
    lines += [[str(cell).replace("|", "\\|") for cell in row] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def parameters(kind: tuple[Param, ...]) -> str:
    """Every lever or assumption: value, range, unit, how sure it is, whether the data identify it, meaning, source."""
    found = identified()
    rows = []
    for p in kind:
        off = "" if p.inert is None else shown(p, p.inert)
        fitted = found.get(p.name, "")
        name = f"`{p.name}`"
        rows.append((name, value(p), span(p), p.unit, p.evidence, fitted, off, p.text, p.source))
    head = ("name", "value", "range", "unit", "evidence", "identified", "off at", "meaning", "source")
    return table(head, rows)


def shown(param: Param, number: float) -> str:
    """A value as it is written in a scenario file."""
    if param.choices:
        return f"`{param.choices[int(number)]}`"
    return f"{number:,.10g}"


def value(param: Param) -> str:
    """The default, and the published values of single years where there are some."""
    if not param.by_year:
        return shown(param, param.default)
    years = [f"{year}: {shown(param, number)}" for year, number in param.by_year[:3]]
    more = f", … {param.by_year[-1][0]}: {shown(param, param.by_year[-1][1])}" if len(param.by_year) > 3 else ""
    return f"{shown(param, param.default)} ({', '.join(years)}{more})"


def span(param: Param) -> str:
    """What may be set: a range, or the choices."""
    if param.choices:
        return ", ".join(f"`{choice}`" for choice in param.choices)
    return f"{param.low:,.10g} to {param.high:,.10g}"


def identified() -> dict[str, str]:
    """What the calibration says of each parameter it varied: yes, weakly, or no: it keeps its prior."""
    if not SETS.is_file():
        return {}
    said: list[dict[str, Any]] = json.loads(SETS.read_text(encoding="utf-8"))["parameters"]
    return {row["name"]: row["identified"] for row in said}


def calibration() -> str:
    """What the calibrated set was held to: published value, tolerance, what the accepted vectors give; and how sure."""
    if not SETS.is_file():
        return "There is no calibrated set."
    about = json.loads(SETS.read_text(encoding="utf-8"))
    said = [row["identified"] for row in about["parameters"]]
    counts = ", ".join(f"{answer} {said.count(answer)}" for answer in ("yes", "weakly", "no"))
    made = f"{about['vectors']} vectors of {len(said)} assumptions ({about['date']}, seed {about['seed']})"
    words = f"{made}. Identified by what is published: {counts}."
    rows = []
    for row in about["moments"]:
        allowed = (row["error"] ** 2 + row["discrepancy"] ** 2) ** 0.5
        between = f"{row['accepted']:.1f} ± {row['spread_over_sets']:.1f}"
        rows.append((row["statement"], f"{row['target']:g}", f"{allowed:.1f}", between, f"{row['implausibility']:.1f}"))
    head = ("fact", "published", "error of fact and model", "accepted, mean and spread", "standard errors apart")
    return f"{words}\n\n{table(head, rows)}"


def columns(declared: tuple[Column, ...]) -> str:
    """Every column: unit, number of values, meaning."""
    rows = ((f"`{c.name}`", c.unit, " x ".join(map(str, c.shape)), c.text) for c in declared)
    return table(("column", "unit", "values", "meaning"), rows)


def outputs() -> str:
    """Every output that a panel can hold; a star marks those of the default panel."""
    rows = ((f"`{o.name}`{' *' if o.name in DEFAULT_PANEL else ''}", o.unit, o.text) for o in OUTPUTS.values())
    return table(("output", "unit", "meaning"), rows)


def measures() -> str:
    """What a unit can do: price, slope, cap and yield with their ranges."""
    rows = []
    for m in MEASURES:
        aspects = (m.kost, m.helning, m.tak, m.virkning)
        cells = (f"{a:g} ({low:g} to {high:g})" if m.form == "continuous" else "" for a, low, high in aspects)
        rows.append((f"`{m.name}`", m.form, *cells, m.lag, m.rebound, m.text, m.source))
    head = ("measure", "form", "price", "rise per 1 %", "cap", "yield", "lag, years", "rebound", "meaning", "source")
    return table(head, rows)


def streams() -> str:
    """Every source of chance with its frozen number and what its four lanes hold."""
    pattern = re.compile(r"^([A-Z_]+) = (\d+)  # (.+)$", re.MULTILINE)
    found = pattern.findall((KERNEL / "streams.py").read_text(encoding="utf-8"))
    return table(("stream", "number", "code: lanes 0 to 3"), ((f"`{name}`", n, text) for name, n, text in found))


def schedule() -> str:
    """The steps of a year in the order of the code, each with the first paragraph of its own text."""
    homes, rows = modules(), []
    for stage in ("prepare_year", "carry_out_budget", "decide_and_close", "decide"):
        for called in calls(stage):
            module = homes.get(called)
            if module and called not in SMALL:
                link = f"[{module}.py](../sim/kernel/{module}.py)"
                rows.append((f"`{stage}`", f"`{called}`", link, purpose(module, called)))
    return table(("in", "step", "file", "what it does"), rows)


def modules() -> dict[str, str]:
    """Every function that step.py has or imports from the kernel: its module."""
    found: dict[str, str] = {}
    for node in _tree("step").body:
        if isinstance(node, ast.FunctionDef):
            found[node.name] = "step"
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sim.kernel."):
            found |= {alias.name: str(node.module).removeprefix("sim.kernel.") for alias in node.names}
    return found


def purpose(module: str, name: str) -> str:
    """The first paragraph of the text of a function."""
    return " ".join((ast.get_docstring(_function(module, name)) or "").split("\n\n")[0].split())


def _tree(module: str) -> ast.Module:
    return ast.parse((KERNEL / f"{module}.py").read_text(encoding="utf-8"))


def _function(module: str, name: str) -> ast.FunctionDef:
    (found,) = (node for node in _tree(module).body if isinstance(node, ast.FunctionDef) and node.name == name)
    return found


def calls(name: str) -> list[str]:
    """Functions that `name` of step.py calls, in the order of the text."""
    tree = _function("step", name)
    made = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    made.sort(key=lambda node: (node.lineno, node.col_offset))
    return list(dict.fromkeys(node.func.id for node in made if isinstance(node.func, ast.Name)))


TABLES = {
    "schedule": schedule,
    "levers": lambda: parameters(LEVERS),
    "assumptions": lambda: parameters(ASSUMPTIONS),
    "measures": measures,
    "state": lambda: columns(STATE),
    "nation": lambda: columns(NATION),
    "world": lambda: columns(WORLD),
    "outputs": outputs,
    "streams": streams,
    "calibration": calibration,
}


def main() -> None:
    """Rewrite the tables of the document."""
    rewrite(DOCUMENT, TABLES)


if __name__ == "__main__":
    main()
