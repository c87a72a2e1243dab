"""What the organisation sets appears on every paper; in a district supervisors set it for all; hostile values do nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from inspector_app.domain.errors import UserError
from inspector_app.domain.team import Inspector, Role
from inspector_app.operations import batching, certifying, issuing, letterhead, printing
from inspector_app.operations.letterhead import Organisation
from inspector_app.operations.printing import Wanted
from inspector_app.store import organisation
from inspector_app.store.database import Store
from inspector_app.store.ledger import StoreLedger
from inspector_app.sync.ports import HubLink
from tests.operations.test_issuing import finished
from tests.operations.test_printing import text_of
from tests.photos.test_emblem import drawn, encoded

SET = Organisation(
    name_hant="某區安全辦", name_en="Safety Office", hotline="020-1", sign_off="聯繫人：甲\n\n乙", colour="green"
)
REMEDIES = "如有異議，可依法提出。"


def join(store: Store, role: Role) -> None:
    StoreLedger(store).save_hub(HubLink("http://127.0.0.1:1", "a" * 32, "b" * 64, 1, store.identity.device, "", 0))
    store.change_me(replace(store.me, role=role))


def test_what_was_set_is_on_every_paper_in_every_language(registered: Store) -> None:
    visit = finished(registered)
    letterhead.save(registered, SET)
    assert letterhead.current(registered) == SET
    issuing.issue(registered, visit)
    for kind, language, issuer in (
        ("inspection", "zh-Hant", "某區安全辦"), ("notice", "zh-Hans", "某區安全辦"), ("inspection", "en", "Safety Office"),
    ):  # fmt: skip
        words = text_of(printing.preview(printing.gather(registered, Wanted(kind, visit), language)).pdf)
        assert issuer in words and "020-1" in words and "聯繫人：甲" in words


def test_a_new_name_or_look_does_not_make_old_papers_differ(registered: Store, tmp_path: Path) -> None:
    visit = finished(registered)
    file = tmp_path / "old.pdf"
    file.write_bytes(printing.final(registered, Wanted("inspection", visit)))
    letterhead.save(registered, replace(SET, officers="陳志強 粵A-1\n黃婉儀 粵A-2"))
    assert certifying.check(file, registered).is_good
    file.write_bytes(printing.final(registered, Wanted("inspection", visit)))
    letterhead.save(registered, replace(SET, name_hant="又一個名稱", officers="陳志強 粵A-1\n黃婉儀 粵A-2"))
    assert certifying.check(file, registered).is_good


def test_a_batch_draws_again_what_now_looks_different(registered: Store, tmp_path: Path) -> None:
    wanted = [Wanted("inspection", finished(registered))]
    first = batching.write_batch(registered, wanted, tmp_path).written[0].file.read_bytes()
    letterhead.save(registered, Organisation(head="red"))
    assert batching.write_batch(registered, wanted, tmp_path).written[0].file.read_bytes() != first


def test_an_order_needs_remedies_and_two_certificates_and_stays_an_order(registered: Store) -> None:
    visit = finished(registered)
    with pytest.raises(UserError, match="remedies"):
        letterhead.save(registered, Organisation(wording="enforcement"))
    letterhead.save(registered, Organisation(wording="enforcement", remedies=REMEDIES))
    with pytest.raises(UserError, match="certificate"):
        issuing.issue(registered, visit)
    officers = "陳志強 粵A-1\n黃婉儀 粵A-2\n甲 1"
    letterhead.save(registered, Organisation(wording="enforcement", remedies=REMEDIES, officers=officers))
    issuing.issue(registered, visit)
    letterhead.save(registered, Organisation(officers=officers))
    words = text_of(printing.draw(printing.gather(registered, Wanted("notice", visit))).pdf)
    assert "責令限期整改指令書" in words and REMEDIES in words and "粵A-2" in words


def test_in_a_district_supervisors_set_it_for_all(registered: Store) -> None:
    letterhead.save(registered, Organisation(hotline="1"))
    join(registered, Role.LEADER)
    assert letterhead.current(registered).hotline == "1" and not letterhead.may_change(registered)
    with pytest.raises(UserError, match="supervisor"):
        letterhead.save(registered, SET)
    join(registered, Role.SUPERVISOR)
    assert letterhead.save(registered, SET).sync
    assert letterhead.current(registered) == SET
    with registered.reading() as session:
        assert organisation.kept(session)["hotline"] == "020-1"
    assert not letterhead.save(registered, SET), "nothing changed, nothing to send"


@pytest.mark.parametrize(
    "address", ["ftp://x", "https://", "javascript:alert(1)", "https://a b", "https://例.cn", "x" * 60]
)
def test_an_address_that_no_code_can_lead_to_is_refused(store: Store, address: str) -> None:
    with pytest.raises(UserError, match="https"):
        letterhead.save(store, Organisation(verify=address))


def test_values_of_a_stranger_become_what_nobody_has_set() -> None:
    hostile = {
        "head": "<b>",
        "colour": 7,
        "hidden": ["photos", 3, "cards"],
        "logo": "%%",
        "hotline": None,
        "photo": [1],
    }
    assert letterhead.organisation_of(hostile) == Organisation(hidden=frozenset(("photos",)))  # type: ignore[arg-type]
    assert len(letterhead.organisation_of({"name_en": "x" * 10_000}).name_en) == letterhead.MAX_LINE


def test_a_logo_is_printed_and_a_hostile_one_refused(registered: Store) -> None:
    with pytest.raises(UserError, match="not accepted"):
        letterhead.with_logo(SET, b"<svg/>")
    wanted = Wanted("inspection", finished(registered))
    before = printing.preview(printing.gather(registered, wanted)).pdf.count(b"/DCTDecode")
    letterhead.save(registered, letterhead.with_logo(SET, encoded(drawn(), "PNG")))
    assert printing.preview(printing.gather(registered, wanted)).pdf.count(b"/DCTDecode") == before + 1


def test_an_inspector_of_no_hub_sets_up_alone(store: Store) -> None:
    store.change_me(Inspector("甲", 1, Role.INSPECTOR))
    letterhead.save(store, SET)
    assert letterhead.read(store, "zh-Hans").issuer == "某區安全辦"
