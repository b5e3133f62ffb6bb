"""The JSON Schema says what may be written, and a plan that reads fits it."""

import jsonschema
import pytest

from footprint.plan.canonical import document
from footprint.plan.schema import Plan


@pytest.fixture(scope="module")
def fits():
    schema = Plan.model_json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_a_plan_that_reads_fits_the_schema(fits, starter):
    assert list(fits.iter_errors(document(starter))) == []


def test_an_unknown_key_does_not_fit(fits, starter):
    plan = document(starter)
    plan["schemes"]["staying-well"]["rampe"] = [0.5]
    assert "rampe" in next(fits.iter_errors(plan)).message


def test_a_word_for_a_number_does_not_fit(fits, starter):
    plan = document(starter)
    plan["baseline"]["volumes"][0]["volume"] = "many"
    assert not fits.is_valid(plan)


def test_every_field_of_a_scheme_is_described_for_those_who_fill_it_in():
    schema = Plan.model_json_schema()
    for part in ("Assumption", "Cost", "Staff", "Landing", "Avoid", "Slow"):
        for name, field in schema["$defs"][part]["properties"].items():
            assert field.get("description") or name == "kind", f"{part}.{name}"
