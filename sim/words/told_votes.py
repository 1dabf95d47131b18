"""Lines of the ledger about what was seen, proposed and voted on: network, council, gap, pace, budget, plan."""

VOTES = {
    # network
    "A fylkeskommune does not look at others here.": "En fylkeskommune ser ikke til andre her.",
    "Imitation is off (naboeffekt = 0): nothing is read of others.":
        "Etterligning er slått av (naboeffekt = 0): ingenting leses av andre.",
    "Of {whom} {p} proposed to change schools last year.": "Av {whom} foreslo {p} å endre skolestrukturen i fjor.",
    "the eight nearest": "de åtte nærmeste", "eight peers": "åtte lignende",
    "the eight nearest and eight peers": "de åtte nærmeste og åtte lignende",
    "Property tax is {p} points less common there than in the country.":
        "Eiendomsskatt er {p} prosentpoeng mindre vanlig der enn i landet.",
    "Property tax is {p} points more common there than in the country.":
        "Eiendomsskatt er {p} prosentpoeng mer vanlig der enn i landet.",
    "Put into the budget of {y} because of those who manage with less, as it must save: {services}.":
        "Lagt inn i budsjettet for {y} etter dem som klarer seg med mindre, siden det må spares: {services}.",
    "Put into the budget of {y} because of those who do more: {services}.":
        "Lagt inn i budsjettet for {y} etter dem som gjør mer: {services}.",
    "nothing": "ingenting",
    "Service level of the network beyond the own, mean of six welfare services.":
        "Tjenestenivået i nettverket utover eget, snitt av seks velferdstjenester.",
    # election
    "Election in {y}: here it counts for cuts only.": "Valg i {y}: her betyr det bare noe for kutt.",
    "A fylkeskommune has no school structure or property tax to decide on here.":
        "En fylkeskommune har ingen skolestruktur eller eiendomsskatt å vedta her.",
    "The council: the left has {p}; fragmentation {f}; capacity of the administration {k}.":
        "Kommunestyret: venstresiden har {p}; fragmentering {f}; kapasitet i administrasjonen {k}.",
    "Election: decisions of the term cost {p} of the votes; a new majority was {b} likely and {came}.":
        "Valg: vedtakene i perioden kostet {p} av stemmene; sannsynligheten for nytt flertall var {b}, og det {came}.",
    "Election: decisions of the term and ROBEK cost {p} of the votes; a new majority was {b} likely and {came}.":
        "Valg: vedtakene i perioden og ROBEK kostet {p} av stemmene; sannsynligheten for nytt flertall var {b}, og "
        "det {came}.",
    "came": "kom", "did not come": "kom ikke",
    "With the new term weakness goes from {a} to {b} sd (opening).":
        "Med den nye perioden går svakheten fra {a} til {b} standardavvik (se utgangspunktet).",
    "Election in {y}: fewer school plans, no new property tax, smaller cuts.":
        "Valg i {y}: færre skoleplaner, ingen ny eiendomsskatt, mindre kutt.",
    "Election in {y}: it moves nothing (valghensyn = 0).": "Valg i {y}: det flytter ingenting (valghensyn = 0).",
    "Support lost by decisions since the last election.": "Oppslutning tapt på vedtak siden forrige valg.",
    # property tax
    "The rate of the property tax stays at {a} per mille.": "Eiendomsskattesatsen blir stående på {a} promille.",
    "The rate of the property tax goes from {a} to {b} per mille.": "Eiendomsskattesatsen går fra {a} til {b} promille.",
    "Of which homes pay.": "Av dette betaler boliger.",
    "Of which other property pays.": "Av dette betaler annen eiendom.",
    "No consolidation last autumn: no new or higher property tax is considered.":
        "Ingen omstilling i fjor høst: ny eller høyere eiendomsskatt vurderes ikke.",
    "The rate is at its cap of {a} per mille.": "Satsen er på taket, {a} promille.",
    "No new or higher property tax before an election.": "Ingen ny eller høyere eiendomsskatt før et valg.",
    "To {verb} it was {p} likely (mean {b}): last autumn's gap was {g}; without the network {n}.":
        "Sannsynligheten for å {verb} var {p} (snitt {b}): gapet i fjor høst var {g}; uten nettverket {n}.",
    "To {verb} it was {p} likely (mean {b}): last autumn's gap was {g}.":
        "Sannsynligheten for å {verb} var {p} (snitt {b}): gapet i fjor høst var {g}.",
    "raise": "heve den", "introduce": "innføre den",
    # schools
    "A proposal was {p} likely; without the network {b}.":
        "Sannsynligheten for et forslag var {p}; uten nettverket {b}.",
    "A proposal was {p} likely.": "Sannsynligheten for et forslag var {p}.",
    "Schools whose closure the director proposed.": "Skoler kommunedirektøren foreslo nedlagt.",
    "The council would adopt that plan with {p}.": "Sannsynligheten for at kommunestyret vedtok planen, var {p}.",
    "Schools whose closure the council adopted.": "Skoler kommunestyret vedtok nedlagt.",
    "The director proposed to change the school structure: {decided}.":
        "Kommunedirektøren foreslo å endre skolestrukturen: {decided}.",
    "adopted": "vedtatt", "rejected": "avvist", "rejected; none again before {y}": "avvist; ikke noe nytt før {y}",
    "No school proposal before {y}: one was rejected.": "Ikke noe skoleforslag før {y}: ett ble avvist.",
    "No proposal: a single school is left besides what already is to close.":
        "Ikke noe forslag: det er én skole igjen utenom det som alt skal legges ned.",
    "No proposal to change the school structure.": "Ikke noe forslag om å endre skolestrukturen.",
    "Closures that are adopted and due in {y}.": "Vedtatte nedlegginger som skjer i {y}.",
    "Pupils who go to a private replacement school in the coming year (private schools are {regime}).":
        "Elever som går til en privat erstatningsskole i det kommende året (private skoler blir {regime}).",
    "always approved": "alltid godkjent", "never approved": "aldri godkjent",
    "mostly refused if the kommune objects": "som oftest avslått når kommunen er imot",
    "In the budget of {y} another {m} are {what}.": "I budsjettet for {y} blir ytterligere {m} {what}.",
    "saved": "spart", "spent on the new school": "brukt på den nye skolen",
    "lost: the closure costs more than it saves": "tapt: nedleggingen koster mer enn den sparer",
    "Schools that close in the coming year.": "Skoler som legges ned i det kommende året.",
    "Public schools that open in the coming year.": "Offentlige skoler som åpner i det kommende året.",
    "One-off cost of restructuring in the coming year.": "Engangskostnad ved omstilling i det kommende året.",
    # forecast and gap
    "Disposisjonsfond expected on 31 December {y}.": "Ventet disposisjonsfond 31. desember {y}.",
    "New deficit expected in the accounts of {y}.": "Ventet nytt merforbruk i regnskapet for {y}.",
    "Operating revenue expected in {y}.": "Ventede driftsinntekter i {y}.",
    "Amortisation of premieavvik that falls on next year.": "Amortisering av premieavvik som faller på neste år.",
    "Amortisation planned; the least lawful is {m}.": "Planlagte avdrag; det minste lovlige er {m}.",
    "Local cost pressure that is read as lasting.": "Lokalt kostnadspress som leses som varig.",
    "Forecast of the result of {y} at unchanged policy.": "Prognose for resultatet i {y} med uendret politikk.",
    "Result aimed at: {p} of revenue, {m}.": "Resultatet det siktes mot: {p} av inntektene, {m}.",
    "Forecast: {p}.": "Prognose: {p}.",
    "Gap: {p} of revenue, {m}.": "Gap: {p} av inntektene, {m}.",
    "Coverage of deficits that the budget owes at least.": "Inndekning av merforbruk som budsjettet minst må ha.",
    "Deficits expected to stand.": "Merforbruk som ventes å stå udekket.",
    "Consolidation {verb}: it starts above {a} and stops below {b} (behaviour.md § 4.2).":
        "Omstillingen {verb}: den starter over {a} og slutter under {b} (behaviour.md § 4.2).",
    "goes on": "fortsetter", "starts": "starter", "stops": "slutter", "is not called for": "er ikke nødvendig",
    "Norm of the result: {p}.": "Norm for resultatet: {p}.",
    "To build up the fund towards the unit's own norm of {p} of revenue.":
        "For å bygge opp fondet mot enhetens egen norm på {p} av inntektene.",
    "For the coverage that is due.": "For inndekningen som skal skje.",
    "In the register.": "I registeret.",
    # pace
    "No consolidation: neither director nor council asks for relief by themselves.":
        "Ingen omstilling: verken kommunedirektør eller kommunestyre ber om innsparing av seg selv.",
    "{p} of the gap is closed in a year, at the pace that the council takes.":
        "{p} av gapet lukkes på ett år, i det tempoet kommunestyret går med på.",
    "No pace: nothing is to be closed.": "Ikke noe tempo: det er ingenting å lukke.",
    "Relief that the director proposed.": "Innsparing kommunedirektøren foreslo.",
    "Relief that the director proposed: at most {p} of revenue, more where law or plan demand it.":
        "Innsparing kommunedirektøren foreslo: høyst {p} av inntektene, mer der lov eller plan krever det.",
    "Relief that the council adopted: {how}.": "Innsparing kommunestyret vedtok: {how}.",
    "none was proposed": "ingen var foreslått",
    "{p} of the proposal": "{p} av forslaget",
    "{p} of the proposal, what law or plan demand at least": "{p} av forslaget, det lov eller plan minst krever",
    "as proposed, what law or plan demand at least": "som foreslått, det lov eller plan minst krever",
    "as proposed, since even the council's pace reaches the cap":
        "som foreslått, fordi også kommunestyrets tempo når taket",
    "Years the fund would last: {n}. {a} a year with a full fund, {b} without.":
        "År fondet ville rekke: {n}. {a} i året med fullt fond, {b} uten.",
    "By size: times {f} against a kommune of 10 000.": "Etter størrelse: ganger {f} mot en kommune på 10 000.",
    "Registered in ROBEK: times {f}.": "Innmeldt i ROBEK: ganger {f}.",
    "How near the register is: times {f}.": "Hvor nær registeret er: ganger {f}.",
    "The director's pace: {p} of the gap.": "Kommunedirektørens tempo: {p} av gapet.",
    "The council, {why}: times {f}.": "Kommunestyret, {why}: ganger {f}.",
    "fragmentation {f}": "fragmentering {f}", "capacity {f}": "kapasitet {f}",
    "the left has {p}": "venstresiden har {p}", "an election in {y}": "valg i {y}",
    "What the council takes of the director's pace: {p}.": "Det kommunestyret tar av kommunedirektørens tempo: {p}.",
    "What the council takes of the director's pace: {p}, of which {b} delegated back.":
        "Det kommunestyret tar av kommunedirektørens tempo: {p}, hvorav {b} er delegert tilbake.",
    "Bound by last year's plan: {p} of the {m} it named.": "Bundet av fjorårets plan: {p} av de {m} den navnga.",
    "For the mandatory fund, a quarter of what is missing a year.":
        "For det pålagte fondet, en firedel i året av det som mangler.",
    "Forecast and fund leave {m} open with the coverage due: of that {p} of revenue and all that may not wait must be "
    "found.":
        "Prognose og fond lar {m} stå åpent med inndekningen som skal skje: av dette må {p} av inntektene og alt som "
        "ikke kan vente, finnes.",
    # options and budget
    "No relief is asked for: the continuous measures are not weighed against each other.":
        "Ingen innsparing er etterspurt: de gradvise tiltakene veies ikke mot hverandre.",
    "All caps together fall {m} short of the relief adopted: fund, coverage or an open deficit must give.":
        "Alle tak til sammen er {m} mindre enn den vedtatte innsparingen: fond, inndekning eller et åpent merforbruk "
        "må gi.",
    "Price of the first krone.": "Prisen på den første kronen.", "Rise of the price.": "Stigningen i prisen.",
    "Cap.": "Tak.", "The director's mix: the cheapest.": "Kommunedirektørens blanding: den billigste.",
    "The council's mix.": "Kommunestyrets blanding.",
    "Relief adopted, continuous measures together.": "Vedtatt innsparing, de gradvise tiltakene samlet.",
    "Balance of the original budget; below 0 is ground a.": "Balansen i det opprinnelige budsjettet; under 0 er grunnlag a.",
    "Of the use of the fund: for investment, not shielded.": "Av bruken av fondet: til investering, ikke skjermet.",
    "Forecast of {y} at unchanged policy.": "Prognose for {y} med uendret politikk.",
    "An estimate of revenue that will not hold.": "Et inntektsanslag som ikke vil holde.",
    "Room above the target that is spent on services.": "Rom over målet som brukes på tjenester.",
    "Budgeted netto driftsresultat of {y}.": "Budsjettert netto driftsresultat for {y}.",
    # okonomiplan
    "No pressure: the plan is in balance in all years, without named measures.":
        "Ikke noe press: planen er i balanse i alle år, uten navngitte tiltak.",
    "Planned result of {what}; {m} are missing.": "Planlagt resultat i {what}; {m} mangler.",
    "Planned result of {what}; {m} of the fund are left.": "Planlagt resultat i {what}; {m} av fondet er igjen.",
    "{y}, with new measures of {m}": "{y}, med nye tiltak på {m}",
    "{y}, with new measures of {m}; {o} go to old deficits": "{y}, med nye tiltak på {m}; {o} går til gammelt merforbruk",
    "{y}; {o} go to old deficits": "{y}; {o} går til gammelt merforbruk",
    "Measures that the plan names for {y}.": "Tiltak som planen navngir for {y}.",
    "Measures that the plan names for {y}: {p} of them bind that budget if deficits or the register stand.":
        "Tiltak som planen navngir for {y}: {p} av dem binder det budsjettet om merforbruk eller registeret står.",
    "The plan covers the last of the old deficits in {y}: later than the register allows (ground c).":
        "Planen dekker det siste av gammelt merforbruk i {y}: senere enn registeret tillater (grunnlag c).",
    "The plan covers the last of the old deficits in {y}: in time.":
        "Planen dekker det siste av gammelt merforbruk i {y}: innen fristen.",
    "No old deficit is expected to stand after the closing.":
        "Ikke noe gammelt merforbruk ventes å stå igjen etter avslutningen.",
    "Weakest year of the okonomiplan, adopted with merforbruk: ground b follows.":
        "Svakeste år i økonomiplanen, vedtatt med merforbruk: grunnlag b følger.",
    "Weakest year as adopted: what is missing is hidden in estimates that will not hold. No ground b.":
        "Svakeste år slik det er vedtatt: det som mangler, er skjult i anslag som ikke vil holde. Ikke grunnlag b.",
    "Weakest year of the okonomiplan: in balance, no ground b.":
        "Svakeste år i økonomiplanen: i balanse, ikke grunnlag b.",
}  # fmt: skip
