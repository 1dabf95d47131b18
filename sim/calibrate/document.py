"""The tables of docs/calibration.md, made from the released set: `python -m sim.calibrate.document` rewrites them."""

from pathlib import Path
from typing import Any

from sim.markers import rewrite
from sim.scenario.parameter_set import required

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "calibration.md"


def set_table() -> str:
    """Where the released set comes from."""
    about = required().about
    near = f"{100 * about['share_near_enough']:.0f} %"
    return (
        f"{about['vectors']} vectors, {about['waves']} waves of {about['sets_per_wave']:,} sets, "
        f"{about['runs_per_set']} runs each, seed {about['seed']}, {about['date']}; in the last wave {near} of the "
        f"sets are within three standard errors of every moment. Made again by `{about['reproduce']}`.\n"
        f"SHA-256 of the table {about['sha256'][:16]}, of the rules {about['rules'][:16]}."
    )


def moments_table() -> str:
    """The moments: published, errors, accepted."""
    rows = [
        "| fact | published | error | discrepancy | accepted | standard errors off | why the discrepancy |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in required().about["moments"]:
        rows.append(
            f"| {row['statement']} (`{row['fact']}`) | {row['target']:g} | {row['error']:g} | {row['discrepancy']:g} | "
            f"{row['accepted']:.3g} | {row['implausibility']:.2g} | {row['why']} |"
        )
    return "\n".join(rows)


def parameters_table() -> str:
    """Priors, accepted values, and what the moments have told."""
    rows = [
        "| parameter | prior | source of the prior | default | accepted 5, 50, 95 % | sd ratio | KS | identified |",
        "|---|---|---|---|---|---|---|---|",
    ]
    order = ("yes", "weakly", "no")
    parameters: list[dict[str, Any]] = sorted(
        required().about["parameters"], key=lambda row: order.index(row["identified"])
    )
    for row in parameters:
        accepted = ", ".join(f"{row[f'accepted_{end}']:.3g}" for end in ("low", "median", "high"))
        rows.append(
            f"| `{row['name']}` | {row['prior_low']:g} to {row['prior_high']:g} | {row['prior_source']} | "
            f"{row['default']:g} | {accepted} | "
            f"{row['sd_ratio']:.2f} | {row['ks']:.2f} | {row['identified']} |"
        )
    return "\n".join(rows)


TABLES = {"set": set_table, "moments": moments_table, "parameters": parameters_table}


def main() -> None:
    """Rewrite the tables of the document."""
    rewrite(DOCUMENT, TABLES)


if __name__ == "__main__":
    main()
