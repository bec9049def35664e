# Everything that a member, a board or an auditor reads, in English. The same messages stand in sv.ftl in Swedish.
# A message is a line: name = text. { $name } is a figure that the program fills in. Where a count decides the word, [one]
# stands for one and *[other] for more.

## Measures

inhabitants = { $number } { $number ->
        [one] inhabitant
       *[other] inhabitants
    }
share-in-years = { $part } / { $whole } { $whole ->
        [one] year
       *[other] years
    }
share-in-halves = { $part } / { $whole } half-years
share-in-quarters = { $part } / { $whole } quarters
share-in-months = { $part } / { $whole } months
share-in-days = { $part } / { $whole } days
to-whole-ore = to whole öre
to-whole-kronor = to whole kronor
to-whole-tens = to whole tens of kronor
to-whole-hundreds = to whole hundreds of kronor
preliminary = preliminary
final = final

## Steps of the fee

rule-population = population
rule-by-population = by population
rule-floor = floor
rule-ceiling = ceiling
rule-escalation = escalation
rule-proration = share of the year
rule-rounding = rounding

## What a step did

not-reached = not reached
not-in-force = not in force
whole-year = whole year

## Why this amount

explanation-title = { $name } ({ $code }), fee year { $year }
tariff-by-name = Tariff: { $tariff }
tariff-with-decision = Tariff: { $tariff }; decision: { $decision }
tariff-is-illustrative = Illustrative tariff: the network has not decided it.
fee-is-preliminary = PRELIMINARY fee: the population is not the one the tariff asks for; the fee is reconciled when that is published.
population-of-day = SCB, { $day }
instead-of-day = instead of { $day }
assumed-joining-date = assumed joining date { $day }
assumed-and-known = { $assumed }; known is only `{ $known }`
rounding-law = 50 öre and more go up; lag (1970:1029) 2 §
and-also = { $places } and { $place }
explanation-caption = Step by step
column-number = No.
column-step = Step
column-value = Value
column-operand = Worked with
column-origins = Read in

## Invoice

draft-note = { $draft } (draft), not an invoice and not to be paid. { $statement }
membership-fee-of-year = Membership fee for fee year { $year } in { $network }.
membership-fee-of-member = Membership fee { $year }, { $name }
decided-by = Decision: { $decision }.
hosted-by = Host: { $host }.
raised-to-floor = Raised to the floor of { $amount }
lowered-to-ceiling = Lowered to the ceiling of { $amount }
escalated-to = Escalation to { $amount }
owed-share = Share of the year { $share }
rounded-to-step = Rounding { $step }
days-net = { $days } { $days ->
        [one] day net.
       *[other] days net.
    }
to-be-paid-by = To be paid by { $day }.
quote-ocr = Quote OCR { $reference }.
credits-invoice = Credits the whole of invoice { $number } of { $issued }. Reason: { $reason }
credits-part-of-invoice = Credits a part of invoice { $number } of { $issued }. Reason: { $reason }
credited-earlier = Credited earlier
remains-charged = Remains charged

## Tables

tariff-of-year = Fee year { $year }, tariff { $tariff }: { $terms }
terms-rate = { $rate } per inhabitant
terms-floor = floor { $amount }
terms-ceiling = ceiling { $amount }
populations-are-older = PRELIMINARY: older populations stand in for those not yet published.
column-code = Code
column-member = Member
column-members = Members
column-inhabitants = Inhabitants
column-fee = Fee
column-fees = Fees
column-payer = Payer
column-draft-to = Draft to
column-vat = VAT
column-amount-due = Amount due
column-budget-frame = Budget frame
sum = Sum
sum-of-frame = Sum (the budget frame)
frame-payers = Payers
frame-at-floor = At the floor
frame-within = Between floor and ceiling
frame-at-ceiling = At the ceiling
frame-prorated = Part of the year
frame-mean-per-inhabitant = Mean per inhabitant
frame-mean-per-payer = Mean per payer

## Months

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

## The invoice on paper

paper-invoice = Invoice
paper-credit-note = Credit note
paper-draft = Draft invoice
paper-draft-mark = UTKAST
paper-title = { $heading } { $id }, { $buyer }
paper-number = Invoice number
paper-date = Invoice date
paper-due-date = Due date
paper-credits = Credits invoice
paper-credited-date = Date of that invoice
paper-fee-year = Fee year
paper-buyer-reference = Your reference
paper-order-reference = Your order number
paper-buyer-organisation-number = Your organisation number
paper-price = SEK per inhabitant
paper-line-amount = Amount in SEK
paper-period = For { $start } to { $end }
paper-sum-of-fees = Sum of fees
paper-vat = VAT { $percent } % on { $taxable }
paper-with-vat = Sum with VAT
paper-rounding = Rounding to whole kronor
paper-amount-credited = Amount credited
paper-no-vat = No VAT: { $reason }.
paper-payment = Payment
paper-payee = Pay to
paper-bankgiro = Bankgiro
paper-ocr = OCR reference
paper-amount = Amount
paper-pay-by = Pay by
paper-draft-is-not-paid = This is a draft: nothing is to be paid. Number and OCR reference are given when the invoice is issued.
paper-credit-note-is-not-paid = A credit note is not paid. The amount is set off against the invoice that it credits.
paper-nothing-to-pay = Nothing is to be paid.
paper-code = QR code for the app of your bank. { $facts }.
paper-code-caption = Pay with the app of your bank
paper-sender = Sender
paper-organisation-number = Organisation number
paper-vat-number = VAT number
paper-f-tax = Approved for F-tax (godkänd för F-skatt)
paper-contact = Contact
paper-telephone = Telephone
paper-email = E-mail
paper-appendix = Appendix: how the fee is reckoned
paper-page = Page { $page } of { $pages }
paper-attachment = The same document as an electronic invoice, { $id }
