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
rule-pooled = inhabitants of the federation
rule-by-population = by population
rule-by-tariff = by the tariff
rule-class = class
rule-floor = floor
rule-ceiling = ceiling
rule-escalation = escalation
rule-component = component
rule-of-component = { $component }: { $rule }
rule-with-component = with { $component }
rule-year-factor = factor of the year
rule-discount = discount of the federation
rule-limit = largest change
rule-proration = share of the year
rule-joining-fee = joining fee
rule-rounding = rounding
rule-split = part of the member

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
as-known-on = As known on { $day }: figures that were published later are left out.
population-of-day = SCB, { $day }
instead-of-day = instead of { $day }
assumed-joining-date = assumed joining date { $day }
assumed-and-known = { $assumed }; known is only `{ $known }`
change-as-decided = { $percent } for { $year } as decided, not computed from an index: { $decision }
change-waits = { $change } changes less than { $threshold } and waits
figure-is-a-forecast = { $figure } for { $month } is a forecast: { $source }
rounding-law = 50 öre and more go up; lag (1970:1029) 2 §
tier-from-to = { $from }–{ $to } inhabitants
tier-from = from { $from } inhabitants on
tier-exempt = no fee
per-so-many = { $rate } per { $size } inhabitants
per-so-many-started = { $rate } per { $size } inhabitants begun
per-so-many-full = { $rate } per full { $size } inhabitants
bracket-above = { $rate } per inhabitant above { $below }
at-most-counted = counted: at most { $inhabitants }
figure-per-inhabitant = times the inhabitants
rebate-on-whole = rebate { $portion } on the whole fee for who has more than { $above }
shared-by = shared by { $keys }
members-as-one = { $count } members, one fee
key-equal = equal parts
class-of-its-own = the class has a fee of its own
no-previous-fee = no fee in the year before
previous-fee-stated = against { $fee } for { $year }, stated
previous-fee-computed = against { $fee } for { $year }, computed
largest-remainder = largest remainder: place { $place } of { $members }; { $raised } are rounded up, the others down
rebate-on-part = rebate { $portion } on the part of the fee for more than { $above }
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
part-of-year = { $part } for fee year { $year } in { $network }.
part-of-member = { $part } { $year } for { $name }
in-instalment = { $what }, instalment { $number } of { $count }
charges-cut = This invoice charges: { $cut }.
charged-here = On the invoice: { $line }: { $amount }
part-of-fee-share = Part: { $part } { $share }
part-of-fee-components = Part: { $part } ({ $components })
part-of-fee-rest = Part: { $part }, what remains
instalment-of = Instalment { $number } of { $count }
instalment-share = Instalment { $number } of { $count }: { $share }
decided-by = Decision: { $decision }.
hosted-by = Host: { $host }.
by-rule = By { $rule }: { $terms }
component-charge = { $component }: { $amount }
joining-fee-charge = Joining fee { $amount }
base-charge = Base fee { $amount }
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
already-billed = Already invoiced, invoice { $number }
supplements-invoice = Supplement to invoice { $number } of { $issued }, whose fee was preliminary: the fee on the final population, less what was invoiced already.
reconciled-to-the-final-fee = The preliminary fee of { $year } is reconciled with the final one
credited-earlier = Credited earlier
remains-charged = Remains charged

## Tables

tariff-of-year = Fee year { $year }, tariff { $tariff }: { $terms }
terms-rate = { $rate } per inhabitant
terms-flat = { $amount } each
terms-tiers = { $count } tiers
terms-brackets = { $count } brackets
terms-of-figure = { $portion } of { $figure }
terms-shared = { $total } shared
terms-decided = an amount decided for each
terms-floor = floor { $amount }
terms-ceiling = ceiling { $amount }
terms-classes = classes { $names }
terms-component = besides { $name }: { $terms }
terms-year-factor = factor of the year { $factor }
terms-limit = limited change from the year before
terms-joining-fee = a joining fee of { $amount }
federation-pooled = { $payer }: one fee for the inhabitants of all members together, shared by { $key }
federation-flat = { $payer }: { $amount } for all members together, shared by { $key }
federation-discounted = { $payer }: { $discount } discount for each member
part-of-one-fee = part of one fee
populations-are-older = PRELIMINARY: older populations stand in for those not yet published.
column-code = Code
column-member = Member
column-members = Members
column-inhabitants = Inhabitants
column-quantity = Quantity
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

