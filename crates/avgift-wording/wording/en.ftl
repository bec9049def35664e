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
rounded-each-year = each year { $step }
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
change-as-decided = { $percent } for { $year } as decided, not computed from an index: { $decision }
change-waits = { $change } changes less than { $threshold } and waits
figure-is-a-forecast = { $figure } for { $month } is a forecast: { $source }
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

## Workbook

workbook-page = Page { $page } ({ $pages })
workbook-title = { $network }, fees { $years }

workbook-sheet-tariff = Tariff { $year }
workbook-sheet-members = Members { $year }
workbook-sheet-fees = Fees { $year }

workbook-about-frame = The budget frame is the sum of the rounded fees. Each figure is a formula; the sheets after show what it is computed from.
workbook-about-payers = What each payer is to pay: the sum of its members' fees.
workbook-about-tariff = Fee year { $year }: what was decided, the index figures with their source, and what they come to in the year.
workbook-about-members = Fee year { $year }: the members, their inhabitants with the source, and the part of the year that they pay for.
workbook-about-fees = Fee year { $year }, tariff { $tariff }. Step by step, unrounded, to the one rounding. The integers to the far right decide it exactly.

workbook-item = Entry
workbook-note = Explanation
workbook-source = Source (file:line:column)

workbook-decided = Decided
workbook-tariff = Tariff
workbook-decision = Decision
workbook-in-force-from = In force from fee year
workbook-in-force-to = In force to fee year
workbook-rate = Rate
workbook-per-inhabitant = kronor per inhabitant
workbook-floor-note = kronor; no fee is lower
workbook-ceiling-note = kronor; no fee is higher
workbook-reference-date = Reference date
workbook-reference-date-note = the population of that day, by Statistics Sweden

workbook-rounding = Rounding of the fee
workbook-rounding-note = öre; once, last, and half a step goes up
workbook-rounding-of-rate = Rounding of the rate
workbook-rounding-of-bounds = Rounding of floor and ceiling
workbook-rounding-of-parameters-note = öre; the printed tariff is rounded before the fee is computed

workbook-proration = Who joins within the year
workbook-pays-whole-year = pays the whole year
workbook-proration-months-counted = pays for its months; a broken one is counted
workbook-proration-months-free = pays for its months; a broken one is free
workbook-proration-days = pays for its days
workbook-proration-quarters-counted = pays for its quarters; a broken one is counted
workbook-proration-quarters-free = pays for its quarters; a broken one is free
workbook-proration-halves = pays for its half-years; a broken one is counted
workbook-proration-joined-by = pays the whole year if it has joined by { $day }, otherwise nothing
workbook-leaving = Who leaves within the year
workbook-leaving-prorated = pays to its last day of membership
workbook-order-after = is taken after floor and ceiling
workbook-order-before = is taken before floor and ceiling

