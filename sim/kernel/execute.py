"""January to December: the budget is carried out, shocks come, the operating and investment flows are booked.

Sources: BRF §§ 3-4, 3-5, 5-4, 5-6; kommuneloven §§ 14-5, 14-14 to 14-18, 28-3.
"""

import numpy as np
from numba import njit

from sim.kernel.accounts import minimumsavdrag, premieavvik_rest
from sim.kernel.adoption import grant_share
from sim.kernel.constraints import laneramme, minsteavdrag_1992
from sim.kernel.loans import controlled, loan_frame
from sim.kernel.merger import investment_before, overrun_before
from sim.kernel.portfolio import N_SECTORS, STANDARD
from sim.kernel.revenue import kr

N_PENSION = 15
RESTRICTED_USE = 0.97  # of the flow into restricted funds is used the same year: they grow with prices (assumption)


@njit(cache=True, nogil=True)
def book_pension(k, q, shock):
    """Premieavvik of the year, and amortisation of earlier ones in equal parts in whole kroner (BRF § 3-5).

    A vintage keeps the number of years that held when it arose. What remains of it follows from its age alone, so
    the parts add up exactly to the original.
    """
    for age in range(N_PENSION - 1, 0, -1):
        k.premieavvik_argang[age] = k.premieavvik_argang[age - 1]
        k.premieavvik_ar_argang[age] = k.premieavvik_ar_argang[age - 1]
    new = kr(q.premie_niva * k.driftsinntekter * (q.premieavvik_niva + q.premieavvik_spredning * shock))
    k.premieavvik_argang[0], k.premieavvik_ar_argang[0] = new, q.premieavvik_ar
    remaining, remaining_next = 0.0, premieavvik_rest(new, 1, q.premieavvik_ar)
    for age in range(1, N_PENSION):
        years = k.premieavvik_ar_argang[age]
        if age < years:  # an older vintage is fully amortised
            remaining += premieavvik_rest(k.premieavvik_argang[age], age, years)
            remaining_next += premieavvik_rest(k.premieavvik_argang[age], age + 1, years)
    amortised = k.premieavvik - remaining
    k.premieavvik = remaining + new
    k.premieavvik_neste = k.premieavvik - remaining_next
    k.premie_over_kostnad = new
    k.premieavvik_effekt = new - amortised


@njit(cache=True, nogil=True)
def book_operations(k, w, n, q, persistent, transitory, norms):
    """Spending by sector, local pressure and overruns, cheap corrections in the year; gross and net result."""
    income = k.driftsinntekter
    prices = 1.0 + n.kostnad_overraskelse / (1.0 + n.deflator_anslag)
    spending = 0.0
    for s in range(N_SECTORS):
        k.utgifter[s] = kr(k.budsjett_utgifter[s] * prices)
        spending += k.utgifter[s]
    k.vedlikehold = kr(k.budsjett_vedlikehold * prices)
    k.vedlikeholdsetterslep += max(0.0, kr(k.vedlikeholdsnorm * prices) - k.vedlikehold)
    shock = q.varig_kostnad_spredning * k.risikofaktor * persistent
    k.lokal_kostnad = q.varig_kostnad_treghet * k.lokal_kostnad + shock
    passing = q.forbigaende_spredning * k.risikofaktor * transitory
    k.avvik_siste = k.lokal_kostnad + passing
    k.sent_kjent = kr((1.0 - q.kjent_i_desember) * passing * income)
    overrun = q.overskridelse * (1.0 if k.konsoliderer > 0.0 else 0.3) + k.egen_overskridelse + overrun_before(k, q)
    k.merkostnad = kr(income * (k.avvik_siste + overrun)) + k.ikke_gjennomfort
    k.merkostnad += kr(q.bemanning_slitasje * k.bemanningskutt)  # vacancies wear out those who are left
    k.omstillingskostnad = k.budsjett_omstilling
    _book_capital_costs(k, n, q)
    _correct_in_the_year(k, q, income, spending, overrun)
    spending -= k.tertialkorreksjon
    k.driftsutgifter = spending + k.vedlikehold + k.merkostnad + k.omstillingskostnad
    k.driftsutgifter += k.premie_over_kostnad - k.premieavvik_effekt
    k.brutto_driftsresultat = income - k.driftsutgifter - k.avskrivninger
    finance = k.renteinntekter - k.renteutgifter - k.avdrag
    k.netto_driftsresultat = k.brutto_driftsresultat + finance + k.avskrivninger
    for s in range(N_SECTORS):
        k.tjenesteniva[s] = k.utgifter[s] / max(1.0, k.behov[s] * norms[STANDARD, s])
    k.tjenesteniva[1] /= k.kontraktspris  # a dearer contract is no better service
    k.tjenesteniva[4] /= k.ferjepris


@njit(cache=True, nogil=True)
def weighted_life(k, q):
    """Whole life of the assets, weighted, in years: longer than what remains of it, book value per depreciation."""
    remaining = k.anleggsmidler / k.avskrivninger if k.avskrivninger > 0.0 else q.levetid_nye
    return q.levetid_vekting * remaining


