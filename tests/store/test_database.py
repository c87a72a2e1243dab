"""Making, opening and refusing data folders; transactions; nothing readable on the disk."""

import multiprocessing
import os
import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from inspector_app.domain.errors import DaoweiError, UserError, WorldError
from inspector_app.domain.team import Inspector, Role
from inspector_app.store import engine, settings, sites, vault
from inspector_app.store.database import DATABASE, MAKING, Store, create_store, holds_store, open_store
from tests.store.conftest import PASSWORD, Make, save, site, visit

ME = Inspector("林曉嵐", 7, Role.LEADER, "粵A-0001")


def key_of(caught: pytest.ExceptionInfo[DaoweiError]) -> str:
    return caught.value.key


def test_made_closed_and_opened_again(tmp_path: Path) -> None:
    store = create_store(tmp_path / "d", PASSWORD, ME)
    entity, device = site(store), store.identity.device
    store.close()
    store.close()
    assert holds_store(tmp_path / "d")
    with_again = open_store(tmp_path / "d", PASSWORD)
    assert with_again.me == ME
    assert with_again.identity.device == device
    with with_again.reading() as session:
        found = sites.get(session, entity)
    with_again.close()
    assert found is not None and found.name == "海珠飯店"
    assert not list((tmp_path / "d").glob("*-wal"))


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX")
def test_the_folder_is_the_users_alone(store: Store) -> None:
    assert store.folder.stat().st_mode & 0o777 == 0o700


def test_wrong_password(store: Store) -> None:
    store.close()
    with pytest.raises(UserError) as caught:
        open_store(store.folder, PASSWORD + "x")
    assert key_of(caught) == "wrong_password"
    open_store(store.folder, PASSWORD).close()


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        open_store(tmp_path / "nowhere", PASSWORD)
    assert key_of(caught) == "store_missing"
    assert not (tmp_path / "nowhere").exists()


def test_a_lost_vault_is_never_made_anew(store: Store) -> None:
    store.close()
    before = (store.folder / DATABASE).read_bytes()
    for name in (vault.NAME, vault.PREVIOUS):
        (store.folder / name).unlink()
    with pytest.raises(WorldError) as caught:
        open_store(store.folder, PASSWORD)
    assert key_of(caught) == "vault_missing"
    with pytest.raises(UserError) as refused:
        create_store(store.folder, PASSWORD, ME)
    assert key_of(refused) == "folder_not_empty"
    assert (store.folder / DATABASE).read_bytes() == before


def test_a_lost_database_is_never_made_anew(store: Store) -> None:
    store.close()
    (store.folder / DATABASE).unlink()
    with pytest.raises(WorldError):
        open_store(store.folder, PASSWORD)
    assert not (store.folder / DATABASE).exists()


def test_a_strangers_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("private")
    with pytest.raises(UserError) as caught:
        create_store(tmp_path, PASSWORD, ME)
    assert key_of(caught) == "folder_not_empty"
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_an_interrupted_setup_is_cleared_and_can_be_repeated(store: Store) -> None:
    store.close()
    (store.folder / MAKING).touch()
    assert not holds_store(store.folder)
    with pytest.raises(UserError) as caught:
        open_store(store.folder, PASSWORD)
    assert key_of(caught) == "setup_interrupted"
    assert list(store.folder.iterdir()) == []
    (store.folder / MAKING).touch()
    create_store(store.folder, "another password", ME).close()
    open_store(store.folder, "another password").close()


def test_a_failed_setup_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        create_store(tmp_path / "d", PASSWORD, Inspector("bro\ud800ken", 7))
    assert key_of(caught) == "text_broken"
    assert not (tmp_path / "d").exists()


def test_a_plain_database_is_refused(store: Store) -> None:
    store.close()
    for path in store.folder.glob(DATABASE + "*"):
        path.unlink()
    plain = store.folder.parent / "plain.db"
    connection = sqlite3.connect(plain)
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    shutil.copy(plain, store.folder / DATABASE)
    with pytest.raises(WorldError) as caught:
        open_store(store.folder, PASSWORD)
    assert key_of(caught) == "store_plain"


@pytest.mark.parametrize("damage", ["first page", "short", "empty"])
def test_a_damaged_database_says_so_and_is_kept(store: Store, damage: str) -> None:
    store.close()
    path = store.folder / DATABASE
    raw = bytearray(path.read_bytes())
    if damage == "first page":
        raw[100] ^= 0xFF
    raw = {"first page": raw, "short": raw[:1000], "empty": bytearray()}[damage]
    path.write_bytes(raw)
    with pytest.raises(WorldError) as caught:
        open_store(store.folder, PASSWORD)
    assert key_of(caught) == "store_damaged"
    assert path.read_bytes() == bytes(raw)
    with pytest.raises(WorldError):
        open_store(store.folder, PASSWORD)


def test_a_second_opener_is_refused_until_the_first_closes(store: Store) -> None:
    with pytest.raises(UserError) as caught:
        open_store(store.folder, PASSWORD)
    assert key_of(caught) == "already_open"
    store.close()
    open_store(store.folder, PASSWORD).close()


def _try_to_open(folder: Path) -> str:
    try:
        open_store(folder, PASSWORD).close()
    except UserError as error:
        return error.key
    return "opened"


def test_another_process_is_refused_and_other_folders_are_free(store: Store, make: Make) -> None:
    other = make("other")
    other.close()
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.map(_try_to_open, [store.folder, other.folder]) == ["already_open", "opened"]


