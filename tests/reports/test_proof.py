"""Every kind of paper as a file: sound, archival, faces embedded, the code readable from the page, hostile content borne."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from inspector_app.photos import intake
from inspector_app.reports.archive import archived
from inspector_app.reports.case import Case
from inspector_app.reports.facts import InspectionFacts
from inspector_app.reports.inspection import inspection_record
from inspector_app.reports.record import record_digest, record_json
from inspector_app.reports.signing import signed
from inspector_app.reports.verifying import verify
from inspector_app.reports.words import LANGUAGES, Words
from tests.photos.pictures import drawing, encoded, exif, near, noisy
from tests.reports import cases, qr_reader, sample
from tests.reports.test_inspection import assert_inside, hostile, pages, squeezed
from tests.reports.test_signing import signer

LIGHT = [one for one in cases.all_cases(("zh-Hant",)) if one.case in ("one-finding", "names", "usual", "zero")]
LIGHT += [one for one in cases.all_cases(("en",)) if one.case == "names"]


def kept(facts: InspectionFacts) -> bytes:
    """The record as it is archived."""
    record = record_json(facts)
    drawn = inspection_record(facts).pdf
    when = facts.finished or sample.START
    return archived(drawn, record, digest=record_digest(record), when=when, language=facts.language)


@pytest.mark.parametrize("drawn", LIGHT, ids=lambda drawn: drawn.name)
def test_each_kind_is_a_sound_archival_file_with_its_faces(drawn: cases.Drawn) -> None:
    made = archived(drawn.make().pdf, b"{}", digest="0" * 64, when=sample.START, language=drawn.language)
    with pikepdf.open(io.BytesIO(made)) as document:
        assert document.check_pdf_syntax() == []
        fonts = list(_fonts(document))
        assert fonts
        for font in fonts:
            assert re.fullmatch(r"/[A-Z]{6}\+Noto\w+-\w+", str(font.BaseFont)), "a subset"
            (inner,) = font.DescendantFonts
            assert inner.FontDescriptor.FontFile2.read_bytes()[:4] == b"\0\1\0\0"
            assert b"beginbfchar" in font.ToUnicode.read_bytes()
    page = pytest.importorskip("page")
    report = page.validate_pdf_bytes(made, profile="3u")
    assert report.is_compliant, report.failures


def _fonts(document: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    seen = set()
    for page in document.pages:
        for font in page.Resources.Font.values():
            if font.objgen not in seen:
                seen.add(font.objgen)
                yield font


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("where", ["first", "last"])
def test_the_code_reads_from_the_rendered_page(language: str, where: str) -> None:
    facts = sample.facts(language, photos=0, fails=1)
    expected = Case(facts, Words(language), record_digest(record_json(facts))).payload
    document = pypdfium2.PdfDocument(inspection_record(facts).pdf)
    page = document[0 if where == "first" else len(document) - 1]
    dpi = 150
    picture = page.render(scale=dpi / 72).to_pil()
    assert qr_reader.read(_code(picture, dpi, where, document)) == expected


def _code(picture: Image.Image, dpi: int, where: str, document: pypdfium2.PdfDocument) -> Image.Image:
    """The square where the code stands: at the top right of page 1, at the left of the last block."""
    mm = dpi / 25.4
    if where == "first":
        return picture.crop((int(165 * mm), int(14 * mm), int(194 * mm), int(41 * mm)))
    text = document[len(document) - 1].get_textpage()
    words = text.get_text_bounded()
    at = words.rindex("SHA-256")
    box = text.get_charbox(at)
    middle = (842 - box[3]) / 72 * dpi - 5 * mm
    return picture.crop((int(21 * mm), int(middle - 16 * mm), int(50 * mm), int(middle + 16 * mm)))


def test_another_revision_is_never_good() -> None:
    """Somebody appends to a signed file what a PDF editor would."""
    owner = signer("第17服務隊 A 機")
    pdf = signed(kept(sample.facts(photos=0, fails=0, count=3)), owner)
    assert verify(pdf, [owner.certificate]).is_good
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    writer.root["/PageMode"] = writer.root["/Pages"]
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    found = verify(out.getvalue(), [owner.certificate])
    assert (found.signature, found.changed_after_signing, found.is_good) == ("invalid", True, False)


def test_a_note_of_a_hundred_thousand_characters_is_printed_whole() -> None:
    note = "".join(f"第{n}處未見記錄，" for n in range(12_500))[:100_000]
    facts = sample.facts(photos=0, fails=0, count=4)
    items = (replace(facts.items[0], note=note), *facts.items[1:])
    texts = pages(inspection_record(replace(facts, items=items)).pdf)
    words = Words("zh-Hant")
    head = f"{words['title']}{facts.site.name}"
    body = squeezed("".join(re.sub(r"編號檢查內容結果.*?（續）", "", text.replace(head, "")) for text in texts))
    for n in (0, 1, 777, 5_000, 9_000):
        assert f"第{n}處未見記錄" in body
    assert body.count("處未見記錄") >= note.count("處未見記錄") - len(texts)  # a page's end may cut one in two


@pytest.mark.parametrize(
    "text", ["\u202eabc\u2066海\u2069", "👨‍👩‍👧 ✅ 🇨🇳", "\x00\x1b[2J\x7f\u0085", "<b>&amp;</b><img src=x>"]
)
def test_marks_of_direction_pictures_and_markup_stay_in_the_frame(text: str) -> None:
    pdf = kept(hostile(text))
    assert_inside(pdf)
    page = pytest.importorskip("page")
    report = page.validate_pdf_bytes(pdf, profile="3u")
    assert report.is_compliant, report.failures


PHOTOS = {
    **{f"EXIF {n}": encoded(drawing((640, 480)), exif=exif(orientation=n), quality=95) for n in range(1, 9)},
    "CMYK": encoded(drawing((640, 480)).convert("CMYK")),
    "16-bit": encoded(drawing((640, 480)).convert("L").convert("I;16"), "PNG"),
    "alpha": encoded(drawing((640, 480)).convert("RGBA"), "PNG"),
    "animated": encoded(
        drawing((640, 480)), "WEBP", save_all=True, append_images=[noisy((640, 480))], duration=90, quality=90
    ),
}


def test_photographs_of_every_making_are_printed_upright_and_archival() -> None:
    base = sample.facts(photos=len(PHOTOS), fails=4)
    copies = [intake.accept(data).report for data in PHOTOS.values()]
    pictures = tuple(replace(one, jpeg=copy) for one, copy in zip(base.pictures, copies, strict=True))
    pdf = kept(replace(base, pictures=pictures))
    for copy in copies:
        assert copy in pdf, "the very bytes"
    upright = [Image.open(io.BytesIO(copy)).convert("RGB") for copy in copies]
    assert near(upright[0], (40, 40), (200, 40, 40))
    assert [one.size for one in upright[:8]] == [(640, 480)] * 4 + [(480, 640)] * 4
    page = pytest.importorskip("page")
    report = page.validate_pdf_bytes(pdf, profile="3u")
    assert report.is_compliant, report.failures


@pytest.mark.parametrize("cut", [0, 60, 2_000, -1, -300])
def test_a_truncated_derivative_prints_a_placeholder(cut: int) -> None:
    facts = sample.facts(photos=1, fails=1)
    broken = facts.pictures[0].jpeg[:cut]
    pdf = inspection_record(replace(facts, pictures=(replace(facts.pictures[0], jpeg=broken),))).pdf
    assert b"/DCTDecode" not in pdf
    assert "照片缺失" in squeezed("".join(pages(pdf)))
