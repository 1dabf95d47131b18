"""Compiling the rules of a year on two cores: python -m agents.bench_compile spring | autumn

What one process has compiled the other finds in the cache, so the year's second half, compiled meanwhile, is there
when the first half is done and the whole year is put together.
"""

import sys
from typing import Any


def arguments_of_a_year() -> tuple[Any, ...]:
    """State of one run, World and parameters, nothing simulated: of the types that a sweep has."""
    from sim.baseline import load_world
    from sim.params import default_rows
    from sim.state import FIRST_YEAR, new_state

    world = load_world()
    rows = default_rows([FIRST_YEAR, FIRST_YEAR + 1])
    state = new_state(1, len(world.units))
    return (*state, world.units, world.unit_cost, world.ages, rows[0], rows[1], 0, 0, FIRST_YEAR)


def compile_for(function: Any, *arguments: Any) -> None:
    """Compiles a function of the kernel for arguments of these types, into the cache, without calling it."""
    from numba import typeof

    function.compile(tuple(typeof(argument) for argument in arguments))


def compile_spring() -> None:
    """What happens to all units at once; then the whole year, in which the autumn is found or compiled."""
    from sim.kernel.step import prepare_year, step_year

    arguments = arguments_of_a_year()
    units, nation, world, unit_cost, ages, rows, rows_next, seed, run, year = arguments
    shocks, shown, seen, norms, _ = scratch(len(world))
    compile_for(
        prepare_year, units[0], nation[0], world, unit_cost, ages, rows[0], rows_next[0], seed, run, year, shocks,
        shown, seen, norms,
    )  # fmt: skip
    compile_for(step_year, *arguments)


def compile_autumn() -> None:
    """What each unit does by itself."""
    from sim.kernel.step import carry_out_budget, decide_and_close

    units, nation, world, _, _, rows, _, seed, run, year = arguments_of_a_year()
    shocks, _, seen, norms, work = scratch(len(world))
    k, w, n, q, nobody = units[0, 0], world[0], nation[0], rows[0], units[0, :0]
    compile_for(decide_and_close, k, w, n, q, seed, run, year, shocks[0], seen[0], norms[0], work, nobody)
    compile_for(carry_out_budget, k, w, n, q, shocks[0], norms[0], nobody)


def scratch(units: int) -> tuple[Any, ...]:
    """shocks, shown, seen, norms and work as step_year makes them."""
    import numpy as np

    from sim.kernel.neighbours import N_SEEN
    from sim.kernel.notes import N_ROWS
    from sim.kernel.step import N_SECTORS, N_SHOCKS

    seen = np.empty((units, N_SEEN))
    return np.empty((units, N_SHOCKS)), seen, seen, np.empty((2, 5, N_SECTORS)), np.empty((N_ROWS, N_SECTORS))


def main(half: str) -> None:
    """Compiles one half; the other half meanwhile belongs to another process."""
    from sim.cache import use_kernel_cache

    use_kernel_cache()
    {"spring": compile_spring, "autumn": compile_autumn}[half]()


if __name__ == "__main__":
    main(sys.argv[1])
