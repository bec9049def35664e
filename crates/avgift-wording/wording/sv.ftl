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
