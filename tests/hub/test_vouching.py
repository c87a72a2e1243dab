"""The page behind the QR code: says that a paper exists to who holds it, and nothing to who guesses."""

from dataclasses import replace
from pathlib import Path

import httpx2
import pytest

from inspector_app.demo import district
from inspector_app.domain.changeset import Edit, team_scope
from inspector_app.domain.seal import KIND, seal_code, seal_id
from inspector_app.domain.team import Inspector, Role
from inspector_app.operations import inspecting, issuing, keeping, letterhead, printing, registering, syncing
from inspector_app.operations.letterhead import Organisation
from inspector_app.operations.printing import Wanted
from inspector_app.reports.record import check_code, record_digest, record_json
from inspector_app.store import log
from inspector_app.store.database import Store
from tests.hub.trial import Trial
from tests.operations.acting import begun, fill


@pytest.fixture
def laptop(hub: Trial, tmp_path: Path):  # type: ignore[no-untyped-def]
    """A laptop that joined the hub, whose papers lead to its page, with a finished visit and a notice."""
    store = keeping.create_laptop(tmp_path / "laptop", "correct horse", Inspector("陳志強", 1, Role.LEADER))
    file = tmp_path / "registry.csv"
    file.write_bytes(district.registry_csv(district.sites(39)))
    registering.import_registry(store, file)
    syncing.enroll(store, hub.url, hub.code(1, Role.SUPERVISOR))
    letterhead.save(store, Organisation(verify=hub.url))
    yield store
    store.close()


def printed(store: Store) -> tuple[str, list[tuple[str, str]]]:
    """The visit, and (number, check code) of its record and notice as printed."""
    visit = begun(store, 1)
    fill(store, visit, fails=("A02",))
    inspecting.finish(store, visit)
    issuing.issue(store, visit.id)
    found = []
    for kind in ("inspection", "notice"):
        ready = printing.gather(store, Wanted(kind, visit.id))
        printing.final(store, Wanted(kind, visit.id))
        number = str(ready.facts.number)
        found.append((number, check_code(record_digest(record_json(ready.facts)))))
    return visit.id, found


def ask(hub: Trial, path: str, **query: str) -> httpx2.Response:
    with httpx2.Client(base_url=hub.url, trust_env=False, verify=False) as client:
        return client.get(path, params=query, headers={"Accept-Language": "zh-CN,en;q=0.5"})


def test_who_holds_a_paper_learns_that_it_exists_and_nothing_about_people(hub: Trial, laptop: Store) -> None:
    visit, papers = printed(laptop)
    assert ask(hub, f"/v/{seal_code(*papers[0])}").status_code == 404, "not synced yet"
    assert syncing.run_round(laptop).outcome == "done"
    with laptop.reading() as session:
        site = inspecting.open_visit(laptop, visit).site
        assert session
    for (number, check), words in zip(papers, ("督导检查记录", "整改通知"), strict=True):
        for reply in (
            ask(hub, f"/v/{seal_code(number, check)}"),
            ask(hub, "/v", number=f" {number}", check=check.lower()),
        ):
            assert reply.status_code == 200 and "有这份文书" in reply.text
            assert number in reply.text and check in reply.text and words in reply.text
            for secret in (site.name, site.street, site.code, "陳志強", visit):
                assert not secret or secret not in reply.text
            assert "default-src 'none'" in reply.headers["content-security-policy"]
            assert reply.headers["cache-control"] == "no-store" and "<script" not in reply.text


def test_wrong_number_wrong_code_and_nonsense_get_one_answer(hub: Trial, laptop: Store) -> None:
    _, ((number, check), _) = printed(laptop)
    syncing.run_round(laptop)
    wrong = check[:-1] + ("0" if check[-1] != "0" else "1")
    asked = [seal_code(number, wrong), seal_code(f"{number}x", check), "AAAAAAAA-00000000", "x", "%3F", "%3Cscript%3E"]
    replies = [ask(hub, f"/v/{code}") for code in asked]
    assert {reply.status_code for reply in replies} == {404}
    assert len({reply.text.partition("<nav>")[0] for reply in replies}) == 1
    assert all("<script" not in reply.text for reply in replies)


def test_a_seal_for_a_number_its_visit_has_not_is_worth_nothing(hub: Trial, laptop: Store) -> None:
    visit, _ = printed(laptop)
    number, check = "海復督記〔2020〕99Z-9999號", "7F3A-91C2"
    values = {"inspection": visit, "paper": "notice", "number": number, "check": check, "issued": "2020-03-20"}
    with laptop.writing() as session:
        log.append(session, [Edit(KIND, seal_id(seal_code(number, check)), {**values}, team_scope(1))])
    assert syncing.run_round(laptop).outcome == "done"
    assert ask(hub, f"/v/{seal_code(number, check)}").status_code == 404


def test_guessing_is_slowed_down(hub: Trial) -> None:
    seen = [ask(hub, f"/v/AAAAAAAA-{number:08X}").status_code for number in range(101)]
    assert seen[0] == 404 and seen[-1] == 429
    assert "一刻钟" in ask(hub, "/v/AAAAAAAA-00000000").text


def test_the_form_speaks_three_languages(hub: Trial) -> None:
    for language, title in (("zh-Hant", "文書核驗"), ("zh-Hans", "文书核验"), ("en", "Verify a paper")):
        assert title in ask(hub, "/v", lang=language).text
    assert "文书核验" in ask(hub, "/v").text


def test_papers_without_an_address_leave_no_seal(hub: Trial, laptop: Store) -> None:
    letterhead.save(laptop, replace(letterhead.current(laptop), verify=""))
    _, papers = printed(laptop)
    syncing.run_round(laptop)
    assert {ask(hub, f"/v/{seal_code(*one)}").status_code for one in papers} == {404}


def test_the_code_of_a_paper_forgives_how_it_is_typed() -> None:
    assert seal_code("海復督記〔2020〕17A-0042號", "7F3A-91C2") == seal_code(" 海復督記〔2020〕17A-0042號 ", "7f3a91c2")
    assert seal_code("", "7F3A-91C2") == seal_code("x", "7F3A") == ""
    assert len(seal_code("x", "7F3A-91C2")) == 17
