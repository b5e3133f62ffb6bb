"""Financial years, the NHS's and the councils' alike: 1 April to 31 March, written 2016/17."""

import re
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator

_PATTERN = re.compile(r"(\d{4})/(\d{2})")


def first_calendar_year(year: str) -> int:
    """The calendar year in which a financial year begins.

    Raises ValueError when `year` is not written like 2016/17.

    >>> first_calendar_year("2016/17")
    2016
    """
    match = _PATTERN.fullmatch(year)
    if not match:
        raise ValueError(f"{year!r} is not a financial year; write it like 2016/17")
    start = int(match[1])
    if (start + 1) % 100 != int(match[2]):
        end = f"{(start + 1) % 100:02d}"
        raise ValueError(f"{year!r} does not run for one year; {start} is followed by {end}")
    return start


def financial_year(start: int) -> str:
    """The financial year that begins in a calendar year.

    >>> financial_year(1999)
    '1999/00'
    """
    return f"{start}/{(start + 1) % 100:02d}"


@lru_cache(maxsize=64)
def years_between(base: str, last: str) -> tuple[str, ...]:
    """Every financial year from `base` to `last`, both included; empty when upside down.

    >>> years_between("2016/17", "2018/19")
    ('2016/17', '2017/18', '2018/19')
    """
    return tuple(
        financial_year(start)
        for start in range(first_calendar_year(base), first_calendar_year(last) + 1)
    )


def _checked(year: str) -> str:
    first_calendar_year(year)
    return year


FinancialYear = Annotated[str, AfterValidator(_checked)]
