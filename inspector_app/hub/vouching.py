"""The page behind the QR code: whether a paper with this number and check code exists; open to anyone, names nobody.

One answer for an unknown number, a wrong check code and a paper that has not arrived: whoever guesses learns nothing."""

import html
from urllib.parse import quote

import msgspec
from sqlalchemy import Connection, select

from inspector_app.domain.errors import WorldError
from inspector_app.domain.seal import CODE, KIND, seal_code, seal_id
from inspector_app.hub.calls import Call, Hub, Reply
from inspector_app.hub.tables import entity
from inspector_app.hub.vouching_words import LANGUAGES, WORDS

MEDIA = "text/html; charset=utf-8"
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}
_STYLE = (
    "body{margin:0;background:#f4f6fa;color:#1b2430;font:16px/1.6 system-ui,'Noto Sans SC',sans-serif}"
    "main{max-width:34rem;margin:8vh auto;padding:1.5rem;background:#fff;border:1px solid #d9dfe8;border-radius:12px}"
    "h1{font-size:1.25rem;margin:0 0 1rem}h2{font-size:1.1rem;margin:.2rem 0 .6rem}.yes h2{color:#1e6b45}"
    ".no h2{color:#a61b1b}dl{display:grid;grid-template-columns:auto 1fr;gap:.3rem 1rem;margin:0}dt{color:#566173}"
    "dd{margin:0;font-weight:600;overflow-wrap:anywhere}.yes,.no{border-left:5px solid;padding-left:1rem}"
    ".yes{border-color:#1e6b45}.no{border-color:#a61b1b}p{margin:.8rem 0}"
    "label{display:block;margin:.7rem 0 .2rem}input{width:100%;box-sizing:border-box;font:inherit;padding:.55rem;"
    "border:1px solid #8793a5;border-radius:8px}button{margin-top:1rem;font:inherit;font-weight:600;padding:.6rem 1.2rem;"
    "border:0;border-radius:8px;background:#1f5fbf;color:#fff}nav a{margin-right:1rem;color:#1f5fbf}"
)
_LONGEST = 80


def ask(hub: Hub, call: Call) -> Reply:
    """The form for who types number and check code; with both of them the answer."""
    number, check = (call.query.get(name, "")[:_LONGEST] for name in ("number", "check"))
    if not number and not check:
        return _page(call, "")
    return _answer(hub, call, seal_code(number, check))


def look(hub: Hub, call: Call) -> Reply:
    """What the QR code leads to."""
    return _answer(hub, call, call.path["code"].upper())


def _answer(hub: Hub, call: Call, code: str) -> Reply:
    words = _words(call)
    try:
        hub.failures.check(f"seal {code[:20]}", call.address)
    except WorldError:
        said = f'<section class="no"><h2>{words["many"]}</h2></section>'
        return _page(call, said, 429)
    found = None
    if CODE.fullmatch(code):
        with hub.desk.database.reading() as connection:
            found = _sealed(connection, code)
    if found is None:
        hub.failures.count(f"seal {code[:20]}", call.address)
        said = f'<section class="no"><h2>{words["none"]}</h2><p>{words["none_why"]}</p></section>'
        return _page(call, said, 404)
    rows = (("paper", words[f"kind_{found['paper']}"]), ("number", found["number"]), ("issued", found["issued"]))
    listed = "".join(f"<dt>{words[name]}</dt><dd>{html.escape(value)}</dd>" for name, value in rows)
    check = f"<dt>{words['check']}</dt><dd>{html.escape(found['check'])}</dd>"
    said = f'<section class="yes"><h2>{words["found"]}</h2><dl>{listed}{check}</dl><p>{words["compare"]}</p></section>'
    return _page(call, said)


def _sealed(connection: Connection, code: str) -> dict[str, str] | None:
    """The seal with this code, if it says so itself and its number is one of its visit's own."""
    query = select(entity.c.doc, entity.c.parent).where(entity.c.id == seal_id(code), entity.c.type == KIND)
    row = connection.execute(query).one_or_none()
    if row is None or not row.doc:
        return None
    doc = msgspec.json.decode(row.doc)
    texts = {name: doc.get(name) for name in ("paper", "number", "check", "issued", "inspection")}
    if not all(isinstance(text, str) and len(text) <= _LONGEST for text in texts.values()):
        return None
    if texts["paper"] not in ("inspection", "notice", "recheck") or seal_code(texts["number"], texts["check"]) != code:
        return None
    numbered = (entity.c.id == texts["inspection"]) | (
        (entity.c.parent == texts["inspection"]) & (entity.c.type == "paper")
    )
    documents = connection.execute(select(entity.c.doc).where(numbered)).scalars()
    numbers = {msgspec.json.decode(each).get("number") for each in documents if each}
    return texts if texts["number"] in numbers else None


def _words(call: Call) -> dict[str, str]:
    at = LANGUAGES.index(_language(call))
    return {key: several[at] for key, several in WORDS.items()}


def _language(call: Call) -> str:
    """As asked for by `lang`, else the first language the browser names that the page speaks."""
    asked = call.query.get("lang", "")
    if asked in LANGUAGES:
        return asked
    for part in call.headers.get("accept-language", "")[:200].split(","):
        tag = part.partition(";")[0].strip().lower()
        if tag.startswith("en"):
            return "en"
        if tag.startswith("zh"):
            return "zh-Hant" if any(mark in tag for mark in ("hant", "tw", "hk", "mo")) else "zh-Hans"
    return "zh-Hant"


def _page(call: Call, said: str, status: int = 200) -> Reply:
    words, language = _words(call), _language(call)
    code = call.path.get("code", "")
    place = f"/v/{quote(code)}" if code else "/v"
    switch = "".join(f'<a href="{place}?lang={each}" lang="{each}">{WORDS["self"][n]}</a>'
                     for n, each in enumerate(LANGUAGES) if each != language)  # fmt: skip
    form = (
        f'<form action="/v"><input type="hidden" name="lang" value="{language}">'
        f'<label for="number">{words["number"]}</label><input id="number" name="number" maxlength="{_LONGEST}" required>'
        f'<label for="check">{words["check"]}</label><input id="check" name="check" maxlength="20" required '
        f'placeholder="7F3A-91C2"><button>{words["ask"]}</button></form>'
    )
    body = (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><meta name="viewport" '
        f'content="width=device-width,initial-scale=1"><title>{words["title"]}</title><style>{_STYLE}</style>'
        f"<main><h1>{words['title']}</h1>{said or form}<p>{words['privacy']}</p><nav>{switch}</nav></main></html>"
    )
    return Reply(body.encode(), status, MEDIA, _HEADERS)