## Planning

standing-within = within the bounds
standing-from-to = { $from } → { $to }
column-change = Difference
only-in-side = only { $side }
kronor-per-inhabitant = kr/inh. { $side }
pay-more = Pay more: { $members ->
        [one] { $members } member
       *[other] { $members } members
    }, { $change }
pay-less = Pay less: { $members ->
        [one] { $members } member
       *[other] { $members } members
    }, { $change }
pay-the-same = Pay the same: { $members ->
        [one] { $members } member
       *[other] { $members } members
    }
cause-figures = economic figures
cause-others = who shares the total
cause-index = index
cause-tariff = rates of the tariff
cause-bounds = floor and ceiling
cause-federation = how the federation is charged
cause-membership = membership
column-cause = Cause
bounds-of-year = { $floor } – { $ceiling }
no-member = no member
bridge-of-member = { $name } ({ $code }): from fee year { $from } to { $to }
index-is-not-carried = The index clause of the earlier tariff does not reach { $year }: what the index changed stands with its rates.
sought-rate = rate
sought-base = base amount
sought-total = shared total
sought-scale = scale of the whole tariff
solve-target = Sought: the { $sought } that gives a frame of { $frame }
solve-today = Today: { $value }, and a frame of { $frame }
solve-exactly = Exactly: { $value }, before the fees are rounded
solve-plateau = Exactly: from { $from } to { $to }, before the fees are rounded. The frame stands still in between.
solve-plateau-without-end = Exactly: from { $from } on, before the fees are rounded. The frame stands still from there.
solve-range = Possible frames: { $least } to { $most }
solve-range-without-end = Possible frames: { $least } and more
solve-step = Step: { $step }
solve-next = Next
solve-below = below the target
solve-above = above the target
solve-met = at the target
solve-remainder = Left to the target
solve-at-floor = At the floor: { $members }
solve-at-ceiling = At the ceiling: { $members }
forecast-title = Forecast of the budget frame, no decision. Figures on file are as they are; what is not yet published is assumed.
forecast-assumes = Assumed: the inhabitants of every member grow by { $population } a year, the index by { $index } a year.
forecast-band = Low and high: { $band } percentage points lower and higher for both.
forecast-rounding = Inhabitants to whole ones, halves up; index figures to four decimals; each year reckoned from the newest figure on file.
forecast-figures = Figures
forecast-on-file = on file
forecast-assumed = assumed
forecast-low = Low
forecast-mid = Mid
forecast-high = High
scenario-of-network = { $network } – SCENARIO { $file }, no decision
side-is-a-scenario = { $side } is a SCENARIO ({ $file }), no decision.

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
paper-supplements = Supplement to invoice
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
workbook-sheet-tiers = Tiers { $year }
workbook-sheet-members = Members { $year }
workbook-sheet-fees = Fees { $year }

workbook-about-frame = The budget frame is the sum of the rounded fees. Each figure is a formula; the sheets after show what it is computed from.
workbook-about-payers = What each payer is to pay: the sum of its members' fees.
workbook-about-tariff = Fee year { $year }: what was decided, the index figures with their source, and what they come to in the year.
workbook-about-tiers = Fee year { $year }: the tiers or brackets, as decided and in the year. The formulas on the sheet of fees look up here.
workbook-about-members = Fee year { $year }: the members, their inhabitants with the source, and the part of the year that they pay for.
workbook-about-fees = Fee year { $year }, tariff { $tariff }. Step by step, unrounded, to the one rounding. The amount in whole parts of an öre, to the far right, decides it exactly.

