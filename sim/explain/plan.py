"""The okonomiplan year by year: what the council planned for the three years after the budget (kommuneloven § 14-3)."""

from dataclasses import dataclass

from sim.explain.entries import Entry, Page, money
from sim.explain.replay import UnitYear


@dataclass(frozen=True)
class PlanYear:
    """A year of the plan, kr: planned result with its named measures, coverage, fund and deficit after it."""

    year: int
    result: float
    measures: float
    owed: float
    fund: float
    short: float


def plan_years(y: UnitYear) -> list[PlanYear]:
    """The years after the budget, by the rule of sim.kernel.okonomiplan; none for a unit that plans in balance.

    The kernel keeps only the weakest year and the first measures; a test holds these years against both.
    """
    from sim.kernel import notes
    from sim.kernel.okonomiplan import YEARS, known_change, passing_relief, plan_year, planned_pace
    from sim.kernel.revenue import kr

    k, q, note = y.adopted, y.q, y.work[notes.NOTES]
    due, standing = float(note[notes.DUE]), float(note[notes.STANDING])
    if k["konsoliderer"] <= 0.0 and standing <= 0.0 and k["budsjett_resultat"] >= due:
        return []
    owed = y.autumn.owed
    honest = k["budsjett_balanse"] < 0.0 or y.autumn.open_deficit < q["budsjett_med_merforbruk"]
    fund = float(note[notes.USABLE] - k["budsjett_bruk_disposisjonsfond"] + k["budsjett_avsetning"])
    covered = max(0.0, float(k["budsjett_dekning"] + k["budsjett_balanse"]))
    limit, pace = float(q["plan_tiltak_tak"] * k["driftsinntekter"]), planned_pace(k, q, due)
    change = known_change(k, y.world, y.nation, q, y.year) - y.autumn.need
    result, found = float(k["budsjett_resultat"] - passing_relief(k, q)), []
    for ahead in range(1, YEARS):
        left, must = standing - covered, owed[ahead] - covered if honest else pace
        measures, result, paid, fund, short = plan_year(result + change, fund, left, must, pace, limit)
        covered += paid
        found.append(PlanYear(y.year + 1 + ahead, float(kr(result)) + 0.0, measures, paid, fund, short))
    return found


def plan(y: UnitYear) -> list[Entry]:
    """The years of the plan, what it names, and whether ground b and the plan branch of c follow."""
    page, k = Page("plan"), y.adopted
    years = plan_years(y)
    if not years:
        page.say("plan_i_balanse", "No pressure: the plan is in balance in all years, without named measures.",
                 "kommuneloven § 14-4")  # fmt: skip
    for row in years:
        words = f"Planned result of {row.year}"
        words += f", with new measures of {money(row.measures)}" if row.measures else ""
        words += f"; {money(row.owed)} go to old deficits" if row.owed else ""
        words += f"; {money(row.short)} are missing" if row.short else f"; {money(row.fund)} of the fund are left"
        page.figure(f"plan_{row.year}", row.result, "kr", f"{words}.", "kommuneloven § 14-3")
    page.final(k, "plan_balanse", _balance(y, years), "kommuneloven § 28-1 b")
    page.column(k, "plan_resultat", law="kommuneloven § 14-4")
    named = f"Measures that the plan names for {y.year + 2}"
    share = f"{100.0 * y.q['tiltaksplan_binding']:.0f} % of them bind that budget if deficits or the register stand"
    page.column(
        k, "tiltaksplan", f"{named}: {share}." if k["tiltaksplan"] else f"{named}.", "kommuneloven §§ 14-3, 28-4"
    )
    if k["plan_dekning_ar"] > 0.0:
        late = "later than the register allows (ground c)" if k["plan_for_sent"] > 0.0 else "in time"
        words = f"The plan covers the last of the old deficits in {k['plan_dekning_ar']:.0f}: {late}."
        page.column(k, "plan_dekning_ar", words, "kommuneloven §§ 14-11, 28-1 c")
    elif k["merforbruk"] > 0.0:
        page.say("plan_dekning_ar", "No old deficit is expected to stand after the closing.",
                 "kommuneloven § 14-11")  # fmt: skip
    return page.entries


def _balance(y: UnitYear, years: list[PlanYear]) -> str:
    from sim.kernel.portfolio import MERFORBRUK

    weakest = max([row.short for row in years], default=0.0)
    if y.adopted["plan_balanse"] < 0.0:
        return "Weakest year of the okonomiplan, adopted with merforbruk: ground b follows."
    if weakest > 0.0 or (years and y.adopted["tiltak"][MERFORBRUK] > 0.0):
        return "Weakest year as adopted: what is missing is hidden in estimates that will not hold. No ground b."
    return "Weakest year of the okonomiplan: in balance, no ground b."
