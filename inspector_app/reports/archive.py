"""PDF/A-3u with the machine-readable record attached: output intent, XMP, dates of the record, fixed identifiers."""

import io
import re
from datetime import datetime

from inspector_app.assets import resource
from inspector_app.reports.binding import Binding, deflated, text, unbound

RECORD_NAME = "record.json"
_ENTRY = re.compile(r"/(\w+) <feff([0-9a-f]*)>")
_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>
<dc:identifier>{identifier}</dc:identifier>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{Title}</rdf:li></rdf:Alt></dc:title>
{more}<xmp:CreateDate>{when}</xmp:CreateDate><xmp:ModifyDate>{when}</xmp:ModifyDate>
<xmp:CreatorTool>{Creator}</xmp:CreatorTool><pdf:Producer>{Producer}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def archived(pdf: bytes, record: bytes, *, digest: str, when: datetime, language: str) -> bytes:
    """A file of `press.printed` as it is kept: the same inputs give the same bytes.

    `when` is the record's own time (aware); it becomes creation and modification date. Documents.md §10.1.
    """
    binding, root, info = unbound(pdf)
    about = _told(binding, info)
    date = f"({_pdf_date(when)})"
    entries = " ".join(f"/{key} {text(value)}" for key, value in about.items())
    binding.put(f"<< {entries} /CreationDate {date} /ModDate {date} >>", info)
    held = _attach(binding, record, date)
    packet = binding.stream(
        "/Type /Metadata /Subtype /XML", _packet(about, digest, when).encode("utf-8"), deflate=False
    )
    catalogue = bytes(binding.bodies[root - 1][0]).decode("ascii").removesuffix(" >>")
    binding.put(
        f"{catalogue} /Metadata {packet} 0 R /OutputIntents [{_intend_srgb(binding)} 0 R] /Lang ({language}) "
        f"/ViewerPreferences << /DisplayDocTitle true >> /AF [{held} 0 R] "
        f"/Names << /EmbeddedFiles << /Names [({RECORD_NAME}) {held} 0 R] >> >> >>",
        root,
    )
    return binding.bound(root, info, digest.encode("ascii"))


def attached_record(pdf: bytes) -> bytes | None:
    """The record inside a file, None where there is none. Raises pikepdf.PdfError for what is no PDF."""
    import pikepdf  # only to read what was written: who writes need not load it

    with pikepdf.Pdf.open(io.BytesIO(pdf)) as document:
        held = document.attachments.get(RECORD_NAME)
        return held.get_file().read_bytes() if held is not None else None


def _told(binding: Binding, info: int) -> dict[str, str]:
    """The information dictionary."""
    found = _ENTRY.findall(bytes(binding.bodies[info - 1][0]).decode("ascii"))
    return {key: bytes.fromhex(words).decode("utf-16-be") for key, words in found}


def _intend_srgb(binding: Binding) -> int:
    profile = binding.stream("/N 3", resource("icc/sRGB.icc").read_bytes())
    return binding.put(
        "<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) /Info (sRGB IEC61966-2.1) "
        f"/DestOutputProfile {profile} 0 R >>"
    )


def _attach(binding: Binding, record: bytes, date: str) -> int:
    entries = (
        "/Type /EmbeddedFile /Subtype /application#2Fjson "
        f"/Params << /Size {len(record)} /CreationDate {date} /ModDate {date} >>"
    )
    clean = not deflated(record, b"").endswith(b"\r")  # what ends badly is not compressed: a record is not to be filled
    file = binding.stream(entries, record, deflate=clean)
    return binding.put(
        f"<< /Type /Filespec /F ({RECORD_NAME}) /UF ({RECORD_NAME}) /AFRelationship /Source "
        f"/Desc (Inspection record) /EF << /F {file} 0 R /UF {file} 0 R >> >>"
    )


def _packet(about: dict[str, str], digest: str, when: datetime) -> str:
    told = {key: value.translate(_ESCAPED) for key, value in about.items()}
    more = ""
    if told.get("Author"):
        more += f"<dc:creator><rdf:Seq><rdf:li>{told['Author']}</rdf:li></rdf:Seq></dc:creator>\n"
    if told.get("Subject"):
        words = f'<rdf:li xml:lang="x-default">{told["Subject"]}</rdf:li>'
        more += f"<dc:description><rdf:Alt>{words}</rdf:Alt></dc:description>\n"
    moment = when.isoformat(timespec="seconds")
    return _XMP.format(
        identifier=f"sha256:{digest}", more=more, when=moment,
        **{key: told.get(key, "") for key in ("Title", "Creator", "Producer")},
    )  # fmt: skip


def _pdf_date(when: datetime) -> str:
    offset = when.strftime("%z") or "+0000"
    return f"D:{when:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:]}'"
