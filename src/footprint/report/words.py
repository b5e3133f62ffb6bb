"""The sentences of the report: each section opens with one of them, and it is the answer."""

from collections.abc import Sequence

from footprint.report.numbers import money
from footprint.stress.answer import Spread, StatedAnswer
from footprint.stress.chance import in_words

_FRACTIONS = (
    (0.1, "a tenth"),
    (0.2, "a fifth"),
    (0.25, "a quarter"),
    (1 / 3, "a third"),
    (0.4, "two fifths"),
    (0.5, "half"),
    (0.6, "three fifths"),
    (2 / 3, "two thirds"),
    (0.75, "three quarters"),
    (0.8, "four fifths"),
    (0.9, "nine tenths"),
)


def sentence(text: str) -> str:
    """The text with a capital at its start and a full stop at its end.

    >>> sentence("we cannot tell"), sentence("A is short.")
    ('We cannot tell.', 'A is short.')
    """
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?")) else ".")


def target_reached(chance: str, target: str = "its target") -> str:
    """Say in how many futures the plan reaches a target.

    >>> target_reached("about 1 in 12 futures")
    'The plan reaches its target in about 1 in 12 futures.'
    >>> target_reached("none of the 4,096 futures tried")
    'The plan reaches its target in none of the 4,096 futures tried.'
    >>> target_reached("not the one future tried")
    'The plan does not reach its target in the one future tried.'
    """
    if chance.startswith("not "):
        return f"The plan does not reach {target} in {chance.removeprefix('not ')}."
    if chance.startswith("no "):
        return f"The plan does not reach {target} in any {chance.removeprefix('no ')}."
    return f"The plan reaches {target} in {chance}."


def chance_words(share: float, draws: int) -> str:
    """A chance known only as a share, in the words the test uses."""
    return in_words(min(max(share, 0.0), 1.0), draws)


def between(spread: Spread) -> str:
    """A gap as a range with its middle: what 8 of 10 futures lie between.

    >>> between(Spread(p10=210.2, p50=270.1, p90=340.4, mean=272))
    'between £210m and £340m short, most likely £270m'
    >>> between(Spread(p10=-20, p50=5, p90=30, mean=5))
    'between £20.0m to spare and £30.0m short, most likely £5.0m short'
    >>> between(Spread(p10=-30, p50=-20, p90=-10, mean=-20))
    'between £10.0m and £30.0m to spare, most likely £20.0m'
    >>> between(Spread(p10=38.58, p50=38.58, p90=38.58, mean=38.58))
    '£38.6m short'
    """
    low, middle, high = (round(v, 4) for v in (spread.p10, spread.p50, spread.p90))
    if money(low) == money(high):
        return _short(middle)
    if low >= 0:
        return f"between {money(low)} and {money(high)} short, most likely {money(middle)}"
    if high <= 0:
        return f"between {money(-high)} and {money(-low)} to spare, most likely {money(-middle)}"
    return f"between {money(-low)} to spare and {_short(high)}, most likely {_short(middle)}"


def _short(value: float) -> str:
    if money(value) == money(0.0):
        return "neither short nor to spare"
    return f"{money(value)} short" if value > 0 else f"{money(-value)} to spare"


def about(share: float) -> str:
    """A share as a fraction a person would say.

    >>> about(0.57), about(0.26), about(0.02), about(1.0), about(0.0)
    ('about three fifths', 'about a quarter', 'almost none', 'all', 'none')
    """
    if share <= 0:
        return "none"
    if share >= 0.9995:
        return "all"
    if share < 0.05:
        return "almost none"
    if share > 0.95:
        return "nearly all"
    return "about " + min(_FRACTIONS, key=lambda known: abs(known[0] - share))[1]


def listed(names: Sequence[str], last: str = "and") -> str:
    """Names as a person would list them.

    >>> listed(["A"]), listed(["A", "B"]), listed(["A", "B", "C"])
    ('A', 'A and B', 'A, B and C')
    """
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def so_many_are(number: int) -> str:
    """A number with its verb.

    >>> so_many_are(0), so_many_are(1), so_many_are(1200)
    ('none is', '1 is', '1,200 are')
    """
    return "none is" if number == 0 else f"{number:,} {are(number)}"


def are(number: int) -> str:
    """The verb for so many.

    >>> are(1), are(0)
    ('is', 'are')
    """
    return "is" if number == 1 else "are"


def stated_gap(stated: StatedAnswer) -> str:
    """What the plan stated as its gap beside what can be computed; nothing where it stated none.

    >>> told = dict(savings=None, savings_rebuilt=0.0, savings_unexplained=0.0)
    >>> stated_gap(StatedAnswer(gap=399.3, gap_computed=207, gap_unexplained=192.3, **told))
    'The plan states a gap of £399m; £207m can be computed, and £192m is not reproduced.'
    >>> stated_gap(StatedAnswer(gap=90, gap_computed=100, gap_unexplained=-10, **told))
    'The plan states a gap of £90.0m, which is £10.0m less than can be computed.'
    """
    if stated.gap is None:
        return ""
    told, extra = f"The plan states a gap of {money(stated.gap)}", stated.gap_unexplained
    if money(extra) == money(0.0):
        return f"{told}, and all of it can be computed."
    if extra < 0:
        return f"{told}, which is {money(-extra)} less than can be computed."
    computed = money(stated.gap_computed)
    return f"{told}; {computed} can be computed, and {money(extra)} is not reproduced."


def stated_savings(stated: StatedAnswer) -> str:
    """What the plan stated as its savings beside the lines that have a figure.

    >>> told = dict(gap=None, gap_computed=207, gap_unexplained=0.0)
    >>> stated_savings(
    ...     StatedAnswer(savings=412, savings_rebuilt=177, savings_unexplained=235, **told)
    ... )
    'The plan states savings of £412m; £177m can be rebuilt line by line, and £235m cannot.'
    """
    if stated.savings is None:
        return ""
    told, rest = f"The plan states savings of {money(stated.savings)}", stated.savings_unexplained
    rebuilt = money(stated.savings_rebuilt)
    if rest <= 0 or money(rest) == money(0.0):
        return f"{told}; line by line they come to {rebuilt}."
    return f"{told}; {rebuilt} can be rebuilt line by line, and {money(rest)} cannot."
