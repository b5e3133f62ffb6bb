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
        "correlation.plan": "optimism shared across the whole plan",
    }
    if address.startswith("correlation.groups."):
        return f"what the assumptions on {_words(address.rsplit('.', 1)[1])} share"
    return fixed.get(address, _words(address))


# What a field of a scheme is called when it stands alone.
_FIELDS = {
    "a_year": "yearly rate",
    "worth": "worth of a unit",
    "units": "units received",
    "share": "share received",
    "wte": "posts",
}


def _without_steps(inside: str) -> str:
    """`effects.fewer-admissions.size` as `size (fewer-admissions)`."""
    *path, field = inside.split(".")
    where = [p for p in path if p not in ("effects", "costs", "staff", "receives")]
    name = _FIELDS.get(field, field)
    return f"{name} ({', '.join(where)})" if where else name


def _words(name: str) -> str:
    return name.replace("-", " ").replace("_", " ").replace(".", " ").replace("/", " ")
