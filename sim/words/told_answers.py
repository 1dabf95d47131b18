"""What stands on the figures of compare, sensitivity, discover, calibrate and validate, in Norwegian (sim.words.told).

A field whose name begins with `name` is the user's or a code's, and is carried over as it is.
"""

ANSWERS = {
    # compare
    "Difference in the same possible future (B minus A), run by run.":
        "Forskjell i den samme mulige framtiden (B minus A), kjøring for kjøring.",
    "Losers in red, winners in blue. Dot and line: mean over runs and its 95 % interval; pale bar: middle 90 % of runs.":
        "Tapere i rødt, vinnere i blått. Punkt og strek: snitt over kjøringene og dets 95 %-intervall; lys stolpe: "
        "midterste 90 %.",
    "{name_b}, against {name_a}": "{name_b}, mot {name_a}",
    "kommunesim, {name_sides}. {n} pairs of runs, seed {s}.": "kommunesim, {name_sides}. {n} par av kjøringer, frø {s}.",
    "mean, 95 % interval": "snitt, 95 %-intervall", "median over runs": "median over kjøringene",
    "middle 50 % of runs": "midterste 50 % av kjøringene", "middle 90 %": "midterste 90 %",
    "No kommune's mean difference stands out from the noise of these runs.":
        "Ingen kommunes snittforskjell skiller seg ut fra støyen i disse kjøringene.",
    "{unit}; higher is better": "{unit}; høyere er bedre", "{unit}; lower is better": "{unit}; lavere er bedre",
    "percentage points of driftsinntekter": "prosentpoeng av driftsinntektene", "percentage points": "prosentpoeng",
    "probability": "sannsynlighet",
    # sensitivity
    "{name_s}: what {name_group} in {y} depend on": "{name_s}: hva {name_group} i {y} avhenger av",
    "kommunesim, {name_s}: {n} runs, each with its own draw of the assumptions.":
        "kommunesim, {name_s}: {n} kjøringer, hver med sin trekning av forutsetningene.",
    "kommunesim, {name_s}: {name_design} design, {n} points of {r} runs.":
        "kommunesim, {name_s}: design {name_design}, {n} punkter med {r} kjøringer.",
    "Bar: the index; line: its 95 % interval.": "Stolpe: indeksen; strek: 95 %-intervallet.",
    "share of variance: pale all of the factor, dark by itself; chance taken out":
        "andel av variansen: lys hele faktoren, mørk alene; tilfeldigheten er tatt ut",
    "share of variance: pale all of the factor, dark by itself": "andel av variansen: lys hele faktoren, mørk alene",
    "mean size of the effect over the factor's range, {unit}": "snitt av virkningen over faktorens spenn, {unit}",
    "fitted change from the factor's low to its high end, {unit}":
        "tilpasset endring fra faktorens lave til høye ende, {unit}",
    "Total index, share of variance": "Total indeks, andel av variansen",
    "Size of the effect, share of the largest": "Virkningens størrelse, andel av den største",
    "Standardised regression coefficient": "Standardisert regresjonskoeffisient",
    # discover
    "{name_s}: when {name_when} in {y}": "{name_s}: når {name_when} i {y}",
    "coverage: share of the cases of interest in the box": "dekning: andel av tilfellene av interesse som er i boksen",
    "Density of the boxes tried": "Tettheten i boksene som ble prøvd",
    "share of interest in the box; dashed: without a box": "andel av interesse i boksen; stiplet: uten boks",
    "Box {n}": "Boks {n}",
    "{name_up} (up) over {name_across}; red: of interest": "{name_up} (opp) mot {name_across}; rødt: av interesse",
    "{name_up} (up) over {name_across}; red: of interest; {n} more limits not seen here":
        "{name_up} (opp) mot {name_across}; rødt: av interesse; {n} grenser til vises ikke her",
    # calibrate
    "What the published facts of 2024 and 2025 say about {n} behavioural parameters":
        "Det publiserte tall for 2024 og 2025 sier om {n} parametre for atferd",
    "Bars: {n} accepted vectors; line: the prior; orange: the default. Dark: identified ({a}), middle: weakly ({b}), "
    "light: keeps its prior ({c}).":
        "Stolper: {n} godtatte vektorer; linje: utgangspunktet; oransje: standardverdien. Mørk: identifisert ({a}), "
        "midt: svakt ({b}), lys: som utgangspunktet ({c}).",
    "Which parameters go together in the accepted set": "Hvilke parametre som følger hverandre i det godtatte settet",
    "Dots: accepted vectors over the range of the prior; number: rank correlation.":
        "Punkter: godtatte vektorer over utgangspunktets spenn; tall: rangkorrelasjon.",
    "Calibrated, never official. {w} waves of {n} sets, {r} runs each, seed {s}, {name_date}; set {name_set}, "
    "rules {name_rules}.":
        "Kalibrert, aldri offisielt. {w} runder med {n} sett, {r} kjøringer hver, frø {s}, {name_date}; sett {name_set}, "
        "regler {name_rules}.",
    "Moments: {n} facts of KS, TBU, KDD and Nasjonalbudsjettet 2026, see docs/calibration.md.":
        "Momenter: {n} tall fra KS, TBU, KDD og Nasjonalbudsjettet 2026, se docs/calibration.md.",
    # validate
    "Published facts against {n} runs, {kind} parameters: {a} of {b} in sample, {c} of {d} out of sample pass":
        "Publiserte tall mot {n} kjøringer, {kind} parametre: {a} av {b} innenfor og {c} av {d} utenfor utvalget består",
    "calibrated": "kalibrerte", "default": "faste",
    "Dot and line: simulated median and 5 to 95 %. Band: published value and its uncertainty, each on its own scale. "
    "Filled: in sample; open: never fitted to; orange: fails.":
        "Punkt og strek: simulert median og 5 til 95 %. Bånd: publisert verdi og dens usikkerhet, hver på sin skala. "
        "Fylt: i utvalget; åpen: aldri tilpasset; oransje: består ikke.",
    "Rule: the two intervals meet; where only a sign is published the median must have it. Arrows: beyond the edge. "
    "Cross: naive forecast. Sources stand with each fact in 'run.py validate --json'.":
        "Regel: de to intervallene møtes; der bare et fortegn er publisert, må medianen ha det. Piler: utenfor kanten. "
        "Kryss: naiv prognose. Kildene står ved hvert tall i 'run.py validate --json'.",
    "published\n− slack": "publisert\n− slakk", "published": "publisert", "published\n+ slack": "publisert\n+ slakk",
    "2024 and 2025, from the accounts of 2023": "2024 og 2025, ut fra regnskapet for 2023",
    "The start and the decade ahead": "Starten og tiåret som kommer",
    "A lasting rise of revenue; stays in the register": "Varig økte inntekter; opphold i registeret",
    "TBU's method, no chance in it": "TBUs metode, uten tilfeldighet",
    "sign | {b} {name_unit}": "fortegn | {b} {name_unit}", "{a} | {b} {name_unit}": "{a} | {b} {name_unit}",
}  # fmt: skip
