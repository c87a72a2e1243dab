"""What every engine of the report bench sets: one record's words as plain lists, and photographs as files."""

import io
import json
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image

from inspector_app.assets import resource
from inspector_app.reports import scores
from inspector_app.reports.case import Case
from inspector_app.reports.facts import InspectionFacts, Item
from inspector_app.reports.qr import modules
from inspector_app.reports.record import record_digest, record_json
from inspector_app.reports.words import Words
from tests.reports import sample

ROWS, FAILS, PHOTOS = 200, 20, 24
MARKS = {"pass": "√", "fail": "×", "na": "—", "unchecked": "□"}
"""What peers write where we draw: a shape before the word, so that grey paper tells."""
SIZE = (1600, 1200)
"""Photographs as in the brief, 9 MB; the product itself makes 800 × 600 of them at capture."""


def photo(seed: int, size: tuple[int, int]) -> bytes:
    """A JPEG with the detail, and so with the bytes, of a photograph."""
    random = Random(seed)
    coarse = Image.frombytes("RGB", (40, 30), random.randbytes(3600)).resize(size, Image.Resampling.BICUBIC)
    grain = Image.frombytes("L", (size[0] // 2, size[1] // 2), random.randbytes(size[0] * size[1] // 4)).resize(size)
    whole = Image.blend(coarse, Image.merge("RGB", (grain, grain, grain)), 0.16)
    buffer = io.BytesIO()
    whole.save(buffer, "JPEG", quality=78)
    return buffer.getvalue()


def pictures(folder: Path, size: tuple[int, int] = SIZE, count: int = PHOTOS) -> None:
    """The photographs as files."""
    for number in range(1, count + 1):
        (folder / f"{number}.jpg").write_bytes(photo(number, size))


def facts(folder: Path, *, rows: int = ROWS, fails: int = FAILS, photos: int = PHOTOS) -> InspectionFacts:
    """The record with the photographs that lie in `folder`; no two rows say the same."""
    made = sample.facts("zh-Hant", count=rows, fails=fails, photos=photos)
    held = tuple(replace(one, jpeg=(folder / f"{one.number}.jpg").read_bytes()) for one in made.pictures)
    items = tuple(replace(one, text=f"{one.text}，第{at}處") for at, one in enumerate(made.items, 1))
    texts = {one.id: one.text for one in items}
    findings = tuple(replace(one, requirement=texts[one.item]) for one in made.findings)
    return replace(made, pictures=held, items=items, findings=findings)


def content(folder: Path) -> dict[str, Any]:
    """The words of the record as its paper has them, section by section."""
    given = facts(folder)
    words = Words(given.language)
    case = Case(given, words, record_digest(record_json(given)))
    site, tally = given.site, case.tally
    pairs = (
        ("site", site.name), ("code", site.code), ("address", site.address), ("street", site.street),
        ("type", site.type_label), ("park", site.park), ("department", site.department),
        ("contact", f"{site.contact}（{site.post}） {site.phone}"),
        ("headcount", words("people_of", site.headcount, site.headcount_due)),
        ("inspectors", "　".join(f"{o.name}（{o.certificate}）" for o in given.inspectors)),
        ("time", words.span(given.started, given.finished)),
    )  # fmt: skip
    counts = [("total", tally.total), ("pass", tally.passed), ("fail", tally.failed), ("na", tally.na)]
    return {
        "fonts": str(resource("fonts")),
        "title": words["title"],
        "issuer": f"{given.issuer} · {given.team}",
        "number": words("number", given.number),
        "header": f"{words['title']}　{site.name}",
        "footer": f"{given.number} · {words('printed', words.moment(given.printed))} · {words('check', case.check)}",
        "pages": words["pages"],
        "strip": [[words[key], str(count)] for key, count in counts],
        "facts": [[words[key], value] for key, value in pairs],
        "bars": [_bar(words, one) for one in given.dimensions],
        "summary": _summary(case),
        "cards": [_card(case, one) for one in case.findings],
        "heads": [words[key] for key in ("item", "requirement", "verdict", "note")],
        "groups": [
            {"name": f"{one.id}　{one.name}", "rows": [_row(case, i) for i in given.items if i.dimension == one.id]}
            for one in given.dimensions
        ],
        "photos": [_photo(case, one, folder) for one in given.pictures],
        "sections": {key: words[key] for key in ("scores", "summary", "cards", "checklist", "photos", "closing")},
        "closing": [words["identity"] + words["scope"], words["opinion"], words["copies"], words["verify.text"]],
        "signers": [[words["sign.inspector"], o.name] for o in given.inspectors]
        + [[words["sign.head"], given.head_name]],
        "date": words["sign.date"],
        "digest": case.digest,
        "qr": ["".join("1" if dark else "0" for dark in row) for row in modules(case.payload)],
    }


def _bar(words: Words, one: Any) -> list[Any]:
    share = float(one.tally.rate or 0)
    return [one.name, share, words("passed_of", one.tally.passed, one.tally.denominator)]


def _summary(case: Case) -> list[str]:
    """The prose of page 1 and its gravest Findings, each a line."""
    prose = "".join(span.text for span in scores.summary(case).spans)
    graves = scores.fitting(case, 100)
    lines = [
        f"{one.item}　{one.requirement}　{case.words[f'level.{one.level.value}']}　{case.deadline(one)}"
        for one in graves
    ]
    return [prose, *lines]


def _card(case: Case, found: Any) -> dict[str, Any]:
    words = case.words
    return {
        "title": f"{found.item}　{found.requirement}",
        "texts": [[words["observed"], found.observation], [words["advice"], words["advice.default"]]],
        "meta": f"{words['owner']} {found.owner}　{words['deadline']} {case.deadline(found)}　"
        f"{words['level']} {words[f'level.{found.level.value}']}",
        "photos": list(found.photos),
    }


def _row(case: Case, item: Item) -> list[Any]:
    kind = item.verdict.value if item.verdict else "unchecked"
    return [
        item.id,
        item.text,
        f"{MARKS[kind]} {case.words[kind]}",
        f"{item.measures} {item.note}".strip(),
        kind == "fail",
    ]


def _photo(case: Case, one: Any, folder: Path) -> dict[str, Any]:
    words = case.words
    stamp = f"{words.moment(one.taken)} · {words[f'time.{one.time_source}']}"
    return {
        "file": str(folder / f"{one.number}.jpg"),
        "caption": f"{words('photo', one.number)}　{one.item} {one.caption}",
        "stamp": f"{stamp} {one.place} {words[f'place.{one.place_source}']} {one.digest[:8]}",
        "portrait": False,
    }


def write(folder: Path, size: tuple[int, int] = SIZE) -> Path:
    """Photographs and `content.json` in `folder`."""
    pictures(folder, size)
    file = folder / "content.json"
    file.write_text(json.dumps(content(folder), ensure_ascii=False), "utf-8")
    return file
