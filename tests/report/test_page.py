"""The page: whole, safe, self-contained, and with the same numbers in chart and table."""

import base64
import hashlib
import re
from collections import Counter
from importlib.resources import files
from itertools import pairwise

import pytest

from footprint.report.numbers import money
from footprint.report.page import html_report, page_title
from footprint.report.refs import source_id
from footprint.report.sections import sections

ANSWERS = ("example", "starter", "bare", "hostile")


@pytest.fixture(scope="module", params=ANSWERS)
def page(request, tree):
    """The page of each kind of answer."""
    return tree(request.getfixturevalue(request.param))


def test_ids_are_unique(page):
    counted = Counter(node.attrs["id"] for node in page.all() if "id" in node.attrs)
    assert [name for name, times in counted.items() if times > 1] == []


def test_every_link_on_the_page_leads_somewhere_on_it(page):
    ids = {node.attrs.get("id") for node in page.all()}
    links = {a.attrs["href"][1:] for a in page.all("a") if a.attrs["href"].startswith("#")}
    assert links - ids == set()


def test_every_label_leads_to_words_on_the_page(page):
    ids = {node.attrs.get("id") for node in page.all()}
    named = {name for node in page.all() for name in node.attrs.get("aria-labelledby", "").split()}
    assert named - ids == set()


