# Everything that a member, a board or an auditor reads, in English. The same messages stand in sv.ftl in Swedish.
# A message is a line: name = text. { $name } is a figure that the program fills in.

## Words

fee-year = fee year
inhabitants = { $number } inhabitants

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

## Workbook

workbook-page = Page { $page } of { $pages }
workbook-title = { $network }, fees { $years }
workbook-illustrative = Illustrative tariff: the network has not decided it.
workbook-preliminary = PRELIMINARY: older populations stand in for those not yet published.

workbook-sheet-frame = Budget frame
workbook-sheet-payers = Payers
workbook-sheet-tariff = Tariff { $year }
workbook-sheet-members = Members { $year }
workbook-sheet-fees = Fees { $year }

workbook-about-frame = The budget frame is the sum of the rounded fees. Each figure is a formula; the sheets after show what it is computed from.
workbook-about-payers = What each payer is to pay: the sum of its members' fees.
workbook-about-tariff = Fee year { $year }: what was decided, the index figures with their source, and what they come to in the year.
workbook-about-members = Fee year { $year }: the members, their inhabitants with the source, and the part of the year that they pay for.
workbook-about-fees = Fee year { $year }, tariff { $tariff }. Step by step, unrounded, to the one rounding. The integers to the far right decide it exactly.

workbook-item = Item
workbook-value = Value
workbook-note = Explanation
workbook-source = Source (file:line:column)

workbook-decided = Decided
workbook-tariff = Tariff
workbook-decision = Decision
workbook-in-force-from = In force from fee year
workbook-in-force-to = In force to fee year
workbook-rate = Rate
workbook-floor = Floor
workbook-ceiling = Ceiling
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
workbook-to-ore = to whole öre
workbook-to-krona = to whole kronor; 50 öre and more go up, lag (1970:1029) 2 §
workbook-to-ten = to whole tens of kronor
workbook-to-hundred = to whole hundreds of kronor

workbook-proration = Who joins within the year
workbook-proration-full-year = pays the whole year
workbook-proration-months-counted = pays for its months; a broken one is counted
workbook-proration-months-free = pays for its months; a broken one is free
workbook-proration-days = pays for its days
workbook-proration-quarters-counted = pays for its quarters; a broken one is counted
workbook-proration-quarters-free = pays for its quarters; a broken one is free
workbook-proration-halves = pays for its half-years; a broken one is counted
workbook-proration-joined-by = pays the whole year if it has joined by { $day }, otherwise nothing
workbook-leaving = Who leaves within the year
workbook-leaving-full-year = pays the whole year
workbook-leaving-prorated = pays to its last day of membership
workbook-order = Share of the year
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
workbook-index-above = Index figure { $month } (above the line)
workbook-index-below = Index figure { $month } (below the line)
workbook-index-factor = Index factor
workbook-index-factor-note = later figure over earlier figure

workbook-of-the-year = In fee year { $year }
workbook-of-the-year-escalated = decided amount × index factor
workbook-of-the-year-printed = decided amount × index factor, rounded (printed tariff)
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

workbook-code = Code
workbook-member = Member
workbook-payer = Payer
workbook-inhabitants = Inhabitants
workbook-population-source = Source of the population
workbook-share-part = Share of the year
workbook-share-whole = of
workbook-remark = Remark
workbook-by-population = By population
workbook-escalated = Escalated
workbook-prorated = Share of the year
workbook-fee = Fee
workbook-standing = Standing
workbook-at-floor = floor
workbook-within = within
workbook-at-ceiling = ceiling
workbook-by-population-parts = By population in parts
workbook-numerator = Amount above the line
workbook-denominator = One step below the line
workbook-sum = Sum
workbook-is-preliminary = preliminary
workbook-engine-value = the program's own value: the integers do not fit a spreadsheet
workbook-joined-source = joining and leaving: { $source }

workbook-members = Members
workbook-payers = Payers
workbook-count-at-floor = At the floor
workbook-count-within = Between floor and ceiling
workbook-count-at-ceiling = At the ceiling
workbook-count-prorated = Part of the year
workbook-mean-per-inhabitant = Mean per inhabitant
workbook-mean-per-payer = Mean per payer
workbook-check = Check: fees whose steps and integers differ
workbook-payer-members = Members { $year }
workbook-payer-sum = Fees { $year }

workbook-name-rate = Rate
workbook-name-floor = Floor
workbook-name-ceiling = Ceiling
workbook-name-factor = Factor
workbook-name-step = Step
workbook-name-parts = Parts
workbook-name-rate-parts = Rate_parts
workbook-name-floor-parts = Floor_parts
workbook-name-ceiling-parts = Ceiling_parts
workbook-name-above = Factor_above
workbook-name-below = Factor_below
