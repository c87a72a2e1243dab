"""Making and opening a laptop's data folder; the checklists of this release are installed on the way."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from inspector_app import assets, xforms
from inspector_app.checklists.model import Checklist
from inspector_app.checklists.reading import read
from inspector_app.domain.clock import Clock, system_clock
from inspector_app.domain.errors import UserError
from inspector_app.domain.team import Inspector
from inspector_app.operations import installing
from inspector_app.store import forms, settings
from inspector_app.store.database import Store, create_store, open_store
from inspector_app.xforms.files import is_list

BUNDLED = ("five-in-place.xml",)
"""Checklists that ship with the program, as the XForms made of the workbooks beside them (a test holds them equal)."""
DEFAULT_FORM = "five-in-place"
MIN_PASSWORD = 8
_READ = "bundled.2"
"""Setting: the checklist of this release that was read last; another word makes every laptop read it again."""


def create_laptop(folder: Path, password: str, inspector: Inspector, *, clock: Clock = system_clock) -> Store:
    """Make an encrypted data folder; raises UserError for a weak password or a folder that is not empty."""
    if len(password) < MIN_PASSWORD:
        raise UserError(
            "password_short", f"The password needs at least {MIN_PASSWORD} characters.", minimum=MIN_PASSWORD
        )
    if not inspector.name.strip():
        raise UserError("name_missing", "The inspector's name must not be empty.")
    store = create_store(folder, password, inspector, clock=clock)
    install_bundled(store)
    return store


def open_laptop(folder: Path, password: str, *, clock: Clock = system_clock) -> Store:
    """Unlock and open; installs checklists that came with a newer release."""
    store = open_store(folder, password, clock=clock)
    install_bundled(store)
    return store


def install_bundled(store: Store) -> None:
    """Every checklist of this release is available; earlier versions stay. Each is read once."""
    for name in BUNDLED:
        path = assets.form(name)
        if not path.exists():
            raise UserError("form_missing", f"{path} is missing from the installation; reinstall the program.")
        key = f"{_READ}:{name}"
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        with store.reading() as session:
            known = settings.get(session, key)
        if known != digest:
            installing.install(store, installing.take(path, workbook=path.with_suffix(".xlsx")), bundled=True)
            with store.writing() as session:
                settings.put(session, key, digest)


def install_form(store: Store, source: Path) -> xforms.Form:
    """Check a form and make it available with its files under its id, version and content hash; raises FormError."""
    candidate = installing.examine(source)
    if candidate is None or candidate.form is None or not candidate.is_sound:
        raise xforms.FormError([p for p in candidate.problems if p.severity == "error"] if candidate else "Stopped.")
    installing.install(store, candidate)
    return candidate.form


@dataclass(frozen=True)
class _Kept:
    """What a version is read from; two with one hash are the same."""

    hash: str
    xml: bytes = field(compare=False, repr=False)
    files: Mapping[str, bytes] = field(compare=False, repr=False)


@lru_cache(maxsize=4)
def _form(kept: _Kept) -> xforms.Form:
    return replace(xforms.load(kept.xml, kept.files), hash=kept.hash)


@lru_cache(maxsize=4)
def _checklist(kept: _Kept) -> Checklist:
    return read(_form(kept))


def _kept(store: Store, form_hash: str) -> _Kept:
    with store.reading() as session:
        xml = forms.get_xml(session, form_hash)
        lists = [name for name in forms.file_names(session, form_hash) if is_list(name)]
        files = {name: forms.get_file(session, form_hash, name) or b"" for name in lists}
    return _Kept(form_hash, xml, files)


def installed_form(store: Store, form_hash: str) -> xforms.Form:
    """The installed version with this content hash and its lists; raises UserError when it is not on this laptop."""
    return _form(_kept(store, form_hash))


def checklist(store: Store, form_hash: str) -> Checklist:
    """The same, read as a Checklist."""
    return _checklist(_kept(store, form_hash))
