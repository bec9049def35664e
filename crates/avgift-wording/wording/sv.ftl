# Allt som en medlem, en styrelse eller en revisor läser, på svenska. Samma meddelanden står i en.ftl på engelska.
# Ett meddelande är en rad: namn = text. { $namn } är en uppgift som programmet fyller i.

## Ord

fee-year = avgiftsår
inhabitants = { $number } invånare

## Månader

month-1 = januari
month-2 = februari
month-3 = mars
month-4 = april
month-5 = maj
month-6 = juni
month-7 = juli
month-8 = augusti
month-9 = september
month-10 = oktober
month-11 = november
month-12 = december

## Arbetsbok

workbook-page = Sida { $page } av { $pages }
workbook-title = { $network }, avgifter { $years }
workbook-illustrative = Illustrativ taxa: nätverket har inte beslutat den.
workbook-preliminary = PRELIMINÄRT: äldre invånarantal står i stället för dem som inte har publicerats än.

workbook-sheet-frame = Budgetram
workbook-sheet-payers = Betalare
workbook-sheet-tariff = Taxa { $year }
workbook-sheet-members = Medlemmar { $year }
workbook-sheet-fees = Avgifter { $year }

workbook-about-frame = Budgetramen är summan av de avrundade avgifterna. Varje tal är en formel; bladen efter visar vad den räknar på.
workbook-about-payers = Vad varje betalare ska betala: summan av dess medlemmars avgifter.
workbook-about-tariff = Avgiftsår { $year }: vad som är beslutat, indextalen med källa, och vad de ger i årets prisnivå.
workbook-about-members = Avgiftsår { $year }: medlemmarna, deras invånarantal med källa, och hur stor del av året de betalar för.
workbook-about-fees = Avgiftsår { $year }, taxa { $tariff }. Steg för steg, oavrundat, till den enda avrundningen. Heltalen längst till höger avgör den exakt.

workbook-item = Uppgift
workbook-value = Värde
workbook-note = Förklaring
workbook-source = Källa (fil:rad:kolumn)

workbook-decided = Beslutat
workbook-tariff = Taxa
workbook-decision = Beslut
workbook-in-force-from = Gäller från avgiftsår
workbook-in-force-to = Gäller till och med avgiftsår
workbook-rate = Sats
workbook-floor = Golv
workbook-ceiling = Tak
workbook-per-inhabitant = kronor per invånare
workbook-floor-note = kronor; ingen avgift är lägre
workbook-ceiling-note = kronor; ingen avgift är högre
workbook-reference-date = Avläsningsdag
workbook-reference-date-note = invånarantalet den dagen, enligt SCB

workbook-rounding = Avrundning av avgiften
workbook-rounding-note = öre; en gång, sist, och ett halvt steg går uppåt
workbook-rounding-of-rate = Avrundning av satsen
workbook-rounding-of-bounds = Avrundning av golv och tak
workbook-rounding-of-parameters-note = öre; den tryckta taxan avrundas innan avgiften räknas
workbook-to-ore = till hela öre
workbook-to-krona = till hela kronor; 50 öre och mer går uppåt, lag (1970:1029) 2 §
workbook-to-ten = till hela tiotal kronor
workbook-to-hundred = till hela hundratal kronor

workbook-proration = Den som inträder under året
workbook-proration-full-year = betalar hela året
workbook-proration-months-counted = betalar för sina månader; den påbörjade räknas
workbook-proration-months-free = betalar för sina månader; den påbörjade är fri
workbook-proration-days = betalar för sina dagar
workbook-proration-quarters-counted = betalar för sina kvartal; det påbörjade räknas
workbook-proration-quarters-free = betalar för sina kvartal; det påbörjade är fritt
workbook-proration-halves = betalar för sina halvår; det påbörjade räknas
workbook-proration-joined-by = betalar hela året om den inträtt senast { $day }, annars inget
workbook-leaving = Den som utträder under året
workbook-leaving-full-year = betalar hela året
workbook-leaving-prorated = betalar till sista medlemsdagen
workbook-order = Del av året
workbook-order-after = räknas efter golv och tak
workbook-order-before = räknas före golv och tak

