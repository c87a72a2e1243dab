"""Taking a form in: read with its files and checked first, then kept as a version; a faulty one changes nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from inspector_app.checklists.model import Checklist
from inspector_app.checklists.reading import read
from inspector_app.domain.changeset import Touched
from inspector_app.domain.clock import moment
from inspector_app.domain.errors import UserError
from inspector_app.domain.site import SITE_TYPES
from inspector_app.store import forms
from inspector_app.store.database import Store
from inspector_app.xforms import Form, FormError, Problem, load
from inspector_app.xforms.files import content_hash, files_beside, named_files
from inspector_app.xforms.lint import look_through
from inspector_app.xforms.workbook import Workbook
from inspector_app.xforms.xlsform import read_bounded

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".md", ".xml", ".csv")
"""What a form may be, the likeliest first: of several files given together the first of these is the form."""
STEPS = 3
TRIES = 3


def _no_progress(done: int, total: int) -> None:
    """Nobody watches."""


def _never() -> bool:
    return False


@dataclass(frozen=True)
class Candidate:
    """A form read from disk, not kept yet. `files` are those it names that lie beside it, `missing` those that do not.

    `form` is there when it could be read at all, even with errors.
    """

    path: Path
    workbook: bytes = field(default=b"", repr=False)
    problems: tuple[Problem, ...] = ()
    form: Form | None = None
    sheets: Workbook | None = field(default=None, repr=False)
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    missing: tuple[str, ...] = ()

    @property
    def is_sound(self) -> bool:
        """It can be installed."""
        return self.form is not None and not any(p.severity == "error" for p in self.problems)


def pick_form(files: list[Path]) -> Path | None:
    """Which of the files given together is the form; None when there is none."""
    found = [file for file in files if file.suffix.lower() in SUFFIXES]
    return min(found, key=lambda file: SUFFIXES.index(file.suffix.lower()), default=None)


def examine(
    path: Path, *, progress: Callable[[int, int], None] = _no_progress, cancelled: Callable[[], bool] = _never
) -> Candidate | None:
    """Read and check a form with the files beside it; None when cancelled. Never raises for a bad file."""
    candidate = Candidate(path)
    for _ in range(TRIES):
        try:
            workbook = read_bounded(path)
            progress(1, STEPS)
            checked = look_through(path)
            progress(2, STEPS)
            if cancelled():
                return None
            candidate = Candidate(path, workbook, checked.problems, checked.form, checked.workbook)
            if not checked.ok:
                return candidate
            candidate = _with_files(candidate, checked.form or load(path))
            if read_bounded(path) == workbook:
                return candidate
        except FormError as error:
            return replace(candidate, problems=candidate.problems + error.problems, form=None)
    return _changing(candidate)


def _with_files(candidate: Candidate, form: Form) -> Candidate:
    """The form with the bytes its hash was made of, and what is wrong with it as a checklist."""
    files = files_beside(candidate.path, form.xml)
    if content_hash(form.xml, files) != form.hash:
        return _changing(candidate)
    missing = tuple(name for name in named_files(form.xml) if name not in files)
    found = replace(candidate, form=form, files=files, missing=missing)
    try:
        read(form)
    except UserError as error:
        why = Problem(
            "error", str(error), code=error.key, facts=tuple((k, str(v)) for k, v in error.args_by_name.items())
        )
        found = replace(found, problems=(*found.problems, why))
    return found


def _changing(candidate: Candidate) -> Candidate:
    sentence = f"{candidate.path.name} or a file beside it was being changed while it was read; check it again."
    return replace(candidate, problems=(*candidate.problems, Problem("error", sentence, code="changing")))


def take(path: Path, *, workbook: Path | None = None) -> Candidate:
    """Read a form of this release, which needs no checking; `workbook` is what its authors edit. Raises FormError."""
    form = load(path)
    source = workbook if workbook is not None and workbook.exists() else path
    return Candidate(source, read_bounded(source), form=form, files=files_beside(path, form.xml))


def install(store: Store, candidate: Candidate, *, bundled: bool = False) -> Touched:
    """Keep the form as the newest version of its id; raises FormError when it has errors, and nothing changes then."""
    form = candidate.form
    if form is None or not candidate.is_sound:
        raise FormError([p for p in candidate.problems if p.severity == "error"])
    if content_hash(form.xml, candidate.files) != form.hash:
        raise FormError(f"A file beside {candidate.path.name} was changed while it was read; check it again.")
    sheet = read(form)
    with store.writing() as session:
        forms.install(
            session,
            form_id=form.id,
            version=form.version,
            hash=form.hash,
            title=form.title,
            xml=form.xml,
            totals={kind: items_shown(sheet, kind) for kind in SITE_TYPES} if sheet.site_type_path else {},
            languages=form.languages,
            questions=count_questions(form),
            installed_ms=store.clock(),
            bundled=bundled,
            files=candidate.files,
            workbook=(candidate.path.name, candidate.workbook),
        )
    return Touched(forms=frozenset({form.hash}))


def items_shown(sheet: Checklist, kind: str) -> int:
    """How many Items a visit at this type of Site shows."""
    session = sheet.form.begin(now=lambda: moment(0), identity={})
    session.set_answer(sheet.site_type_path, kind)
    return sum(session.state(item.path).relevant for item in sheet.items_by_id.values())


def count_questions(form: Form) -> int:
    """Questions a person can answer: neither groups nor notes."""
    controls = (control for top in form.controls for control in top.walk())
    askable = (c for c in controls if c.kind not in ("group", "repeat"))
    return sum(not _is_note(form, control.path) for control in askable)


def _is_note(form: Form, path: str) -> bool:
    spec = form.top.find(path.split("/")[2:])
    return spec is not None and spec.readonly is not None and spec.readonly.source.strip() == "true()"
