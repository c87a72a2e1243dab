"""Text in progress survives and is forgotten on time."""

from inspector_app.store import drafts
from inspector_app.store.database import Store


def test_drafts(store: Store) -> None:
    with store.writing() as session:
        drafts.keep(session, "v", "/data/A/A04_note", "門口")
        drafts.keep(session, "v", "/data/A/A04_note", "門口沒有")
        drafts.keep(session, "w", "/data/A/A04_note", "別處")
    with store.reading() as session:
        assert drafts.of_entity(session, "v") == {"/data/A/A04_note": "門口沒有"}
    with store.writing() as session:
        drafts.forget(session, "v", "/data/A/A04_note")
        assert drafts.of_entity(session, "v") == {}
        assert drafts.of_entity(session, "w") != {}
