# Allt som en medlem, en styrelse eller en revisor läser, på svenska. Samma meddelanden står i en.ftl på engelska.
# Ett meddelande är en rad: namn = text. { $namn } är en uppgift som programmet fyller i. Där ett antal avgör ordet står
# [one] för ett och *[other] för flera.

## Mått

inhabitants = { $number } invånare
share-in-years = { $part } / { $whole } år
share-in-halves = { $part } / { $whole } halvår
share-in-quarters = { $part } / { $whole } kvartal
share-in-months = { $part } / { $whole } månader
share-in-days = { $part } / { $whole } dagar
to-whole-ore = till hela öre
to-whole-kronor = till hela kronor
to-whole-tens = till hela tiotal kronor
to-whole-hundreds = till hela hundratal kronor
rounded-each-year = varje år { $step }
preliminary = preliminär
final = definitiv

## Avgiftens steg

rule-population = invånarantal
rule-by-population = efter invånare
rule-floor = golv
rule-ceiling = tak
rule-escalation = uppräkning
rule-proration = del av året
rule-rounding = avrundning

## Vad ett steg gjorde

not-reached = ej nått
not-in-force = gäller ej
whole-year = hela året

## Varför just det beloppet

explanation-title = { $name } ({ $code }), avgiftsår { $year }
tariff-by-name = Taxa: { $tariff }
tariff-with-decision = Taxa: { $tariff }; beslut: { $decision }
tariff-is-illustrative = Illustrativ taxa: nätverket har inte beslutat den.
fee-is-preliminary = PRELIMINÄR avgift: invånarantalet är inte det som taxan anger; avgiften stäms av när det har publicerats.
population-of-day = SCB, { $day }
instead-of-day = i stället för { $day }
assumed-joining-date = antagen inträdesdag { $day }
assumed-and-known = { $assumed }; känt är bara `{ $known }`
change-as-decided = { $percent } för { $year } som beslutat, inte räknat ur index: { $decision }
change-waits = { $change } ändrar mindre än { $threshold } och väntar
figure-is-a-forecast = { $figure } för { $month } är en prognos: { $source }
rounding-law = 50 öre och mer går uppåt; lag (1970:1029) 2 §
and-also = { $places } och { $place }
explanation-caption = Steg för steg
column-number = Nr
column-step = Steg
column-value = Värde
column-operand = Räknat med
column-origins = Läst i

## Faktura

draft-note = { $draft }, inte en faktura och inte att betala. { $statement }
membership-fee-of-year = Medlemsavgift för avgiftsåret { $year } i { $network }.
membership-fee-of-member = Medlemsavgift { $year }, { $name }
decided-by = Beslut: { $decision }.
hosted-by = Huvudman: { $host }.
raised-to-floor = Golvtillägg till { $amount }
lowered-to-ceiling = Takavdrag till { $amount }
escalated-to = Uppräkning till { $amount }
owed-share = Del av året { $share }
rounded-to-step = Avrundning { $step }
days-net = { $days } { $days ->
        [one] dag netto.
       *[other] dagar netto.
    }
to-be-paid-by = Betalas senast { $day }.
quote-ocr = Ange OCR { $reference }.
credits-invoice = Krediterar hela faktura { $number } av den { $issued }. Orsak: { $reason }
credits-part-of-invoice = Krediterar en del av faktura { $number } av den { $issued }. Orsak: { $reason }
credited-earlier = Krediterat tidigare
remains-charged = Återstår debiterat

## Tabeller

tariff-of-year = Avgiftsår { $year }, taxa { $tariff }: { $terms }
terms-rate = { $rate } per invånare
terms-floor = golv { $amount }
terms-ceiling = tak { $amount }
populations-are-older = PRELIMINÄRT: äldre invånarantal står i stället för dem som inte har publicerats än.
column-code = Kod
column-member = Medlem
column-members = Medlemmar
column-inhabitants = Invånare
column-fee = Avgift
column-fees = Avgifter
column-payer = Betalare
column-draft-to = Utkast till
column-vat = Moms
column-amount-due = Att betala
column-budget-frame = Budgetram
sum = Summa
sum-of-frame = Summa (budgetramen)
frame-payers = Betalare
frame-at-floor = Vid golvet
frame-within = Mellan golv och tak
frame-at-ceiling = Vid taket
frame-prorated = Del av året
frame-mean-per-inhabitant = Medel per invånare
frame-mean-per-payer = Medel per betalare

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

