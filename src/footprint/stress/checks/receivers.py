"""Work that lands finds somebody to do it."""

from collections.abc import Iterator

from footprint.plan.effects import Landing
from footprint.stress.checks.beds import limits
from footprint.stress.checks.register import Result, check
from footprint.terms.faults import Fault

# A shortage smaller than this share of what there is is rounding.
_ROUNDING = 0.01


def landings(result: Result) -> dict[str, str]:
    """Services that receive work, with the first address that sends it."""
    found: dict[str, str] = {}
    for name, scheme in result.plan.schemes.items():
        for key, effect in scheme.effects.items():
            receives: dict[str, Landing] = getattr(effect, "receives", {})
            for where, landing in receives.items():
                address = f"schemes/{name}.effects.{key}.receives.{where}"
                if landing.share.central > 0 and landing.units.central > 0:
                    found.setdefault(landing.service, address)
    return found


@check
def receivers_have_capacity(result: Result) -> Iterator[Fault]:
    """A service that receives work has room for it."""
    area = result.area
    needed, available = result.worlds("needed")[:, -1], result.worlds("available")[:, -1]
    received = landings(result)
    for resource in area.labels["resource"]:
        uses = [r.service for r in area.plan.baseline.uses if r.resource == resource]
        sent = [received[s] for s in uses if s in received]
        q = area.index_of("resource", resource)
        room = (limits(area, resource)[-1] or 1.0) * available[1, q]
        more = needed[1, q] - needed[0, q]
        if sent and more > 0 and needed[1, q] > room * (1 + _ROUNDING):
            yield Fault(
                sent[0],
                f"{needed[1, q]:,.0f} of {resource} needed in {area.years[-1]}, {more:,.0f} "
                f"of them because of the plan, and room for {room:,.0f}",
                "room for the work that lands",
                "open places, send the work elsewhere, or claim less",
                grade="warn",
            )


@check
def receivers_have_staff(result: Result) -> Iterator[Fault]:
    """A service that receives work has the staff to do it."""
    area = result.area
    needed, post = result.worlds("staff_needed")[:, -1], result.worlds("staff_in_post")[:, -1]
    received = landings(result)
    for row in area.plan.baseline.workforce:
        serves = [r.service for r in area.plan.baseline.staffing if r.role == row.role]
        sent = [received[s] for s in serves if s in received]
        w = area.index_of("role", row.role)
        short, more = needed[1, w] - post[1, w], needed[1, w] - needed[0, w]
        if sent and more > 0 and short > _ROUNDING * post[1, w]:
            yield Fault(
                sent[0],
                f"{short:,.1f} WTE of {row.role} too few in {area.years[-1]}, and the plan asks "
                f"for {more:,.1f} more",
                "staff in post for the work that lands",
                "say how they are found, open the scheme later, or claim less",
                grade="warn",
            )


@check
def receivers_are_counted(result: Result) -> Iterator[Fault]:
    """For a service that receives work the plan says what places or staff it has."""
    tables = result.plan.baseline
    known = {r.service for r in tables.uses} | {r.service for r in tables.staffing if r.weight > 0}
    for service, address in landings(result).items():
        if service not in known:
            yield Fault(
                address,
                f"{service} receives work, and no table says what staff or places it has",
                "a role in staffing.csv or a resource in uses.csv for each receiver",
                f"add {service} to one of them, so that one can tell whether the work fits",
                grade="note",
            )
