"""What the list of forms shows, derived from what is installed; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from inspector_app.desktop.kit.dates import day_text
from inspector_app.domain.clock import iso
from inspector_app.operations.installing import SUFFIXES
from inspector_app.operations.offering import Shelf
from inspector_app.store.forms import Installed

Verb = Literal["preview", "compare", "default", "hide", "show", "workbook", "xform", "blank", "remove"]
VERBS: dict[Verb, str] = {
    "preview": "forms.do_preview",
    "compare": "forms.do_compare",
    "default": "forms.do_default",
    "hide": "forms.do_hide",
    "show": "forms.do_show",
    "workbook": "forms.do_workbook",
    "xform": "forms.do_xform",
    "remove": "forms.do_remove",
    "blank": "forms.do_blank",
}
"""Catalogue key of each."""
SHORT = 8
"""Digits of a content hash that people compare."""
FILE, COMPARE = "file:", "compare:"
"""Before a path, and before the hash of a version to compare, where a page may be opened with a version's hash."""


@dataclass(frozen=True)
class Wish:
    """What the user wants to do with one version."""

    verb: Verb
    version: Installed


@dataclass(frozen=True)
class FormLine:
    """One form with its versions, the newest first."""

    id: str
    versions: tuple[Installed, ...]
    is_default: bool

    @property
    def newest(self) -> Installed:
        """The version a new visit would begin with, or the newest of a form that is hidden."""
        return next((each for each in self.versions if not each.is_retired), self.versions[0])

    @property
    def is_hidden(self) -> bool:
        """Offered for no new visit."""
        return all(each.is_retired for each in self.versions)

    @property
    def visits(self) -> int:
        """How many visits use any of its versions."""
        return sum(each.visits for each in self.versions)


@dataclass(frozen=True)
class Mark:
    """A badge: tone, icon and the catalogue key of its word."""

    tone: str
    icon: str
    words: str


def derive_lines(shelf: Shelf, text: str = "") -> tuple[FormLine, ...]:
    """Forms whose title, id, version or hash holds every word of `text`; the one installed last comes first."""
    ids = dict.fromkeys(each.form_id for each in shelf.versions)
    lines = tuple(FormLine(ident, shelf.of(ident), ident == shelf.default) for ident in ids)
    words = text.casefold().split()
    return tuple(line for line in lines if all(word in _said(line) for word in words))


def _said(line: FormLine) -> str:
    versions = (f"{each.title} {each.version} {each.hash}" for each in line.versions)
    return " ".join((line.id, *versions)).casefold()


def derive_form_marks(line: FormLine) -> tuple[Mark, ...]:
    """What sets a form apart from the others."""
    default = Mark("accent", "star", "forms.mark_default") if line.is_default else None
    hidden = Mark("na", "eye-off", "forms.mark_hidden") if line.is_hidden else None
    return tuple(mark for mark in (default, hidden) if mark)


def derive_version_marks(version: Installed, line: FormLine) -> tuple[Mark, ...]:
    """What sets a version apart: one mark is enough to see which it is."""
    bundled = Mark("na", "shield-check", "forms.mark_bundled") if version.is_bundled else None
    hidden = Mark("na", "eye-off", "forms.mark_hidden") if version.is_retired else None
    is_current = not version.is_retired and version == line.newest
    current = Mark("pass", "circle-check", "forms.mark_current") if is_current else None
    return tuple(mark for mark in (bundled, hidden, current) if mark)


def day_of(version: Installed, language: str) -> str:
    """When it was installed; '' where an older program did not note it."""
    return day_text(iso(version.installed_ms), language) if version.installed_ms else ""


def short_hash(version: Installed) -> str:
    """Enough digits to tell two versions apart."""
    return version.hash[:SHORT]


def plain_languages(languages: Sequence[str]) -> str:
    """Names of languages without the codes in brackets that XLSForm wants."""
    return "、".join(name.partition(" (")[0] for name in languages)


def allowed(version: Installed, line: FormLine) -> frozenset[Verb]:
    """What can be done with a version."""
    verbs: set[Verb] = {"preview", "xform", "blank", "show" if version.is_retired else "hide"}
    if len(line.versions) > 1:
        verbs.add("compare")
    if not line.is_default and not line.is_hidden:
        verbs.add("default")
    if version.workbook_name:
        verbs.add("workbook")
    if not version.visits and not version.is_bundled:
        verbs.add("remove")
    return frozenset(verbs)


def file_name(version: Installed, verb: Verb) -> str:
    """What a saved version is called."""
    suffix = Path(version.workbook_name).suffix if verb == "workbook" else ".xml"
    kept = "".join(c if c.isalnum() or c in "-_." else "-" for c in f"{version.form_id}-{version.version}")
    return f"{kept.strip('-.') or 'form'}{suffix or '.xlsx'}"


def is_form_file(name: str) -> bool:
    """Files that can be dropped on the page."""
    return name.lower().endswith(SUFFIXES)


def wanted_file(wanted: str) -> Path | None:
    """The file a page is to be opened with; None when it is an installed version."""
    return Path(wanted.removeprefix(FILE)) if wanted.startswith(FILE) else None


def wanted_version(wanted: str) -> str:
    """The hash of the installed version a page is to be opened with."""
    return wanted.removeprefix(COMPARE)