workbook-index = Indexklausul
workbook-index-series = Serie
workbook-index-status = Slag av indextal
workbook-index-base = Basmånad (taxans prisnivå)
workbook-index-lag = År före avgiftsåret
workbook-index-target = Räknar upp
workbook-index-target-fee = avgiften efter golv och tak
workbook-index-target-nothing = ingenting
workbook-index-policy = När index faller
workbook-index-follow = avgiften följer index upp och ner
workbook-index-never-down = avgiften faller aldrig; ett fall glöms, och nästa höjning räknas från det lägre talet
workbook-index-high-water = avgiften ligger kvar på sin högsta nivå tills index har passerat sitt högsta tal
workbook-index-above = Indextal { $month } (över strecket)
workbook-index-below = Indextal { $month } (under strecket)
workbook-index-factor = Indexfaktor
workbook-index-factor-note = senare indextal delat med tidigare

workbook-of-the-year = I avgiftsåret { $year }
workbook-of-the-year-escalated = beslutat belopp × indexfaktorn
workbook-of-the-year-printed = beslutat belopp × indexfaktorn, avrundat (tryckt taxa)
workbook-of-the-year-decided = som beslutat
workbook-of-the-year-base = som beslutat; avgiften räknas upp efter golv och tak

workbook-integers = Heltal
workbook-integers-why = Kalkylblad räknar i binära bråk, och ett halvt steg kan då hamna på fel sida. Avrundningen görs därför på hela tal.
workbook-integers-index-scale = Indextalens skala
workbook-integers-index-scale-note = gör indextalen hela
workbook-integers-above = Indexfaktor över strecket
workbook-integers-below = Indexfaktor under strecket
workbook-integers-rate-scale = Satsens skala
workbook-integers-rate-scale-note = gör satsen i öre hel
workbook-integers-parts = Delar av ett öre
workbook-integers-parts-note = så många delar räknas ett öre i
workbook-integers-rate = Sats i delar
workbook-integers-floor = Golv i delar
workbook-integers-ceiling = Tak i delar

workbook-code = Kod
workbook-member = Medlem
workbook-payer = Betalare
workbook-inhabitants = Invånare
workbook-population-source = Källa för invånarantalet
workbook-share-part = Del av året
workbook-share-whole = av
workbook-remark = Anmärkning
workbook-by-population = Efter invånare
workbook-escalated = Uppräknat
workbook-prorated = Del av året
workbook-fee = Avgift
workbook-standing = Läge
workbook-at-floor = golv
workbook-within = mellan
workbook-at-ceiling = tak
workbook-by-population-parts = Efter invånare i delar
workbook-numerator = Belopp över strecket
workbook-denominator = Ett steg under strecket
workbook-sum = Summa
workbook-is-preliminary = preliminär
workbook-engine-value = värdet är programmets eget: heltalen ryms inte i ett kalkylblad
workbook-joined-source = inträde och utträde: { $source }

workbook-members = Medlemmar
workbook-payers = Betalare
workbook-count-at-floor = Vid golvet
workbook-count-within = Mellan golv och tak
workbook-count-at-ceiling = Vid taket
workbook-count-prorated = Del av året
workbook-mean-per-inhabitant = Medel per invånare
workbook-mean-per-payer = Medel per betalare
workbook-check = Kontroll: avgifter där stegen och heltalen skiljer sig
workbook-payer-members = Medlemmar { $year }
workbook-payer-sum = Avgifter { $year }

workbook-name-rate = Sats
workbook-name-floor = Golv
workbook-name-ceiling = Tak
workbook-name-factor = Faktor
workbook-name-step = Steg
workbook-name-parts = Delar
workbook-name-rate-parts = Satsdelar
workbook-name-floor-parts = Golvdelar
workbook-name-ceiling-parts = Takdelar
workbook-name-above = Faktor_över
workbook-name-below = Faktor_under
