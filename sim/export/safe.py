"""Text that a spreadsheet or LaTeX takes for text, whatever a scenario or a supplied table says."""

from typing import TYPE_CHECKING

from sim.errors import printable

if TYPE_CHECKING:
    import pandas as pd

COMMANDS = ("=", "+", "-", "@", "\t", "\r", "\n")  # a cell that begins so is taken for a formula
LATEX = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"$<$", ">": r"$>$", "\N{MINUS SIGN}": r"$-$",
    "\N{NO-BREAK SPACE}": "~", "→": r"$\to$", "–": "--", "…": r"\dots{}", "≥": r"$\ge$", "‰": r"\textperthousand{}",
    "§": r"\S{}", '"': "''",
}  # fmt: skip


def cell(text: str) -> str:
    """Text for a cell of a CSV file: an apostrophe before what a spreadsheet would carry out."""
    shown = printable(text, 10_000)
    return f"'{shown}" if text.startswith(COMMANDS) or shown.startswith(COMMANDS) else shown


def safe(frame: "pd.DataFrame") -> "pd.DataFrame":
    """The same table, every text in it safe for a cell; numbers are as they were."""
    made = frame.copy()
    for name in made.columns:
        if made[name].dtype == object or str(made[name].dtype).startswith(("str", "category")):
            known = {value: cell(str(value)) for value in made[name].unique()}
            made[name] = made[name].map(known)
    return made


def latex(text: object) -> str:
    """Text for LaTeX: no letter of it starts a command."""
    return "".join(LATEX.get(letter, letter) for letter in printable(text, 10_000))
