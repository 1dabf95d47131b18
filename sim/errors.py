"""What goes wrong through no fault of the program: one sentence for the user, an exit code, no traceback."""


class UserError(Exception):
    """An input that cannot be used. The text is one sentence: where, what, what is allowed, what to do."""

    exit_code = 2


def printable(text: object, longest: int = 60) -> str:
    """`text` on one line, without control characters (a file must not steer the terminal), shortened."""
    shown = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in str(text))
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"
