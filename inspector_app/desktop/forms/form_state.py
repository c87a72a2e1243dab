"""What the page of one form says about it: title, where it comes from, whether it can be installed; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from inspector_app.operations.installing import Candidate
from inspector_app.operations.offering import Shelf
from inspector_app.store.forms import Installed
from inspector_app.xforms import Form, Problem
from inspector_app.xforms.workbook import Workbook


@dataclass(frozen=True)
class Subject:
    """A form on the page: a file as it was checked last, or an installed version; nothing while the first check runs."""

    path: Path | None = None
    candidate: Candidate | None = None
    installed: Installed | None = None
    form: Form | None = None
    shelf: Shelf = field(default_factory=lambda: Shelf((), ""))
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What the check found."""
        return self.candidate.problems if self.candidate else ()

    @property
    def sheets(self) -> Workbook | None:
        """The workbook's sheets, to point into."""
        return self.candidate.sheets if self.candidate else None

    @property
    def is_known(self) -> bool:
        """Exactly this content is installed and offered already."""
        return any(self.form and v.hash == self.form.hash and not v.is_retired for v in self.shelf.versions)

    @property
    def can_install(self) -> bool:
        """A sound file that is not installed yet."""
        return self.candidate is not None and self.candidate.is_sound and not self.is_known

    @property
    def title(self) -> str:
        """The form's own title, else the file's name."""
        if self.form is not None and (self.form.title or self.form.id):
            return self.form.title or self.form.id
        return self.path.name if self.path else ""

    def rivals(self) -> tuple[Installed, ...]:
        """Installed versions it can be compared with: its own form's first, the newest first."""
        if self.form is None:
            return ()
        others = [version for version in self.shelf.versions if version.hash != self.form.hash]
        ident = self.form.id
        return tuple(sorted(others, key=lambda version: version.form_id != ident))

    def rival(self) -> str:
        """Hash of the version it is compared with unless the user chooses: the one it follows; '' for a new form."""
        own = [version for version in self.rivals() if self.form and version.form_id == self.form.id]
        if self.installed is not None:
            older = [v for v in own if v.installed_ms <= self.installed.installed_ms]
            own = older or own
        return own[0].hash if own else ""


@dataclass(frozen=True)
class Status:
    """The verdict above the tabs: tone, icon, catalogue keys of word and sentence, numbers in them."""

    tone: str
    icon: str
    words: str
    text: str
    numbers: Mapping[str, int] = field(default_factory=dict)


def derive_status(subject: Subject) -> Status:
    """Whether the file can be installed and what to do next."""
    errors, warnings = _count(subject.problems, "error"), _count(subject.problems, "warning")
    numbers = {"n": errors or warnings, "errors": errors, "warnings": warnings}
    if subject.installed is not None:
        return Status("accent", "circle-check", "forms.status_installed", "forms.status_installed_text")
    if subject.candidate is None:
        return Status("na", "refresh-cw", "forms.status_checking", "forms.status_checking_text")
    if not subject.candidate.is_sound:
        return Status("fail", "circle-x", "forms.status_errors", "forms.status_errors_text", numbers)
    if subject.is_known:
        return Status("pass", "circle-check", "forms.status_same", "forms.status_same_text")
    if warnings:
        return Status("warn", "triangle-alert", "forms.status_warnings", "forms.status_warnings_text", numbers)
    return Status("pass", "circle-check", "forms.status_clean", "forms.status_clean_text")


def checked(before: Subject, candidate: Candidate, shelf: Shelf) -> Subject:
    """After a check; a file that cannot be read any more keeps showing the form as it was when it could."""
    form = candidate.form or (before.form if before.path == candidate.path else None)
    files = candidate.files if candidate.form else before.files
    return replace(before, candidate=candidate, form=form, shelf=shelf, files=files)


def missing_of(subject: Subject) -> tuple[str, ...]:
    """Files the form names that were not found beside it."""
    return subject.candidate.missing if subject.candidate else ()


def _count(problems: Sequence[Problem], severity: str) -> int:
    return sum(problem.severity == severity for problem in problems)