workbook-item = Entry
workbook-note = Explanation
workbook-source = Source (file:line:column)

workbook-decided = Decided
workbook-tariff = Tariff
workbook-decision = Decision
named-class = Class { $name }
workbook-of-component = Component { $name }
workbook-in-force-from = In force from fee year
workbook-in-force-to = In force to fee year
workbook-rate = Rate
workbook-base = Base
workbook-base-note = kronor, for every member
workbook-flat = Flat fee
workbook-flat-note = kronor, the same for everyone
workbook-total = Total to share
workbook-total-note = kronor, which the members share
workbook-unit = Unit
workbook-unit-note = inhabitants in a unit
workbook-per-unit = kronor per unit
workbook-portion = Portion of the figure
workbook-rebate = Rebate
workbook-rebate-above = Rebate above so many inhabitants
workbook-rebate-on-whole = on the whole fee
workbook-rebate-on-part = on the part of the fee that the inhabitants above stand for
workbook-rebate-left = Left after the rebate
workbook-key-weight = Weight: { $key }
workbook-key-of-all = All who share: { $key }
workbook-multiplier-note = of the amount before floor and ceiling
workbook-year-factor-note = of the fee of this year
workbook-limit-up = Rises at most
workbook-limit-most = At most, times the fee of the year before
workbook-limit-down = Falls at most
workbook-limit-least = At least, times the fee of the year before
workbook-joining-fee-note = kronor, once, for who joins within the year
workbook-cap = Counted at most
workbook-cap-note = inhabitants; more than that cost nothing
workbook-per-inhabitant = kronor per inhabitant
workbook-floor-note = kronor; no fee is lower
workbook-ceiling-note = kronor; no fee is higher
workbook-federation = Federation
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
workbook-tier-of = Holds for
workbook-tier-from = From inhabitants
workbook-tier-to = To inhabitants
workbook-tier-amount = Amount, decided
workbook-tier-rate = Rate, decided
workbook-tier-amount-of-year = Amount { $year }
workbook-tier-rate-of-year = Rate { $year }
workbook-value-of-the-program = the value is the program's own

workbook-index = Index clause
workbook-index-series = Series
workbook-index-weight = Weight of a series
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
workbook-index-change = Change { $number }
workbook-index-above = Index figure { $month } (above the line)
workbook-index-below = Index figure { $month } (below the line)
workbook-index-factor = Index factor
workbook-index-factor-note = later figure over earlier figure
workbook-index-factor-of-changes = the changes, one times the next
workbook-index-unchanged = no change counts

workbook-of-the-year = In fee year { $year }
workbook-of-the-year-escalated = decided amount × index factor
workbook-of-the-year-printed = decided amount × index factor, rounded (printed tariff)
workbook-of-the-year-first-printed = as decided, rounded (printed tariff)
workbook-of-the-year-chained = the amount before × change { $number }, rounded
workbook-of-the-year-decided = as decided
workbook-of-the-year-base = as decided; the fee is escalated after floor and ceiling

workbook-integers = Integers
workbook-integers-why = Spreadsheets count in binary fractions. In so many parts of an öre every amount is a whole number, rounded exactly.
workbook-integers-too-large = No number of parts that fits makes every amount whole. A fee is a formula only where no half step lies near.
workbook-integers-parts = Parts of an öre
workbook-integers-parts-note = an öre is counted in so many parts, whatever the populations are; the program chose the number
workbook-integers-step = One rounding step in parts
workbook-dealt-out = Steps left to deal out
workbook-dealt-out-note = the largest rests get one step each, so that the fees sum to the total