## Faktura på papper

paper-invoice = Faktura
paper-credit-note = Kreditfaktura
paper-draft = Utkast till faktura
paper-draft-mark = UTKAST
paper-title = { $heading } { $id }, { $buyer }
paper-number = Fakturanummer
paper-date = Fakturadatum
paper-due-date = Förfallodatum
paper-credits = Krediterar faktura
paper-credited-date = Den fakturans datum
paper-fee-year = Avgiftsår
paper-buyer-reference = Er referens
paper-order-reference = Ert ordernummer
paper-buyer-organisation-number = Ert organisationsnummer
paper-price = Kr per invånare
paper-line-amount = Belopp i kr
paper-period = Avser { $start } till { $end }
paper-sum-of-fees = Summa avgifter
paper-vat = Moms { $percent } % på { $taxable }
paper-with-vat = Summa med moms
paper-rounding = Öresavrundning
paper-amount-credited = Att kreditera
paper-no-vat = Ingen moms: { $reason }.
paper-payment = Betalning
paper-payee = Betalas till
paper-bankgiro = Bankgiro
paper-ocr = OCR-referens
paper-amount = Belopp
paper-pay-by = Betalas senast
paper-draft-is-not-paid = Det här är ett utkast: inget är att betala. Nummer och OCR-referens ges när fakturan utfärdas.
paper-credit-note-is-not-paid = En kreditfaktura betalas inte. Beloppet räknas av mot fakturan som den krediterar.
paper-nothing-to-pay = Inget är att betala.
paper-code = QR-kod för bankens app. { $facts }.
paper-code-caption = Betala med bankens app
paper-sender = Avsändare
paper-organisation-number = Organisationsnummer
paper-vat-number = Momsregistreringsnummer
paper-f-tax = Godkänd för F-skatt
paper-contact = Kontakt
paper-telephone = Telefon
paper-email = E-post
paper-appendix = Bilaga: så är avgiften räknad
paper-page = Sida { $page } av { $pages }
paper-attachment = Samma dokument som elektronisk faktura, { $id }

## Arbetsbok

workbook-page = Sida { $page } ({ $pages })
workbook-title = { $network }, avgifter { $years }

workbook-sheet-tariff = Taxa { $year }
workbook-sheet-members = Medlemmar { $year }
workbook-sheet-fees = Avgifter { $year }

workbook-about-frame = Budgetramen är summan av de avrundade avgifterna. Varje tal är en formel; bladen efter visar vad den räknar på.
workbook-about-payers = Vad varje betalare ska betala: summan av dess medlemmars avgifter.
workbook-about-tariff = Avgiftsår { $year }: vad som är beslutat, indextalen med källa, och vad de ger i årets prisnivå.
workbook-about-members = Avgiftsår { $year }: medlemmarna, deras invånarantal med källa, och hur stor del av året de betalar för.
workbook-about-fees = Avgiftsår { $year }, taxa { $tariff }. Steg för steg, oavrundat, till den enda avrundningen. Heltalen längst till höger avgör den exakt.

workbook-item = Post
workbook-note = Förklaring
workbook-source = Källa (fil:rad:kolumn)

workbook-decided = Beslutat
workbook-tariff = Taxa
workbook-decision = Beslut
workbook-in-force-from = Gäller från avgiftsår
workbook-in-force-to = Gäller till och med avgiftsår
workbook-rate = Sats
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

