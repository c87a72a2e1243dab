"""PDF/A-3u with the machine-readable record attached: output intent, XMP, dates of the record, fixed identifiers."""

import io
import zlib
from datetime import datetime

import pikepdf
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Pdf, String

from inspector_app.assets import resource

RECORD_NAME = "record.json"


def archived(pdf: bytes, record: bytes, *, digest: str, when: datetime, language: str) -> bytes:
    """The file as it is kept: the same inputs give the same bytes.

    `when` is the record's own time (aware); it becomes creation and modification date. Documents.md §10.1.
    """
    with Pdf.open(io.BytesIO(pdf)) as document:
        _mend_tails(document)
        _intend_srgb(document)
        _attach(document, record, when)
        _describe(document, digest, when)
        for page in document.pages:
            if Name.Trans in page.obj:  # ReportLab's empty page transition
                del page.obj[Name.Trans]
        root = document.Root
        root.Lang = String(language)
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        made = _saved(document, pikepdf.ObjectStreamMode.generate)
        if b"\r\nendstream" in made:  # one of the streams that saving itself makes
            made = _saved(document, pikepdf.ObjectStreamMode.disable)
    return made


def _saved(document: Pdf, mode: pikepdf.ObjectStreamMode) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer, deterministic_id=True, object_stream_mode=mode)
    return buffer.getvalue()


def attached_record(pdf: bytes) -> bytes | None:
    """The record inside a file, None where there is none. Raises pikepdf.PdfError for what is no PDF."""
    with Pdf.open(io.BytesIO(pdf)) as document:
        held = document.attachments.get(RECORD_NAME)
        return held.get_file().read_bytes() if held is not None else None


def _mend_tails(document: Pdf) -> None:
    """A compressed stream that ends in CR reads as one byte short before the line feed of `endstream`: validators
    object (ISO 19005-3, 6.1.7.1). A line feed in a page's content, a last word after a font change the checksum at its end."""
    for each in document.objects:
        if not isinstance(each, pikepdf.Stream) or "/Subtype" in each:  # pictures and metadata stay as they are
            continue
        content = each.read_bytes()
        if zlib.adler32(content) & 0xFF != ord("\r"):  # the checksum that ends the stream, now or when it is saved
            continue
        if "/Length1" in each:
            each.write(content + b"\0\0\0\1")
            each.Length1 = len(content) + 4
        elif "/Type" not in each and "/N" not in each:
            each.write(content + b"\n")


def _intend_srgb(document: Pdf) -> None:
    profile = document.make_stream(resource("icc/sRGB.icc").read_bytes())
    profile.N = 3
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=document.make_indirect(profile),
    )
    document.Root.OutputIntents = Array([document.make_indirect(intent)])


def _attach(document: Pdf, record: bytes, when: datetime) -> None:
    spec = AttachedFileSpec(
        document,
        record,
        filename=RECORD_NAME,
        mime_type="application/json",
        description="Inspection record",
        relationship=Name.Source,
        creation_date=_pdf_date(when),
        mod_date=_pdf_date(when),
    )
    document.attachments[RECORD_NAME] = spec
    document.Root.AF = Array([spec.obj])


def _describe(document: Pdf, digest: str, when: datetime) -> None:
    info = document.docinfo
    info["/CreationDate"] = info["/ModDate"] = String(_pdf_date(when))
    title, author = str(info.get("/Title", "")), str(info.get("/Author", ""))
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp["pdfaid:part"] = "3"
        xmp["pdfaid:conformance"] = "U"
        xmp["dc:title"] = title
        if author:
            xmp["dc:creator"] = [author]
        xmp["dc:identifier"] = f"sha256:{digest}"
        xmp["xmp:CreateDate"] = xmp["xmp:ModifyDate"] = when.isoformat(timespec="seconds")
        xmp["xmp:CreatorTool"] = str(info.get("/Creator", ""))
        xmp["pdf:Producer"] = str(info.get("/Producer", ""))
        if "/Subject" in info:
            xmp["dc:description"] = str(info["/Subject"])


def _pdf_date(when: datetime) -> str:
    offset = when.strftime("%z") or "+0000"
    return f"D:{when:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:]}'"
