"""Every avoided unit lands somewhere or is prevented, and nothing goes round in a circle."""

from collections import defaultdict
from collections.abc import Iterator

from footprint.plan.checks.register import check
from footprint.plan.effects import Landing
from footprint.plan.effects.avoid import Avoid
from footprint.plan.effects.shorten import Shorten
from footprint.plan.schema import Plan
from footprint.terms.faults import Fault

_Moving = tuple[str, Avoid | Shorten]


def _moving(plan: Plan) -> Iterator[_Moving]:
    for name, scheme in plan.schemes.items():
        for key, effect in scheme.effects.items():
            if isinstance(effect, Avoid | Shorten):
                yield f"schemes/{name}.effects.{key}", effect


def _most(landing: Landing) -> float:
    share = landing.share
    if share.doubt is None:
        return share.central
    return share.doubt.support()[1] * share.measure.size


@check()
def avoided_work_lands(plan: Plan) -> Iterator[Fault]:
    """What is avoided goes to a receiver, and what goes nowhere says why nobody has to do it."""
    for address, effect in _moving(plan):
        most = sum(_most(landing) for landing in effect.receives.values())
        if most > 1 + 1e-9:
            yield Fault(
                f"{address}.receives",
                f"up to {most:.0%} of the avoided work lands",
                "shares that add to 100% at most, even at their highest",
                "lower a share, or its highest value",
            )
        elif most < 1 - 1e-9 and not effect.prevented:
            yield Fault(
                f"{address}.receives",
                f"{most:.0%} of the avoided work lands; nobody is said to do the rest",
                "a receiver for every unit, or a sentence under prevented",
                "add a receiving service, or write prevented: why nobody has to do it",
            )


@check()
def work_does_not_go_round(plan: Plan) -> Iterator[Fault]:
    """No service receives, through others, the work it was relieved of."""
    onward: dict[str, dict[str, str]] = defaultdict(dict)
    for address, effect in _moving(plan):
        for landing in effect.receives.values():
            if isinstance(effect, Avoid):
                onward[effect.service].setdefault(landing.service, address)
    for start in list(onward):
        ring = _ring(onward, [start])
        if ring and ring[0] == min(ring):
            yield Fault(
                f"{onward[ring[-2]][ring[-1]]}.receives",
                f"work goes round in a circle: {' -> '.join(ring)}",
                "receivers that are not relieved by sending the work back",
                "send the work elsewhere, or say what part is prevented",
            )


def _ring(onward: dict[str, dict[str, str]], path: list[str]) -> list[str] | None:
    for service in onward.get(path[-1], {}):
        if service == path[0]:
            return [*path, service]
        if service not in path:
            found = _ring(onward, [*path, service])
            if found:
                return found
    return None