def test_headings_go_down_one_step_at_a_time(page):
    levels = [int(node.tag[1]) for node in page.all() if re.fullmatch(r"h[1-6]", node.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


def test_every_section_opens_with_one_sentence(page):
    found = list(page.all("section"))
    # The deeper questions are only there when they were asked.
    assert len(found) == 14
    for section in found:
        heading, lead = [c for c in section.children if not isinstance(c, str)][:2]
        assert heading.tag == "h2"
        assert lead.attrs["class"] == "lead"
        assert re.fullmatch(r"\S.*\.", lead.text().strip())


def test_every_section_says_where_it_comes_from(page):
    for section in page.all("section"):
        assert "Where this comes from:" in section.text()


def test_nothing_is_loaded_and_nothing_runs(page):
    tags = {node.tag for node in page.all()}
    assert tags.isdisjoint({"script", "link", "img", "iframe", "object", "embed", "use", "image"})
    for node in page.all():
        assert "style" not in node.attrs
        assert not [name for name in node.attrs if name.startswith("on")]
        assert "src" not in node.attrs
        assert "href" not in node.attrs or node.tag == "a"


def test_links_lead_only_to_this_page_or_the_web(page):
    for a in page.all("a"):
        assert a.attrs["href"].startswith(("#", "https://", "http://"))


def test_the_style_loads_nothing_and_is_named_by_the_policy(page):
    (style,) = page.all("style")
    assert "url(" not in style.text()
    assert "@import" not in style.text()
    digest = base64.b64encode(hashlib.sha256(style.text().encode()).digest()).decode()
    (policy,) = (m.attrs["content"] for m in page.all("meta") if "http-equiv" in m.attrs)
    assert policy.startswith("default-src 'none'; ")
    assert f"style-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy


def test_a_table_can_be_read_without_seeing_it(page):
    for table in page.all("table"):
        assert next(table.all("caption")).text().strip()
        head, *bodies = [c for c in table.children if not isinstance(c, str) and c.tag != "caption"]
        columns = [cell.attrs.get("scope") for cell in head.all("th")]
        assert set(columns) == {"col"}
        for row in (row for body in bodies for row in body.all("tr")):
            cells = [c for c in row.children if not isinstance(c, str)]
            assert cells[0].attrs["scope"] in ("row", "rowgroup")
            if cells[0].attrs["scope"] == "row":
                assert len(cells) == len(columns)


def figures(text: str) -> list[str]:
    return re.findall(r"−?£?\d[\d,]*(?:\.\d+)?", text)


def test_every_number_a_chart_prints_is_in_its_table(page):
    tables = {table.attrs["id"]: table for table in page.all("table")}
    seen = 0
    for figure in page.all("figure"):
        table = tables[figure.attrs["data-table"]]
        there = set(
            figures(" ".join(cell.text() for cell in table.all() if cell.tag in ("td", "th")))
        )
        for label in figure.all("text"):
            if label.attrs.get("class") == "value":
                printed = {number.replace("£", "") for number in figures(label.text())}
                assert printed <= there, (figure.attrs["id"], label.text())
                seen += 1
    assert seen > 10


def test_what_people_wrote_stays_text(hostile):
    page = html_report(hostile)
    assert "<script" not in page
    assert "<b onclick" not in page
    assert "&lt;script&gt;" in page
    assert "javascript:" not in re.sub(r">[^<]*<", "><", page)


def test_every_source_has_a_row_that_its_figures_lead_to(example, tree):
    page = tree(example)
    rows = {row.attrs.get("id") for row in page.all("tr")}
    assert {source_id(line.source) for line in example.sources} <= rows
    led_to = {a.attrs["href"] for a in page.all("a") if a.attrs["href"].startswith("#source-")}
    assert {f"#{source_id(example.target.source)}"} <= led_to


def test_every_driver_leads_to_its_line_in_the_register(example, tree):
    (table,) = (t for t in tree(example).all("table") if t.attrs["id"] == "drivers-table")
    known = {line.address for line in example.assumptions}
    led_to = [next(row.all("a")).attrs["href"] for row in table.all("tr") if list(row.all("a"))]
    for driver, href in zip(example.drivers, led_to, strict=True):
        register = f"#assumption-{driver.address}"
        assert href == (register if driver.address in known else "#method-facts")


def test_both_readings_stand_side_by_side(example):
    page = html_report(example)
    assert "As computed" in page
    unexplained = money(example.stated.gap_unexplained)
    assert f"As stated, with the {unexplained} that nobody can rebuild" in page
    assert "Without shared optimism" in page
    assert "give or take" in page


def test_a_stated_figure_without_an_amount_says_so(example):
    assert html_report(example).count("no figure found") >= sum(
        line.amount is None for line in example.stated_lines
    )


def test_people_first_read_chances_and_not_percentiles(page):
    for node in page.all():
        ours = node.tag in ("h1", "h2", "h3", "h4", "caption", "figcaption")
        if ours or node.attrs.get("class") in ("lead", "big", "from"):
            assert not re.search(r"\bP\d\d\b|percentile|quantile", node.text())


def test_partners_add_up_to_the_place(example, tree):
    (table,) = (t for t in tree(example).all("table") if t.attrs["id"] == "partners-table")
    total = list(table.all("tr"))[-1].text().split()
    last = example.years[-1]
    for world in (example.gap.do_nothing, example.gap.plan):
        assert f"{world.place[last].mean:.0f}" in total


def test_partners_stand_in_alphabetical_order(example, tree):
    (table,) = (t for t in tree(example).all("table") if t.attrs["id"] == "partners-table")
    names = [next(row.all("th")).text().strip() for row in list(table.all("tr"))[1:-1]]
    assert names == sorted(names, key=str.casefold)


def test_the_same_answer_gives_the_same_bytes(example):
    assert html_report(example) == html_report(example.model_copy())


def test_the_title_says_what_it_is_and_which_scenario(starter):
    plain = starter.model_copy(update={"title": "Better Care Together"})
    assert page_title(plain) == "Better Care Together: stress test"
    dry = plain.model_copy(update={"scenario": "dry-year"})
    assert page_title(dry) == "Better Care Together: stress test, scenario dry-year"
    assert "footprint stress PLAN --draws 128 --seed 1 --scenario dry-year" in html_report(dry)


def test_a_section_is_one_file_and_one_template():
    folder = files("footprint.report") / "templates" / "sections"
    templates = {path.name.removesuffix(".html") for path in folder.iterdir()}
    assert templates == {section.id for section in sections()}
    assert [section.position for section in sections()] == list(range(1, 19))