workbook-proration = Den som inträder under året
workbook-pays-whole-year = betalar hela året
workbook-proration-months-counted = betalar för sina månader; den påbörjade räknas
workbook-proration-months-free = betalar för sina månader; den påbörjade är fri
workbook-proration-days = betalar för sina dagar
workbook-proration-quarters-counted = betalar för sina kvartal; det påbörjade räknas
workbook-proration-quarters-free = betalar för sina kvartal; det påbörjade är fritt
workbook-proration-halves = betalar för sina halvår; det påbörjade räknas
workbook-proration-joined-by = betalar hela året om den inträtt senast { $day }, annars inget
workbook-leaving = Den som utträder under året
workbook-leaving-prorated = betalar till sista medlemsdagen
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
workbook-index-nothing = ingen; varje års ändring är beslutad
workbook-index-carried = Räknas upp
workbook-index-yearly = år för år
workbook-index-printed = år för år på den tryckta taxan
workbook-index-pass-through = Del av ändringen som slår igenom
workbook-index-point = Tillägg varje år
workbook-index-threshold = Mindre ändringar väntar
workbook-index-decided = Ändring beslutad för { $year }
workbook-index-computed = Så är indexfaktorn räknad
workbook-index-numerator = Indexfaktorns täljare
workbook-index-denominator = Indexfaktorns nämnare
workbook-index-integers-note = programmets exakta heltal för uttrycket ovan
workbook-index-above = Indextal { $month } (över strecket)
workbook-index-below = Indextal { $month } (under strecket)
workbook-index-factor = Indexfaktor
workbook-index-factor-note = senare indextal delat med tidigare

workbook-of-the-year = I avgiftsåret { $year }
workbook-of-the-year-escalated = beslutat belopp × indexfaktorn
workbook-of-the-year-printed = beslutat belopp × indexfaktorn, avrundat (tryckt taxa)
workbook-of-the-year-chained = förra årets tryckta belopp × årets ändring, avrundat varje år; värdet är programmets eget
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

workbook-population-source = Källa för invånarantalet
workbook-share-whole = av
workbook-remark = Anmärkning
workbook-escalated = Uppräknat
workbook-standing = Läge
workbook-within = mellan
workbook-by-population-parts = Efter invånare i delar
workbook-numerator = Belopp över strecket
workbook-denominator = Ett steg under strecket
workbook-engine-value = värdet är programmets eget: heltalen ryms inte i ett kalkylblad
workbook-joined-source = inträde och utträde: { $source }

workbook-check = Kontroll: avgifter där stegen och heltalen skiljer sig

workbook-name-factor = Faktor
workbook-name-step = Avrundningssteg
workbook-name-parts = Delar
workbook-name-rate-parts = Satsdelar
workbook-name-floor-parts = Golvdelar
workbook-name-ceiling-parts = Takdelar
workbook-name-above = Faktor_över
workbook-name-below = Faktor_under
## Verifikationer i bokföringen
# En text har plats för 50 tecken, och slutet faller bort: numren står först, namnet sist.

ledger-invoice = Faktura { $number } { $name }
ledger-invoice-row = Faktura { $number }
ledger-invoices = Fakturor { $day }, { $count } st
ledger-credit-note = Kred. { $number } av { $credited } { $name }
ledger-credit-note-row = Kred. { $number } av { $credited }
ledger-credit-notes = Kreditfakturor { $day }, { $count } st
ledger-fee = Medlemsavgift { $year }
ledger-vat = Moms { $percent } %
ledger-payment = Inbetalning { $name }
ledger-payments = Inbetalningar { $day }, { $count } st
ledger-reversal = Återförd inbetalning { $name }
ledger-overpayment = Överbetalning { $name }
ledger-unmatched = Oidentifierad inbetalning
ledger-tolerance = Öresdifferens
ledger-refund = Återbetalning { $name }
ledger-transfer = Omföring { $name }
ledger-reminder = Påminnelse { $number } { $name }
ledger-reminder-row = Påminnelse { $number }
ledger-reminder-fee = Påminnelseavgift
ledger-interest = Dröjsmålsränta
ledger-anchor = Fakturajournal rad { $first }-{ $last }, huvud { $head }

## Utfärda och kreditera

column-standing = Läge
column-invoice-number = Fakturanummer
column-issued = Utfärdat
standing-new = ny
standing-unchanged = oförändrad
standing-changed = ändrad
standing-gone = debiteras inte längre
sum-of-new = Summa nya
ask-issue = Utfärda { $count } fakturor? De får nummer och antecknas i journalen, och kan sedan bara krediteras.
ask-credit = Utfärda kreditfakturan?
credit-heading = Kreditfaktura { $number } mot faktura { $credited }, { $payer }
credit-line = rad { $line }  { $name }  { $amount }
credit-vat = Moms { $amount }
credit-total = Krediteras { $amount }
credit-left = Kvar av fakturan { $amount }
credit-owed-back = Redan betalt utöver det { $amount }: att betala tillbaka eller räkna av