workbook-population-source = Source of the population
workbook-share-whole = of
workbook-sharing = Shares the total
workbook-portion-of-total = Portion of the total
workbook-decided-amount = Decided amount
workbook-own-ceiling = Own ceiling
workbook-previous-fee = Fee of the year before
workbook-previous-stated = the fee of the year before is stated
workbook-remark = Remark
workbook-escalated = Escalated
workbook-within = within
workbook-amount-parts = Amount in parts
workbook-whole-steps = Whole steps
workbook-rest = Left over
workbook-rank = Place of the rest
workbook-step-value = steps without a formula are computed by the program
workbook-engine-value = the value is the program's own: a spreadsheet cannot compute it exactly
workbook-joined-source = joining and leaving: { $source }

workbook-check = Check: fees whose amount is no whole number of parts

workbook-name-cap = Counted_at_most
workbook-name-unit = Inhabitants_per_unit
workbook-name-from = Tier_from
workbook-name-to = Tier_to
workbook-name-amounts = Tier_amount
workbook-name-rates = Tier_rate
workbook-name-portion = Portion
workbook-name-rebate-above = Rebate_above
workbook-name-rebate-left = Left_after_rebate
workbook-name-weight = Weight
workbook-name-key = Key
workbook-name-multiplier = Class_factor
workbook-name-year-factor = Year_factor
workbook-name-most = At_most_of_last
workbook-name-least = At_least_of_last
workbook-name-factor = Factor
workbook-name-step = Rounding_step
workbook-name-step-of-rates = Step_of_rates
workbook-name-step-of-bounds = Step_of_amounts
workbook-name-step-parts = Step_parts
workbook-name-dealt-out = Steps_left
workbook-name-parts = Parts
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
ledger-reminder-fee = Reminder fee
ledger-interest = Interest
ledger-anchor = Invoice journal rows { $first }-{ $last }, head { $head }

## Issuing and crediting

column-standing = Standing
column-issued = Issued
standing-new = new
standing-unchanged = unchanged
standing-changed = changed
standing-gone = no longer charged
standing-later = later
sum-of-new = Sum of the new
ask-issue = Issue { $count } invoices? They get numbers and are recorded in the journal, and can only be credited afterwards.
ask-reconcile = Issue { $count } supplementary invoices and credit notes?
reconcile-nothing = No fee of the year rests on a preliminary population.
reconcile-preliminary = Preliminary fee
reconcile-stands = Stands now
reconcile-final = Final fee
reconcile-to-issue = To issue
reconcile-of = Of invoice
reconcile-supplement = Supplementary invoice
reconcile-leads-to-supplement = supplement
reconcile-leads-to-credit = credit
reconcile-settled = settled
reconcile-not-charged = for a person: no fee any more
reconcile-other-parties = for a person: another payer or host
reconcile-other-tariff = for a person: the tariff gives another preliminary fee than was issued
reconcile-credited = for a person: credited in part
reconcile-not-in-one = for a person: charged in parts or together; credit it and issue anew
reconcile-nothing-to-pay = for a person: the difference is nothing to pay
ask-credit = Issue the credit note?
credit-heading = Credit note { $number } over invoice { $credited }, { $payer }
credit-line = line { $line }  { $name }  { $amount }
credit-vat = VAT { $amount }
credit-total = Credited { $amount }
credit-left = Left of the invoice { $amount }
credit-owed-back = Paid already beyond that { $amount }: to be repaid or set off

## Books and registers

