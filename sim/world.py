"""What the world gives a unit, in every run alike: one record per unit (sim.state has the whole)."""

from sim.dimensions import N_SECTORS
from sim.schema import Column

WORLD = (
    Column("kode", "code", "kommunenummer or fylkesnummer as a number: the address of chance.", integer=True),
    Column("er_fylke", "0/1", "1 for a fylkeskommune.", integer=True),
    Column("fylke", "index", "Which of the 15 fylker, 0 to 14.", integer=True),
    Column("folketall_start", "persons", "Inhabitants 1 January 2026."),
    Column("vekst", "factor", "Projected growth of inhabitants from 1 January of 2026 + k to the next.", (25,)),
    Column("skatteindeks", "1 = national mean", "Own tax per inhabitant relative to the mean."),
    Column("frie_2026", "kr", "Published frie inntekter 2026."),
    Column("frie_2027", "kr", "Published frie inntekter 2027."),
    Column("ramme_2026", "kr", "Block grant without inntektsutjevning 2026 that makes frie_2026 at the expected tax."),
    Column("ramme_2027", "kr", "The same for 2027."),
    Column("faste_tilskudd", "kr of 2027", "Grants outside the innbyggertilskudd and the cost key, kept in real terms."),
    Column("storby_sats", "kr of 2027 per inhabitant", "Rate of storbytilskudd; 0 for all but the largest cities."),
    Column("distrikt_sats", "kr of 2027 per inhabitant", "Rate of distriktstilskudd."),
    Column("distrikt_fast", "kr of 2027", "Fixed amount of distriktstilskudd to a very small kommune."),
    Column("distrikt_nord", "0/1", "1 if distriktstilskudd is that of Nord-Norge and Namdalen.", integer=True),
    Column("behovsindeks", "country = 1", "Published index of need of 2026, country = 1 over the people of 2027."),
    Column("saerskilt", "kr of 2027", "What is left of faste_tilskudd after the grants that follow a rule."),
    Column("behov_rest", "kr of 2025 per inhabitant", "Need per inhabitant not carried by age.", (N_SECTORS,)),
    Column("sentralitet", "class 1-6", "SSB centrality."),
    Column("naturtype", "0/1/2", "Revenue type: 0 other, 1 energi, 2 havbruk.", integer=True),
    Column("lon", "degrees", "Mean point, east."),
    Column("lat", "degrees", "Mean point, north."),
    Column("robek_start", "bits", "Grounds in the register of 20 April 2026.", integer=True),
    Column("ndr_forbigaende", "share of revenue", "Part of the result of 2025 that was passing, by those of 2020-25 (fylkeskommuner)."),
    Column("naboer", "unit index", "The eight nearest units of the same kind.", (8,), integer=True),
    Column("sammenlignbare", "unit index", "The eight most alike: size group, revenue type, inhabitants, centrality.", (8,), integer=True),
    Column("areal", "km2", "Land and lakes; constructed from travel in the cost key and the distance to neighbours."),
)
