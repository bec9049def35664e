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