@njit(cache=True, nogil=True)
def _book_capital_costs(k, n, q):
    """Depreciation, least amortisation (§ 14-18), amortisation and interest of the year."""
    k.avskrivninger = kr(k.avskrivningssats * k.anleggsmidler)
    if q.minimumsavdrag_regel == 1.0:  # Act of 1992: debt over the weighted life of the assets
        least = minsteavdrag_1992(k.lanegjeld, weighted_life(k, q))
    else:
        least = minimumsavdrag(k.avskrivninger, k.lanegjeld, k.anleggsmidler, q.levetid_nye)
        if q.minimumsavdrag_regel == 2.0:
            least *= q.minimumsavdrag_faktor
    k.minimumsavdrag = min(kr(least), k.lanegjeld)
    k.avdrag = min(max(k.minimumsavdrag, k.budsjett_avdrag), k.lanegjeld)
    rate = q.rente_fast * n.rente_forrige + (1.0 - q.rente_fast) * n.rente + q.rentepaslag
    k.innskudd = k.disposisjonsfond + k.bundne_fond + k.ubundet_investeringsfond + k.bundet_investeringsfond
    k.innskudd += k.ubrukte_lanemidler - k.merforbruk - k.udekket_investering - k.premieavvik  # BRF § 5-10
    lending = kr(k.utlansgjeld * rate)  # on-lending pays for itself
    k.renteutgifter = kr(k.lanegjeld * rate) + lending
    k.utbytte = kr(k.utbytte * (1.0 + n.deflator_anslag))
    k.renteinntekter = kr(max(0.0, k.innskudd) * q.likviditet_rente * n.rente) + k.utbytte + lending


@njit(cache=True, nogil=True)
def _correct_in_the_year(k, q, income, spending, overrun):
    """Twice a year the director reports (§ 14-5): cheap staffing holds back part of a shortfall, this year only."""
    shortfall = income * (k.avvik_siste - k.innbakt_kostnad + overrun) - (income - k.budsjett_driftsinntekter)
    limit = q.bemanning_tak * income
    k.tertialkorreksjon = np.floor(min(max(0.0, q.tertialkorreksjon * shortfall), limit))
    if k.tertialkorreksjon <= 0.0:
        k.tertialkorreksjon = 0.0
        return
    left = k.tertialkorreksjon
    for s in range(N_SECTORS):
        cut = kr(k.tertialkorreksjon * k.utgifter[s] / spending)
        k.utgifter[s] -= cut
        left -= cut
    k.utgifter[1] -= left  # rounding, to the largest service


@njit(cache=True, nogil=True)
def book_dispositions(k, q):
    """The budgeted dispositions are booked first (BRF § 4-1); restricted money goes to and from its funds (§ 14-10)."""
    flow = kr(q.bundne_strom * k.driftsinntekter)
    k.avsetning_bundne = flow
    k.bruk_bundne = min(kr(RESTRICTED_USE * flow), k.bundne_fond)
    # a transfer beyond the need would put running income into an investment fund: struck at once (§ 4-1(4))
    need = k.investering - k.investeringstilskudd + k.udekket_investering
    k.overforing_investering = min(k.budsjett_overforing, need)
    k.avsetning_disposisjonsfond = k.budsjett_avsetning
    k.bruk_disposisjonsfond = k.budsjett_bruk_disposisjonsfond
    k.dekning_tidligere_merforbruk = k.budsjett_dekning


@njit(cache=True, nogil=True)
def book_investment(k, q, is_county, delay):
    """Gross investment, its grants, and new loans within the frame that control allows (§ 28-3).

    A loan frame that binds cuts the investment to what can be paid; what is not made waits in the queue.
    """
    made = 1.0 - q.investering_utsettelse * max(0.0, 1.0 + 0.5 * delay)
    planned = kr(k.budsjett_investering * investment_before(k, q))
    own_share = 1.0 - grant_share(q, is_county)
    own = k.budsjett_overforing + k.ubundet_investeringsfond
    need = kr(own_share * planned) + k.udekket_investering
    loan = max(0.0, need - k.budsjett_overforing)
    spare = max(0.0, k.ubrukte_lanemidler - kr(0.02 * k.driftsinntekter))
    # nothing is borrowed for what grants and compensated VAT pay (§ 14-15)
    lawful = laneramme(planned, kr((1.0 - own_share) * planned)) + k.udekket_investering
    take_up = min(max(0.0, loan - spare), lawful)
    if controlled(k, q):
        take_up = min(take_up, loan_frame(q, k.avdrag, own_share * planned))
    k.laneopptak = kr(take_up)
    money = k.laneopptak + k.ubrukte_lanemidler + own - k.udekket_investering
    affordable = max(0.0, money) / own_share
    k.investering = np.floor(max(0.0, min(planned * made, affordable)))
    k.investeringsko += max(0.0, planned - k.investering)
    k.investeringstilskudd = np.floor((1.0 - own_share) * k.investering)
    k.mva_kompensasjon = min(np.floor(q.mva_andel * k.investering), k.investeringstilskudd)
