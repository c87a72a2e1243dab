"""The archive form: record inside, intent, identification, dates of the record, same bytes each time."""

import io
import json
import zlib
from dataclasses import replace

import pikepdf
import pytest

from inspector_app.reports.archive import archived, attached_record
from inspector_app.reports.binding import deflated
from inspector_app.reports.inspection import inspection_record
from inspector_app.reports.record import record_digest, record_json
from tests.reports import sample


@pytest.fixture(scope="module")
def made() -> tuple[bytes, bytes, str]:
    facts = sample.facts(photos=3)
    record = record_json(facts)
    digest = record_digest(record)
    assert facts.finished is not None
    pdf = archived(inspection_record(facts).pdf, record, digest=digest, when=facts.finished, language=facts.language)
    return pdf, record, digest


def test_the_record_comes_back_unchanged(made: tuple[bytes, bytes, str]) -> None:
    pdf, record, _ = made
    assert attached_record(pdf) == record
    assert attached_record(inspection_record(sample.facts(photos=0, fails=0)).pdf) is None


def test_declares_pdfa_3u_with_dates_of_the_record(made: tuple[bytes, bytes, str], tmp_path: object) -> None:
    pdf, _, digest = made
    with pikepdf.open(io.BytesIO(pdf)) as document:
        xmp = document.open_metadata()
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("3", "U")
        assert xmp["dc:identifier"] == f"sha256:{digest}"
        assert str(document.docinfo["/CreationDate"]) == "D:20200320114500+08'00'"
        assert document.Root.OutputIntents[0].S == pikepdf.Name.GTS_PDFA1
        assert document.Root.AF[0].AFRelationship == pikepdf.Name.Source
        assert str(document.Root.Lang) == "zh-Hant"
        assert not document.check_pdf_syntax()


def test_same_bytes_again(made: tuple[bytes, bytes, str]) -> None:
    facts = sample.facts(photos=3)
    assert facts.finished is not None
    again = archived(
        inspection_record(facts).pdf, made[1], digest=made[2], when=facts.finished, language=facts.language
    )
    assert again == made[0]


def test_no_other_declared_time_than_the_records(made: tuple[bytes, bytes, str]) -> None:
    facts = sample.facts(photos=3)
    later = replace(facts, printed=sample.START.replace(year=2031))
    assert record_json(later) == made[1]
    assert b"2000-01-01" not in made[0]


def test_record_is_canonical() -> None:
    record = record_json(sample.facts(photos=2))
    tree = json.loads(record)
    again = json.dumps(tree, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert again == record
    assert tree["started"] == "2020-03-20T09:30:00+08:00"
    assert tree["pictures"][0]["derivative"] == record_digest(sample.jpeg(0))
    assert "138****8000" in record.decode()
    assert "printed" not in tree


def test_no_compressed_stream_ends_in_a_carriage_return() -> None:
    """The byte before `endstream` would read as the end of a line, and the stream as one byte short."""
    content = next(text for n in range(999) if zlib.compress(text := b"%" + b"y" * n).endswith(b"\r"))
    packed = deflated(content)
    assert not packed.endswith(b"\r")
    assert zlib.decompress(packed).startswith(content)


def test_a_record_is_never_filled() -> None:
    facts = sample.facts(photos=0, fails=0)
    pdf = inspection_record(facts).pdf
    record = next(text for n in range(999) if zlib.compress(text := b"{" + b"y" * n).endswith(b"\r"))
    kept = archived(pdf, record, digest="0" * 64, when=sample.START, language="en")
    assert attached_record(kept) == record


def test_only_files_made_here_are_archived() -> None:
    for other in (b"", b"%PDF-1.7\nstartxref\n0\n%%EOF\n"):
        with pytest.raises(ValueError, match="not bound here"):
            archived(other, b"{}", digest="0" * 64, when=sample.START, language="en")