workbook-index = Index clause
workbook-index-series = Series
workbook-index-status = Kind of figures
workbook-index-base = Base month (the tariff's price level)
workbook-index-lag = Years before the fee year
workbook-index-target = Escalates
workbook-index-target-fee = the fee after floor and ceiling
workbook-index-target-nothing = nothing
workbook-index-policy = When the index falls
workbook-index-follow = the fee follows the index up and down
workbook-index-never-down = the fee never falls; a fall is forgotten, and the next rise counts from the lower figure
workbook-index-high-water = the fee stays at its highest until the index has passed its highest figure
workbook-index-nothing = none; the change of every year is decided
workbook-index-carried = Escalated
workbook-index-yearly = year by year
workbook-index-printed = year by year on the printed tariff
workbook-index-pass-through = Part of the change that is passed on
workbook-index-point = Added every year
workbook-index-threshold = Smaller changes wait
workbook-index-decided = Change decided for { $year }
workbook-index-computed = How the index factor is computed
workbook-index-numerator = Numerator of the index factor
workbook-index-denominator = Denominator of the index factor
workbook-index-integers-note = the program's exact integers for the expression above
workbook-index-above = Index figure { $month } (above the line)
workbook-index-below = Index figure { $month } (below the line)
workbook-index-factor = Index factor
workbook-index-factor-note = later figure over earlier figure

workbook-of-the-year = In fee year { $year }
workbook-of-the-year-escalated = decided amount × index factor
workbook-of-the-year-printed = decided amount × index factor, rounded (printed tariff)
workbook-of-the-year-chained = the printed amount of the year before × the year's change, rounded each year; the value is the program's own
workbook-of-the-year-decided = as decided
workbook-of-the-year-base = as decided; the fee is escalated after floor and ceiling

workbook-integers = Integers
workbook-integers-why = Spreadsheets count in binary fractions, and half a step may then end up on the wrong side. So the rounding is done on whole numbers.
workbook-integers-index-scale = Scale of the index figures
workbook-integers-index-scale-note = makes the index figures whole
workbook-integers-above = Index factor above the line
workbook-integers-below = Index factor below the line
workbook-integers-rate-scale = Scale of the rate
workbook-integers-rate-scale-note = makes the rate in öre whole
workbook-integers-parts = Parts of an öre
workbook-integers-parts-note = an öre is counted in so many parts
workbook-integers-rate = Rate in parts
workbook-integers-floor = Floor in parts
workbook-integers-ceiling = Ceiling in parts

workbook-population-source = Source of the population
workbook-share-whole = of
workbook-remark = Remark
workbook-escalated = Escalated
workbook-standing = Standing
workbook-within = within
workbook-by-population-parts = By population in parts
workbook-numerator = Amount above the line
workbook-denominator = One step below the line
workbook-engine-value = the program's own value: the integers do not fit a spreadsheet
workbook-joined-source = joining and leaving: { $source }

workbook-check = Check: fees whose steps and integers differ

workbook-name-factor = Factor
workbook-name-step = Rounding_step
workbook-name-parts = Parts
workbook-name-rate-parts = Rate_parts
workbook-name-floor-parts = Floor_parts
workbook-name-ceiling-parts = Ceiling_parts
workbook-name-above = Factor_above
workbook-name-below = Factor_below
## Vouchers in the ledger
# A text has room for 50 characters, and its end falls away: the numbers stand first, the name last.

ledger-invoice = Invoice { $number } { $name }
ledger-invoice-row = Invoice { $number }
ledger-invoices = Invoices { $day }, { $count } in all
ledger-credit-note = Cred. { $number } of { $credited } { $name }
ledger-credit-note-row = Cred. { $number } of { $credited }
ledger-credit-notes = Credit notes { $day }, { $count } in all
ledger-fee = Membership fee { $year }
ledger-vat = VAT { $percent } %
ledger-payment = Payment { $name }
ledger-payments = Payments { $day }, { $count } in all
ledger-reversal = Payment reversed { $name }
ledger-overpayment = Overpayment { $name }
ledger-unmatched = Unidentified payment
ledger-tolerance = Difference in öre
ledger-refund = Refund { $name }
ledger-transfer = Transfer { $name }
ledger-reminder = Reminder { $number } { $name }
ledger-reminder-row = Reminder { $number }
ledger-reminder-fee = Reminder fee
ledger-interest = Interest
ledger-anchor = Invoice journal rows { $first }-{ $last }, head { $head }

## Issuing and crediting

column-standing = Standing
column-invoice-number = Invoice number
column-issued = Issued
standing-new = new
standing-unchanged = unchanged
standing-changed = changed
standing-gone = no longer charged
sum-of-new = Sum of the new
ask-issue = Issue { $count } invoices? They get numbers and are recorded in the journal, and can only be credited afterwards.
ask-credit = Issue the credit note?
credit-heading = Credit note { $number } over invoice { $credited }, { $payer }
credit-line = line { $line }  { $name }  { $amount }
credit-vat = VAT { $amount }
credit-total = Credited { $amount }
credit-left = Left of the invoice { $amount }
credit-owed-back = Paid already beyond that { $amount }: to be repaid or set off
