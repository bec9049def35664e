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
rule-pooled = invånare i förbundet
rule-by-population = efter invånare
rule-by-tariff = enligt taxan
rule-class = klass
rule-floor = golv
rule-ceiling = tak
rule-escalation = uppräkning
rule-component = delavgift
rule-of-component = { $component }: { $rule }
rule-with-component = med { $component }
rule-year-factor = årets faktor
rule-discount = förbundsrabatt
rule-limit = högsta ändring
rule-proration = del av året
rule-joining-fee = inträdesavgift
rule-rounding = avrundning
rule-split = medlemmens del

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
as-known-on = Som det var känt den { $day }: uppgifter som har publicerats senare är inte med.
population-of-day = SCB, { $day }
instead-of-day = i stället för { $day }
assumed-joining-date = antagen inträdesdag { $day }
assumed-and-known = { $assumed }; känt är bara `{ $known }`
change-as-decided = { $percent } för { $year } som beslutat, inte räknat ur index: { $decision }
change-waits = { $change } ändrar mindre än { $threshold } och väntar
figure-is-a-forecast = { $figure } för { $month } är en prognos: { $source }
rounding-law = 50 öre och mer går uppåt; lag (1970:1029) 2 §
tier-from-to = { $from }–{ $to } invånare
tier-from = från { $from } invånare
tier-exempt = ingen avgift
per-so-many = { $rate } per { $size } invånare
per-so-many-started = { $rate } per påbörjat { $size }-tal invånare
per-so-many-full = { $rate } per helt { $size }-tal invånare
bracket-above = { $rate } per invånare över { $below }
at-most-counted = räknas: högst { $inhabitants }
figure-per-inhabitant = gånger antalet invånare
rebate-on-whole = rabatt { $portion } på hela avgiften för den som har fler än { $above }
shared-by = fördelas efter { $keys }
members-as-one = { $count } medlemmar, en avgift
key-equal = lika delar
class-of-its-own = klassen har en egen avgift
no-previous-fee = ingen avgift året före
previous-fee-stated = mot { $fee } för { $year }, angivet
previous-fee-computed = mot { $fee } för { $year }, beräknat
largest-remainder = störst rest: plats { $place } av { $members }; { $raised } avrundas uppåt, övriga nedåt
rebate-on-part = rabatt { $portion } på den del av avgiften som gäller fler än { $above }
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
part-of-year = { $part } för avgiftsåret { $year } i { $network }.
part-of-member = { $part } { $year } för { $name }
in-instalment = { $what }, delbetalning { $number } av { $count }
charges-cut = Fakturan avser: { $cut }.
charged-here = På fakturan: { $line }: { $amount }
part-of-fee-share = Del: { $part } { $share }
part-of-fee-components = Del: { $part } ({ $components })
part-of-fee-rest = Del: { $part }, det som återstår
instalment-of = Delbetalning { $number } av { $count }
instalment-share = Delbetalning { $number } av { $count }: { $share }
decided-by = Beslut: { $decision }.
hosted-by = Huvudman: { $host }.
by-rule = Enligt { $rule }: { $terms }
component-charge = { $component } { $amount }
joining-fee-charge = Inträdesavgift { $amount }
base-charge = Grundavgift { $amount }
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
already-billed = Redan fakturerat, faktura { $number }
supplements-invoice = Tillägg till faktura { $number } av den { $issued }, vars avgift var preliminär: avgiften på det slutliga invånarantalet, minus det som redan har fakturerats.
reconciled-to-the-final-fee = Den preliminära avgiften för { $year } stäms av mot den slutliga
credited-earlier = Krediterat tidigare
remains-charged = Återstår debiterat

## Tabeller

tariff-of-year = Avgiftsår { $year }, taxa { $tariff }: { $terms }
terms-rate = { $rate } per invånare
terms-flat = { $amount } för var och en
terms-tiers = trappa i { $count } steg
terms-brackets = { $count } skikt
terms-of-figure = { $portion } av { $figure }
terms-shared = { $total } fördelat
terms-decided = beslutat belopp för var och en
terms-floor = golv { $amount }
terms-ceiling = tak { $amount }
terms-classes = klasser { $names }
terms-component = därtill { $name }: { $terms }
terms-year-factor = årets faktor { $factor }
terms-limit = begränsad ändring från året före
terms-joining-fee = inträdesavgift på { $amount }
federation-pooled = { $payer }: en avgift för medlemmarnas invånare tillsammans, fördelas efter { $key }
federation-flat = { $payer }: { $amount } för medlemmarna tillsammans, fördelas efter { $key }
federation-discounted = { $payer }: { $discount } rabatt för varje medlem
part-of-one-fee = del av en gemensam avgift
populations-are-older = PRELIMINÄRT: äldre invånarantal står i stället för dem som inte har publicerats än.
column-code = Kod
column-member = Medlem
column-members = Medlemmar
column-inhabitants = Invånare
column-quantity = Antal
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

