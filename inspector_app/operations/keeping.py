"""Making and opening a laptop's data folder; the checklists of this release are installed on the way."""

import hashlib
from functools import lru_cache
from pathlib import Path

from inspector_app import assets, xforms
from inspector_app.checklists.model import Checklist
from inspector_app.checklists.reading import read
from inspector_app.domain.clock import Clock, moment, system_clock
from inspector_app.domain.errors import UserError
from inspector_app.domain.site import SITE_TYPES
from inspector_app.domain.team import Inspector
from inspector_app.store import forms, settings
from inspector_app.store.database import Store, create_store, open_store

BUNDLED = ("five-in-place.xml",)
"""Checklists that ship with the program, as the XForms made of the workbooks beside them (a test holds them equal)."""
DEFAULT_FORM = "five-in-place"
MIN_PASSWORD = 8


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
        key = f"bundled:{name}"
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        with store.reading() as session:
            known = settings.get(session, key)
        if known != digest:
            install_form(store, path)
            with store.writing() as session:
                settings.put(session, key, digest)


def install_form(store: Store, source: Path) -> xforms.Form:
    """Make a checklist available under its id, version and content hash; raises FormError with the problems found."""
    form = xforms.load(source)
    sheet = read(form)
    with store.writing() as session:
        forms.install(
            session,
            form_id=form.id,
            version=form.version,
            hash=form.hash,
            title=form.title,
            xml=form.xml,
            totals={kind: _items_shown(sheet, kind) for kind in SITE_TYPES},
        )
    return form


def _items_shown(sheet: Checklist, kind: str) -> int:
    """How many Items a visit at this type of Site shows."""
    session = sheet.form.begin(now=lambda: moment(0), identity={})
    session.set_answer(sheet.site_type_path, kind)
    return sum(session.state(item.path).relevant for item in sheet.items_by_id.values())


@lru_cache(maxsize=4)
def _parse(xml: bytes) -> Checklist:
    return read(xforms.load(xml))


def checklist(store: Store, form_hash: str) -> Checklist:
    """The installed checklist with this content hash; raises UserError when it is not on this laptop."""
    with store.reading() as session:
        xml = forms.get_xml(session, form_hash)
    return _parse(xml)
