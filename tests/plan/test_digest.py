"""A digest names what a plan says, not how it was typed."""

import pytest

from footprint.plan.canonical import canonical, digest, document
from footprint.plan.read import read_plan
from footprint.plan.schema import Plan


def digest_of(folder):
    return digest(read_plan(folder))


@pytest.mark.parametrize(
    "typed_otherwise",
    [
        {
            "file": "baseline/volumes.csv",
            "replace": "all,40000,180,",
            "with": "all,40000.0,180.00,",
        },
        {"file": "assumptions/growth.yaml", "replace": "value: 0.5", "with": "value: 0.50"},
        {"file": "assumptions/growth.yaml", "replace": "value: 0.5", "with": "value: 5e-1"},
        {"file": "scenarios.yaml", "replace": "prices.care: 6", "with": "prices.care: 6.0"},
        {
            "file": "schemes/staying-well.yaml",
            "replace": "name: Staying well\nsummary",
            "with": 'name: "Staying well" # our favourite\n\nsummary',
        },
        {
            "file": "schemes/staying-well.yaml",
            "replace": "lead: county-council\npartners: [commissioner]\n",
            "with": "partners:\n- commissioner\nlead: county-council\n",
        },
        {
            "file": "baseline/staffing.csv",
            "sub": [r"(?m)^(.*contacts.*\n)(.*episodes.*\n)", r"\2\1"],
        },
    ],
    ids=["number", "decimals", "exponent", "scenario", "quotes", "order-of-keys", "order-of-rows"],
)
def test_a_plan_typed_otherwise_has_the_same_digest(typed_otherwise, change_starter, starter):
    assert digest_of(change_starter([typed_otherwise])) == digest(starter)


@pytest.mark.parametrize(
    "change",
    [
        {"file": "baseline/volumes.csv", "replace": "all,40000,180,", "with": "all,40001,180,"},
        {"file": "baseline/volumes.csv", "replace": "all,40000,180,", "with": "all,40000,180.01,"},
        {"file": "assumptions/growth.yaml", "replace": "value: 0.5", "with": "value: 0.51"},
        {"file": "assumptions/prices.yaml", "replace": "2029/30: 2,", "with": "2029/30: 2.1,"},
        {"file": "schemes/staying-well.yaml", "replace": "ramp: [0.25,", "with": "ramp: [0.2,"},
        {"file": "scenarios.yaml", "replace": "prices.care: 6", "with": "prices.care: 7"},
        {"file": "plan.yaml", "replace": "at_most: 20", "with": "at_most: 21"},
        {"file": "governance.yaml", "replace": "quorum: 4", "with": "quorum: 3"},
        {"file": "plan.yaml", "replace": "  name: A place", "with": "  name: Another place"},
    ],
    ids=lambda change: f"{change['file']} {change['with']}",
)
def test_any_number_or_word_changed_gives_another_digest(change, change_starter, starter):
    assert digest_of(change_starter([change])) != digest(starter)


def test_the_order_of_segments_is_their_severity_and_counts(change_starter, starter):
    swapped = [
        {"file": "baseline/segments.csv", "sub": [r"(?m)^(long-term.*\n)(complex.*\n)", r"\2\1"]}
    ]
    assert digest_of(change_starter(swapped)) != digest(starter)


def numbers_in(part, path=()):
    """Every number of a document, by its path."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield from numbers_in(value, (*path, key))
    elif isinstance(part, list):
        for i, value in enumerate(part):
            yield from numbers_in(value, (*path, i))
    elif isinstance(part, float):
        yield path, part


def with_changed(whole, path, value):
    """The document with the number at `path` changed; what lies beside the path is shared."""
    if not path:
        return value
    step, *rest = path
    changed = whole.copy()
    changed[step] = with_changed(whole[step], rest, value)
    return changed


@pytest.mark.slow
def test_no_number_can_change_unseen(starter):
    whole = document(starter)
    every = list(numbers_in(whole))
    assert len(every) > 200
    digests = {
        digest(Plan.model_validate(with_changed(whole, path, value * 0.999 or 0.001)))
        for path, value in every
    }
    assert len(digests | {digest(starter)}) == len(every) + 1


def test_the_canonical_form_reads_back_as_the_same_plan(starter):
    assert digest(Plan.model_validate_json(canonical(starter))) == digest(starter)


def test_a_digest_is_64_hexadecimal_letters(starter):
    assert len(digest(starter)) == 64
    assert int(digest(starter), 16) > 0
