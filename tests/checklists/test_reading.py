"""A Form becomes a Checklist by its bind attributes, or is refused in one sentence."""

import pytest
from lxml import etree

from inspector_app.checklists.model import Checklist
from inspector_app.checklists.reading import read
from inspector_app.domain.errors import UserError
from inspector_app.xforms import load
from tests.checklists.source import converted, items, measures
from tests.xforms.forms import from_table


@pytest.fixture(scope="module")
def xml() -> str:
    return etree.tostring(converted()[0], encoding="unicode")


def test_the_shipped_form_is_read_whole(checklist: Checklist) -> None:
    assert [d.id for d in checklist.dimensions] == ["A", "B", "C", "D", "E", "F"]
    assert [d.id for d in checklist.dimensions if not d.counted] == ["F"]
    assert list(checklist.items_by_id) == [item["id"] for item in items()]
    for raw in items():
        item = checklist.items_by_id[raw["id"]]
        assert item.path == f"/data/{raw['dimension']}/{raw['id']}"
        assert item.note_path == f"{item.path}_note"
        assert (item.critical, item.photo, item.deadline) == (raw["critical"], raw["photo"], raw["deadline"])
        assert (item.answer, item.dimension) == (raw["answer"], raw["dimension"])
        assert list(item.sources) == raw["sources"]
        assert [(m.role, m.kind, m.limit) for m in item.measures] == [
            (m["role"], m["kind"], m.get("limit", "")) for m in measures() if m["item"] == raw["id"]
        ]


def test_only_the_three_conditional_vetoes_have_a_condition(checklist: Checklist) -> None:
    found = {item.id: item.condition for item in checklist.items_by_id.values() if item.condition}
    assert found == {"B07": "always", "C01": "days<1", "D03": "rate<0.8"}
    assert {i.id for i in checklist.items_by_id.values() if i.critical == "conditional_veto"} == set(found)


def test_head_questions_are_found(checklist: Checklist) -> None:
    assert checklist.site_type_path == "/data/site_type"
    assert checklist.visit_date_path == "/data/visit_date"
    assert checklist.risk_tier_path == "/data/risk_tier"


def test_a_form_stored_as_xml_reads_the_same(checklist: Checklist) -> None:
    again = read(load(checklist.form.xml))
    assert again.dimensions == checklist.dimensions
    assert again.form.hash == checklist.form.hash


def test_prefixes_do_not_matter(checklist: Checklist, xml: str) -> None:
    renamed = xml.replace("xmlns:app=", "xmlns:other=").replace(" app:", " other:")
    assert read(load(renamed.encode())).dimensions == checklist.dimensions


REFUSED = [
    ('app:photo="required"', 'app:photo="required" app:photo-max="many"', "many"),
    ('app:photo="required"', 'app:photo="required" app:photo-min="3" app:photo-max="2"', "takes 2 at most"),
    ('app:photo="forbidden"', 'app:photo="forbidden" app:photo-max="2"', "forbids photos"),
    (' app:dimension="', ' app:chapter="', "app:dimension"),
    ('app:photo="forbidden"', 'app:photo="perhaps"', "perhaps"),
    ('app:critical="veto"', 'app:critical="fatal"', "fatal"),
    ('app:deadline="no-open"', 'app:deadline="tomorrow"', "tomorrow"),
    ('app:counted="no"', 'app:counted="maybe"', "maybe"),
    ('app:answer="count x4"', 'app:answer="count x3"', "D21"),
    ('app:answer="count x4"', 'app:answer="guess"', "guess"),
    ('app:condition="days&lt;1"', 'app:condition="hours&lt;1"', "C01"),
    ('app:limit="&lt;=maximum"', 'app:limit="&lt;=minimum"', "minimum"),
    ('app:limit="&lt;=6"', 'app:limit="six"', "six"),
    ('app:note="E05"', 'app:note="E99"', "E05"),
    ('app:role="daily"', 'app:role="stock"', "C01"),
    ('app:dimension="B"', 'app:dimension="A"', "twice"),
]


@pytest.mark.parametrize(("old", "new", "named"), REFUSED, ids=[case[1] for case in REFUSED])
def test_anything_else_is_refused_in_one_sentence(xml: str, old: str, new: str, named: str) -> None:
    assert old in xml
    form = load(xml.replace(old, new).encode())
    with pytest.raises(UserError) as refusal:
        read(form)
    assert refusal.value.key == "not_a_checklist"
    assert named in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_the_shipped_form_has_no_questions_beside_its_items(checklist: Checklist) -> None:
    assert checklist.sections == ()
    assert {"/data/site_type", "/data/A/A01", "/data/A/A01_note", "/data/C/C01_stock"} <= checklist.owned


def test_a_form_may_do_without_a_site_type(xml: str) -> None:
    read_anyway = read(load(xml.replace('app:visit="site-type"', "").encode()))
    assert read_anyway.site_type_path == ""
    assert [section.path for section in read_anyway.sections] == ["/data/site_type"], (
        "then it is a question like others"
    )


def test_attributes_of_others_make_a_form_of_sections_only(xml: str) -> None:
    foreign = read(load(xml.replace("urn:inspector-app:checklist", "urn:somebody-else").encode()))
    assert (foreign.dimensions, foreign.has_items, foreign.owned) == ((), False, frozenset())
    assert [s.path for s in foreign.sections] == ["/data/visit_date", *(f"/data/{name}" for name in "ABCDEF")]


MIXED = """
| survey |
| | type | name | label | B:visit | B:dimension | B:critical | B:photo | B:deadline | B:note |
| | select_one types | kind | Kind | site-type | | | | | |
| | text | first | First | | | | | | |
| | text | second | Second | | | | | | |
| | begin_group | A | Dimension | | A | | | | |
| | select_one pf | A01 | Item | | | key | optional | 24h | |
| | text | A01_note | Note | | | | | | A01 |
| | text | extra | Extra | | | | | | |
| | end_group | | | | | | | | |
| | text | last | Last | | | | | | |
| | begin_repeat | person | Person | | | | | | |
| | text | name | Name | | | | | | |
| | end_repeat | | | | | | | | |
| choices |
| | list_name | name | label |
| | pf | pass | Pass |
| | types | PK | Park |
| settings |
| | form_id | namespaces |
| | mixed | app="urn:inspector-app:checklist" |
""".replace("B:", "bind::app:")


def test_other_questions_become_sections_in_the_order_of_the_form() -> None:
    mixed = read(from_table(MIXED))
    assert [s.path for s in mixed.sections] == ["/data/first", "/data/A", "/data/last", "/data/person"]
    assert [c.path for c in mixed.sections[0].controls] == ["/data/first", "/data/second"]
    assert mixed.owned == {"/data/kind", "/data/A/A01", "/data/A/A01_note"}


def test_items_do_not_live_in_repeats() -> None:
    with pytest.raises(UserError, match="lies in a repeat"):
        read(from_table(MIXED.replace("| Name | |", "| Name | date |")))
