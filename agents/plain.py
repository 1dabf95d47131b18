"""The kernel's rules as ordinary Python, from the same source text: no rule is written twice.

The modules of sim.kernel are read as text and rewritten so that they run on Python floats, lists and objects:
`@njit` goes, `x[i, j]` becomes `x[i][j]`, `x.shape[0]` becomes `len(x)`, `np.floor` becomes `math.floor`,
`np.empty` makes lists. What they compute is untouched, so the result can be compared with the compiled rules, and
their speed is that of the same model written with plain objects, without numpy scalars in the way.
"""

import ast
import math
import random
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal

import numpy as np

import sim.kernel

Chance = Literal["address", "counted", "mersenne"]
FOLDER = Path(sim.kernel.__file__).parent
CONVERSIONS = {"uint64", "int64", "float64"}  # Python's own numbers need none


def nested_lists(shape: int | tuple[int, ...]) -> list:
    """Lists of lists of 0.0 in this shape, as np.zeros."""
    first, *rest = (shape,) if isinstance(shape, int) else shape
    return [nested_lists(tuple(rest)) if rest else 0.0 for _ in range(first)]


def transpose(lists: list, *axes: int) -> list:
    """The array transposed as by its method of this name, copied."""
    return np.transpose(np.array(lists), axes or None).tolist()


FUNCTIONS: dict[str, Any] = {
    "floor": math.floor, "ceil": math.ceil, "empty": nested_lists, "zeros": nested_lists, "nan": math.nan,
    "ascontiguousarray": lambda lists: lists,
}  # fmt: skip


class _Rewrite(ast.NodeTransformer):
    """numpy and numba out, plain Python in; anything else of numpy is an error, not a silent slow path."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.decorator_list = []
        return self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.value, ast.Attribute) and node.value.attr == "shape":
            return _length(node.value.value, ast.literal_eval(node.slice))
        if not isinstance(node.slice, ast.Tuple):
            return node
        if any(isinstance(index, ast.Slice) for index in node.slice.elts):
            raise NotImplementedError(f"line {node.lineno}: a slice of several dimensions has no plain counterpart")
        value = node.value
        *outer, last = node.slice.elts
        for index in outer:
            value = ast.Subscript(value, index, ast.Load())
        return ast.Subscript(value, last, node.ctx)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        called = node.func
        if isinstance(called, ast.Attribute) and called.attr == "transpose":
            return ast.Call(ast.Name("transpose", ast.Load()), [called.value, *node.args], [])
        return node.args[0] if isinstance(called, ast.Name) and called.id in CONVERSIONS else node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        if not (isinstance(node.value, ast.Name) and node.value.id == "np"):
            return node
        if node.attr not in CONVERSIONS and node.attr not in FUNCTIONS:
            raise NotImplementedError(f"line {node.lineno}: np.{node.attr} is not in agents.plain.FUNCTIONS")
        return ast.Name(node.attr, node.ctx)


def _length(value: ast.expr, axis: int) -> ast.expr:
    for _ in range(axis):
        value = ast.Subscript(value, ast.Constant(0), ast.Load())
    return ast.Call(ast.Name("len", ast.Load()), [value], [])


class Rules:
    """The modules of sim.kernel as plain Python: `Rules().module("step").advance_run`.

    chance: "address" draws what the kernel draws; "counted" too, and counts it in `blocks` and `inversions`;
    "mersenne" draws from Python's own generator, as Mesa models do (then the draws, and the results, are others).
    """

    def __init__(self, chance: Chance = "address", generator: random.Random | None = None) -> None:
        self.blocks = self.inversions = 0  # calls of uniforms (four numbers each) and of to_normal
        self._modules: dict[str, SimpleNamespace] = {}
        self._chance, self._generator = chance, generator or random.Random(0)

    def module(self, name: str) -> Any:
        """The plain counterpart of sim.kernel.<name>."""
        if name not in self._modules:
            self._modules[name] = self._load(name)
        return self._modules[name]

    def _load(self, name: str) -> SimpleNamespace:
        if name == "borrow":  # lists are counted by Python itself
            return SimpleNamespace(borrowed=lambda lists: lists)
        path = FOLDER / f"{name}.py"
        tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
        names: dict[str, Any] = {"__name__": f"plain.{name}", "transpose": transpose, **FUNCTIONS}
        tree.body = [line for line in tree.body if not self._import(line, names)]
        tree = ast.fix_missing_locations(_Rewrite().visit(tree))
        exec(compile(tree, str(path), "exec"), names)
        if name == "rng":
            self._set_chance(names)
        module = SimpleNamespace()
        module.__dict__.update(names)
        return module

    def _import(self, line: ast.stmt, names: dict[str, Any]) -> bool:
        """True if the line is an import that is taken care of here."""
        if isinstance(line, ast.Import):
            return line.names[0].name == "numpy"
        if not isinstance(line, ast.ImportFrom) or line.module is None:
            return False
        for imported in line.names:
            if line.module == "sim.kernel":
                names[imported.asname or imported.name] = self.module(imported.name)
            elif line.module.startswith("sim.kernel."):
                source = self.module(line.module.removeprefix("sim.kernel."))
                names[imported.asname or imported.name] = getattr(source, imported.name)
        return line.module == "numba" or line.module.startswith("sim.kernel")

    def _set_chance(self, names: dict[str, Any]) -> None:
        def all_to_normal(p: list[float], z: list[float]) -> None:  # one by one, as they are counted
            z[:] = map(names["to_normal"], p)

        names["to_normals"] = all_to_normal
        if self._chance == "counted":
            names["uniforms"] = self._counted(names["uniforms"], "blocks")
            names["to_normal"] = self._counted(names["to_normal"], "inversions")
        elif self._chance == "mersenne":
            draw, gauss = self._generator.random, self._generator.gauss
            names["uniforms"] = lambda seed, stream, run, code, year: (draw(), draw(), draw(), draw())
            names["normals"] = lambda seed, stream, run, code, year: (gauss(), gauss(), gauss(), gauss())
            names["to_normal"] = lambda p: gauss()

    def _counted(self, function: Callable, counter: str) -> Callable:
        def call(*arguments: Any) -> Any:
            setattr(self, counter, getattr(self, counter) + 1)
            return function(*arguments)

        return call
