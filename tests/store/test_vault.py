"""The vault opens with its password and with nothing else, whatever was done to the file."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector_app.domain.errors import DaoweiError, UserError, WorldError
from inspector_app.store import vault

PASSWORD = "海珠 pass１２３"


@pytest.fixture(scope="module", autouse=True)
def as_delivered(stretched_once: dict[str, object]) -> Iterator[None]:
    """Fresh salts, and every password stretched anew."""
    with pytest.MonkeyPatch.context() as patch:
        for name, delivered in stretched_once.items():
            patch.setattr(vault, name, delivered)
        yield


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """(file, key) of a fresh vault."""
    folder = tmp_path_factory.mktemp("vault")
    key = vault.create(folder, PASSWORD, "林曉嵐")
    return (folder / vault.NAME).read_bytes(), key


def put(folder: Path, raw: bytes) -> Path:
    (folder / vault.NAME).write_bytes(raw)
    return folder


def test_password_opens_in_either_width(made: tuple[bytes, bytes], tmp_path: Path) -> None:
    put(tmp_path, made[0])
    assert vault.unlock(tmp_path, PASSWORD) == made[1]
    assert vault.unlock(tmp_path, "海珠 pass123") == made[1]
    assert len(made[1]) == 32


def test_wrong_password(made: tuple[bytes, bytes], tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        vault.unlock(put(tmp_path, made[0]), "海珠 pass124")
    assert caught.value.key == "wrong_password"


def test_two_vaults_share_nothing(made: tuple[bytes, bytes], tmp_path: Path) -> None:
    assert vault.create(tmp_path, PASSWORD, "林曉嵐") != made[1]
    salts = [json.loads(raw)["slots"][0]["salt"] for raw in (made[0], (tmp_path / vault.NAME).read_bytes())]
    assert salts[0] != salts[1]


@pytest.mark.parametrize(
    ("field", "value"),
    [("memory", 1024), ("memory", 2**40), ("time", 1), ("time", 10**9), ("lanes", 0), ("name", "scrypt")],
)
def test_parameters_out_of_bounds_are_refused_unspent(
    made: tuple[bytes, bytes], tmp_path: Path, field: str, value: object
) -> None:
    plain = json.loads(made[0])
    plain["slots"][0]["kdf"][field] = value
    with pytest.raises(WorldError) as caught:
        vault.unlock(put(tmp_path, json.dumps(plain).encode()), PASSWORD)
    assert caught.value.key == "vault_damaged"


@pytest.mark.parametrize(("field", "value"), [("user", "何景行"), ("id", "0"), ("salt", "00" * 16)])
def test_a_slot_cannot_be_renamed_or_moved(made: tuple[bytes, bytes], tmp_path: Path, field: str, value: str) -> None:
    plain = json.loads(made[0])
    plain["slots"][0][field] = value
    with pytest.raises(UserError, match="wrong"):
        vault.unlock(put(tmp_path, json.dumps(plain).encode()), PASSWORD)


def test_a_weakened_but_legal_kdf_is_refused(made: tuple[bytes, bytes], tmp_path: Path) -> None:
    plain = json.loads(made[0])
    plain["slots"][0]["kdf"]["time"] = 4
    with pytest.raises(UserError):
        vault.unlock(put(tmp_path, json.dumps(plain).encode()), PASSWORD)


@pytest.mark.parametrize("raw", [b"", b"{}", b"[" * 50_000, b"\xff\xfe", b'{"id":"x","slots":[]}', b"0" * 70_000])
def test_rubbish_is_one_clear_sentence(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(WorldError) as caught:
        vault.unlock(put(tmp_path, raw), PASSWORD)
    assert caught.value.key == "vault_damaged"


def test_every_flipped_byte_is_refused_or_harmless(made: tuple[bytes, bytes], tmp_path: Path) -> None:
    """Places outside the sealed part would cost an Argon2id run each; every 40th byte is enough to see a hole."""
    for place in range(0, len(made[0]), 40):
        raw = bytearray(made[0])
        raw[place] ^= 1
        try:
            assert vault.unlock(put(tmp_path, bytes(raw)), PASSWORD) == made[1]
        except DaoweiError:
            continue
        assert json.loads(raw)["slots"] == json.loads(made[0])["slots"], f"byte {place} was accepted"


def test_the_copy_stands_in(tmp_path: Path) -> None:
    key = vault.create(tmp_path, PASSWORD, "林曉嵐")
    (tmp_path / vault.NAME).write_bytes(b"torn")
    assert vault.unlock(tmp_path, PASSWORD) == key
    (tmp_path / vault.NAME).unlink()
    assert vault.unlock(tmp_path, PASSWORD) == key


def test_change_password_keeps_the_key(tmp_path: Path) -> None:
    key = vault.create(tmp_path, PASSWORD, "林曉嵐")
    before = (tmp_path / vault.NAME).read_bytes()
    vault.change_password(tmp_path, PASSWORD, "another one 2")
    assert vault.unlock(tmp_path, "another one 2") == key
    assert (tmp_path / vault.PREVIOUS).read_bytes() == before
    with pytest.raises(UserError):
        vault.unlock(tmp_path, PASSWORD)
    with pytest.raises(UserError):
        vault.change_password(tmp_path, "wrong", "x")


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX")
def test_only_the_user_reads_it(tmp_path: Path) -> None:
    vault.create(tmp_path, PASSWORD, "林曉嵐")
    assert (tmp_path / vault.NAME).stat().st_mode & 0o077 == 0
