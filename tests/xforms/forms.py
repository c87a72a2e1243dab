"""Small forms for tests, written as markdown tables or XML, and a frozen clock."""

from datetime import datetime, timedelta, timezone

from inspector_app.xforms import Form, Session, load
from inspector_app.xforms.xlsform import convert

ZONE = timezone(timedelta(hours=8))


def now() -> datetime:
    """2026-11-24, nine in the morning in Guangzhou."""
    return datetime(2026, 11, 24, 9, 0, tzinfo=ZONE)


def from_table(table: str, **resources: bytes) -> Form:
    """A Form from a markdown XLSForm."""
    converted = convert(table.encode(), kind="md")
    assert converted.xml, converted.problems
    return load(converted.xml, {name.replace("__", "."): data for name, data in resources.items()})


def start(table: str, **resources: bytes) -> Session:
    """A new filling of a markdown XLSForm."""
    return from_table(table, **resources).begin(now)


def xform(instance: str, binds: str, body: str, head: str = "") -> bytes:
    """XForm XML around the given parts."""
    return (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
        'xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms"><h:head><h:title>t</h:title>'
        f'<model>{head}<instance><data id="t" version="1">{instance}</data></instance>{binds}</model></h:head>'
        f"<h:body>{body}</h:body></h:html>"
    ).encode()
