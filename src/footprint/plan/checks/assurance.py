"""Somebody signed the numbers off, and whoever assured the analysis did not make it."""

from collections.abc import Iterator

from footprint.evidence.assumption import Owner
from footprint.evidence.reference_class import reference_classes
from footprint.plan.checks.register import check
from footprint.plan.schema import Plan
from footprint.plan.suggest import listed, nearest
from footprint.terms.faults import Fault


@check("governance")
def assumptions_are_signed_off(plan: Plan) -> Iterator[Fault]:
    """A body signed off the assumptions, and none is left out."""
    signed = plan.governance.sign_off if plan.governance else None
    if signed is None:
        yield _blank("sign_off", "nobody is said to have signed off the assumptions", "body and on")
        return
    for i, address in enumerate(signed.not_signed):
        yield Fault(
            f"governance.sign_off.not_signed.{i}",
            f"{address} is not signed off",
            "every assumption signed off before the plan is used",
            f"bring it to {signed.body}, or leave out what rests on it",
            grade="warn",
        )


@check("governance")
def assurer_is_not_the_analyst(plan: Plan) -> Iterator[Fault]:
    """Whoever assures the analysis is independent of whoever made it (the Aqua Book)."""
    analyst = plan.governance.analyst if plan.governance else None
    assurer = plan.governance.assurer if plan.governance else None
    if analyst is None or assurer is None:
        who = "analyst" if analyst is None else "assurer"
        yield _blank(who, f"no {who} is named", "partner and role")
    elif _post(analyst) == _post(assurer):
        yield Fault(
            "governance.assurer",
            f"{assurer.role} at {assurer.partner} assures their own analysis",
            "an assurer who is independent of the analyst",
            "ask another partner, or another post, to assure it",
            grade="warn",
        )


def _post(who: Owner) -> tuple[str, str]:
    return who.partner, " ".join(who.role.lower().split())


def _blank(key: str, found: str, what: str) -> Fault:
    mend = f"write {key}: in governance.yaml, with {what}"
    return Fault(
        f"governance.{key}", found, "an answer, so that readers can ask", mend, grade="note"
    )


@check("schemes")
def reference_classes_are_known(plan: Plan) -> Iterator[Fault]:
    """A reference class that a scheme names is one there is."""
    known = [name for name, found in reference_classes().items() if found.kind == "effect"]
    for name, scheme in plan.schemes.items():
        if scheme.reference_class and scheme.reference_class not in known:
            yield Fault(
                f"schemes/{name}.reference_class",
                f"{scheme.reference_class!r}, which is no reference class of effects",
                listed(known, most=20),
                nearest(scheme.reference_class, known, "use one of these, or leave it out"),
            )
