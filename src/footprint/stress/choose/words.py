"""Choosing in sentences: for a meeting, without the word CVaR."""

from collections.abc import Mapping, Sequence

from footprint.stress.chance import in_words
from footprint.stress.choose.aims import Aim, BestChance, BestDownside, LeastRegret, MeanAboveFloor
from footprint.stress.choose.fair import Settlement, Standing
from footprint.stress.choose.frontier import Frontier, Price
from footprint.stress.choose.portfolio import Portfolio, Used
from footprint.stress.choose.regret import Regret
from footprint.stress.choose.verified import Guess

Names = Mapping[str, str]


def pounds(amount: float) -> str:
    """Say a sum of money without its sign.

    >>> pounds(12_340_000), pounds(-45_600), pounds(870), pounds(999_600)
    ('£12.3m', '£46,000', '£870', '£1.0m')
    """
    size = abs(amount)
    if size >= 999_500:
        return f"£{size / 1e6:,.1f}m"
    return f"£{round(size, -3):,.0f}" if size >= 9_950 else f"£{round(size, -1):,.0f}"


def gains_or_loses(amount: float) -> str:
    """Say what a sum does.

    >>> gains_or_loses(2e6), gains_or_loses(-2e6), gains_or_loses(0.0)
    ('gains £2.0m', 'loses £2.0m', 'neither gains nor loses')
    """
    if abs(amount) < 5:
        return "neither gains nor loses"
    return f"{'gains' if amount > 0 else 'loses'} {pounds(amount)}"


def worst_futures(tail: float) -> str:
    """Say which futures are the worst.

    >>> worst_futures(0.1), worst_futures(0.07)
    ('the worst tenth of futures', 'the worst 7% of futures')
    """
    known = {0.05: "twentieth", 0.1: "tenth", 0.2: "fifth", 0.25: "quarter", 0.5: "half"}
    return f"the worst {known.get(round(tail, 6), f'{tail * 100:g}%')} of futures"


def of_aim(aim: Aim) -> str:
    """Say what a portfolio is chosen for.

    >>> of_aim(BestChance(5e6))
    'the best chance of gaining £5.0m'
    >>> of_aim(MeanAboveFloor(-1e6))
    'the most expected, with a loss of at most £1.0m in the worst tenth of futures'
    """
    if isinstance(aim, BestChance):
        verb = "gaining" if aim.target >= 0 else "losing no more than"
        return f"the best chance of {verb} {pounds(aim.target)}"
    if isinstance(aim, MeanAboveFloor):
        kind = "a gain of at least" if aim.floor >= 0 else "a loss of at most"
        return f"the most expected, with {kind} {pounds(aim.floor)} in {worst_futures(aim.tail)}"
    if isinstance(aim, BestDownside):
        return "as much as can be had when things go badly"
    if isinstance(aim, LeastRegret):
        return "the least to regret, whatever comes"
    if aim.weight == 0:
        return "the most expected"
    return "the most expected, with bad futures counted again"


def of_portfolio(found: Portfolio, names: Names | None = None) -> str:
    """Say what is chosen, what it is expected to gain, and what if things go badly."""
    chosen = _listed([_named(scheme, names) for scheme in found.schemes])
    first = f"Do {chosen}." if found.schemes else "Do none of the schemes."
    proof = (
        ""
        if found.proven or found.bound == float("inf")
        else " A better choice has not been ruled out."
    )
    return (
        f"{first} Chosen for {of_aim(found.aim)}: the place {gains_or_loses(found.mean)} as "
        f"expected, and in {worst_futures(found.tail)} {gains_or_loses(found.downside)} on "
        f"average.{proof}"
    )


def of_limit(used: Used, names: Names | None = None) -> str:
    """Say how much of a limit is used and what it keeps out.

    >>> of_limit(Used("nurses", "WTE", 38.0, 40.0, (("falls", 3.0),)))
    'Nurses: 38 of 40 WTE used. Not enough is left for falls (3 WTE more needed).'
    """
    head = used.limit[:1].upper() + used.limit[1:]
    first = f"{head}: {_amount(used.used, used.unit, used.available)} used."
    if not used.keeps_out:
        return f"{first} Every other scheme would still fit."
    lacking = _listed(
        [
            f"{_named(s, names)} ({_amount(lack, used.unit)} more needed)"
            for s, lack in used.keeps_out
        ]
    )
    return f"{first} Not enough is left for {lacking}."


