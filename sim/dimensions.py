"""How long the arrays of the records are, and what the places in them are called."""

FIRST_YEAR = 2026  # the first accounts year that is simulated
LAST_YEAR = 2050  # the last year of the national projection

AGE_GROUPS = ("0-1", "2-5", "6-15", "16-22", "23-66", "67-79", "80-89", "90+")  # of the income system
SECTORS_KOMMUNE = (  # seven sectors of the cost key (Gront hefte 2026) and what lies outside the key
    "grunnskole", "pleie", "barnehage", "kommunehelse", "barnevern", "sosial", "administrasjon", "andre_tjenester",
)  # fmt: skip
SECTORS_FYLKE = (
    "videregaende", "kollektivtransport", "fylkesveg", "tannhelse", "bat_ferje", "administrasjon",
    "andre_tjenester", "ikke_i_bruk",
)  # fmt: skip
N_AGES, N_SECTORS, N_VINTAGES, N_PENSION, N_LAGS = 8, 8, 16, 15, 3
ROBEK_LETTERS = "abcdefg"  # grounds of kommuneloven section 28-1, bit 0 to 6 of `robek_grunnlag`
