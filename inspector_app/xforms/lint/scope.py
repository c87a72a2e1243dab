"""Features this engine leaves out on purpose (forms.md §5, §6): refused with a sentence that names the row."""

from collections.abc import Iterator

from ..limits import MAX_INSTANCES
from ..model import Spec
from ..problems import Problem
from ..safexml import local
from .reason import results
from .subject import Subject

_DEVICE = frozenset(["simserial", "subscriberid"])
_APPS = ("ex:", "intent:")


def check_scope(subject: Subject) -> Iterator[Problem]:
    """One error for each feature that cannot be used here."""
    for spec in subject.specs():
        yield from _question(subject, spec)
        if spec.count is not None:
            yield from _count(subject, spec)
    for element in subject.root.iter():
        if isinstance(element.tag, str) and local(element) == "recordaudio":
            recorded = subject.form.top.find((element.get("ref") or "").split("/")[2:])
            yield subject.about("no_background_audio", recorded or subject.form.top, "type")


def _question(subject: Subject, spec: Spec) -> Iterator[Problem]:
    property_name = spec.preload[1].lower() if spec.preload[0] == "property" else ""
    if property_name in _DEVICE:
        yield subject.about("no_sim", spec, "type")
    control = subject.controls.get(spec.path)
    if control is None:
        return
    attributes = {name: value for (_, name), value in control.attributes.items()}
    words = " ".join(control.appearances)
    if words.startswith(_APPS) or " ex:" in words or "intent" in attributes:
        code = "no_nfc" if "nfc" in f"{words} {attributes.get('intent', '')}".lower() else "no_external_app"
        yield subject.about(code, spec, "appearance" if words else "parameters")
    if words.split(":")[0].split("(")[0] == "printer":
        yield subject.about("no_printer", spec, "appearance")
    if "nfc" in control.appearances:
        yield subject.about("no_nfc", spec, "appearance")
    if (control.mediatype or "").startswith("osm"):
        yield subject.about("no_osm", spec, "type")
    if "query" in attributes and spec.kind == "input":
        yield subject.about("no_external_select", spec, "type")


def _count(subject: Subject, spec: Spec) -> Iterator[Problem]:
    """A fixed number of instances that is too large or no number."""
    assert spec.count is not None
    values = results(spec.count.tree)
    target = spec.count.source.strip()
    source = subject.form.top.find(target.split("/")[2:]) if target.startswith("/") else None
    if values is None and source is not None and source.calculate is not None:
        values = results(source.calculate.tree)
    for value in values or ():
        number = constant_number(value)
        if number is not None and number > MAX_INSTANCES:
            yield subject.about("count_too_large", spec, "count", count=value[:20], most=str(MAX_INSTANCES))


def constant_number(text: str) -> float | None:
    """The number a text is, None where it is none."""
    try:
        return float(text)
    except ValueError:
        return None
