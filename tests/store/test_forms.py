"""Installed forms stay whole: newest offered, files and workbook kept once, nothing lost while a visit uses it."""

import hashlib

import pytest
from sqlalchemy import func, insert, select

from inspector_app.domain.errors import UserError
from inspector_app.store import forms
from inspector_app.store.database import Store
from inspector_app.store.schema import form_content, inspection_row


def test_versions(store: Store) -> None:
    with store.writing() as session:
        assert forms.latest(session, "f") is None
        forms.install(session, form_id="f", version="9", hash="old", title="舊", xml=b"<old/>")
        forms.install(session, form_id="f", version="10", hash="new", title="新", xml=b"<new/>")
        forms.install(session, form_id="g", version="1", hash="other", title="g", xml=b"<g/>")
        forms.install(session, form_id="f", version="9", hash="old", title="舊", xml=b"<old/>", totals={"FB": 3})
    with store.reading() as session:
        assert forms.latest(session, "f") == "new"
        assert forms.get_xml(session, "old") == b"<old/>"
        assert forms.is_installed(session, "old")
        assert not forms.is_installed(session, "x")
        assert [(f.form_id, f.version, f.title) for f in forms.listed(session)] == [
            ("g", "1", "g"),
            ("f", "10", "新"),
            ("f", "9", "舊"),
        ]
        assert forms.listed(session)[2].totals == {"FB": 3}
        with pytest.raises(UserError) as caught:
            forms.get_xml(session, "unknown")
    assert caught.value.key == "form_unknown"


def install(store: Store, name: str, at: int, **more: object) -> None:
    with store.writing() as session:
        given = {"form_id": "f", "version": name, "hash": name, "title": name, "xml": b"<f/>", "installed_ms": at}
        forms.install(session, **given, **more)  # type: ignore[arg-type,misc]


def test_installing_an_older_version_again_makes_it_the_newest(store: Store) -> None:
    install(store, "one", 1)
    install(store, "two", 2)
    install(store, "one", 3)
    with store.reading() as session:
        assert forms.latest(session, "f") == "one"
        assert [each.hash for each in forms.listed(session)] == ["one", "two"]


def test_what_came_with_the_program_does_not_push_itself_forward(store: Store) -> None:
    install(store, "bundled", 1, bundled=True)
    install(store, "mine", 2)
    install(store, "bundled", 3, bundled=True, questions=5)
    with store.reading() as session:
        assert forms.latest(session, "f") == "mine"
        bundled = forms.get(session, "bundled")
    assert bundled is not None
    assert bundled.is_bundled
    assert (bundled.questions, bundled.installed_ms) == (5, 1)


def test_a_retired_version_is_listed_but_not_offered_until_it_is_installed_again(store: Store) -> None:
    install(store, "one", 1)
    install(store, "two", 2)
    with store.writing() as session:
        forms.retire(session, "two", True)
    with store.reading() as session:
        assert forms.latest(session, "f") == "one"
        assert [each.is_retired for each in forms.listed(session)] == [True, False]
    install(store, "two", 2)
    with store.reading() as session:
        assert forms.latest(session, "f") == "two"


def test_files_and_workbooks_are_kept_once(store: Store) -> None:
    shared, own = b"name,label\na,A\n", b"PNG"
    install(store, "one", 1, files={"list.csv": shared}, workbook=("f.xlsx", b"PK one"))
    install(store, "two", 2, files={"list.csv": shared, "map.png": own}, workbook=("f.xlsx", b"PK two"))
    with store.reading() as session:
        assert forms.file_names(session, "two") == ("list.csv", "map.png")
        assert forms.get_file(session, "one", "list.csv") == shared
        assert forms.get_file(session, "one", "map.png") is None
        assert forms.get_workbook(session, "two") == ("f.xlsx", b"PK two")
        assert [each.files for each in forms.listed(session)] == [2, 1]
        assert session.execute(select(func.count()).select_from(form_content)).scalar() == 4
    install(store, "two", 2, workbook=("again.xlsx", b"PK three"))
    with store.writing() as session:
        kept = set(session.execute(select(form_content.c.sha)).scalars())
        assert kept == {hashlib.sha256(each).hexdigest() for each in (shared, own, b"PK one", b"PK three")}
        forms.remove(session, "two")
        assert forms.get_workbook(session, "two") is None
        assert session.execute(select(func.count()).select_from(form_content)).scalar() == 2


def test_a_version_that_a_visit_uses_is_not_removed(store: Store) -> None:
    install(store, "used", 1, files={"list.csv": b"x"})
    empty = {column.name: "" for column in inspection_row.c} | {"team": 1, "answered": 0, "saved_ms": 0}
    with store.writing() as session:
        session.execute(insert(inspection_row).values({**empty, "id": "v", "form_hash": "used"}))
    with pytest.raises(UserError) as caught, store.writing() as session:
        forms.remove(session, "used")
    assert caught.value.key == "form_in_use"
    with store.reading() as session:
        (used,) = forms.listed(session)
        assert (used.visits, used.files) == (1, 1)
