"""復查記錄: after a Notice only, old photos beside new, a new number once something has happened, verified by its number."""

from pathlib import Path

import pytest

from inspector_app.domain.errors import UserError
from inspector_app.operations import certifying, following_up, issuing, photographing, printing, rechecking
from inspector_app.operations.printing import Wanted
from inspector_app.photos import drawn
from inspector_app.reports.record import record_json
from inspector_app.store import findings
from inspector_app.store.database import Store
from tests.operations.test_issuing import finished
from tests.operations.test_printing import text_of

AFTER = drawn.draw("gate", 2, (320, 240))


def test_the_recheck_of_a_notice(registered: Store, tmp_path: Path) -> None:
    visit = finished(registered)
    with pytest.raises(UserError, match="issue the notice first"):
        issuing.issue(registered, visit, "recheck")
    assert issuing.offered(registered, visit) == ("inspection", "one-page", "notice")
    notice, _ = issuing.issue(registered, visit)
    assert issuing.offered(registered, visit) == ("inspection", "one-page", "notice", "recheck")
    with registered.reading() as session:
        known = {one.item: one.id for one in findings.many(session, findings.ids(session, inspection=visit))}
    record = record_json(printing.gather(registered, Wanted("inspection", visit)).facts)
    following_up.report_mended(registered, known["A02"], by="林經理")
    photographing.attach_recheck(registered, known["A02"], AFTER, name="b.jpg")
    following_up.close(registered, known["A02"], by="黃婉儀")
    following_up.keep_open(registered, known["C04"], "仍無洗手液", deadline="2030-03-01T17:00:00+08:00")
    facts = rechecking.recheck_facts(registered, visit)
    assert [(line.found.item, line.status, bool(line.after)) for line in facts.lines] == [
        ("C04", "mending", False),
        ("A02", "closed", True),
    ]
    assert facts.number == "" and {officer.name for officer in facts.visit.inspectors} == {"陳志強", "黃婉儀"}
    paper, _ = issuing.issue(registered, visit, "recheck")
    assert issuing.issue(registered, visit, "recheck")[0] == paper and paper.number.startswith("海復查〔")
    pdf = printing.final(registered, Wanted("recheck", visit))
    words = text_of(pdf)
    for said in (paper.number, notice.number, "仍無洗手液", "2030年3月1日 17:00", "已整改", "未整改", "整改後"):
        assert said in words, said
    file = tmp_path / "r.pdf"
    file.write_bytes(pdf)
    assert certifying.check(file, registered).is_good
    following_up.report_mended(registered, known["C04"], by="林經理")
    again, _ = issuing.issue(registered, visit, "recheck")
    assert again.number != paper.number and certifying.check(file, registered).is_good
    assert record_json(printing.gather(registered, Wanted("inspection", visit)).facts) == record
    with pytest.raises(UserError, match="no recheck record"):
        rechecking.recheck_facts(registered, f"{visit}#海復查〔2020〕01A-9999號")
