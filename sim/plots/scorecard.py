"""One picture of the scorecard: every fact as a dot with its interval, against the published value and its slack."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.plots.language import in_language
from sim.plots.save import encode, own_style
from sim.plots.style import DARK, INK, LIGHT, LINE, MIDDLE, MUTED, SMALL, WARN, footer, heading, new_figure
from sim.store.files import make_folder, write_file
from sim.words.facts import fact_text, fact_unit

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Fact = Mapping[str, Any]
GROUPS = (  # where facts are measured, in the order of the picture
    ("backtest", "2024 and 2025, from the accounts of 2023"), ("baseline", "The start and the decade ahead"),
    ("response", "A lasting rise of revenue; stays in the register"), ("method", "TBU's method, no chance in it"),
)  # fmt: skip
REACH = 3.2  # the picture's edge, in half widths of the published interval
ROW = 0.158  # inches
LONGEST = 74  # characters of a statement


def write_scorecard(path: Path, facts: Sequence[Fact], runs: int, parameters: str, lang: str = "en") -> None:
    """The picture at `path` (.png or .svg); `facts` as `run.py validate --json` has them."""
    with own_style():
        figure = in_language(scorecard_figure([in_words(fact, lang) for fact in facts], runs, parameters), lang)
        content = encode(figure)[path.suffix.lower().lstrip(".")]
    make_folder(path.parent)
    write_file(path, content)


def in_words(fact: Fact, lang: str) -> Fact:
    """The fact with statement and unit in this language."""
    said = {"statement": fact_text(fact["statement"], lang), "unit": fact_unit(fact["unit"], lang)}
    return {**fact, **said}


def scorecard_figure(facts: Sequence[Fact], runs: int, parameters: str) -> "Figure":
    """Facts by group, those in sample first; each on its own scale: 0 is the published value, the band its slack."""
    rows: list[Fact | str] = []
    for on, words in GROUPS:
        chosen = [fact for fact in facts if fact["measured_on"] == on]
        if chosen:
            rows += [words, *sorted(chosen, key=lambda fact: not fact["in_sample"])]
    height = ROW * len(rows) + 1.55
    figure = new_figure(11.0, height)
    ax = figure.subplots()
    figure.subplots_adjust(left=0.445, right=0.80, top=1.0 - 0.82 / height, bottom=0.72 / height)
    ax.set_xlim(-REACH, REACH)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.axvspan(-1.0, 1.0, color=LIGHT, linewidth=0, zorder=0)
    ax.axvline(0.0, color=LINE, linewidth=0.8, zorder=1)
    for y, row in enumerate(rows):
        if isinstance(row, str):
            ax.text(-0.005, y, row, transform=ax.get_yaxis_transform(), ha="right", va="center", fontweight="bold",
                    fontsize=SMALL + 1)  # fmt: skip
        else:
            _draw(ax, y, row)
    ax.set_yticks([])
    ax.set_xticks([-1, 0, 1], ["published\n− slack", "published", "published\n+ slack"])
    ax.spines["bottom"].set_visible(False)
    heading(figure, f"Published facts against {runs} runs, {parameters} parameters: {_score(facts)}",
            "Dot and line: simulated median and 5 to 95 %. Band: published value and its uncertainty, each on its own "
            "scale. Filled: in sample; open: never fitted to; orange: fails.")  # fmt: skip
    rule = (
        "Rule: the two intervals meet; where only a sign is published the median must have it. Arrows: beyond the edge."
    )
    footer(figure, [f"{rule} Cross: naive forecast. Sources stand with each fact in 'run.py validate --json'."])
    return figure


def scaled(value: float, low: float, high: float) -> float:
    """`value` where low is -1 and high is 1; a published interval without width counts as wide as it is small."""
    half = 0.5 * (high - low) or 0.02 * max(1.0, abs(high))
    return (value - 0.5 * (low + high)) / half


def _draw(ax: "Axes", y: float, fact: Fact) -> None:
    color = (DARK if fact["in_sample"] else MIDDLE) if fact["passed"] else WARN
    low, high = _bounds(fact)
    left, middle, right = (
        max(-REACH, min(REACH, scaled(fact[key], low, high))) for key in ("sim_low", "simulated", "sim_high")
    )
    ax.plot([left, right], [y, y], color=color, linewidth=1.6, solid_capstyle="butt", zorder=2)
    beyond = abs(middle) >= REACH
    marker = (">" if middle > 0 else "<") if beyond else "o"
    face = color if fact["in_sample"] else "white"
    ax.plot([middle * (0.985 if beyond else 1.0)], [y], marker, color=color, markerfacecolor=face, markersize=4.2,
            markeredgewidth=1.1, zorder=3)  # fmt: skip
    naive = fact["benchmark"]
    if naive is not None and not _is_sign(fact) and abs(scaled(naive, low, high)) < REACH:
        ax.plot([scaled(naive, low, high)], [y], "x", color=MUTED, markersize=3.4, markeredgewidth=0.8, zorder=2.5)
    words = fact["statement"] if len(fact["statement"]) <= LONGEST else fact["statement"][: LONGEST - 1] + "…"
    ax.text(-0.012, y, words, transform=ax.get_yaxis_transform(), ha="right", va="center", fontsize=SMALL - 0.5,
            color=INK if fact["passed"] else WARN)  # fmt: skip
    published = "sign" if _is_sign(fact) else _number(fact["published"])
    text = f"{published} | {_number(fact['simulated'])} {fact['unit']}"
    ax.text(
        1.012, y, text, transform=ax.get_yaxis_transform(), ha="left", va="center", fontsize=SMALL - 0.5, color=MUTED
    )


def _is_sign(fact: Fact) -> bool:
    return fact["sign"] and 0.0 in (fact["low"], fact["high"])


def _bounds(fact: Fact) -> tuple[float, float]:
    """A sign has one side of 0: drawn as far as the simulated interval needs."""
    if not _is_sign(fact):
        return fact["low"], fact["high"]
    reach = max(abs(fact["sim_low"]), abs(fact["sim_high"]), 1e-9)
    return (0.0, reach) if fact["high"] > 0 else (-reach, 0.0)


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2g}"


def _score(facts: Sequence[Fact]) -> str:
    parts = []
    for words, inside in (("in sample", True), ("out of sample", False)):
        chosen = [fact["passed"] for fact in facts if fact["in_sample"] == inside]
        parts.append(f"{sum(chosen)} of {len(chosen)} {words}")
    return ", ".join(parts) + " pass"