column-host = Host
column-financial-year = Financial year
column-vouchers = Vouchers
column-turnover = Turnover
column-journal-lines = Journal lines
column-file = File
ask-export = Export { $count } files for the ledger? It is recorded in the journal, and the next export begins where this one ends.
register-invoices = Invoice register
register-receivables = Receivables
register-payments = Payments
register-vat = VAT summary
register-tie = Reconciliation
register-about-invoices = Every invoice and credit note in the order of numbers, and what became of it. Credit notes stand below zero.
register-about-receivables = What each payer owes, change by change, with the balance after each.
register-about-payments = What came in, and a row for each part of it: what it pays, or where it stands.
register-about-vat = Invoices less credit notes, by host, category and rate. S is with VAT, E exempt, O outside its scope.
register-about-tie = What was owed, invoiced, credited and paid comes to what is open; it is to agree with the account of receivables.
register-notice = The journal to line { $line }, head { $head }. The period { $from } to { $to }.
register-series = Series of numbers
register-kind = Kind
register-date = Date
register-name = Name
register-net = Without VAT
register-credited = Credited
register-paid = Paid
register-open = Open
register-credits = Credits
register-credited-by = Credited by
register-line = Journal line
register-documents = Files with SHA-256
register-reference = Reference
register-balance = Balance
register-booked = Booked
register-value-date = Value date
register-paid-by = Paid by
register-came-in = Came in
register-part-of = The part is
register-whose = Invoice or payer
register-part = Part
register-decided = Last decided
register-reason = Reason
register-category = Category
register-percent = Percent
register-count-invoices = Invoices, count
register-invoiced-base = Invoiced base
register-invoiced-vat = Invoiced VAT
register-count-credit-notes = Credit notes, count
register-credited-base = Credited base
register-credited-vat = Credited VAT
register-base = Base
movement-opening = Opening balance
movement-payment = Payment
movement-moved = Transfer
part-for-a-person = waits for a person
part-overpayment = Overpayment
part-not-ours = not ours
part-refunded = paid back
tie-opening = Open when the period began
tie-issued = Invoiced in the period
tie-credited = Credited in the period
tie-paid = Paid in the period
tie-moved = Transferred in the period, net
tie-open = Open when the period ended
tie-documents = Amounts due of the invoice register, summed
tie-difference = Difference between invoice register and receivables: is to be zero

## The journal

column-line = Line
column-time = Time
column-by = Who
column-what = What
column-document = Document
journal-began = The journal of { $org } ({ $orgnr }) began
journal-invoice = Invoice to { $payer } for { $year }, due { $due }
journal-credit = Credit note over { $credited }: { $reason }
journal-batch = Batch { $batch } is whole, { $count } { $count ->
        [one] line
       *[other] lines
    }
journal-batch-of-numbers = Batch { $batch } is whole, { $count } { $count ->
        [one] line
       *[other] lines
    }, numbers { $numbers }
journal-aborted = Batch { $batch } was interrupted before its end: { $count } lines do not count, numbers { $numbers } are void
journal-sent = Sent by { $channel }
journal-payment = Payment from { $payer }, booked { $day }, to { $to }
journal-moved = Payment { $payment } moved to { $to }: { $reason }
journal-reminder = Reminder { $day } of { $open }
journal-exported = Vouchers of lines { $first } to { $last } in { $file }
journal-recovered = An interrupted end of { $bytes } bytes was kept in { $file }
journal-head = Head { $head }, line { $line }
journal-is-empty = The journal is empty: nothing was issued.
shown-invoice = Invoice { $number } to { $name } ({ $payer })
shown-credit-note = Credit note { $number } over invoice { $credited }, { $name } ({ $payer })
shown-recorded = Issued { $date }, recorded { $at } by { $by } with { $tool } on line { $line } of the journal
shown-line = Line { $line }, recorded { $at } by { $by } with { $tool }
shown-due = Due { $due }, OCR { $ocr }
shown-reason = Reason: { $reason }
shown-total = Amount due { $total } (without VAT { $net }, VAT { $vat })
shown-credited = Taken back { $amount }
shown-credit = { $number }  { $date }  { $amount }  { $reason }
shown-paid = Paid { $amount }
shown-payment = { $day }  { $amount }  { $payment }
shown-open = Open { $amount }
shown-documents = Documents and their SHA-256
shown-lines = Other lines of the journal about it

## Proof