## Planering

standing-within = inom gränserna
standing-from-to = { $from } → { $to }
column-change = Skillnad
only-in-side = bara { $side }
kronor-per-inhabitant = kr/inv. { $side }
pay-more = Betalar mer: { $members ->
        [one] { $members } medlem
       *[other] { $members } medlemmar
    }, { $change }
pay-less = Betalar mindre: { $members ->
        [one] { $members } medlem
       *[other] { $members } medlemmar
    }, { $change }
pay-the-same = Betalar lika: { $members ->
        [one] { $members } medlem
       *[other] { $members } medlemmar
    }
cause-figures = ekonomiska uppgifter
cause-others = vilka som delar summan
cause-index = index
cause-tariff = taxans satser
cause-bounds = golv och tak
cause-federation = hur förbundet debiteras
cause-membership = medlemskap
column-cause = Orsak
bounds-of-year = { $floor } – { $ceiling }
no-member = inte medlem
bridge-of-member = { $name } ({ $code }): från avgiftsår { $from } till { $to }
index-is-not-carried = Indexklausulen i den tidigare taxan når inte { $year }: vad index ändrade står under taxans satser.
sought-rate = avgiftssats
sought-base = grundbelopp
sought-total = gemensam summa
sought-scale = skala på hela taxan
solve-target = Sökt: { $sought } som ger ramen { $frame }
solve-today = I dag: { $value }, och ramen { $frame }
solve-exactly = Exakt: { $value }, före avrundning av avgifterna
solve-plateau = Exakt: från { $from } till { $to }, före avrundning av avgifterna. Ramen står stilla däremellan.
solve-plateau-without-end = Exakt: från { $from } och uppåt, före avrundning av avgifterna. Ramen står stilla därifrån.
solve-range = Möjliga ramar: { $least } till { $most }
solve-range-without-end = Möjliga ramar: { $least } och uppåt
solve-step = Steg: { $step }
solve-next = Närmast
solve-below = under målet
solve-above = över målet
solve-met = på målet
solve-remainder = Kvar till målet
solve-at-floor = Vid golvet: { $members }
solve-at-ceiling = Vid taket: { $members }
forecast-title = Prognos för budgetramen, inget beslut. Siffror på fil är som de är; det som ännu inte är publicerat är antaget.
forecast-assumes = Antaget: invånarna i varje medlem växer { $population } om året, index { $index } om året.
forecast-band = Lågt och högt: { $band } procentenheter lägre och högre på båda.
forecast-rounding = Invånare till hela, halva uppåt; indextal till fyra decimaler; vart år räknat från den senaste siffran på fil.
forecast-figures = Underlag
forecast-on-file = på fil
forecast-assumed = antaget
forecast-low = Lågt
forecast-mid = Mellan
forecast-high = Högt
scenario-of-network = { $network } – SCENARIO { $file }, inget beslut
side-is-a-scenario = { $side } är ett SCENARIO ({ $file }), inget beslut.

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
paper-supplements = Tillägg till faktura
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
workbook-sheet-tiers = Steg { $year }
workbook-sheet-members = Medlemmar { $year }
workbook-sheet-fees = Avgifter { $year }

workbook-about-frame = Budgetramen är summan av de avrundade avgifterna. Varje tal är en formel; bladen efter visar vad den räknar på.
workbook-about-payers = Vad varje betalare ska betala: summan av dess medlemmars avgifter.
workbook-about-tariff = Avgiftsår { $year }: vad som är beslutat, indextalen med källa, och vad de ger i årets prisnivå.
workbook-about-tiers = Avgiftsår { $year }: stegen eller skikten, som beslutade och i årets prisnivå. Formlerna på bladet med avgifter slår upp här.
workbook-about-members = Avgiftsår { $year }: medlemmarna, deras invånarantal med källa, och hur stor del av året de betalar för.
workbook-about-fees = Avgiftsår { $year }, taxa { $tariff }. Steg för steg, oavrundat, till den enda avrundningen. Beloppet i hela delar av ett öre, längst till höger, avgör den exakt.

