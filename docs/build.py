"""Write docs/reference from the code, so that it cannot say anything else.

Run with `make docs`. A test holds the written pages to this script.
"""

import inspect
from pathlib import Path

from pydantic import BaseModel

from footprint.cli.machine import schema_text
from footprint.evidence.assumption import Assumption
from footprint.evidence.distributions import distribution_kinds
from footprint.evidence.reference_class import ReferenceClass, Span, reference_classes
from footprint.plan.checks import plan_checks
from footprint.plan.effects import effect_kinds
from footprint.plan.governance import Governance, SignOff
from footprint.plan.schema import About, Scenario
from footprint.plan.scheme import Cohort, Cost, Scheme, Staff
from footprint.plan.tables import NEEDED_TABLES, TABLES
from footprint.stress.checks import result_checks
from footprint.terms.units import UNITS

REFERENCE = Path(__file__).parent / "reference"
_MADE = "<!-- Written by docs/build.py from the code; change the code, then run `make docs`. -->\n"


def pages() -> dict[str, str]:
    """Every page of the reference by its file name."""
    return {
        "plan.schema.json": _json("plan"),
        "answer.schema.json": _json("answer"),
        "run.schema.json": _json("run"),
        "tables.md": _tables(),
        "assumptions.md": _assumptions(),
        "schemes.md": _schemes(),
        "checks.md": _checks(),
        "reference-classes.md": _classes(),
    }


def _json(of: str) -> str:
    text = schema_text(of)
    assert text is not None
    return text + "\n"


def _first_paragraph(thing: object) -> str:
    text = inspect.getdoc(thing) or ""
    return " ".join(text.split("\n\n")[0].split())


def _fields(model: type[BaseModel], heading: str) -> str:
    lines = [heading, "", _first_paragraph(model), "", "| field | needed | what it is |"]
    lines.append("|---|---|---|")
    for name, info in model.model_fields.items():
        needed = "yes" if info.is_required() else ""
        lines.append(f"| `{info.alias or name}` | {needed} | {info.description or ''} |")
    return "\n".join(lines) + "\n"


def _tables() -> str:
    parts = [f"{_MADE}\n# Tables of a plan: baseline/*.csv\n"]
    for table, row in TABLES.items():
        needed = " (every plan needs it)" if table in NEEDED_TABLES else ""
        parts.append(_fields(row, f"## {table}.csv{needed}"))
    return "\n".join(parts)


def _assumptions() -> str:
    parts = [f"{_MADE}\n# Assumptions: assumptions/*.yaml and the numbers of schemes\n"]
    parts.append(_fields(Assumption, "## An assumption"))
    parts.append("## Units\n\n| unit | measures | lowest | highest |\n|---|---|---|---|")
    parts += [
        f"| `{u.name}` | {u.dimension} | {u.low / u.size:g} | {u.high / u.size:g} |"
        for u in UNITS.values()
    ]
    parts.append("\n## Distributions\n")
    parts += [_fields(cls, f"### {kind}") for kind, cls in sorted(distribution_kinds().items())]
    return "\n".join(parts)


def _schemes() -> str:
    parts = [f"{_MADE}\n# Schemes, scenarios and plan.yaml\n"]
    for name, model in {
        "plan.yaml": About,
        "A scheme: schemes/*.yaml": Scheme,
        "Cohort": Cohort,
        "A cost": Cost,
        "Staff": Staff,
        "A scenario: scenarios.yaml": Scenario,
        "governance.yaml": Governance,
        "Sign-off": SignOff,
    }.items():
        parts.append(_fields(model, f"## {name}"))
    parts.append("## What a scheme can do\n")
    parts += [_fields(cls, f"### {kind}") for kind, cls in sorted(effect_kinds().items())]
    return "\n".join(parts)


def _checks() -> str:
    lines = [f"{_MADE}\n# Checks of the whole plan\n", "| check | what it holds |", "|---|---|"]
    for name, check in sorted(plan_checks().items()):
        lines.append(f"| {name} | {check.idea} |")
    lines += ["\n# Checks of results\n", "| check | what it holds |", "|---|---|"]
    for name, found in sorted(result_checks().items()):
        lines.append(f"| {name} | {found.idea} |")
    return "\n".join(lines) + "\n"


def _classes() -> str:
    lines = [f"{_MADE}\n# Reference classes: src/footprint/evidence/reference_classes/*.yaml\n"]
    lines += [
        "| class | who | what | claimed | achieved | experts | told above |",
        "|" + "---|" * 7,
    ]
    for name, known in reference_classes().items():
        spans = [_span(s) for s in (known.claimed, known.achieved, known.outside_view)]
        most = "" if known.warn_above is None else f"{known.warn_above:.1%}"
        cells = [name, known.title, known.measures, *spans, most]
        lines.append(f"| {' | '.join(cells)} |")
    lines += ["", "| class | source | what to beware of |", "|---|---|---|"]
    for name, known in reference_classes().items():
        basis = " ".join(known.basis.split())
        lines.append(f"| {name} | {' '.join(known.source.split())}, {known.year} | {basis} |")
    parts = [
        "\n".join(lines) + "\n",
        _fields(ReferenceClass, "## A class"),
        _fields(Span, "## Span"),
    ]
    return "\n".join(parts)


def _span(span: Span | None) -> str:
    """A span as a cell: `15.7% (3.0% to 30.0%)`."""
    if span is None:
        return ""
    ends = " to ".join(f"{x:.1%}" for x in (span.low, span.high) if x is not None)
    mean = "" if span.mean is None else f"{span.mean:.1%}"
    return f"{mean} ({ends})" if ends and mean else mean or ends


def main() -> None:
    """Write the pages."""
    REFERENCE.mkdir(exist_ok=True)
    for name, text in pages().items():
        (REFERENCE / name).write_text(text, encoding="utf-8")
        print(f"docs/reference/{name}")


if __name__ == "__main__":
    main()
