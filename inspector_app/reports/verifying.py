"""Checks a file offline: who signed it, whether it was changed, whether its record is the one printed and known."""

import hashlib
import io
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pikepdf

from inspector_app.reports.archive import attached_record

Signature = Literal["valid", "invalid", "unknown-signer", "absent"]
Record = Literal["matches", "differs", "absent"]
Facts = Mapping[str, Any]
"""The attached record as it was read: names and values of `reports.facts`."""


@dataclass(frozen=True)
class Verification:
    """What cli.md's `verify` answers. `signer` is the certificate's subject, `number` and `digest` the record's."""

    signature: Signature
    record: Record
    changed_after_signing: bool
    signer: str = ""
    number: str = ""
    digest: str = ""

    @property
    def is_good(self) -> bool:
        """Signed by somebody known, unchanged, with the record it was printed from."""
        return self.signature == "valid" and self.record == "matches" and not self.changed_after_signing


def verify(
    pdf: bytes, trusted: Sequence[bytes] = (), *, known: Callable[[Facts], str | None] = lambda facts: None
) -> Verification:
    """Look at a file; never raises for a damaged one.

    `trusted` are certificates (DER) of signers or their issuers; `known(facts)` gives the record digest (64 hex) that the
    own store has for the document these facts come from, None where it does not know it.
    """
    signature, changed, signer = _signature(pdf, trusted)
    record, number, digest = _record(pdf, known)
    return Verification(signature, record, changed, signer, number, digest)


def _signature(pdf: bytes, trusted: Sequence[bytes]) -> tuple[Signature, bool, str]:
    from asn1crypto import x509
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    for name in ("pyhanko", "pyhanko_certvalidator", "pikepdf"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what they find is our answer, not a line of the log
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        signatures = reader.embedded_signatures
        if not signatures:
            return "absent", False, ""
        roots = [x509.Certificate.load(der) for der in trusted]
        context = ValidationContext(trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail")
        status = validate_pdf_signature(signatures[0], context)
        signer = str(status.signing_cert.subject.human_friendly)
        changed = len(signatures) > 1 or _is_changed(status) or not _is_as_written(pdf, signatures[0])
        if changed or not (status.intact and status.valid):
            return "invalid", True, signer
        return ("valid" if status.bottom_line else "unknown-signer"), False, signer
    except Exception:
        return "invalid", True, ""  # a reader that chokes on a tampered file is an answer, not a bug


def _is_as_written(pdf: bytes, embedded: Any) -> bool:
    """The gap that no signature covers, its own hexadecimal, holds what a signer writes there and nothing else."""
    from asn1crypto import cms

    _, begin, end, _ = (int(number) for number in embedded.byte_range)
    digits = pdf[begin + 1 : end - 1]
    der = bytes.fromhex(digits.decode("ascii"))
    found = cms.ContentInfo.load(der)
    signed = found["content"]
    plain = found.copy().dump(force=True)
    written = plain.hex().upper().encode("ascii")
    (signer,) = signed["signer_infos"]
    return bool(
        pdf[begin : begin + 1] == b"<"
        and pdf[end - 1 : end] == b">"
        and digits == written + b"0" * (len(digits) - len(written))
        and found["content_type"].native == "signed_data"
        and signed["version"].native == signer["version"].native == "v1"
        and signed["encap_content_info"]["content_type"].native == "data"
        and [one["algorithm"].native for one in signed["digest_algorithms"]]
        == [signer["digest_algorithm"]["algorithm"].native]
        and signer["sid"].chosen.dump() == _identifier(embedded.signer_cert)
    )


def _identifier(certificate: Any) -> bytes:
    from asn1crypto import cms

    whole = cms.IssuerAndSerialNumber({"issuer": certificate.issuer, "serial_number": certificate.serial_number})
    dumped: bytes = whole.dump()
    return dumped


def _is_changed(status: Any) -> bool:
    """Something follows the signed revision."""
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    return status.coverage is not SignatureCoverageLevel.ENTIRE_FILE


def _record(pdf: bytes, known: Callable[[Facts], str | None]) -> tuple[Record, str, str]:
    """The attached record against the digest in the file's own metadata and against the store."""
    try:
        record = attached_record(pdf)
        if record is None:
            return "absent", "", ""
        digest = hashlib.sha256(record).hexdigest()
        tree = json.loads(record)
        if not isinstance(tree, dict):
            return "differs", "", digest
        number = str(tree.get("number", ""))
        if _stated(pdf) != f"sha256:{digest}":
            return "differs", number, digest
        own = known(tree)
        return ("matches" if own is None or own == digest else "differs"), number, digest
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, RuntimeError):
        return "differs", "", ""


def _stated(pdf: bytes) -> str:
    with pikepdf.Pdf.open(io.BytesIO(pdf)) as document, document.open_metadata() as xmp:
        return str(xmp.get("dc:identifier", ""))