workbook-item = Post
workbook-note = Förklaring
workbook-source = Källa (fil:rad:kolumn)

workbook-decided = Beslutat
workbook-tariff = Taxa
workbook-decision = Beslut
named-class = Klass { $name }
workbook-of-component = Delavgift { $name }
workbook-in-force-from = Gäller från avgiftsår
workbook-in-force-to = Gäller till och med avgiftsår
workbook-rate = Sats
workbook-base = Grundavgift
workbook-base-note = kronor, för varje medlem
workbook-flat = Fast avgift
workbook-flat-note = kronor, samma för var och en
workbook-total = Summa att dela
workbook-total-note = kronor, som medlemmarna delar
workbook-unit = Enhet
workbook-unit-note = invånare i en enhet
workbook-per-unit = kronor per enhet
workbook-portion = Andel av beloppet
workbook-rebate = Rabatt
workbook-rebate-above = Rabatt över så många invånare
workbook-rebate-on-whole = på hela avgiften
workbook-rebate-on-part = på den del av avgiften som invånarna däröver står för
workbook-rebate-left = Kvar efter rabatten
workbook-key-weight = Vikt: { $key }
workbook-key-of-all = Alla som delar: { $key }
workbook-multiplier-note = av beloppet före golv och tak
workbook-year-factor-note = av avgiften detta år
workbook-limit-up = Höjs högst
workbook-limit-most = Högst, gånger avgiften året före
workbook-limit-down = Sänks högst
workbook-limit-least = Minst, gånger avgiften året före
workbook-joining-fee-note = kronor, en gång, för den som inträder under året
workbook-cap = Räknas högst
workbook-cap-note = invånare; fler än så kostar inget
workbook-per-inhabitant = kronor per invånare
workbook-floor-note = kronor; ingen avgift är lägre
workbook-ceiling-note = kronor; ingen avgift är högre
workbook-federation = Förbund
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
workbook-tier-of = Gäller
workbook-tier-from = Från invånare
workbook-tier-to = Till invånare
workbook-tier-amount = Belopp, beslutat
workbook-tier-rate = Sats, beslutad
workbook-tier-amount-of-year = Belopp { $year }
workbook-tier-rate-of-year = Sats { $year }
workbook-value-of-the-program = värdet är programmets eget

workbook-index = Indexklausul
workbook-index-series = Serie
workbook-index-weight = Series vikt
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
workbook-index-change = Ändring { $number }
workbook-index-above = Indextal { $month } (över strecket)
workbook-index-below = Indextal { $month } (under strecket)
workbook-index-factor = Indexfaktor
workbook-index-factor-note = senare indextal delat med tidigare
workbook-index-factor-of-changes = ändringarna, den ena gånger den andra
workbook-index-unchanged = ingen ändring räknas

workbook-of-the-year = I avgiftsåret { $year }
workbook-of-the-year-escalated = beslutat belopp × indexfaktorn
workbook-of-the-year-printed = beslutat belopp × indexfaktorn, avrundat (tryckt taxa)
workbook-of-the-year-first-printed = som beslutat, avrundat (tryckt taxa)
workbook-of-the-year-chained = förra beloppet × ändring { $number }, avrundat
workbook-of-the-year-decided = som beslutat
workbook-of-the-year-base = som beslutat; avgiften räknas upp efter golv och tak

workbook-integers = Heltal
workbook-integers-why = Kalkylblad räknar i binära bråk. I så här många delar av ett öre är varje belopp ett helt tal, som rundas av exakt.
workbook-integers-too-large = Inget antal delar som ryms gör varje belopp helt. En avgift är en formel bara där inget halvt steg ligger nära.
workbook-integers-parts = Delar av ett öre
workbook-integers-parts-note = så många delar räknas ett öre i, vilka invånarantalen än är; talet är valt av programmet
workbook-integers-step = Ett avrundningssteg i delar
workbook-dealt-out = Steg kvar att dela ut
workbook-dealt-out-note = de största resterna får ett steg var, så att avgifterna blir summan

workbook-population-source = Källa för invånarantalet
workbook-share-whole = av
workbook-sharing = Delar summan
workbook-portion-of-total = Andel av summan
workbook-decided-amount = Beslutat belopp
workbook-own-ceiling = Eget tak
workbook-previous-fee = Avgift året före
workbook-previous-stated = avgiften året före är uppgiven
workbook-remark = Anmärkning
workbook-escalated = Uppräknat
workbook-within = mellan
workbook-amount-parts = Beloppet i delar
workbook-whole-steps = Hela steg
workbook-rest = Rest
workbook-rank = Restens plats
workbook-step-value = steg utan formel är beräknade av programmet
workbook-engine-value = värdet är programmets eget: kalkylbladet kan inte räkna det exakt
workbook-joined-source = inträde och utträde: { $source }

