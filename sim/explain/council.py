"""What the network did, and what the council voted on in the autumn: election, property tax, schools."""

from typing import Any

import numpy as np

from sim.explain.entries import Entry, Page, money, percent
from sim.explain.replay import UnitYear
from sim.state import SECTORS_KOMMUNE, STATE_COLUMNS

REGISTERED = "robek_grunnlag"
NETWORKS = ("the eight nearest", "eight peers", "the eight nearest and eight peers")
REGIMES = ("always approved", "mostly refused if the kommune objects", "never approved")


def network(y: UnitYear) -> list[Entry]:
    """What the others of the network had done by the end of last year, and how much it counted here."""
    page = Page("network")
    if y.is_county:
        page.say("nettverk", "A fylkeskommune does not look at others here.")
        return page.entries
    if y.q["naboeffekt"] <= 0.0:
        page.say("nettverk", "Imitation is off (naboeffekt = 0): nothing is read of others.")
        return page.entries
    from sim.kernel.neighbours import N_WELFARE, SEEN_LEVEL, SEEN_SCHOOLS, SEEN_TAX

    whom = NETWORKS[int(y.q["nabonettverk"])]
    proposed, taxed = float(y.seen[SEEN_SCHOOLS]), float(y.seen[SEEN_TAX])
    words = f"Of {whom} {percent(proposed, 0)} proposed to change schools last year."
    page.figure("nabo_skoleforslag", proposed, "share", words, "behaviour.md § 4.4")
    words = f"Property tax is {abs(100.0 * taxed):.0f} points {'less' if taxed < 0.0 else 'more'} common there than in "
    page.figure("nabo_eiendomsskatt", taxed, "share", f"{words}the country.", "behaviour.md C5")
    moved = y.autumn.normed["budsjett_utgifter"] - y.autumn.schooled["budsjett_utgifter"]
    services = ", ".join(SECTORS_KOMMUNE[s] for s in np.flatnonzero(moved))
    side = "who manage with less, as it must save" if y.booked["konsoliderer"] > 0.0 else "who do more"
    words = f"Put into the budget of {y.year + 1} because of those {side}: {services or 'nothing'}."
    page.figure("nabo_norm_kr", moved.sum(), "kr", words, "behaviour.md C6")
    if moved.any():
        level = float(np.mean(y.seen[SEEN_LEVEL : SEEN_LEVEL + N_WELFARE] - y.booked["tjenesteniva"][:N_WELFARE]))
        words = "Service level of the network beyond the own, mean of six welfare services."
        page.figure("nabo_tjenesteniva", level, "1 = national 2025 standard", words)
    return page.entries


def council(y: UnitYear) -> list[Entry]:
    """Election, property tax and schools of the year."""
    page, k = Page("council"), y.after
    if y.is_county:
        if y.is_election() or y.is_election(1):
            page.say("valg", f"Election in {y.year + (not y.is_election())}: here it counts for cuts only.")
        page.say("uten_skoler", "A fylkeskommune has no school structure or property tax to decide on here.")
        return page.entries
    _election(page, y)
    words = f"The council: the left has {percent(k['venstre_andel'], 0)}; fragmentation {k['fragmentering']:.2f}"
    page.column(k, "venstre_andel", f"{words}; capacity of the administration {k['kapasitet']:.2f}.")
    _property_tax(page, y)
    _schools(page, y)
    page.final(k, "velgertap", "Support lost by decisions since the last election.")
    return page.entries


def _election(page: Page, y: UnitYear) -> None:
    from sim.kernel.council import with_odds

    if y.is_election():
        registered = y.booked[REGISTERED] > 0
        loss = y.booked["velgertap"] + (y.q["valgtap_robek"] if registered else 0.0)
        chance = with_odds(float(y.q["maktskifte"]), float(y.q["valg_utslag"] * loss))
        cost = f"decisions of the term{' and ROBEK' if registered else ''} cost {percent(loss, 1)} of the votes"
        new = y.after["nytt_flertall"] > 0.0
        words = (
            f"Election: {cost}; a new majority was {percent(chance, 0)} likely and {'came' if new else 'did not come'}."
        )
        page.figure("maktskifte_sjanse", chance, "probability", words, "behaviour.md C14")
        was, now = y.booked["svakhet"], y.after["svakhet"]
        if was != now:
            page.say("karakter", f"With the new term weakness goes from {was:+.2f} to {now:+.2f} sd (opening).")
    elif y.is_election(1):
        moves = "fewer school plans, no new property tax, smaller cuts"
        words = moves if y.q["valghensyn"] > 0.0 else "it moves nothing (valghensyn = 0)"
        page.say("valg", f"Election in {y.year + 1}: {words}.")


