"""Uncertain assumptions: one uniform number per run and name, many runs in one call."""

from numba import njit

from sim.kernel.rng import uniforms


@njit(cache=True, nogil=True)
def shares(seed, stream, first_run, code, out):
    """out[i] becomes the uniform number of (seed, stream, run first_run + i, code): the same for any first_run."""
    for i in range(out.size):
        out[i] = uniforms(seed, stream, first_run + i, code, 0)[0]
