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