proof-lines = Lines of the journal, each sealed by the next: { $count }
proof-documents = Documents that are as they were issued: { $count }
proof-invoices = Invoices that add up and agree with the journal: { $count }
proof-credit-notes = Credit notes that agree with their invoice: { $count }
proof-fees = Fees computed anew to the same öre: { $count }
proof-made-again = Documents made again, the same to the byte: { $count }
proof-other-letterhead = PDFs that look otherwise under the letterhead of today: { $count }
proof-other-version = Documents that another version of the program made: { $count }
proof-not-made = Documents that cannot be made again here: { $count }
proof-printed-head = The printed head is that of line { $count }
proof-unfinished = After the last line that counts stand { $count } bytes of an interrupted run; `avgift repair` finishes it
against-year = Fee year { $year }: { $count } fees issued, { $differing } differ from what the folder gives today
against-not-computed = Fee year { $year } cannot be computed today: { $why }
column-today = Today

## Two journals in one folder

conflict-parts = The two journals are alike to line { $line }, and differ after it.
conflict-branch = { $file }: { $lines } { $lines ->
        [one] line
       *[other] lines
    } after it, { $payments } { $payments ->
        [one] payment
       *[other] payments
    }
conflict-sent = sent
conflict-not-sent = not recorded as sent
conflict-twice = The same numbers in both: { $numbers }
conflict-keep = Keep the one whose documents were sent first as journal.jsonl. Move the other, with its documents, out of the folder; do not delete it.
conflict-anew = What only the other issued is issued anew by `avgift issue`, with new numbers. If it was sent already: tell the payer that the new invoice replaces it.
## Payments

column-outcome = Becomes
outcome-exact = pays { $invoice }
outcome-partial = pays a part of { $invoice }
outcome-rounded = pays { $invoice }, difference { $amount }
outcome-waits = waits for a decision: { $reason }
place-invoice = { $invoice } { $amount }
place-overpayment = overpaid { $amount }
place-unmatched = unidentified { $amount }
place-not-ours = nothing to do with the fees { $amount }
place-refunded = paid back { $amount }
place-waits = waits for a decision { $amount }
place-interest = late interest { $amount }
place-reminder-fee = reminder fee { $amount }
place-rounding = difference in öre { $amount }
reason-overpaid = more than is open
reason-already-paid = the invoice is paid already; probably paid twice
reason-credited = the invoice is credited
reason-credit-note-taken = the payer has taken a credit note off
reason-unclear-split = several references, and the amount does not come out even
reason-amounts-disagree = the amounts beside the references are not the payment's
reason-bad-check-digit = the reference fails its check digit
reason-unknown-reference = the reference is of no invoice
reason-ambiguous-reference = several invoices have the same reference
reason-text-only = no OCR reference, text alone
reason-nearly-paid = less than a krona off
reason-reversal = the bank takes a payment back
reason-own-payment = a payment of ours
reason-own-payment-returned = a payment of ours that came back
reason-lump-sum = a sum that may be several payments
reason-nothing-paid = nothing was paid
clue-reference = the reference
clue-in-text = the number stands in the text
clue-near-reference = the reference, but for one digit
clue-payer-account = the payer's account
clue-only-amount = the only invoice of the amount
clue-payer-name = the payer's name
waiting-heading = { $count ->
        [one] One payment waits for a decision: { $amount }
       *[other] { $count } payments wait for a decision, { $amount } together
    }
waiting-none = No payment waits for a decision.
waiting-reference = reference { $reference }
waiting-text = message { $text }
waiting-suggestion = may be for { $invoice }, { $payer }: { $clues }
waiting-proposal = proposed: { $parts }
waiting-no-proposal = nothing is proposed
ask-pay = Register { $count } { $count ->
        [one] payment in the journal?
       *[other] payments in the journal?
    }
ask-assign = Record the decision?
decision-heading = Payment { $id }, { $amount }
decision-before = until now: { $parts }
decision-after = from { $date }: { $parts }
decided-as-proposed = as proposed
decided-assigned = assigned by hand
decided-not-ours = nothing to do with the fees
decided-refunded = paid back
decided-reversed = taken back by the bank

