"""Numbers in the terminal, said the same way everywhere."""

from footprint.stress.answer import Spread


def pounds(amount: float) -> str:
    """GBP m in words: one decimal below 100, none above.

    >>> pounds(12.34), pounds(-203.4), pounds(-0.01)
    ('£12.3m', '−£203m', '£0.0m')
    """
    size = f"{abs(amount):,.1f}" if abs(amount) < 99.95 else f"{abs(amount):,.0f}"
    sign = "−" if amount < 0 and float(size.replace(",", "")) > 0 else ""
    return f"{sign}£{size}m"


def share(part: float) -> str:
    """A share as a percentage; a small one keeps a decimal.

    >>> share(0.083), share(0.004), share(0.0), share(-0.0001)
    ('8%', '0.4%', '0%', '0%')
    """
    if 0.0005 <= abs(part) < 0.01 or 0.99 < part < 1:
        return f"{part:.1%}".replace("-", "−")
    return f"{part:.0%}".replace("-0%", "0%").replace("-", "−")


def between(spread: Spread) -> str:
    """A range as a person says it.

    >>> between(Spread(p10=210, p50=270, p90=340, mean=272))
    'between £210m and £340m, most likely about £270m'
    """
    low, high = pounds(spread.p10), pounds(spread.p90)
    if low == high:
        return low
    return f"between {low} and {high}, most likely about {pounds(spread.p50)}"
