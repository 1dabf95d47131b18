"""What the council does with what the director proposes: it amends the budget and votes on school plans.

behaviour.md § 4.1, finding 11, A12, B8: proposal and decision are two. The director proposes from the accounts; the
council adopts by its majority, the calendar and how well the case is prepared. Nothing is drawn here: two councils
that are alike amend alike.
"""

import math

from numba import njit

LEFT_MEAN, SPLIT_MEAN, CAPACITY_MEAN = 0.37, 0.76, 0.5  # of the start model: where an amendment is the mean one
MEAN_PLAN = 1.5  # schools of the mean plan: more of them, more protest


@njit(cache=True, nogil=True)
def with_odds(p, push):
    """The probability p with its odds multiplied by e^push; 0 and 1 stay what they are."""
    if p <= 0.0 or p >= 1.0:
        return p
    odds = p / (1.0 - p) * math.exp(min(max(push, -20.0), 20.0))
    return odds / (1.0 + odds)


@njit(cache=True, nogil=True)
def happens(u, p, push):
    """True if u < with_odds(p, push), without the exponential where the direction of the push decides."""
    if (u >= p) == (push <= 0.0):
        return u < p
    return u < with_odds(p, push)


@njit(cache=True, nogil=True)
def council_share(k, q, before_election):
    """Share of the director's pace that the council adopts, about 0.8.

    Less in a fragmented council, with a weak administration, with a large left and in the budget before an election.
    Delegation to the administration takes the amendment back where no majority governs (A12).
    """
    share = 1.0 - q.fragmentering_fart * k.fragmentering
    share *= 1.0 - q.kapasitet_fart * (1.0 - k.kapasitet)
    share *= max(0.0, 1.0 - q.venstre_fart * (k.venstre_andel - LEFT_MEAN))
    if before_election and q.valghensyn > 0.0:
        share *= q.valgar_fart
    if q.delegering > 0.0 and k.fragmentering > q.mindretall_grense:
        share += q.delegering * max(0.0, 1.0 - share)
    return share


@njit(cache=True, nogil=True)
def amend(k, q, speed, income, least, before_election):
    """The relief of the coming budget: what the director proposed and what the council adopts; returns the latter, kr.

    `speed` is the director's, of a unit that consolidates (else 0); `least` is what the law needs whatever they want.
    """
    k.tilpasningsfart, k.foreslatt_innsparing, k.vedtatt_innsparing = 0.0, least, least
    if speed > 0.0:
        k.tilpasningsfart = min(speed * council_share(k, q, before_election), 1.0)
        k.foreslatt_innsparing = max(least, min(min(speed, 1.0) * k.gap, q.innsparing_tak) * income)
        k.vedtatt_innsparing = max(least, min(k.tilpasningsfart * k.gap, q.innsparing_tak) * income)
    return k.vedtatt_innsparing


@njit(cache=True, nogil=True)
def adoption_chance(k, q, schools, before_election):
    """Probability that the council adopts a plan that closes so many schools (B8); protest grows with their number."""
    push = -q.vedtak_protest * (schools - MEAN_PLAN) - q.vedtak_fragmentering * (k.fragmentering - SPLIT_MEAN)
    push += q.vedtak_kapasitet * (k.kapasitet - CAPACITY_MEAN)
    if before_election and q.valghensyn > 0.0:
        push -= q.vedtak_valgar
    return with_odds(q.skole_vedtak, push)