## Open

open-heading = Open at the end of { $date }
open-nothing = No invoice is unpaid.
column-open = Open
column-due = Due
column-days-past-due = Days late
column-waiting = Waits for a decision
column-owed-back = Owed back
age-not-due = Not due
age-up-to-30 = 1–30 days
age-up-to-60 = 31–60 days
age-up-to-90 = 61–90 days
age-over-90 = over 90 days
tie-heading = Invoices tie
tie-payments-heading = Payments tie
tie-to-invoices = Paid of invoices
open-tie-issued = Invoiced
open-tie-credited = − credited
open-tie-paid = − paid of invoices
open-tie-open = = open
open-tie-difference = a difference, which must not be
tie-interest = + late interest
tie-reminder-fees = + reminder fees
tie-rounding = + differences in öre
tie-overpaid = + overpaid
tie-unmatched = + unidentified
tie-not-ours = + nothing to do with the fees
tie-refunded = + paid back
tie-waiting = + waits for a decision
tie-received = = came in

## Reminder

letter-reminder = Reminder
letter-reminder-again = Reminder no. { $ordinal }
letter-date = Date of the reminder
letter-not-paid = We have not received full payment of invoice { $number }, membership fee { $year }, which was to be paid by { $due }. { $open } is still unpaid.
letter-reminded-before = This is reminder no. { $ordinal } of the invoice.
letter-statement = This is to be paid
letter-invoiced = Amount of the invoice
letter-open = Unpaid
letter-interest = Late interest to { $date }
letter-interest-heading = How the interest is counted
letter-period = Days
letter-from-to = { $from } to { $to }
letter-days = Number of days
letter-rate = Rate
letter-interest-terms = Late interest is counted by section 6 of the Interest Act (räntelagen, 1975:635): the reference rate and { $margin } percentage points, from the day after the due date, day by day with 365 days a year.
letter-interest-paid = Of the interest { $paid } is paid already and taken off.
letter-fee-terms = Reminder fee by the act (1981:739), agreed on: { $agreed }
letter-if-paid = If you have paid already, there is nothing to do.
letter-at-once = at once
letter-attachment = { $title }: the data for programs
column-reminder = Reminder no.
ask-remind = Write { $count } { $count ->
        [one] reminder? It is recorded in the journal.
       *[other] reminders? They are recorded in the journal.
    }
## The board's page