def of_price(price: Price) -> str:
    """Say what a safer choice costs.

    >>> of_price(Price(1e6, 4e6))
    'Giving up £1.0m of the expected gain makes bad futures £4.0m better: 25p for each pound.'
    """
    each = f"{price.each * 100:.0f}p" if price.each < 1 else f"£{price.each:,.2f}"
    return (
        f"Giving up {pounds(price.given_up)} of the expected gain makes bad futures "
        f"{pounds(price.bought)} better: {each} for each pound."
    )


def of_frontier(found: Frontier, names: Names | None = None) -> tuple[str, ...]:
    """Say what safety costs, and which schemes are right whatever one thinks of risk."""
    said = []
    if found.price is None:
        said.append("One choice is best both as expected and when things go badly.")
    else:
        said.append(of_price(found.price))
    for schemes, words in (
        (found.always, "Right however much one fears bad futures"),
        (found.sometimes, "A matter of how much one fears them"),
        (found.never, "In none of the best choices"),
    ):
        if schemes:
            said.append(f"{words}: {_listed([_named(s, names) for s in schemes])}.")
    return tuple(said)


def of_regret(found: Regret, place: int) -> str:
    """Say how much one could come to regret a choice, by its place among those compared."""
    if found.worst[place] < 5:
        return "There is no future in which another choice would have been better."
    return (
        f"Looking back, another choice would have been better by {pounds(found.worst[place])} at "
        f"most, and by less than {pounds(found.p90[place])} in 9 of 10 futures."
    )


def of_guess(guess: Guess, names: Names | None = None) -> str:
    """Say what overlap does, and whether it changed the choice."""
    if abs(guess.overlap) < 5:
        first = "The schemes do not get in one another's way."
    else:
        verb = "less" if guess.overlap > 0 else "more"
        first = (
            f"Together the schemes gain {pounds(guess.overlap)} {verb} than each alone adds up to."
        )
    if not (guess.put_in or guess.taken_out):
        return f"{first} That does not change the choice."
    changes = [f"{_named(s, names)} comes in" for s in guess.put_in]
    changes += [f"{_named(s, names)} goes out" for s in guess.taken_out]
    return f"{first} So {_listed(changes)}."


def of_standing(found: Standing, names: Names | None = None) -> tuple[str, ...]:
    """Say what each partner gains or loses, one sentence each."""
    return tuple(
        f"{_named(partner, names)} {gains_or_loses(found.mean[o])} as expected, and is worse off "
        f"in {in_words(float(found.chance_of_losing[o]))}."
        for o, partner in enumerate(found.partners)
    )


def of_settlement(found: Settlement, names: Names | None = None) -> tuple[str, ...]:
    """Say who pays whom, or why nothing helps."""
    if not found.possible:
        return (
            "No payments between the partners can do this: "
            f"{pounds(found.missing)} from outside is missing.",
        )
    if found.shares is not None:
        parts = [
            f"{_named(p, names)} {s:.0%}" for p, s in zip(found.partners, found.shares, strict=True)
        ]
        said = [f"Gains and losses are pooled and shared: {_listed(parts)}."]
    else:
        said = [
            f"{_named(p.payer, names)} pays {_named(p.to, names)} {pounds(p.amount)}."
            for p in found.payments
        ] or ["No payment is needed."]
    held = in_words(found.after.nobody_loses)
    return (*said, f"Then nobody is worse off in {held}.")


def _amount(amount: float, unit: str, of: float | None = None) -> str:
    if unit.startswith("GBP"):
        rest = unit.removeprefix("GBP")
        return pounds(amount) + ("" if of is None else f" of {pounds(of)}") + rest
    return f"{amount:,.4g}" + ("" if of is None else f" of {of:,.4g}") + f" {unit}"


def _named(name: str, names: Names | None) -> str:
    return (names or {}).get(name, name)


def _listed(words: Sequence[str]) -> str:
    """Join words as in a sentence.

    >>> _listed(["falls", "beds", "pay"])
    'falls, beds and pay'
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
