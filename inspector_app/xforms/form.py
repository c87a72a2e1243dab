"""The Form: a definition read once, checked, never changed, and shared by all its Sessions."""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypedDict, Unpack

from . import ranks
from .body import read_body
from .deps import connect
from .files import content_hash
from .files import files_beside as files_beside
from .model import Action, Control, Output, Rule, Spec, TextRef
from .opening import open_session
from .problems import FormError, Problem
from .reader import Reader, read
from .safexml import local
from .session import Opening, Session
from .text import Translations
from .tree import Node
from .xpath.syntax import Expr, Literal

Clock = Callable[[], datetime]
"""The current moment, with a time zone; its zone is the Session's local time."""


class Surroundings(TypedDict, total=False):
    """What may also be said when a Session starts."""

    language: str | None
    randomness: random.Random | None


class Draft(Surroundings, total=False):
    """What else a draft knows: instances per repeat path (with positions above), and whether it is the last word."""

    counts: Mapping[str, int]
    is_frozen: bool


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """One XForm. `hash` is the content hash of `xml` and its files; `problems` are warnings only, errors raise in load()."""

    id: str
    version: str
    title: str
    xml: bytes
    hash: str
    controls: tuple[Control, ...]
    problems: tuple[Problem, ...]
    top: Spec
    template: Node
    translations: Translations
    secondary: Mapping[str, Node]
    actions: Mapping[str, tuple[Action, ...]]
    prefixes: Mapping[str, str]

    @property
    def languages(self) -> tuple[str, ...]:
        """Names of the languages, as the form writes them."""
        return self.translations.languages

    @property
    def default_language(self) -> str | None:
        """The one marked default, else the first; None without translations."""
        return self.translations.default

    def begin(self, now: Clock, identity: Mapping[str, str] | None = None, **rest: Unpack[Surroundings]) -> Session:
        """A new filling: preloads, dynamic defaults and first-load actions happen now.

        `identity` has username, deviceid and other properties; `rest` are `language` and `randomness`.
        """
        return open_session(self, Opening(now, identity or {}, **rest))

    def reopen(
        self, xml: bytes, now: Clock, identity: Mapping[str, str] | None = None, **rest: Unpack[Surroundings]
    ) -> Session:
        """A saved submission or draft again, without first-load actions or preloads. FormError if not this form's."""
        return open_session(self, Opening(now, identity or {}, xml=xml, **rest))

    def edit(
        self, xml: bytes, now: Clock, identity: Mapping[str, str] | None = None, **rest: Unpack[Surroundings]
    ) -> Session:
        """A sent submission changed: a new instanceID, and the old one as deprecatedID (forms.md §7)."""
        return open_session(self, Opening(now, identity or {}, xml=xml, is_edit=True, **rest))

    def resume(
        self,
        values: Mapping[str, str],
        now: Clock,
        identity: Mapping[str, str] | None = None,
        **rest: Unpack[Draft],
    ) -> Session:
        """A draft from its leaf values by path; what fits nowhere is in `Session.unplaced`.

        `counts` says how many instances a repeat has; frozen values are neither computed nor set again.
        """
        return open_session(self, Opening(now, identity or {}, values=dict(values), **rest))


def load(source: bytes | str | Path, resources: Mapping[str, bytes] | None = None) -> Form:
    """A Form from XForm XML, or from a file (.xml, or .xlsx .xls .csv .md through pyxform). FormError says why not.

    `resources` are its files by name; for a Path they default to those that lie beside it (`files`).
    """
    try:
        if isinstance(source, Path):
            return _load_path(source, resources)
        xml = source.encode() if isinstance(source, str) else source
        return _accept(*inspect(xml, resources or {}))
    except RecursionError:
        raise FormError("The form is nested too deeply.") from None


def _accept(form: Form, problems: Iterable[Problem]) -> Form:
    errors = [p for p in problems if p.severity == "error"]
    if errors:
        raise FormError(errors)
    return form


def _load_path(path: Path, resources: Mapping[str, bytes] | None) -> Form:
    from .rowmap import Rowmap, locate
    from .xlsform import convert, read_bounded

    if path.suffix.lower() == ".xml":
        xml, rowmap = read_bounded(path), Rowmap()
    else:
        converted = convert(path, kind=path.suffix.lower().lstrip("."))
        errors = [p for p in converted.problems if p.severity == "error"]
        if errors:
            raise FormError(errors)
        xml, rowmap = converted.xml, converted.rowmap
    form, problems = inspect(xml, files_beside(path, xml) if resources is None else resources)
    return _accept(form, locate(problems, rowmap))


def inspect(xml: bytes, resources: Mapping[str, bytes]) -> tuple[Form, tuple[Problem, ...]]:
    """The Form and everything wrong with it; FormError only where it is no XForm at all."""
    reader = read(xml, resources)
    controls = read_body(reader)
    _spread_actions(reader)
    reads = connect(reader.top, _label_outputs(reader))
    for spec in reader.top.walk():
        spec.settle(is_filtered=spec.choices is not None and bool(reads.get(spec.choices)))
    ranks.assign(reads)
    reader.problems.extend(ranks.circles(reads))
    title = next((e.text or "" for e in reader.root.iter() if local(e) == "title"), "")
    form = Form(
        id=reader.template.attribute("id") or reader.template.ns,
        version=reader.template.attribute("version") or "",
        title=title,
        xml=xml,
        hash=content_hash(xml, resources),
        controls=controls,
        problems=tuple(p for p in reader.problems if p.severity != "error"),
        top=reader.top,
        template=reader.template,
        translations=reader.translations,
        secondary=reader.secondary,
        actions={path: tuple(found) for path, found in reader.actions.items()},
        prefixes={uri: prefix for prefix, uri in reversed(reader.prefixes.items())},
    )
    return form, tuple(reader.problems)


def _spread_actions(reader: Reader) -> None:
    for path, actions in reader.actions.items():
        if path in reader.specs:
            reader.specs[path].actions = tuple(actions)


def _label_outputs(reader: Reader) -> Iterator[tuple[Rule, Expr]]:
    """A label Rule for each Spec whose texts (or options' texts) show values, once per value."""
    showing = {
        ident: outputs
        for texts in reader.translations.texts.values()
        for ident, variants in texts.items()
        if (outputs := [p for text in variants.values() for p in text if isinstance(p, Output)])
    }
    for spec in reader.top.walk():
        refs = (spec.texts.label, spec.texts.hint, spec.texts.constraint, spec.texts.required)
        outputs = [o for ref in refs if ref is not None for o in _outputs(ref, showing)]
        outputs += [o for ident in _option_texts(reader, spec, bool(showing)) for o in showing.get(ident, ())]
        for output in dict.fromkeys(outputs):
            if spec.label is None:
                spec.label = Rule("label", spec, output.source, Literal(""), output.run)
            yield spec.label, output.tree


def _outputs(ref: TextRef, showing: Mapping[str, list[Output]]) -> list[Output]:
    return showing.get(ref.itext, []) if ref.itext else [p for p in ref.inline if isinstance(p, Output)]


def _option_texts(reader: Reader, spec: Spec, any_outputs: bool) -> Iterator[str]:
    itemset = spec.itemset
    if itemset is None or not any_outputs:
        return
    yield from (ref.itext for _, ref in itemset.fixed if ref.itext)
    source = reader.secondary.get(itemset.instance)
    if source is not None and itemset.label_is_itext:
        yield from (n.text for n in source.descendants() if n.local == itemset.label)