board-title = { $network }: fees { $year }
board-heading = Fee year { $year }, for the board
board-skip = Skip to the content
board-contents = Contents
board-of-years = This holds for fee year { $years }.
board-scenario = SCENARIO { $file }, nothing decided. What is marked SCENARIO is computed with it, what is marked in force without it.
board-year-scenario = { $year } (SCENARIO)
board-year-in-force = { $year } (in force)
board-index-is-preliminary = The escalation rests on preliminary index figures, as the tariff says.
board-figures = The figures in a table: { $chart }
board-part = { $chart }, { $from }–{ $to } of { $count }
board-frame-of = Budget frame { $year }
board-change-since = Change since { $year }
board-not-compared = Fee year { $year } cannot be computed from what is in the folder, so the page does not compare with it.
board-frames-caption = The budget frame, fee years { $from } to { $to }, kronor
board-frames-description = A bar for each year, from { $first } in fee year { $from } to { $last } in fee year { $to }.
board-curve = The fee by number of inhabitants
board-curve-caption = Fee for a whole year by number of inhabitants, fee year { $year }
board-curve-close-up = Up to { $inhabitants }
board-curve-description = A curve of the fee up to { $inhabitants }, with { $members } members as points. It goes from { $least } to { $most }.
board-curves-description = { $curves } curves of the fee up to { $inhabitants }, one for each class, with { $members } members as points. They go from { $least } to { $most }.
board-curve-points = Each point is a member.
board-curve-bounds = The dashed lines are floor and ceiling.
board-curve-jumps = Where the curve is broken a single inhabitant changes the fee: a square stands at the last before and one at the first beyond.
board-curve-prorated = A hollow point is a member that pays for part of the year and so lies below the curve.
board-curve-ceilings = A member with a ceiling of its own may lie beside the curve.
board-curve-federations = A member whose federation pays one fee, a fixed or a reduced one lies beside the curve.
board-curve-limit = The curve shows the tariff without the limit on the change of the year. A member that the limit holds lies beside the curve.
board-curve-joining-fee = A member that pays a joining fee lies above the curve.
board-points = Fee and number of inhabitants
board-points-caption = Fee and number of inhabitants, fee year { $year }
board-points-description = A point for each of { $members } members of up to { $inhabitants }. The fees go from { $least } to { $most }.
board-points-prorated = A hollow point is a member that pays for part of the year.
board-no-curve-shared = There is no curve here: the members share a fixed amount, so a fee depends on all other members too.
board-no-curve-percentages = There is no curve here: the share of each member is decided in percent and does not follow the number of inhabitants.
board-no-curve-of-figure = There is no curve here: the fee is reckoned on { $figure } and does not follow the number of inhabitants alone.
board-no-curve-decided = There is no curve here: the fee of each member is a decided amount and does not follow the number of inhabitants.
board-no-class = Without a class
board-jump-up = From { $last } to { $first } the fee rises from { $before } to { $there }.
board-jump-down = From { $last } to { $first } the fee falls from { $before } to { $there }.
board-floor-until = The floor raises the fee up to { $inhabitants }.
board-floor-from = The floor raises the fee from { $inhabitants }.
board-ceiling-until = The ceiling lowers the fee up to { $inhabitants }.
board-ceiling-from = The ceiling lowers the fee from { $inhabitants }.
board-fees = The members' fees
board-fees-caption = Fee { $year } in kronor, highest first
board-per-inhabitant-caption = Fee { $year } in kronor per inhabitant, highest first
board-bars-description = Horizontal bars in falling order. The highest is { $first } with { $most }, the lowest { $last } with { $least }.
board-column-each = Kr per inhabitant
board-changes = Who pays more, who pays less
board-changes-caption = Change of the fee from { $from } to { $to }, largest rise first
board-came = New members: { $members }, { $change }
board-went = No longer members: { $members }, { $change }
board-bridge = Why the frame changes
board-bridge-lead = The change is split into its causes, one after another in the order they stand. The parts sum to the whole change, to the öre.
board-bridge-caption = From the budget frame of { $from } to that of { $to }
board-bridge-description = Steps from { $from } to { $to }: one for each cause, { $change } in all.
board-bridge-scale = The scale shows the change alone: it does not begin at zero.
board-forecast = The frame ahead
board-forecast-caption = The budget frame ahead, fee years { $from } to { $to }
board-forecast-description = A line from { $first } in fee year { $from } to { $last } in fee year { $to }.
board-forecast-points = A filled point is a year whose figures are on file, a hollow one a year in which something is assumed. The band goes from low to high.
board-members = All members
board-members-caption = The members in alphabetical order, fee year { $year }
board-fee-of = Fee { $year }
board-sources = Sources
board-sources-lead = Every figure of the page is computed from what is listed here. A place is written file:line:column.
board-files-caption = The files that the figures were read in
board-column-table = Table at Statistics Sweden
board-column-day = Published or fetched
board-column-places = Places read
board-column-figure = Figure
board-no-day = the file does not say when
board-of-members = { $figure }, { $members } members
board-places-caption = What the fees of { $year } rest on
board-journal = The journal of invoices ends with line { $line }, seal { $seal }. Whoever has kept the seal can see that nothing before that line has been changed.
board-no-journal = No invoice has been issued in this folder: it has no journal.
board-scb = Statistics: Källa: SCB.
