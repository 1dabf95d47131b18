"""Measures of the facts about 2024 and 2025 and about what follows a shock: functions of Paths to one value per run."""

from collections.abc import Callable

import numpy as np

from sim.validate.paths import Paths, percent, share

Measure = Callable[[Paths], np.ndarray]
GROUNDS = "abcdefg"
A_B_E, C_D_F_G = 1 | 2 | 16, 4 | 8 | 32 | 64
GROUND_C = 4
SMALL = 5_000  # inhabitants


def result(paths: Paths, year: int, who: str = "kommuner") -> np.ndarray:
    """Netto driftsresultat per revenue, per cent (runs, units)."""
    k = paths.of(year, who)
    return 100.0 * k["netto_driftsresultat"] / k["driftsinntekter"]


def negative(year: int) -> Measure:
    """Per cent of kommuner with a negative result."""
    return lambda p: share(p.of(year, "kommuner")["netto_driftsresultat"] < 0)


def negative_both(first: int, second: int) -> Measure:
    """Per cent of kommuner with a negative result in both years."""
    return lambda p: share((result(p, first) < 0) & (result(p, second) < 0))


def without_fund(year: int) -> Measure:
    """Per cent of kommuner without disposisjonsfond."""
    return lambda p: share(p.of(year, "kommuner")["disposisjonsfond"] <= 0)


def count(year: int, column: str) -> Measure:
    """Number of kommuner where the column is above 0."""
    return lambda p: (p.of(year, "kommuner")[column] > 0).sum(axis=1).astype(float)


def april_register(p: Paths, year: int) -> np.ndarray:
    """Grounds in April of year + 1 (runs, kommuner): accounts of year - 1 as reviewed, and the budget of year + 1."""
    before, after = p.of(year - 1, "kommuner"), p.of(year, "kommuner")
    planned = np.where(after["plan_for_sent"] > 0, GROUND_C, 0)
    return (before["robek_grunnlag"] & C_D_F_G) | (after["robek_grunnlag"] & A_B_E) | planned


def in_april(year: int, letters: str = GROUNDS) -> Measure:
    """Number of kommuner in the register of April `year` on at least one of these grounds."""
    bits = sum(1 << GROUNDS.index(letter) for letter in letters)
    return lambda p: ((april_register(p, year - 1) & bits) > 0).sum(axis=1).astype(float)


def registered_people(year: int) -> Measure:
    """Per cent of inhabitants who live in registered kommuner."""

    def measure(p: Paths) -> np.ndarray:
        k = p.of(year, "kommuner")
        return percent(k["folketall"] * (k["robek_grunnlag"] > 0), k["folketall"])

    return measure


def latent(first: int, second: int) -> Measure:
    """Correlation of results between two years by ranks, turned into that of a normal: 2 sin(pi r / 6)."""

    def measure(p: Paths) -> np.ndarray:
        a, b = (_ranks(result(p, year)) for year in (first, second))
        return 2.0 * np.sin(np.pi / 6.0 * np.array([np.corrcoef(x, y)[0, 1] for x, y in zip(a, b, strict=True)]))

    return measure


def weakest_gain(first: int, second: int) -> Measure:
    """How much more the weaker half of `first` improved to `second` than the stronger half, points."""

    def measure(p: Paths) -> np.ndarray:
        before, change = result(p, first), result(p, second) - result(p, first)
        weak = before < np.median(before, axis=1, keepdims=True)
        return np.array([c[w].mean() - c[~w].mean() for c, w in zip(change, weak, strict=True)])

    return measure


def spread_change(first: int, second: int) -> Measure:
    """Standard deviation of results between kommuner in `second` less that of `first`, points."""
    return lambda p: result(p, second).std(axis=1) - result(p, first).std(axis=1)


def size_group(year: int, column: str, size: int, limits: tuple[int, int] = (5_000, 20_000)) -> Measure:
    """A column in per cent of revenue, sums over kommuner of a size group."""

    def measure(p: Paths) -> np.ndarray:
        k = p.of(year, "kommuner")
        here = np.digitize(p.of(p.start, "kommuner")["folketall"], limits) == size
        return percent(k[column] * here, k["driftsinntekter"] * here)

    return measure


def type_group(year: int, column: str, nature: bool) -> Measure:
    """The same of kommuner with natural-resource revenue, or of the others."""

    def measure(p: Paths) -> np.ndarray:
        k = p.of(year, "kommuner")
        here = sum(p.cell(nature, size) for size in range(3)) > 0
        return percent(k[column] * here, k["driftsinntekter"] * here)

    return measure