def _property_tax(page: Page, y: UnitYear) -> None:
    from sim.kernel.constraints import promille_innenfor
    from sim.kernel.council import LEFT_MEAN, with_odds
    from sim.kernel.neighbours import SEEN_TAX
    from sim.kernel.politics import MEAN_GAP, MOST_GAP

    k, q, decided = y.after, y.q, y.autumn.elected
    old, new = y.before["eiendomsskatt_promille"], k["eiendomsskatt_promille"]
    rate = f"stays at {new:g}" if new == old else f"goes from {old:g} to {new:g}"
    words = f"The rate of the property tax {rate} per mille."
    page.final(k, "eiendomsskatt_promille", words, "eigedomsskattelova §§ 11, 13")
    for name, cap, words in (
        ("promille_bolig", "eiendomsskatt_tak", "Of which homes pay."),
        ("promille_annet", "eiendomsskatt_tak_annet", "Of which other property pays."),
    ):
        pays = promille_innenfor(float(new), float(q[cap]))
        if new > pays:
            page.figure(name, pays, "per mille", words, "eigedomsskattelova § 11")
    highest = max(q["eiendomsskatt_tak"], q["eiendomsskatt_tak_annet"])
    if decided["konsoliderer"] <= 0.0:
        page.say("eskatt_uten_gap", "No consolidation last autumn: no new or higher property tax is considered.")
    elif old >= highest:
        page.say("eskatt_pa_taket", f"The rate is at its cap of {highest:g} per mille.", "eigedomsskattelova § 11")
    elif y.is_election(1) and q["valghensyn"] > 0.0:
        page.say("eskatt_valg", "No new or higher property tax before an election.", "behaviour.md § 4.4")
    else:
        lean = q["eskatt_venstre"] * (decided["venstre_andel"] - LEFT_MEAN)
        gap = q["eskatt_gap"] * (min(100.0 * decided["gap"], MOST_GAP) - MEAN_GAP)
        others = q["naboeffekt"] * q["eskatt_nabo"] * y.seen[SEEN_TAX]
        mean = float(q["eskatt_heving"] if old > 0.0 else q["eskatt_innforing"])
        chance, alone = with_odds(mean, float(lean + gap + others)), with_odds(mean, float(lean + gap))
        words = (
            f"To {'raise' if old > 0.0 else 'introduce'} it was {percent(chance, 1)} likely (mean {percent(mean, 0)})"
        )
        words += f": last autumn's gap was {percent(decided['gap'], 1)}{_alone(y, percent(alone, 1))}."
        page.figure("eskatt_sjanse", chance, "probability", words, "behaviour.md C5, C7")


def _alone(y: UnitYear, chance: str) -> str:
    """What the chance would have been without the network; nothing where imitation is off."""
    return f"; without the network {chance}" if y.q["naboeffekt"] > 0.0 else ""


def _schools(page: Page, y: UnitYear) -> None:
    from sim.kernel.council import adoption_chance
    from sim.kernel.neighbours import SEEN_SCHOOLS
    from sim.kernel.schools import wants_plan

    k, decided, soon = y.after, y.autumn.elected, y.is_election(1)
    page.final(k, "skoleforslag", _school_words(y), "opplaeringslova § 2-6")
    if _has_choice(y) and y.year >= decided["skole_sperre_til"]:
        utility = wants_plan(decided, y.q, y.nation, y.seen, soon)
        others = y.q["skole_s5"] * 2.0 * y.q["naboeffekt"] * y.seen[SEEN_SCHOOLS]
        chance, alone = (1.0 / (1.0 + float(np.exp(-u))) for u in (utility, utility - others))
        words = f"A proposal was {percent(chance, 0)} likely{_alone(y, percent(alone, 0))}."
        page.figure("skoleforslag_sjanse", chance, "probability", words, "behaviour.md § 4.3")
    if k["skoleforslag"] > 0.0:
        page.final(k, "skoler_foreslatt", "Schools whose closure the director proposed.")
        chance = adoption_chance(decided, y.q, float(k["skoler_foreslatt"]), soon)
        words = f"The council would adopt that plan with {percent(chance, 0)}."
        page.figure("skolevedtak_sjanse", chance, "probability", words, "behaviour.md B8")
        page.final(k, "skolevedtak", "Schools whose closure the council adopted.")
    _school_effects(page, y)


def _school_words(y: UnitYear) -> str:
    k = y.after
    if k["skoleforslag"] > 0.0:
        rests = k["skole_sperre_til"] > y.year
        rejected = f"rejected; none again before {k['skole_sperre_til']:.0f}" if rests else "rejected"
        decided = "adopted" if k["skolevedtak"] > 0.0 else rejected
        return f"The director proposed to change the school structure: {decided}."
    if y.year < y.before["skole_sperre_til"]:
        return f"No school proposal before {y.before['skole_sperre_til']:.0f}: one was rejected."
    if not _has_choice(y):
        return "No proposal: a single school is left besides what already is to close."
    return "No proposal to change the school structure."


def _has_choice(y: UnitYear) -> bool:
    """Two schools or more without those that are to close (sim.kernel.schools.propose)."""
    decided = y.autumn.elected
    return bool(decided["skoler"] - decided["skoler_vedtatt"].sum() >= 2.0)


def _school_effects(page: Page, y: UnitYear) -> None:
    """What adopted closures and openings do to the coming year; columns that are 0 are left out."""
    k, more = y.after, dict[str, Any]()
    for lag, schools in enumerate(k["skoler_vedtatt"]):
        if schools > 0.0:
            when = y.year + 2 + lag
            page.figure(f"skoler_{when}", schools, "schools", f"Closures that are adopted and due in {when}.")
    regime = REGIMES[int(y.q["privatskole_regime"])]
    more["privatelever_neste"] = (
        f"{STATE_COLUMNS['privatelever_neste'].text.rstrip('.')} (private schools are {regime})."
    )
    for name in ("skoler_legges_ned", "budsjett_omstilling", "privatelever_neste", "skoler_apnes",
                 "elever_lengre_vei", "skolevei_okning"):  # fmt: skip
        if k[name] != 0.0:
            page.final(k, name, more.get(name, ""))
    later = k["skolesparing_neste"]
    if later:
        words = "saved"
        if later < 0.0:
            words = (
                "spent on the new school" if k["skoler_apnes"] > 0.0 else "lost: the closure costs more than it saves"
            )
        page.column(k, "skolesparing_neste", f"In the budget of {y.year + 2} another {money(abs(later))} are {words}.")
