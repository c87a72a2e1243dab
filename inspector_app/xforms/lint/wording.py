"""What people read: missing labels, translations and messages, notes that demand answers."""

from collections.abc import Iterator

from ..model import Rule, Spec
from ..problems import Problem
from ..questions import default_of, options_of, texts_of
from ..workbook import MEDIA_COLUMNS, SPOKEN, Sheet
from .subject import Subject
from .terms import constant

MAX_OPTIONS = 1_000
"""Longer lists are taken as they are."""
SHOWN_PER_COLUMN = 50
"""So many missing cells of one column are named one by one."""


def check_wording(subject: Subject) -> Iterator[Problem]:
    """Everything about texts."""
    if subject.workbook.sheets:
        for name in ("survey", "choices"):
            sheet = subject.workbook.sheet(name)
            if sheet is not None:
                yield from _translations(subject, name, sheet)
    else:
        yield from _itext(subject)
    for spec in subject.specs():
        yield from _question(subject, spec)


def _translations(subject: Subject, name: str, sheet: Sheet) -> Iterator[Problem]:
    """Cells that are filled in one language and empty in another."""
    languages = _languages(subject)
    default = subject.workbook.setting("default_language")
    if len(languages) < 2:
        return
    for column in sorted({m.column for _, m in sheet.meanings() if m.column in SPOKEN}):
        headers = {m.language or default: h for h, m in sheet.meanings() if m.column == column}
        filled = [r for r in sheet.rows if any(h in r.cells for h in headers.values())]
        if not filled:
            continue
        for language in languages:
            header = headers.get(language)
            if header is None:
                code = "media_untranslated" if column in MEDIA_COLUMNS else "column_untranslated"
                first = next(iter(headers.values()))
                missing = f"{'media::' if column in MEDIA_COLUMNS else ''}{column}::{language}"
                yield subject.at(code, name, sheet.header_row, first, language=language, column=missing)
                continue
            yield from _gaps(subject, name, header, language, [r.number for r in filled if header not in r.cells])


def _languages(subject: Subject) -> list[str]:
    """Languages some header names, and the default one where headers without a language stand beside them."""
    found: dict[str, None] = {}
    for name in ("survey", "choices"):
        sheet = subject.workbook.sheet(name)
        for _, meaning in sheet.meanings() if sheet is not None else ():
            if meaning.column in SPOKEN and meaning.language:
                found[meaning.language] = None
    return list(found)


def _gaps(subject: Subject, sheet: str, header: str, language: str, rows: list[int]) -> Iterator[Problem]:
    for row in rows[:SHOWN_PER_COLUMN]:
        yield subject.at("cell_untranslated", sheet, row, header, language=language)
    if len(rows) > SHOWN_PER_COLUMN:
        more = str(len(rows) - SHOWN_PER_COLUMN)
        yield subject.at("cells_untranslated", sheet, rows[SHOWN_PER_COLUMN], header, language=language, count=more)


def _itext(subject: Subject) -> Iterator[Problem]:
    """Texts of XForm XML that one language has and another lacks."""
    form = subject.form
    if len(form.languages) < 2:
        return
    for spec in subject.specs():
        texts = texts_of(form, spec)
        for part in dict.fromkeys(part for part, language in texts if language):
            for language in form.languages:
                if (part, language) not in texts:
                    yield subject.about("text_untranslated", spec, part, language=language, part=part)
    yield from _option_texts(subject)


def _option_texts(subject: Subject) -> Iterator[Problem]:
    """Labels of options, once per list."""
    form, seen = subject.form, set()
    for spec in subject.specs():
        itemset = spec.itemset
        if itemset is None or (itemset.instance or spec.path) in seen or len(subject.options(spec)) > MAX_OPTIONS:
            continue
        seen.add(itemset.instance or spec.path)
        for option in options_of(form, itemset, 1_000):
            for language in form.languages if any(option.label) else ():
                if not option.label.get(language):
                    yield subject.about("option_untranslated", spec, "choices", language=language, option=option.name)


def _question(subject: Subject, spec: Spec) -> Iterator[Problem]:
    control = subject.controls.get(spec.path)
    kind = subject.kind(spec)
    required = _always(spec.required)
    if kind == "note" and required:
        yield subject.about("note_required", spec, "required")
    elif required and _always(spec.readonly) and spec.calculate is None and not _has_default(subject, spec):
        yield subject.about("readonly_required", spec, "required")
    if spec.constraint is not None and spec.texts.constraint is None and spec.is_leaf and kind != "note":
        yield subject.about("constraint_silent", spec, "constraint")
    if not subject.workbook.sheets and control is not None and spec.is_leaf and not _is_labelled(spec):
        yield subject.about("label_missing", spec, "label")


def _is_labelled(spec: Spec) -> bool:
    return spec.texts.label is not None or spec.texts.hint is not None


def _always(rule: Rule | None) -> bool:
    return rule is not None and constant(rule.tree) is True


def _has_default(subject: Subject, spec: Spec) -> bool:
    return spec.path in subject.targets or bool(default_of(subject.form, spec))
