"""An independent reading of the law in whole kroner, for comparison with the compiled rules.

Written from the text of budsjett- og regnskapsforskriften (BRF) kap. 4 and kommuneloven kap. 28. The closing
moves one krone at a time and asks at each krone what the regulation says is next, so it shares neither
structure nor arithmetic with the kernel. Slow, and meant for small amounts: the results scale with the unit.
"""

from fractions import Fraction


class Operations:
    """The operating accounts of a year while they are being closed."""

    def __init__(self, *, year, result, restricted, overf, reserved, avs, bruk, dekning, fund, old, shield, order):
        self.year, self.shield, self.order = year, shield, order
        self.booked = {"overf": overf, "avs": avs, "bruk": bruk, "dekning": dekning}
        self.struck = {"overf": 0, "avs": 0, "bruk": 0, "dekning": 0}
        self.reserved, self.opening_fund, self.old = reserved, fund, dict(old)
        self.result = result + restricted  # restricted: use less allocation of restricted funds
        self.avvik = self.deviation()
        self.new = 0

    def deviation(self):
        b = self.booked
        return self.result - b["overf"] - b["avs"] + b["bruk"] - b["dekning"]

    def fund(self):
        return self.opening_fund + self.booked["avs"] - self.booked["bruk"]

    def standing(self):
        """Earlier merforbruk not covered by what is booked."""
        return sum(self.old.values()) - self.booked["dekning"]

    def strike(self, post):
        self.booked[post] -= 1
        self.struck[post] += 1

    def close(self, mandatory=True):
        while self.standing() < 0:  # nobody can cover a deficit that does not exist
            self.strike("dekning")
        while self.deviation() < 0 and (post := self.next_strike()):  # § 4-2 (1)
            self.strike(post)
        while self.deviation() > 0 and self.booked["bruk"] > 0:  # § 4-3 (1)
            self.strike("bruk")
        self.no_more_than_the_fund()
        while self.deviation() < 0:  # § 4-2 (2)
            if self.fund() > self.shield:
                self.booked["bruk"] += 1
            else:
                self.new -= self.deviation()
                break
        while self.deviation() + self.new > 0:  # § 4-3 (2): earlier merforbruk before the fund
            self.booked["dekning" if self.standing() > 0 else "avs"] += 1
        while mandatory and self.standing() > 0 and self.fund() > self.shield:  # § 4-4
            self.booked["bruk"] += 1
            self.booked["dekning"] += 1
        return self

    def next_strike(self):
        """Transfer not reserved and allocation in either order, then coverage; None when all is struck."""
        left = {"overf": self.booked["overf"] - self.reserved, "avs": self.booked["avs"]}
        for post in ("overf", "avs") if self.order == 0 else ("avs", "overf"):
            if left[post] > 0:
                return post
        return "dekning" if self.booked["dekning"] > 0 else None

    def no_more_than_the_fund(self):
        """Use beyond what stands on the fund cannot be booked; what then is missing is struck as in § 4-2."""
        if self.fund() >= 0:
            return
        self.order = 0  # to strike an allocation that is used the same year frees nothing: the transfer goes first
        while self.fund() < 0:
            self.strike("bruk")
        while self.deviation() < 0 and (post := self.next_strike()):
            self.strike(post)
            while self.fund() < 0:
                self.strike("bruk")

    def vintages(self):
        """What stands on 31 December, after paying the oldest first; zero years left out."""
        left, standing = self.booked["dekning"], {}
        for year in sorted(self.old):
            paid = min(left, self.old[year])
            left -= paid
            standing[year] = self.old[year] - paid
        standing[self.year] = standing.get(self.year, 0) + self.new
        return {year: amount for year, amount in standing.items() if amount}


def close_investment(*, expenditure, lan, overf, reserved, avs, bruk):
    """BRF §§ 4-5 and 4-6, a krone at a time. `expenditure`: net of restricted funds, with old udekket."""
    struck = {"lan": 0, "overf": 0, "bruk": 0, "avs": 0}
    limit = {"lan": lan, "overf": overf - reserved, "bruk": bruk, "avs": avs}
    start = gap = expenditure + avs - lan - overf - bruk
    while gap > 0 and struck["avs"] < limit["avs"]:
        struck["avs"] += 1
        gap -= 1
    put_aside = 0
    while gap < 0:
        post = next((p for p in ("lan", "overf", "bruk") if struck[p] < limit[p]), None)
        if post:
            struck[post] += 1
        else:
            put_aside += 1
        gap += 1
    return {"avvik": start, "struck": struck, "avs": avs - struck["avs"] + put_aside, "udekket": gap}


def grounds(*, year, old, income, budget=0, plan=(), planned=None, budget_on_time=True, accounts_on_time=True):
    """The letters of § 28-1 that hold, from the words of the Act."""
    found = set()
    if budget < 0:
        found.add("a")
    if any(balance < 0 for balance in plan):
        found.add("b")
    last_year = {vintage: vintage + 2 for vintage in old}  # over more than two years after it arose
    if any(amount > 0 and year >= last_year[vintage] for vintage, amount in old.items()):
        found.add("c")
    if any(covered - vintage > 2 for vintage, covered in (planned or {}).items()):
        found.add("c")
    if Fraction(sum(old.values())) > Fraction(3, 100) * income:
        found.add("d")
    if not budget_on_time:
        found.add("e")
    if not accounts_on_time:
        found.add("f")
    return found


def register_after(before, found, old):
    """§ 28-5: a, b, e, f lapse with a clean document of the year; c, d, g when everything is covered."""
    covered = sum(old.values()) == 0
    stays = {letter for letter in before if letter in "cdg" and not covered}
    return stays | set(found)


def equalise(tax, people, rate):
    """Net equalisation per inhabitant and the deduction, exact."""
    tax, people = [Fraction(t) for t in tax], [Fraction(p) for p in people]
    mean = sum(t * p for t, p in zip(tax, people, strict=True)) / sum(people)
    extra = [max(Fraction(0), Fraction(9, 10) * mean - t) * Fraction(35, 100) for t in tax]
    deduction = sum(e * p for e, p in zip(extra, people, strict=True)) / sum(people)
    return [rate * (mean - t) + e - deduction for t, e in zip(tax, extra, strict=True)], deduction
