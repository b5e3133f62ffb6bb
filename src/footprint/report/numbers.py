"""How numbers are written: one rule for each kind, the same on every page.

- Money is in £m: one decimal below 100, none from 100.
- Percentages are whole; what is above 0 and below 1% is said to be so.
- Counts have thousand separators; one decimal below 10, none from 10.
- Below zero stands a true minus sign, and zero has no sign.
"""

MINUS = "\N{MINUS SIGN}"
BLANK = "–"


def _signed(value: float, decimals: int) -> str:
    figure = f"{abs(value):,.{decimals}f}"
    return figure if value >= 0 or not figure.strip("0.,") else MINUS + figure


def millions(value: float) -> str:
    """An amount in £m without its unit, for a column that names it.

    >>> millions(94.26), millions(192.3165), millions(-0.0008), millions(-1234.4)
    ('94.3', '192', '0.0', '−1,234')
    """
    return _signed(value, 1 if abs(round(value, 1)) < 100 else 0)


def money(value: float) -> str:
    """An amount in £m with its unit.

    >>> money(94.26), money(-4.8937), money(399.3)
    ('£94.3m', '−£4.9m', '£399m')
    """
    figure = millions(value)
    return f"{MINUS}£{figure[1:]}m" if figure.startswith(MINUS) else f"£{figure}m"


def percent(share: float) -> str:
    """A share as a whole percentage.

    >>> percent(0.3884), percent(0.004), percent(0.998), percent(0.0), percent(-0.017)
    ('39%', 'under 1%', 'over 99%', '0%', '−2%')
    """
    if 0 < share < 0.005:
        return "under 1%"
    if 0.995 <= share < 1:
        return "over 99%"
    return whole_percent(share)


def whole_percent(share: float) -> str:
    """A ratio as a whole percentage, which may be above 100%.

    >>> whole_percent(0.9957), whole_percent(1.02)
    ('100%', '102%')
    """
    return _signed(share * 100, 0) + "%"


def percent_range(low: float, high: float) -> str:
    """An interval of shares, whole percentages.

    >>> percent_range(0.342, 0.4348), percent_range(-0.0042, 0.0388)
    ('34% to 43%', '0% to 4%')
    """
    return f"{whole_percent(low)} to {whole_percent(high)}"


def count(value: float) -> str:
    """A number of people, units, beds or days.

    >>> count(1942.4), count(8.87), count(0.0), count(-243.2)
    ('1,942', '8.9', '0', '−243')
    """
    small = abs(round(value, 1)) < 10 and round(value, 1) != round(value)
    return _signed(value, 1 if small else 0)


def small_percent(share: float) -> str:
    """A chance or its error, with one decimal below 10%, where whole ones would hide it.

    >>> small_percent(0.0043), small_percent(0.083), small_percent(0.45), small_percent(0.0)
    ('0.4%', '8.3%', '45%', '0%')
    """
    if 0 < share < 0.0005:
        return "under 0.1%"
    small = abs(share) < 0.0995 and share != 0
    return _signed(share * 100, 1 if small else 0) + "%"


def plural(number: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> plural(1, "partner"), plural(2, "partner"), plural(1200, "body", "bodies")
    ('1 partner', '2 partners', '1,200 bodies')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
