"""The installed forms: which are offered for new visits, which is the default, and taking one out as a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from inspector_app.domain.changeset import Touched
from inspector_app.domain.errors import UserError
from inspector_app.operations.installing import count_questions
from inspector_app.operations.keeping import DEFAULT_FORM, installed_form
from inspector_app.store import forms, settings
from inspector_app.store.database import Store
from inspector_app.store.durable import write_file
from inspector_app.store.forms import Installed
from inspector_app.xforms import Form
from inspector_app.xforms.compare import Comparison, compare

DEFAULT = "form.default"
"""Setting: id of the form that a new visit begins with."""
Kind = Literal["workbook", "xform"]


@dataclass(frozen=True)
class Shelf:
    """Everything installed, the newest first, and the id of the default form."""

    versions: tuple[Installed, ...]
    default: str

    def of(self, form_id: str) -> tuple[Installed, ...]:
        """Versions of one form, the newest first."""
        return tuple(each for each in self.versions if each.form_id == form_id)

    def offered(self) -> tuple[Installed, ...]:
        """What a new visit can begin with: the newest offered version of each form, the default first."""
        newest: dict[str, Installed] = {}
        for each in self.versions:
            if not each.is_retired:
                newest.setdefault(each.form_id, each)
        return tuple(sorted(newest.values(), key=lambda each: each.form_id != self.default))


def shelf(store: Store) -> Shelf:
    """What is installed; counts the questions of versions that an older program installed."""
    found = _shelf(store)
    unknown = [each.hash for each in found.versions if each.questions < 0]
    for form_hash in unknown:
        form = installed_form(store, form_hash)
        with store.writing() as session:
            forms.describe(session, form_hash, languages=form.languages, questions=count_questions(form))
    return _shelf(store) if unknown else found


def _shelf(store: Store) -> Shelf:
    with store.reading() as session:
        versions = tuple(forms.listed(session))
    newest = default_form(store)
    return Shelf(versions, next((each.form_id for each in versions if each.hash == newest), ""))


def default_form(store: Store) -> str | None:
    """Hash of the version a new visit begins with: of the chosen form, else the program's own, else any offered one."""
    with store.reading() as session:
        for form_id in (settings.get(session, DEFAULT, DEFAULT_FORM), DEFAULT_FORM):
            found = forms.latest(session, form_id)
            if found is not None:
                return found
        return next((each.hash for each in forms.listed(session) if not each.is_retired), None)


def choose_default(store: Store, form_id: str) -> Touched:
    """New visits begin with the newest offered version of this form."""
    with store.writing() as session:
        found = forms.latest(session, form_id)
        if found is None:
            raise UserError("form_not_offered", "Every version of this form is hidden; show one again first.")
        settings.put(session, DEFAULT, form_id)
    return Touched(forms=frozenset({found}))


def retire(store: Store, form_hash: str, is_retired: bool = True) -> Touched:
    """Offer a version for new visits no longer, or again. One form always stays."""
    with store.writing() as session:
        forms.retire(session, form_hash, is_retired)
        if all(each.is_retired for each in forms.listed(session)):
            raise UserError("form_last", "This is the last form that is offered; install another one first.")
    return Touched(forms=frozenset({form_hash}))


@dataclass(frozen=True)
class Removed:
    """A version that was removed, whole, so that it can be put back."""

    kept: forms.Installing
    touched: Touched


def remove(store: Store, form_hash: str) -> Removed:
    """Forget a version that no visit uses and that did not come with the program."""
    with store.writing() as session:
        found = forms.get(session, form_hash)
        if found is None:
            raise UserError("form_unknown", "This version is no longer installed.", hash=form_hash)
        if found.is_bundled:
            raise UserError("form_bundled", "This version came with the program; it can be hidden, not removed.")
        kept = _whole(store, found)
        forms.remove(session, form_hash)
        if all(each.is_retired for each in forms.listed(session)):
            raise UserError("form_last", "This is the last form that is offered; install another one first.")
    return Removed(kept, Touched(forms=frozenset({form_hash})))


def put_back(store: Store, removed: Removed) -> Touched:
    """Undo of `remove`."""
    with store.writing() as session:
        forms.install(session, **removed.kept)
    return removed.touched


def _whole(store: Store, found: Installed) -> forms.Installing:
    files = read_files(store, found.hash)
    with store.reading() as session:
        workbook = forms.get_workbook(session, found.hash)
        kept: forms.Installing = {
            "form_id": found.form_id,
            "version": found.version,
            "hash": found.hash,
            "title": found.title,
            "xml": forms.get_xml(session, found.hash),
            "totals": found.totals,
            "languages": found.languages,
            "questions": found.questions,
            "installed_ms": found.installed_ms,
            "files": files,
        }
    return {**kept, "workbook": workbook} if workbook else kept


def read_files(store: Store, form_hash: str) -> dict[str, bytes]:
    """Lists, pictures and sounds that a version was installed with, by name."""
    with store.reading() as session:
        names = forms.file_names(session, form_hash)
        return {name: data for name in names if (data := forms.get_file(session, form_hash, name)) is not None}


def read_file(store: Store, form_hash: str, name: str) -> bytes | None:
    """A list, picture or sound that a version shows."""
    with store.reading() as session:
        return forms.get_file(session, form_hash, name)


def export(store: Store, form_hash: str, kind: Kind, path: Path) -> Sequence[Path]:
    """Write the workbook a version was made of, or its XForm; the files it needs go into `<name>-media` beside."""
    with store.reading() as session:
        workbook = forms.get_workbook(session, form_hash)
        data = forms.get_xml(session, form_hash) if kind == "xform" else workbook[1] if workbook else None
    if data is None:
        raise UserError("workbook_unknown", "The workbook of this version was not kept; save its XForm instead.")
    files = read_files(store, form_hash)
    write_file(path, data)
    folder = path.parent / f"{path.stem}-media"
    if files:
        folder.mkdir(exist_ok=True)
    for name, content in files.items():
        write_file(folder / name, content)
    return (path, *(folder / name for name in files))


def compare_with(store: Store, old_hash: str, new: Form) -> Comparison:
    """What `new`, installed or not, changed against an installed version."""
    return compare(installed_form(store, old_hash), new)
