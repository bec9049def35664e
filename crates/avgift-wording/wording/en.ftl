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