workbook-check = Kontroll: avgifter vars belopp inte är ett helt antal delar

workbook-name-cap = Räknas_högst
workbook-name-unit = Invånare_per_enhet
workbook-name-from = Steg_från
workbook-name-to = Steg_till
workbook-name-amounts = Stegbelopp
workbook-name-rates = Stegsats
workbook-name-portion = Andel
workbook-name-rebate-above = Rabatt_över
workbook-name-rebate-left = Kvar_efter_rabatt
workbook-name-weight = Vikt
workbook-name-key = Nyckel
workbook-name-multiplier = Klassfaktor
workbook-name-year-factor = Årsfaktor
workbook-name-most = Högst_mot_förra
workbook-name-least = Minst_mot_förra
workbook-name-factor = Faktor
workbook-name-step = Avrundningssteg
workbook-name-step-of-rates = Satssteg
workbook-name-step-of-bounds = Beloppssteg
workbook-name-step-parts = Stegdelar
workbook-name-dealt-out = Steg_kvar
workbook-name-parts = Delar
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
ledger-reminder-fee = Påminnelseavgift
ledger-interest = Dröjsmålsränta
ledger-anchor = Fakturajournal rad { $first }-{ $last }, huvud { $head }

## Utfärda och kreditera

column-standing = Läge
column-issued = Utfärdat
standing-new = ny
standing-unchanged = oförändrad
standing-changed = ändrad
standing-gone = debiteras inte längre
standing-later = senare
sum-of-new = Summa nya
ask-issue = Utfärda { $count } fakturor? De får nummer och antecknas i journalen, och kan sedan bara krediteras.
ask-reconcile = Utfärda { $count } tilläggsfakturor och kreditfakturor?
reconcile-nothing = Ingen avgift för året vilar på ett preliminärt invånarantal.
reconcile-preliminary = Preliminär avgift
reconcile-stands = Gäller nu
reconcile-final = Slutlig avgift
reconcile-to-issue = Att utfärda
reconcile-of = Till faktura
reconcile-supplement = Tilläggsfaktura
reconcile-leads-to-supplement = tillägg
reconcile-leads-to-credit = kreditering
reconcile-settled = avstämd
reconcile-not-charged = för en person: ingen avgift längre
reconcile-other-parties = för en person: annan betalare eller huvudman
reconcile-other-tariff = för en person: taxan ger en annan preliminär avgift än den utfärdade
reconcile-credited = för en person: delvis krediterad
reconcile-not-in-one = för en person: debiterad i delar eller tillsammans; kreditera och utfärda på nytt
reconcile-nothing-to-pay = för en person: skillnaden blir inget att betala
ask-credit = Utfärda kreditfakturan?
credit-heading = Kreditfaktura { $number } mot faktura { $credited }, { $payer }
credit-line = rad { $line }  { $name }  { $amount }
credit-vat = Moms { $amount }
credit-total = Krediteras { $amount }
credit-left = Kvar av fakturan { $amount }
credit-owed-back = Redan betalt utöver det { $amount }: att betala tillbaka eller räkna av

## Bokföring och register