def test_a_writing_that_fails_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.writing() as session:
        settings.put(session, "k", "v")
        raise ZeroDivisionError
    with store.reading() as session:
        assert settings.get(session, "k", "absent") == "absent"


def test_readers_cannot_write_and_do_not_see_the_uncommitted(store: Store) -> None:
    with pytest.raises(WorldError) as caught, store.reading() as session:
        settings.put(session, "k", "v")
    assert key_of(caught) == "store_readonly"


def test_one_verb_is_one_transaction(store: Store) -> None:
    with pytest.raises(RuntimeError), store.writing(), store.writing():
        pass
    with store.writing() as session:
        settings.put(session, "after", "the error")


def test_atomically_is_all_or_nothing_and_sees_itself(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.atomically():
        first = site(store, "第一")
        with store.reading() as session:
            assert sites.get(session, first) is not None
        raise ZeroDivisionError
    with store.atomically():
        kept = site(store, "第二")
        with pytest.raises(KeyError), store.writing() as session:
            settings.put(session, "undone", "alone")
            raise KeyError
    with store.reading() as session:
        assert sites.get(session, first) is None
        assert sites.get(session, kept) is not None
        assert settings.get(session, "undone") == ""


def test_change_me(store: Store) -> None:
    store.change_me(ME)
    assert store.me == ME
    store.close()
    again = open_store(store.folder, PASSWORD)
    assert again.me == ME
    again.close()


def test_pragmas_hold_on_every_connection(store: Store) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0, "cell_size_check": 1}
    for opened in (store.reading, store.writing):
        with opened() as session:
            found = {name: session.execute(text(f"PRAGMA {name}")).scalar() for name in wanted}
            assert found == wanted
            assert session.execute(text("PRAGMA cipher_version")).scalar()


def test_an_old_library_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine.dbapi2, "sqlite_version_info", (3, 51, 2))
    with pytest.raises(WorldError) as caught:
        create_store(tmp_path / "d", PASSWORD, ME)
    assert key_of(caught) == "sqlite_old"


def test_pythons_own_library_may_not_open_our_data(store: Store, tmp_path: Path) -> None:
    for name in (store.folder / DATABASE, f"file:{store.folder / DATABASE}?mode=ro", str(store.folder / "other.db")):
        with pytest.raises(UserError) as caught:
            sqlite3.connect(name, uri=str(name).startswith("file:"))
        assert key_of(caught) == "second_library"
    sqlite3.connect(tmp_path / "coverage.db").close()


def test_errors_carry_no_values(store: Store) -> None:
    with pytest.raises(Exception, match="hidden") as caught, store.writing() as session:
        session.execute(text("INSERT INTO setting VALUES (:k, :v, 1)"), {"k": "機密", "v": "患者"})
    assert "機密" not in str(caught.value)


def test_many_threads_lose_nothing(store: Store) -> None:
    def work(number: int) -> list[str]:
        return [site(store, f"飯店{number}-{turn}") for turn in range(15)]

    with ThreadPoolExecutor(4) as pool:
        made = [one for ids in pool.map(work, range(4)) for one in ids]
    with store.reading() as session:
        assert len(sites.many(session, made)) == 60
        assert session.execute(text("SELECT n FROM device")).scalar() == 60
        assert session.execute(text("SELECT count(DISTINCT n) FROM log")).scalar() == 60


def test_a_full_disk_says_so_and_saving_goes_on_afterwards(store: Store) -> None:
    kept = site(store)
    with store.writing() as session:
        pages = session.execute(text("PRAGMA page_count")).scalar_one()
        session.execute(text(f"PRAGMA max_page_count = {pages}"))
    with pytest.raises(WorldError) as caught:
        visit(store, kept, **{f"/data/A/A{n}": "x" * 4_000 for n in range(20)})
    assert key_of(caught) == "disk_full"
    with store.reading() as session:
        assert sites.get(session, kept) is not None
        assert session.execute(text("SELECT count(*) FROM log")).scalar() == 1
    with store.writing() as session:
        session.execute(text("PRAGMA max_page_count = 1000000"))
    visit(store, kept)
    with store.reading() as session:
        assert session.execute(text("SELECT max(n) FROM log")).scalar() == 2


CANARIES = ("金絲雀王小明", "13812340000canary", "Canary-Diagnosis-Fever")


def test_nothing_readable_is_on_the_disk(store: Store) -> None:
    name, phone, note = CANARIES
    place = site(store, name, phone=phone)
    one = visit(store, place, **{"/data/A/A04_note": note})
    picture = b"\xff\xd8" + note.encode() * 40_000
    sha = store.blobs.put(picture)
    store.blobs.put_derived(sha, "thumbnail", picture[:1000])
    store.blobs.keep_chunk("0" * 64, 0, picture)
    save(store, "photo", {"inspection": one, "blob": {"sha": sha, "size": len(picture)}, "caption": note})
    with store.reading() as session:
        sites.search_ids(session, name)
    _scan(store.folder)
    store.close()
    _scan(store.folder)


def _scan(folder: Path) -> None:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert any(path.name == DATABASE for path in files)
    wanted = [word.encode(code) for word in CANARIES for code in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")]
    for path in files:
        raw = path.read_bytes()
        assert raw[:15] != b"SQLite format 3"
        assert not [word for word in wanted if word in raw], path


def test_opening_does_not_load_the_migration_tool(store: Store) -> None:
    store.close()
    code = (
        "import sys; from pathlib import Path; from inspector_app.store.database import open_store;"
        f"open_store(Path({str(store.folder)!r}), {PASSWORD!r}).close(); print('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
