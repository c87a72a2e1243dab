"""Who issues a paper, how it looks and what it may say: the organisation's settings, with words for every language."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from urllib.parse import urlsplit

from inspector_app.domain.changeset import Touched, Value
from inspector_app.domain.errors import UserError
from inspector_app.domain.team import reads_all_teams
from inspector_app.photos import emblem
from inspector_app.reports.brand import COLOURS, HEADS, PHOTO_COLUMNS, SECTIONS, Brand
from inspector_app.store import organisation, settings
from inspector_app.store.database import Store

ISSUER = {
    "zh-Hant": "廣州市海珠區復工復產工作專班",
    "zh-Hans": "广州市海珠区复工复产工作专班",
    "en": "Haizhu District Task Force for Resuming Work, Guangzhou",
}
TEAM = {"zh-Hant": "第{:02d}服務隊", "zh-Hans": "第{:02d}服务队", "en": "Service team {:02d}"}
BRIEF_TEAM = {"zh-Hant": "第{:02d}隊", "zh-Hans": "第{:02d}队", "en": "Team {:02d}"}
ADVISORY, ENFORCEMENT = WORDINGS = ("advisory", "enforcement")
FORM, LETTER = LAYOUTS = ("form", "letter")
CHOICES: dict[str, tuple[str, ...]] = {
    "head": HEADS, "colour": tuple(COLOURS), "photo": tuple(PHOTO_COLUMNS), "notice": LAYOUTS, "wording": WORDINGS,
}  # fmt: skip
MAX_LINE, MAX_LINES = 120, 6
LONGEST = {"remedies": 1_200, "officers": 8_000, "sign_off": MAX_LINE * MAX_LINES, "signers": MAX_LINE * 3}
_PAST = "past_names"
_NAMES = {"zh-Hant": "name_hant", "zh-Hans": "name_hans", "en": "name_en"}


@dataclass(frozen=True)
class Organisation:
    """What was set, '' for what nobody has. Several lines are one text. `verify` is the address the QR code leads to."""

    name_hant: str = ""
    name_hans: str = ""
    name_en: str = ""
    hotline: str = ""
    verify: str = ""
    head: str = "band"
    colour: str = "navy"
    photo: str = "medium"
    notice: str = FORM
    wording: str = ADVISORY
    sign_off: str = ""
    signers: str = ""
    remedies: str = ""
    officers: str = ""
    """Certificate numbers: a name and its number on each line."""
    hidden: frozenset[str] = frozenset()
    logo: bytes = b""


@dataclass(frozen=True)
class Letterhead:
    """The settings in one language, as papers take them."""

    issuer: str
    hotline: str
    brand: Brand = Brand()
    wording: str = ADVISORY
    remedies: str = ""
    verify: str = ""
    certificates: Mapping[str, str] = field(default_factory=dict)


def read(store: Store, language: str) -> Letterhead:
    """The settings in force; an issuer that nobody has set is the district's task force."""
    return letterhead(current(store), language, older=_older(store))


def _older(store: Store) -> tuple[str, str]:
    """Issuer and hotline as a laptop of an earlier version remembers them."""
    with store.reading() as session:
        return settings.get(session, "issuer"), settings.get(session, "hotline")


def letterhead(what: Organisation, language: str, older: tuple[str, str] = ("", "")) -> Letterhead:
    """What `what` means for a paper in `language`."""
    own = getattr(what, _NAMES[language]) or what.name_hant or what.name_hans or what.name_en
    brand = Brand(
        head=what.head,
        colour=COLOURS[what.colour],
        logo=what.logo,
        hidden=what.hidden,
        photo=what.photo,
        sign_off=lines_of(what.sign_off),
        signers=lines_of(what.signers)[:3],
        is_letter=what.notice == LETTER,
    )
    return Letterhead(
        issuer=own or older[0] or ISSUER[language],
        hotline=what.hotline or older[1],
        brand=brand,
        wording=what.wording,
        remedies=what.remedies,
        verify=what.verify,
        certificates=certificates(what.officers),
    )


def lines_of(text: str) -> tuple[str, ...]:
    """The lines that say something, at most six."""
    return tuple(line.strip()[:MAX_LINE] for line in text.splitlines() if line.strip())[:MAX_LINES]