column-host = Huvudman
column-financial-year = Räkenskapsår
column-vouchers = Verifikationer
column-turnover = Omslutning
column-journal-lines = Journalrader
column-file = Fil
ask-export = Exportera { $count } filer till ekonomisystemet? Det antecknas i journalen, och nästa export börjar där den här slutar.
register-invoices = Fakturajournal
register-receivables = Kundreskontra
register-payments = Inbetalningar
register-vat = Momsunderlag
register-tie = Avstämning
register-about-invoices = Varje faktura och kreditfaktura i nummerordning, och vad som har blivit av den. Kreditfakturor står med minus.
register-about-receivables = Vad varje betalare är skyldig, händelse för händelse, med saldot efter var och en.
register-about-payments = Vad som har kommit in, och en rad för var del av det: vad den betalar, eller var den står.
register-about-vat = Fakturor minus kreditfakturor, per huvudman, kategori och skattesats. S är momspliktigt, E undantaget, O utanför momsen.
register-about-tie = Vad som var skyldigt, fakturerades, krediterades och betalades ger det som är obetalt; det ska stämma med kontot för kundfordringar.
register-notice = Journalen till och med rad { $line }, huvud { $head }. Perioden { $from } till { $to }.
register-series = Nummerserie
register-kind = Slag
register-date = Datum
register-name = Namn
register-net = Utan moms
register-credited = Krediterat
register-paid = Betalt
register-open = Obetalt
register-credits = Krediterar
register-credited-by = Krediterad av
register-line = Journalrad
register-documents = Filer med SHA-256
register-reference = Referens
register-balance = Saldo
register-booked = Bokförd
register-value-date = Valutadag
register-paid-by = Inbetalare
register-came-in = Inbetalt
register-part-of = Delen är
register-whose = Faktura eller betalare
register-part = Del
register-decided = Senast beslutad
register-reason = Varför
register-category = Kategori
register-percent = Procent
register-count-invoices = Antal fakturor
register-invoiced-base = Fakturerat underlag
register-invoiced-vat = Fakturerad moms
register-count-credit-notes = Antal kreditfakturor
register-credited-base = Krediterat underlag
register-credited-vat = Krediterad moms
register-base = Underlag
movement-opening = Ingående
movement-payment = Inbetalning
movement-moved = Omföring
part-for-a-person = väntar på beslut
part-overpayment = Överbetalning
part-not-ours = hör inte hit
part-refunded = återbetalt
tie-opening = Obetalt när perioden började
tie-issued = Fakturerat i perioden
tie-credited = Krediterat i perioden
tie-paid = Betalt i perioden
tie-moved = Omfört i perioden, netto
tie-open = Obetalt när perioden slutade
tie-documents = Fakturajournalens summa att betala
tie-difference = Skillnad mellan fakturajournal och kundreskontra: ska vara noll

## Journalen

column-line = Rad
column-time = Tid
column-by = Vem
column-what = Vad
column-document = Handling
journal-began = Journalen började för { $org } ({ $orgnr })
journal-invoice = Faktura till { $payer } för { $year }, förfaller { $due }
journal-credit = Kreditfaktura mot { $credited }: { $reason }
journal-batch = Körning { $batch } är hel, { $count } { $count ->
        [one] rad
       *[other] rader
    }
journal-batch-of-numbers = Körning { $batch } är hel, { $count } { $count ->
        [one] rad
       *[other] rader
    }, nummer { $numbers }
journal-aborted = Körning { $batch } avbröts före sitt slut: { $count } rader räknas inte, makulerade nummer { $numbers }
journal-sent = Skickad, { $channel }
journal-payment = Inbetalning från { $payer }, bokförd { $day }, till { $to }
journal-moved = Inbetalning { $payment } omförd till { $to }: { $reason }
journal-reminder = Påminnelse { $day } om { $open }
journal-exported = Verifikationer för rad { $first } till { $last } i { $file }
journal-recovered = Ett avbrutet slut på { $bytes } byte sparades i { $file }
journal-head = Huvud { $head }, rad { $line }
journal-is-empty = Journalen är tom: inget har utfärdats.
shown-invoice = Faktura { $number } till { $name } ({ $payer })
shown-credit-note = Kreditfaktura { $number } mot faktura { $credited }, { $name } ({ $payer })
shown-recorded = Utfärdad { $date }, antecknad { $at } av { $by } med { $tool } på journalens rad { $line }
shown-line = Rad { $line }, antecknad { $at } av { $by } med { $tool }
shown-due = Förfaller { $due }, OCR { $ocr }
shown-reason = Orsak: { $reason }
shown-total = Att betala { $total } (utan moms { $net }, moms { $vat })
shown-credited = Krediterat { $amount }
shown-credit = { $number }  { $date }  { $amount }  { $reason }
shown-paid = Betalt { $amount }
shown-payment = { $day }  { $amount }  { $payment }
shown-open = Öppet { $amount }
shown-documents = Handlingar och deras SHA-256
shown-lines = Övriga rader i journalen om den

## Provning

