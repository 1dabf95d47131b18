"""The page docs/scaling.md from what was measured."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.cluster.measure import Measured

CORES = (1, 16, 1000)


def page(m: "Measured") -> str:
    """Markdown: what was measured, what a large study costs, where it breaks."""
    from sim.cluster.measure import projection

    rows = []
    for cores in CORES:
        p = projection(m, cores)
        wall = max(p["parts"], p["scheduler"]) + p["tables"]
        rows.append(
            f"| {cores:,} | {clock(p['parts'])} | {100 * p['used']:.0f} % | {clock(p['scheduler'])} | "
            f"{clock(p['tables'])} | **{clock(wall)}** |"
        )
    big = projection(m, 1)
    panel = f"{1000 * m.panel / m.runs:.1f} ms" if m.panel / m.runs >= 1e-4 else "less than 0.1 ms"
    return PAGE.format(
        million=m.million, part=m.part, runs=m.runs, ms=1000 * m.part / m.runs, panel=panel,
        task=1000 * m.task, tables=1000 * m.tables, rest=m.rest, share=100 * m.task / m.part,
        national=m.national / 1000, row=m.panel_row, record=m.record / 1e6, table="\n".join(rows),
        tasks=big["tasks"], national_all=size(big["national"]), panel_all=size(big["panel"]),
        records_all=size(big["records"]), most=m.part / m.task,
    )  # fmt: skip


def clock(seconds: float) -> str:
    """Seconds, minutes or hours with two digits."""
    if seconds < 100:
        return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"
    return f"{seconds / 60:.1f} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"


def size(count: float) -> str:
    """Bytes as MB or GB."""
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"


PAGE = """# On more machines

```sh
python run.py sweep DESIGN.toml --on dask                      # processes of its own on this machine, loopback only
python run.py sweep DESIGN.toml --on dask://HOST:8786          # a running Dask scheduler
python run.py sweep DESIGN.toml --on "dask://HOST:8786?via=s3://bucket/study"   # workers without a shared folder
```

A task is a part: at most {runs} runs of one point. A worker opens the study's folder (or fetches `design.json`,
`identity.json` and `ruler` from the URL), checks that its own data and rules are those of the study, simulates, writes
its own files, and returns their names, sizes and SHA-256. Nothing else travels through the scheduler: no arrays, no
tables. The parent holds four tasks per thread at a time, so the scheduler's memory does not grow with the study. A part
of a lost worker is computed by another one; since a part depends on nothing but its number, the bytes are the same
(`tests/test_cluster.py`: two processes, one killed by SIGKILL, every file compared with the local one). With `via` any
URL that fsspec knows will do; the parent fetches each part and compares it with the worker's SHA-256.

The workers need this version of the program, its compiled kernel (each machine compiles once, about half a minute), and
under `--data` the same folder of start data under the same path.

**Dask trusts everyone who can reach its port**: whoever connects can run code. `--on dask` listens on 127.0.0.1
only; on a machine with other users, or for a scheduler of your own, set up TLS (Dask's `Security`) or a closed network.

## Measured

Processor seconds of one core of an EPYC with AVX-512, 372 units, ten years, twelve summarised outputs
(`python -m sim.cluster.measure`, which writes this page):

| what | cost |
|---|---:|
| a million agent-years (unit and year), summaries | {million:.2f} core s |
| a run | {ms:.1f} ms |
| a panel of three outputs, more per run | {panel} |
| a part of {runs} runs | {part:.1f} s |
| tables of the whole study (parent): once, and per part | {rest:.1f} s, {tables:.0f} ms |
| a task: parent and scheduler | {task:.1f} ms, {share:.2f} % of a part |
| national table on disk | {national:.1f} kB per run |
| panel on disk | {row:.1f} bytes per row of three outputs |
| record of a part on disk | {record:.1f} MB |

## What 10⁶ runs × 372 units × 10 years cost

One point, summaries only: {tasks:,} parts. *Computed from the table above*, not run; 1,000 cores were never had.

| cores | simulating | cores busy | scheduler, beside it | tables, after it | in all |
|---:|---:|---:|---:|---:|---:|
{table}

On disk: {national_all} of national tables, {records_all} of records; a panel of three outputs would take
{panel_all} more.

## Where it breaks, and what then

- **Tables of the parent** are serial within a point and the first limit with many cores: they are exact over all runs,
  so each point's national tables are read again, a few columns at a time. Points are done beside each other on the
  parent's threads, so many points of some thousand runs do not have this limit; one point of a million runs does. Then:
  a task per block of columns, which the layout of the files allows.
- **A part is {runs} runs**, a constant of the format. With fewer parts than cores, cores are idle: 1,000 cores need
  at least 1,000 parts at a time, that is half a million runs over all points. Then: more points in one study, which is
  how sensitivity designs are anyway.
- **The scheduler** handles a task in {task:.1f} ms, so it keeps about {most:,.0f} cores busy with whole parts. Beyond
  that: several schedulers, each with its own study (points split by `list`), or larger parts.
- **The folder.** Each part writes two or three files and syncs them: about {part:.0f} s of computing per file and core.
  A parallel file system with slow metadata feels a thousand cores; `via` an object store does not, but the parent then
  fetches every part, {national:.1f} kB per run, and its network is the limit.
- **The panel**: above some 10⁵ runs keep summaries, or few years and outputs; `sweep` says the size beforehand and
  refuses what does not fit.
"""