def certificates(text: str) -> dict[str, str]:
    """Name → number; the number is the last word of a line."""
    pairs = (line.split() for line in text.splitlines())
    return {"".join(words[:-1]): words[-1] for words in pairs if len(words) > 1}


def issuers(store: Store) -> frozenset[str]:
    """Every name the organisation has or had on papers."""
    with store.reading() as session:
        values = organisation.read(session)
    what = organisation_of(values)
    past = values.get(_PAST)
    known = [one for one in past if isinstance(one, str)] if isinstance(past, list) else []
    return frozenset((*known, *ISSUER.values(), *(letterhead(what, each, _older(store)).issuer for each in ISSUER)))


def current(store: Store) -> Organisation:
    """What is set now."""
    with store.reading() as session:
        return organisation_of(organisation.read(session))


def organisation_of(values: Mapping[str, Value]) -> Organisation:
    """Stored values as settings; what a stranger made of them becomes what nobody has set."""
    texts = {}
    for name in (each.name for each in fields(Organisation) if each.type is str):
        value = values.get(name)
        if isinstance(value, str) and (name not in CHOICES or value in CHOICES[name]):
            texts[name] = value[: LONGEST.get(name, MAX_LINE)]
    hidden = values.get("hidden")
    off = frozenset(one for one in hidden if one in SECTIONS) if isinstance(hidden, list) else frozenset[str]()
    return Organisation(**texts, hidden=off, logo=_logo(values.get("logo")))


def _logo(value: Value) -> bytes:
    try:
        return base64.b64decode(value, validate=True) if isinstance(value, str) else b""
    except (binascii.Error, ValueError):
        return b""


def may_change(store: Store) -> bool:
    """On a laptop that has joined a hub the settings are the district's: supervisors and administrators change them."""
    with store.reading() as session:
        return not organisation.is_shared(session) or reads_all_teams(store.me.role)


def save(store: Store, wanted: Organisation) -> Touched:
    """Keep what differs. Raises UserError for a role that may not, an address or a length that cannot be."""
    if not may_change(store):
        raise UserError("organisation_role", "A supervisor sets how the district's papers look; ask one.")
    _check(wanted)
    with store.writing() as session:
        known, kept = organisation.read(session), organisation.kept(session)
        before = organisation_of(known)
        changed = {name: value for name, value in _values(wanted).items() if value != kept.get(name)}
        names = {getattr(before, name) for name in _NAMES.values()} - {""}
        past = known.get(_PAST)
        if names & {getattr(before, name) for name in changed if name in _NAMES.values()}:
            changed[_PAST] = sorted({*(past if isinstance(past, list) else ()), *names}, key=str)[-60:]
        return organisation.save(session, changed) if changed else Touched()


def _check(wanted: Organisation) -> None:
    for each in fields(Organisation):
        value = getattr(wanted, each.name)
        most = LONGEST.get(each.name, MAX_LINE)
        if isinstance(value, str) and len(value) > most:
            raise UserError("organisation_long", f"A text of the letterhead is longer than {most} characters.", n=most)
    if wanted.verify:
        parts = urlsplit(wanted.verify)
        is_plain = wanted.verify.isascii() and wanted.verify.isprintable() and " " not in wanted.verify
        if parts.scheme not in ("https", "http") or not parts.netloc or not is_plain or len(wanted.verify) > 48:
            raise UserError("organisation_address", "The address must begin with https:// and have at most 48 letters.")
    if wanted.wording == ENFORCEMENT and not wanted.remedies.strip():
        raise UserError(
            "organisation_remedies", "Orders need the words on remedies that the authority supplies; enter them first."
        )


def _values(what: Organisation) -> dict[str, Value]:
    values: dict[str, Value] = {
        each.name: getattr(what, each.name) for each in fields(what) if each.name not in ("hidden", "logo")
    }
    hidden: list[Value] = [*sorted(what.hidden)]
    return {**values, "hidden": hidden, "logo": base64.b64encode(what.logo).decode()}


def with_logo(what: Organisation, picture: bytes) -> Organisation:
    """The settings with a new logo; raises PhotoRefused for bytes that are none."""
    return replace(what, logo=emblem.emblem(picture))