proof-lines = Journalrader, var och en förseglad av nästa: { $count }
proof-documents = Handlingar som är de som utfärdades: { $count }
proof-invoices = Fakturor som summerar och stämmer med journalen: { $count }
proof-credit-notes = Kreditfakturor som stämmer med sin faktura: { $count }
proof-fees = Avgifter räknade på nytt till samma öre: { $count }
proof-made-again = Handlingar gjorda på nytt, lika till varje byte: { $count }
proof-other-letterhead = PDF som ser annorlunda ut med dagens brevhuvud: { $count }
proof-other-version = Handlingar som en annan version av programmet gjorde: { $count }
proof-not-made = Handlingar som inte kan göras på nytt här: { $count }
proof-printed-head = Det tryckta huvudet är det som rad { $count } har
proof-unfinished = Efter sista raden som räknas står { $count } byte av en avbruten körning; `avgift repair` avslutar den
against-year = Avgiftsår { $year }: { $count } utfärdade avgifter, { $differing } skiljer sig från vad mappen ger i dag
against-not-computed = Avgiftsår { $year } går inte att räkna i dag: { $why }
column-today = I dag

## Två journaler i samma mapp

conflict-parts = De två journalerna är lika till rad { $line }, och skiljer sig därefter.
conflict-branch = { $file }: { $lines } { $lines ->
        [one] rad
       *[other] rader
    } därefter, { $payments } { $payments ->
        [one] inbetalning
       *[other] inbetalningar
    }
conflict-sent = skickad
conflict-not-sent = inte antecknad som skickad
conflict-twice = Samma nummer i båda: { $numbers }
conflict-keep = Behåll den vars handlingar skickades först som journal.jsonl. Flytta den andra, med dess handlingar, ur mappen; radera den inte.
conflict-anew = Det som bara den andra utfärdade utfärdas på nytt med `avgift issue`, med nya nummer. Har det redan skickats: meddela mottagaren att den nya fakturan ersätter den.
## Betalningar

column-outcome = Blir
outcome-exact = betalar { $invoice }
outcome-partial = betalar en del av { $invoice }
outcome-rounded = betalar { $invoice }, öresdifferens { $amount }
outcome-waits = väntar på beslut: { $reason }
place-invoice = { $invoice } { $amount }
place-overpayment = för mycket betalt { $amount }
place-unmatched = oidentifierat { $amount }
place-not-ours = hör inte till avgifterna { $amount }
place-refunded = återbetalt { $amount }
place-waits = väntar på beslut { $amount }
place-interest = dröjsmålsränta { $amount }
place-reminder-fee = påminnelseavgift { $amount }
place-rounding = öresdifferens { $amount }
reason-overpaid = mer än vad som är öppet
reason-already-paid = fakturan är redan betald; troligen en dubbelbetalning
reason-credited = fakturan är krediterad
reason-credit-note-taken = betalaren har dragit av en kreditfaktura
reason-unclear-split = flera referenser, och beloppet går inte jämnt ut
reason-amounts-disagree = beloppen vid referenserna är inte betalningens
reason-bad-check-digit = referensens kontrollsiffra stämmer inte
reason-unknown-reference = referensen hör inte till någon faktura
reason-ambiguous-reference = flera fakturor har samma referens
reason-text-only = ingen OCR-referens, bara text
reason-nearly-paid = skiljer mindre än en krona
reason-reversal = banken tar tillbaka en betalning
reason-own-payment = en betalning från oss
reason-own-payment-returned = en betalning från oss som kom tillbaka
reason-lump-sum = en summa som kan vara flera betalningar
reason-nothing-paid = ingenting betalades
clue-reference = referensen
clue-in-text = numret står i texten
clue-near-reference = referensen, så när som på en siffra
clue-payer-account = betalarens konto
clue-only-amount = enda fakturan med beloppet
clue-payer-name = betalarens namn
waiting-heading = { $count ->
        [one] En betalning väntar på beslut: { $amount }
       *[other] { $count } betalningar väntar på beslut, tillsammans { $amount }
    }
waiting-none = Ingen betalning väntar på beslut.
waiting-reference = referens { $reference }
waiting-text = meddelande { $text }
waiting-suggestion = kan gälla { $invoice }, { $payer }: { $clues }
waiting-proposal = förslag: { $parts }
waiting-no-proposal = inget förslag
ask-pay = Registrera { $count } { $count ->
        [one] betalning i journalen?
       *[other] betalningar i journalen?
    }
ask-assign = Registrera beslutet?
decision-heading = Betalning { $id }, { $amount }
decision-before = hittills: { $parts }
decision-after = från { $date }: { $parts }
decided-as-proposed = som föreslaget
decided-assigned = fördelad för hand
decided-not-ours = hör inte till avgifterna
decided-refunded = återbetald
decided-reversed = återtagen av banken

## Öppet

