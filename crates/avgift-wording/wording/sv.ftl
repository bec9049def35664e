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
