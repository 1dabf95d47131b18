"""The frozen numbers of the sources of chance. A number is never reused and never moved: add at the end.

A block of four 32-bit draws belongs to each (stream, run, code, year): lanes 0 to 3.
"""

POPULATION = 1  # code 0: national path (year 0); immigration, births, deaths; code 100 000 + fylke: its growth
NATION = 2  # code 0: tax before RNB, tax after RNB, cost, interest
NATION_TAIL = 3  # code 0: fat tail (chi-square) lanes 0-1, rescue, deflator forecast
INCOME = 4  # unit: own tax, natural-resource revenue, other revenue, -
SPENDING = 5  # unit: persistent cost, transitory cost, pension, overrun
FORECAST = 6  # unit: forecast error, deadline missed, unspecified saving, investment delay
SCHOOLS = 7  # unit: proposal, adoption, realised saving, private replacement
SCHOOLS_LAG = 8  # unit: how many schools, lag, approval, hearing
POLITICS = 9  # unit: election result, majority, fragmentation, tax decision
DECISION = 11  # unit: budget late, accounts late, open deficit, property tax
ASSUMPTION = 10  # code: crc32 of the name, year 0: the draw of an uncertain assumption
START = 16  # 16-31: start accounts, one block each (sim.kernel.start)
CHARACTER = 40  # unit: its lasting weakness, -, -, -; year 0 at the start, then in election years
STATE = 12  # code 0: wages against prices, fund value, an agreement beyond the budget proposal, its size
SCHOOLS_NEW = 13  # unit: a new public school, -, -, -