open-heading = Öppet vid utgången av { $date }
open-nothing = Ingen faktura är obetald.
column-open = Öppet
column-due = Förfaller
column-days-past-due = Dagar sen
column-waiting = Väntar på beslut
column-owed-back = Att betala tillbaka
age-not-due = Ej förfallet
age-up-to-30 = 1–30 dagar
age-up-to-60 = 31–60 dagar
age-up-to-90 = 61–90 dagar
age-over-90 = över 90 dagar
tie-heading = Avstämning av fakturor
tie-payments-heading = Avstämning av inbetalningar
tie-to-invoices = Betalt på fakturor
open-tie-issued = Fakturerat
open-tie-credited = − krediterat
open-tie-paid = − betalt på fakturor
open-tie-open = = öppet
open-tie-difference = skillnad, som inte får finnas
tie-interest = + dröjsmålsränta
tie-reminder-fees = + påminnelseavgifter
tie-rounding = + öresdifferenser
tie-overpaid = + överbetalt
tie-unmatched = + oidentifierat
tie-not-ours = + hör inte till avgifterna
tie-refunded = + återbetalt
tie-waiting = + väntar på beslut
tie-received = = kommit in

## Påminnelse

letter-reminder = Påminnelse
letter-reminder-again = Påminnelse nr { $ordinal }
letter-date = Påminnelsens datum
letter-not-paid = Vi har inte fått full betalning för faktura { $number }, medlemsavgift { $year }, som skulle ha betalats senast { $due }. { $open } är fortfarande obetalt.
letter-reminded-before = Detta är påminnelse nr { $ordinal } om fakturan.
letter-statement = Det här är att betala
letter-invoiced = Fakturans belopp
letter-open = Obetalt
letter-interest = Dröjsmålsränta till och med { $date }
letter-interest-heading = Så är räntan räknad
letter-period = Dagar
letter-from-to = { $from } till { $to }
letter-days = Antal dagar
letter-rate = Räntesats
letter-interest-terms = Dröjsmålsränta räknas enligt räntelagen (1975:635) 6 §: referensräntan och { $margin } procentenheter, från dagen efter förfallodagen, dag för dag med 365 dagar per år.
letter-interest-paid = Av räntan är { $paid } redan betalt och frånräknat.
letter-fee-terms = Påminnelseavgift enligt lag (1981:739), avtalad: { $agreed }
letter-if-paid = Har ni redan betalat behöver ni inte göra något.
letter-at-once = omgående
letter-attachment = { $title }: uppgifterna för datorprogram
column-reminder = Påminnelse nr
ask-remind = Skriv { $count } { $count ->
        [one] påminnelse? Den antecknas i journalen.
       *[other] påminnelser? De antecknas i journalen.
    }
## Styrelsens sida

