"""News: only what others wrote, the newest change of each record, from a moment on."""

from sqlalchemy import update

from inspector_app.store import news, schema
from inspector_app.store.database import Store
from tests.store.conftest import save


def test_only_what_rounds_brought_is_news(store: Store) -> None:
    save(store, "inspection", {"status": "draft"})
    theirs = save(store, "inspection", {"status": "draft"})
    save(store, "inspection", {"status": "finished"}, theirs)
    with store.writing() as session:
        session.execute(update(schema.log).where(schema.log.c.ent == theirs).values(origin="team:07"))
    with store.reading() as session:
        (found,) = news.since(session, 0)
        assert (found.id, found.kind) == (theirs, "inspection")
        assert found.who == store.me.name
        assert news.since(session, found.at_ms) == [found]
        assert news.since(session, found.at_ms + 1) == []
