"""What the plan claims, beside what such plans claimed and achieved, and what experts expect."""

from collections.abc import Iterator

from footprint.evidence.reference_class import ReferenceClass, compare, reference_classes
from footprint.plan.effects.avoid import Avoid
from footprint.plan.effects.efficiency import Efficiency
from footprint.plan.effects.shorten import Shorten
from footprint.stress.checks.register import Result, check
from footprint.terms.faults import Fault


@check
def falls_in_use_are_borne_out(result: Result) -> Iterator[Fault]:
    """Use falls by no more than the most careful of such plans assumed."""
    area, units = result.area, result.worlds("activity")[:, -1]
    for name, known in _of_kind("activity"):
        mine = [
            v
            for v, row in enumerate(area.plan.baseline.services)
            if known.speaks_of(row.service, row.name)
        ]
        nothing = float(units[0, mine].sum())
        if nothing > 0:
            claim = 1 - float(units[1, mine].sum()) / nothing
            service = area.labels["service"][mine[0]]
            yield from _told(f"services.{service}", f"{service} fall by", claim, name, known)


@check
def efficiency_is_borne_out(result: Result) -> Iterator[Fault]:
    """Work gets cheaper by no more a year than providers have managed over several years."""
    for name, known in _of_kind("productivity"):
        for scheme_name, scheme in result.plan.schemes.items():
            for key, effect in scheme.effects.items():
                if isinstance(effect, Efficiency):
                    claim = effect.a_year.central * scheme.reach.central
                    address = f"schemes/{scheme_name}.effects.{key}.a_year"
                    yield from _told(address, "a year cheaper by", claim, name, known)


@check
def effects_are_borne_out(result: Result) -> Iterator[Fault]:
    """A scheme that names a reference class claims no more than experts expect of it."""
    classes = reference_classes()
    for scheme_name, scheme in result.plan.schemes.items():
        known = classes.get(scheme.reference_class)
        for key, effect in scheme.effects.items():
            if known is not None and isinstance(effect, Avoid | Shorten):
                claim = effect.size.central * scheme.reach.central
                address = f"schemes/{scheme_name}.effects.{key}.size"
                yield from _told(
                    address, "of the cohort's use", claim, scheme.reference_class, known
                )


def _of_kind(kind: str) -> list[tuple[str, ReferenceClass]]:
    return [(name, known) for name, known in reference_classes().items() if known.kind == kind]


def _told(
    address: str, what: str, claim: float, name: str, known: ReferenceClass
) -> Iterator[Fault]:
    standing = compare(claim, known)
    if standing.above:
        yield Fault(
            address,
            f"{what} {standing.words} ({known.title})",
            f"{known.warn_above:.1%} at most, or grounds to expect more",
            f"claim less, or say what is different here; {' '.join(known.because.split())} "
            f"See reference class {name}",
            grade="warn",
        )
