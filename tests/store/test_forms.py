"""Installed checklists stay, the newest is offered."""

import pytest

from inspector_app.domain.errors import UserError
from inspector_app.store import forms
from inspector_app.store.database import Store


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