def counties(year: int, column: str = "netto_driftsresultat") -> Measure:
    """A column of fylkeskommuner but Oslo, the first of them, in per cent of their revenue."""
    return lambda p: percent(
        p.of(year, "fylkeskommuner")[column][:, 1:], p.of(year, "fylkeskommuner")["driftsinntekter"][:, 1:]
    )


def extreme(year: int, highest: bool) -> Measure:
    """The highest or the lowest result of a kommune, per cent of revenue."""
    return lambda p: (np.max if highest else np.min)(result(p, year), axis=1)


def county_spread(year: int, column: str = "netto_driftsresultat") -> Measure:
    """Standard deviation of a column in per cent of revenue between fylkeskommuner but Oslo, points."""

    def measure(p: Paths) -> np.ndarray:
        k = p.of(year, "fylkeskommuner")
        return (100.0 * k[column] / k["driftsinntekter"])[:, 1:].std(axis=1)

    return measure


def county_debt_spread(year: int) -> Measure:
    """Standard deviation of net debt per inhabitant between fylkeskommuner but Oslo, kr."""

    def measure(p: Paths) -> np.ndarray:
        k = p.of(year, "fylkeskommuner")
        return ((k["lanegjeld"] - k["ubrukte_lanemidler"]) / k["folketall"])[:, 1:].std(axis=1)

    return measure


def registered_share(years: range) -> Measure:
    """Per cent of kommuner in the register, mean over years."""
    return lambda p: np.mean([share(p.of(year, "kommuner")["robek_grunnlag"] > 0) for year in years], axis=0)


def registered_changes(years: range) -> Measure:
    """Standard deviation over years of the change of that share, points."""

    def measure(p: Paths) -> np.ndarray:
        shares = [share(p.of(year, "kommuner")["robek_grunnlag"] > 0) for year in years]
        return np.std(np.diff(shares, axis=0), axis=0)

    return measure


def county_range(year: int) -> Measure:
    """Highest less lowest result of a fylkeskommune but Oslo, points."""
    return lambda p: np.ptp(result(p, year, "fylkeskommuner")[:, 1:], axis=1)


def net_debt(p: Paths, year: int) -> np.ndarray:
    """Debt for own purposes less deposits, all units, per cent of income with interest."""
    k = p.of(year, "all")
    return percent(k["lanegjeld"] - k["innskudd"], k["driftsinntekter"] + k["renteinntekter"])


def debt_change(first: int, second: int) -> Measure:
    """Change of the net debt ratio of all units, points."""
    return lambda p: net_debt(p, second) - net_debt(p, first)


def real_spending(year: int) -> Measure:
    """Growth of operating spending of kommuner beyond the deflator, per cent."""

    def measure(p: Paths) -> np.ndarray:
        now, before = (p.of(y, "kommuner")["driftsutgifter"].sum(axis=1) for y in (year, year - 1))
        return 100.0 * (now / before / (1.0 + p.deflator[year]) - 1.0)

    return measure


def closures(years: range, small: bool | None = None) -> Measure:
    """Public schools closed a year; of small or other kommuner in per cent of their schools."""

    def measure(p: Paths) -> np.ndarray:
        found = []
        for year in years:
            k = p.of(year, "kommuner")
            if small is None:
                found.append(k["skoler_nedlagt"].sum(axis=1))
                continue
            here = (k["folketall"] < SMALL) == small
            there_were = (k["skoler"] + k["skoler_nedlagt"]) * here
            found.append(100.0 * (k["skoler_nedlagt"] * here).sum(axis=1) / there_were.sum(axis=1))
        return np.mean(found, axis=0)

    return measure


def stays(years: range) -> Measure:
    """Years in the register per kommune that is in it in any of the years."""

    def measure(p: Paths) -> np.ndarray:
        there = np.stack([p.of(year, "kommuner")["robek_grunnlag"] > 0 for year in years])
        return there.sum(axis=(0, 2)) / np.maximum(1, there.any(axis=0).sum(axis=1))

    return measure


def mean_result(years: range, who: str = "all") -> Measure:
    """Mean over years of the result of the group, per cent of revenue."""
    return lambda p: np.mean([_group_result(p, year, who) for year in years], axis=0)


def swing(years: range) -> Measure:
    """Standard deviation over years of the sector's result, points."""
    return lambda p: np.std([_group_result(p, year, "all") for year in years], axis=0)


def _group_result(p: Paths, year: int, who: str) -> np.ndarray:
    k = p.of(year, who)
    return percent(k["netto_driftsresultat"], k["driftsinntekter"])


def _ranks(values: np.ndarray) -> np.ndarray:
    return np.argsort(np.argsort(values, axis=1), axis=1)
