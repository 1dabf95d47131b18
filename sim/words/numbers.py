"""Numbers as each language writes them: 12,345.6 in English, 12 345,6 in Norwegian."""

MINUS = "\N{MINUS SIGN}"
SPACE = "\N{NO-BREAK SPACE}"  # before a unit and between thousands: a number never breaks over two lines
MARKS = {"en": (",", "."), "nb": (SPACE, ",")}  # thousands, decimals


def number(value: float, decimals: int = 0, lang: str = "en") -> str:
    """A number with this many decimals; a dash if there is none, and no minus before a zero."""
    if value != value:
        return "–"
    thousands, point = MARKS[lang]
    text = f"{round(float(value), decimals) + 0.0:,.{decimals}f}"
    return text.replace(",", "\0").replace(".", point).replace("\0", thousands).replace("-", MINUS)


def signed(value: float, decimals: int = 0, lang: str = "en") -> str:
    """As `number`, with a plus before what is above zero once rounded."""
    text = number(value, decimals, lang)
    return f"+{text}" if round(float(value), decimals) > 0.0 else text


def percent(share: float, lang: str = "en") -> str:
    """A probability in per cent; what is above 0 and rounds to it is said to be below 1."""
    if 0.0 < share < 0.005:
        return f"<{SPACE}1{SPACE}%"
    return f"{number(100.0 * share, 0, lang)}{SPACE}%"
