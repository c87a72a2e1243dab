"""Documents signed by one laptop are checked by another, against file and store, offline."""

from pathlib import Path

import pytest

from inspector_app.domain.errors import UserError
from inspector_app.domain.inspection import Signing
from inspector_app.operations import batching, certifying, inspecting, printing, sealing
from inspector_app.store import certificate, sites
from inspector_app.store.database import Store
from tests.store.pkcs12 import pkcs12_of


@pytest.fixture
def finished(registered: Store) -> tuple[Store, str]:
    with registered.reading() as session:
        site = sites.search_ids(session, "", limit=1)[0]
    visit, _ = inspecting.start(registered, site, inspectors=("陳志強", "黃婉儀"))
    opened = inspecting.open_visit(registered, visit)
    for item in opened.state().items:
        inspecting.answer(registered, opened, item.item.path, "na")
    inspecting.finish(registered, opened, Signing(head_name="林"))
    return registered, visit


def test_what_this_laptop_signed_it_knows_again(finished: tuple[Store, str], tmp_path: Path) -> None:
    store, visit = finished
    file = tmp_path / "record.pdf"
    file.write_bytes(
        sealing.sign(store, printing.draw(printing.gather(store, printing.Wanted("inspection", visit))).pdf)
    )
    assert certifying.check(file, store).is_good
    alone = certifying.check(file)
    assert (alone.signature, alone.record) == ("unknown-signer", "matches")
    assert certifying.check(file, None, [sealing.certificate_of(store)]).is_good


def test_a_batch_is_signed_and_a_draft_is_not(finished: tuple[Store, str], tmp_path: Path) -> None:
    store, visit = finished
    written = batching.write_batch(store, [printing.Wanted("inspection", visit)], tmp_path).written
    assert certifying.check(written[0].file, store).is_good
    with store.reading() as session:
        other = sites.search_ids(session, "", limit=2)[1]
    draft, _ = inspecting.start(store, other)
    loose = tmp_path / "draft.pdf"
    loose.write_bytes(printing.final(store, printing.Wanted("inspection", draft)))
    assert certifying.check(loose, store).signature == "absent"


def test_the_key_is_made_once(registered: Store) -> None:
    first = sealing.certificate_of(registered)
    assert sealing.certificate_of(registered) == first
    with registered.reading() as session:
        assert certificate.current(session)


def test_a_file_that_is_no_document_is_refused_in_one_sentence(registered: Store, tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    file.write_text("hello")
    with pytest.raises(UserError, match="not a PDF"):
        certifying.check(file, registered)
    with pytest.raises(UserError, match="does not exist"):
        certifying.check(tmp_path / "none.pdf", registered)


def test_the_organisations_key_signs_from_now_on_unless_it_has_expired(
    finished: tuple[Store, str], tmp_path: Path
) -> None:
    store, visit = finished
    old, file = tmp_path / "old.p12", tmp_path / "org.p12"
    old.write_bytes(pkcs12_of("海珠區衛健局", "geheim", years_ago=11))
    own = sealing.signs_with(store)
    with pytest.raises(UserError, match="expired"):
        sealing.import_identity(store, old, "geheim")
    assert sealing.signs_with(store) == own
    file.write_bytes(pkcs12_of("海珠區衛健局", "geheim"))
    sealing.import_identity(store, file, "geheim")
    assert sealing.signs_with(store).name == "海珠區衛健局"
    paper = tmp_path / "record.pdf"
    paper.write_bytes(printing.final(store, printing.Wanted("inspection", visit)))
    assert "海珠區衛健局" in certifying.check(paper, store).signer
