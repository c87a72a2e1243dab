"""Labels, hints and messages: inline or from itext, with outputs, language fallback and media."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from .model import Output, Text, TextRef
from .safexml import Element, local
from .tree import Node
from .xpath.scope import Scope
from .xpath.syntax import EvaluationError
from .xpath.values import to_string

MEDIA = ("image", "audio", "video", "big-image")
MAX_SHOWN = 10_000
"""Characters of a value inside a text; nobody reads more in a label."""
MISSING = "-"
"""pyxform's filler for a translation that is not there."""
Forms = Mapping[str, Text]
"""Variants of one text: '' plain, long, short, guidance, image, audio, …"""


@dataclass(frozen=True, slots=True)
class Translations:
    """All itext of a Form: language → id → variants."""

    languages: tuple[str, ...] = ()
    default: str | None = None
    texts: Mapping[str, Mapping[str, Forms]] = None  # type: ignore[assignment]
    _known: dict[tuple[str, str | None], Forms] = field(default_factory=dict, compare=False, repr=False)

    def variants(self, ident: str, language: str | None) -> Forms:
        """Variants of a text; each one missing in `language` comes from the default one, then any other."""
        known = self._known.get((ident, language))
        if known is None:
            known = self._look_up(ident, language)
            if known:
                self._known[ident, language] = known
        return known

    def _look_up(self, ident: str, language: str | None) -> Forms:
        found: dict[str, Text] = {}
        for name in dict.fromkeys((language, self.default, *self.languages)):
            if name is None:
                continue
            for form, text in self.texts.get(name, {}).get(ident, {}).items():
                if form not in found and text != (MISSING,):
                    found[form] = text
        return found


def read_translations(itext: Element | None, compile_output: Callable[[str], Output]) -> Translations:
    """The `<itext>` element as Translations."""
    if itext is None:
        return Translations((), None, {})
    texts: dict[str, dict[str, Forms]] = {}
    default: str | None = None
    for translation in itext:
        name = translation.get("lang") or ""
        if translation.get("default") is not None and default is None:
            default = name
        entries = texts.setdefault(name, {})
        for text in translation:
            values = {v.get("form") or "": read_text(v, compile_output) for v in text if local(v) == "value"}
            entries[text.get("id") or ""] = values
    return Translations(tuple(texts), default if default is not None else next(iter(texts), None), texts)


def read_text(element: Element, compile_output: Callable[[str], Output]) -> Text:
    """Mixed content of text and `<output value>`, outer blanks dropped."""
    parts: list[str | Output] = [element.text or ""]
    for child in element:
        if local(child) == "output":
            source = child.get("value") or child.get("ref") or "''"
            parts.append(compile_output(source))
        else:
            parts.append("".join(child.itertext()))
        parts.append(child.tail or "")
    if isinstance(parts[0], str):
        parts[0] = parts[0].lstrip()
    if isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip()
    joined: list[str | Output] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        elif part != "":
            joined.append(part)
    return tuple(joined)


def render(text: Text, node: Node, scope: Scope) -> str:
    """The text with its outputs evaluated at `node`; one that fails shows nothing."""
    if len(text) == 1 and isinstance(text[0], str):
        return text[0]
    return "".join(p if isinstance(p, str) else _output(p, node, scope) for p in text).strip()


def _output(output: Output, node: Node, scope: Scope) -> str:
    outer = scope.current
    scope.current = node
    try:
        value = to_string(output.run(node, scope))
    except (EvaluationError, RecursionError):
        return ""
    finally:
        scope.current = outer
    scope.spend(len(value) >> 6)
    return "" if value == "NaN" else value[:MAX_SHOWN]


@dataclass(frozen=True, slots=True)
class Voice:
    """Texts in one language at one Session's values."""

    translations: Translations
    language: str | None
    scope: Scope

    def variants(self, ref: TextRef | None, node: Node) -> dict[str, str]:
        """All variants of a text, rendered."""
        if ref is None:
            return {}
        if not ref.itext:
            return {"": render(ref.inline, node, self.scope)}
        found = self.translations.variants(ref.itext, self.language)
        return {form: render(text, node, self.scope) for form, text in found.items()}

    def say(self, ref: TextRef | None, node: Node) -> str:
        """The text itself: the plain variant, else long, else short."""
        return plain(self.variants(ref, node))


def plain(variants: Mapping[str, str]) -> str:
    """What to show as text of several variants."""
    return next((variants[form] for form in ("", "long", "short") if form in variants), "")


def media(variants: Mapping[str, str]) -> dict[str, str]:
    """The media variants alone."""
    return {form: name for form, name in variants.items() if form in MEDIA}