board-title = { $network }: avgifter { $year }
board-heading = Avgiftsår { $year }, underlag för styrelsen
board-skip = Hoppa till innehållet
board-contents = Innehåll
board-of-years = Gäller avgiftsår { $years }.
board-scenario = SCENARIO { $file }, inget beslut. Det som är märkt SCENARIO är räknat med det, det som är märkt gällande utan det.
board-year-scenario = { $year } (SCENARIO)
board-year-in-force = { $year } (gällande)
board-index-is-preliminary = Uppräkningen vilar på preliminära indextal, som taxan anger.
board-figures = Siffrorna i tabell: { $chart }
board-part = { $chart }, { $from }–{ $to } av { $count }
board-frame-of = Budgetram { $year }
board-change-since = Ändring från { $year }
board-not-compared = Avgiftsår { $year } går inte att räkna ut med uppgifterna i mappen, så sidan jämför inte med det.
board-frames-caption = Budgetramen avgiftsår { $from } till { $to }, kronor
board-frames-description = En stapel för varje år, från { $first } avgiftsår { $from } till { $last } avgiftsår { $to }.
board-curve = Avgiften efter invånarantal
board-curve-caption = Avgift för ett helt år efter antal invånare, avgiftsår { $year }
board-curve-close-up = Upp till { $inhabitants }
board-curve-description = En kurva över avgiften upp till { $inhabitants }, med { $members } medlemmar som punkter. Den går från { $least } till { $most }.
board-curves-description = { $curves } kurvor över avgiften upp till { $inhabitants }, en för varje klass, med { $members } medlemmar som punkter. De går från { $least } till { $most }.
board-curve-points = Varje punkt är en medlem.
board-curve-bounds = De streckade linjerna är golv och tak.
board-curve-jumps = Där kurvan bryts ändras avgiften med en enda invånare: en fyrkant står vid den sista före och en vid den första efter.
board-curve-prorated = En ofylld punkt är en medlem som betalar för en del av året och därför ligger under kurvan.
board-curve-ceilings = Den som har ett eget tak kan ligga vid sidan av kurvan.
board-curve-federations = En medlem vars förbund betalar en gemensam avgift, en fast eller en nedsatt ligger bredvid kurvan.
board-curve-limit = Kurvan visar taxan utan gränsen för årets ändring. Den som gränsen gäller ligger vid sidan av kurvan.
board-curve-joining-fee = Den som betalar inträdesavgift ligger över kurvan.
board-points = Avgift och invånarantal
board-points-caption = Avgift och antal invånare, avgiftsår { $year }
board-points-description = En punkt för var och en av { $members } medlemmar med upp till { $inhabitants }. Avgifterna går från { $least } till { $most }.
board-points-prorated = En ofylld punkt är en medlem som betalar för en del av året.
board-no-curve-shared = Här finns ingen kurva: medlemmarna delar på ett bestämt belopp, så en avgift beror på alla andra medlemmar också.
board-no-curve-percentages = Här finns ingen kurva: varje medlems andel är beslutad i procent och följer inte invånarantalet.
board-no-curve-of-figure = Här finns ingen kurva: avgiften räknas på { $figure } och följer inte invånarantalet ensamt.
board-no-curve-decided = Här finns ingen kurva: varje medlems avgift är ett beslutat belopp och följer inte invånarantalet.
board-no-class = Utan klass
board-jump-up = Från { $last } till { $first } stiger avgiften från { $before } till { $there }.
board-jump-down = Från { $last } till { $first } sjunker avgiften från { $before } till { $there }.
board-floor-until = Golvet höjer avgiften till och med { $inhabitants }.
board-floor-from = Golvet höjer avgiften från { $inhabitants }.
board-ceiling-until = Taket sänker avgiften till och med { $inhabitants }.
board-ceiling-from = Taket sänker avgiften från { $inhabitants }.
board-fees = Medlemmarnas avgifter
board-fees-caption = Avgift { $year } i kronor, högst först
board-per-inhabitant-caption = Avgift { $year } i kronor per invånare, högst först
board-bars-description = Liggande staplar i fallande ordning. Högst är { $first } med { $most }, lägst { $last } med { $least }.
board-column-each = Kr per invånare
board-changes = Vem betalar mer, vem betalar mindre
board-changes-caption = Ändring av avgiften från { $from } till { $to }, störst höjning först
board-came = Nya medlemmar: { $members }, { $change }
board-went = Inte längre medlemmar: { $members }, { $change }
board-bridge = Varför ramen ändras
board-bridge-lead = Ändringen är delad på sina orsaker, en efter en i den ordning de står. Delarna summerar till hela ändringen på öret.
board-bridge-caption = Från budgetramen { $from } till budgetramen { $to }
board-bridge-description = Trappa från { $from } till { $to }: ett steg för varje orsak, sammanlagt { $change }.
board-bridge-scale = Skalan visar bara ändringen: den börjar inte vid noll.
board-forecast = Ramen framåt
board-forecast-caption = Budgetramen framåt, avgiftsår { $from } till { $to }
board-forecast-description = En linje från { $first } avgiftsår { $from } till { $last } avgiftsår { $to }.
board-forecast-points = En fylld punkt är ett år vars siffror är på fil, en ofylld ett år där något är antaget. Fältet går från lågt till högt.
board-members = Alla medlemmar
board-members-caption = Medlemmarna i bokstavsordning, avgiftsår { $year }
board-fee-of = Avgift { $year }
board-sources = Källor
board-sources-lead = Varje tal på sidan räknas fram ur uppgifterna nedan. En plats skrivs fil:rad:kolumn.
board-files-caption = Filerna som uppgifterna är lästa i
board-column-table = Tabell hos SCB
board-column-day = Publicerad eller hämtad
board-column-places = Lästa platser
board-column-figure = Uppgift
board-no-day = filen säger inte när
board-of-members = { $figure }, { $members } medlemmar
board-places-caption = Vad avgifterna { $year } vilar på
board-journal = Fakturajournalen slutar med rad { $line }, sigill { $seal }. Den som har sparat sigillet kan se att inget före den raden har ändrats.
board-no-journal = Ingen faktura är utfärdad i den här mappen: den har ingen journal.
board-scb = Statistik: Källa: SCB.
