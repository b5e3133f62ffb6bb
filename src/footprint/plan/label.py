"""What an address is called when it is said to a person."""

from footprint.plan.schema import Plan


def label(plan: Plan, address: str) -> str:
    """The name of a number: `reach, Enhanced care homes` for `schemes/care-homes.reach`.

    An address the plan does not have is given back with its hyphens and dots as spaces.
    """
    head, _, rest = address.partition("/")
    name, _, inside = rest.partition(".")
    if head == "schemes" and name in plan.schemes:
        return f"{_words(_without_steps(inside))}, {plan.schemes[name].name}"
    if head == "assumptions":
        return f"{_words(name)}: {_words(inside)}"
    fixed = {
        "plan.projection": "population projection",
        "correlation.plan": "shared optimism across the whole plan",
    }
    if address.startswith("correlation.groups."):
        return f"what {_words(address.rsplit('.', 1)[1])} have in common"
    return fixed.get(address, _words(address))


def _without_steps(inside: str) -> str:
    """`effects.fewer-admissions.size` as `size of fewer-admissions`."""
    parts = [p for p in inside.split(".") if p not in ("effects", "costs", "staff", "receives")]
    return " of ".join(reversed(parts))


def _words(name: str) -> str:
    return name.replace("-", " ").replace("_", " ").replace(".", " ").replace("/", " ")
