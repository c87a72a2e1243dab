"""Any installed form becomes a paper to fill in by hand: every Item, question and choice of it, in three languages."""

from pathlib import Path

import pytest

from inspector_app.domain.errors import UserError
from inspector_app.operations import blanking, keeping, offering, printing
from inspector_app.operations.printing import Wanted
from inspector_app.store.database import Store
from tests.operations import workbooks
from tests.operations.test_printing import text_of

MORE = (
    *workbooks.ROWS,
    {"type": "begin repeat", "name": "shift", "zh": "班次", "en": "Shift"},
    {"type": "text", "name": "leader", "zh": "班長姓名", "en": "Name of the leader"},
    {"type": "select_multiple kinds", "name": "what", "zh": "崗位", "en": "Posts"},
    {"type": "end repeat", "name": ""},
)


@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans", "en"])
def test_every_item_of_the_checklist_is_there_with_boxes(store: Store, language: str) -> None:
    form = offering.default_form(store)
    assert form is not None
    facts = blanking.blank_facts(store, form, language=language)
    ready = printing.gather(store, Wanted("blank", form), language)
    words = text_of(printing.draw(ready).pdf).replace("\n", "")
    items = [item for one in facts.dimensions for item in one.items]
    assert len(items) > 60
    assert [item.id for item in items if item.id not in words] == []
    assert words.count("□") == 3 * len(items)
    assert ready.frozen is None and ready.name.endswith(".pdf")


@pytest.mark.parametrize(("language", "wanted"), [
    ("zh-Hant", ("有預案", "人數", "班次", "班長姓名", "□ 餐飲", "□ 工業")),
    ("en", ("There is a plan", "People", "Shift", "Name of the leader", "□ Food", "□ Industry")),
])  # fmt: skip
def test_questions_choices_and_repeats_of_any_form(
    store: Store, tmp_path: Path, language: str, wanted: tuple[str, ...]
) -> None:
    keeping.install_form(store, workbooks.write(tmp_path, MORE))
    words = text_of(printing.draw(printing.gather(store, Wanted("blank", "small"), language)).pdf)
    assert [one for one in wanted if one not in words] == []


def test_a_form_that_is_not_here_is_said_so(store: Store) -> None:
    with pytest.raises(UserError, match="no form"):
        printing.gather(store, Wanted("blank", "nothing"))
