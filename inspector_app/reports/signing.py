"""PAdES B-B: an invisible certifying signature of the laptop or the organisation on a finished file (documents.md §10.2)."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

from inspector_app.reports.binding import Binding, appended, unbound
from inspector_app.reports.cms import Envelope

FIELD = "Daowei"
"""Name of the signature field; invisible: a drawn stamp would need a typeface of its own."""
_RANGE = "/ByteRange [0 {:010d} {:010d} {:010d}]"
_EXTENSION = "/Extensions << /ESIC << /Type /DeveloperExtensions /BaseVersion /1.7 /ExtensionLevel 1 >> >>"
_CERTIFIES = (
    "/Reference [<< /Type /SigRef /TransformMethod /DocMDP "
    "/TransformParams << /Type /TransformParams /V /1.2 /P 2 >> >>]"
)
"""Nothing but filling in forms may follow."""


@dataclass(frozen=True)
class Signer:
    """A private key (PKCS#8 DER, EC P-256 or RSA) with its certificate and the chain above it (DER each)."""

    key: bytes = field(repr=False)
    certificate: bytes
    chain: tuple[bytes, ...] = ()


def signed(pdf: bytes, signer: Signer) -> bytes:
    """A file made here with one more revision that certifies it; nothing may be written after this.

    The claimed time is this computer's clock, as PAdES B-B wants. Raises ValueError for an unreadable key or certificate,
    and for a file that was not bound here.
    """
    envelope = Envelope(signer.key, signer.certificate, signer.chain)
    more = bytearray(appended(pdf, _objects(pdf, 2 * envelope.room)))
    at = more.index(b"/Contents <") + len("/Contents ")
    begin, end = len(pdf) + at, len(pdf) + more.index(b">", at) + 1
    gap = slice(at + 1, end - len(pdf) - 1)
    spot = more.index(_RANGE.format(0, 0, 0).encode())
    told = _RANGE.format(begin, end, len(pdf) + len(more) - end).encode()
    more[spot : spot + len(told)] = told
    digest = hashlib.sha256(pdf)
    digest.update(more[:at])
    digest.update(more[gap.stop + 1 :])
    digits = envelope.signed(digest.digest()).hex().upper().encode()
    more[gap.start : gap.start + len(digits)] = digits
    return pdf + more


def _objects(pdf: bytes, room: int) -> dict[int, bytes]:
    """What the revision holds: catalogue and first page with the field in them, the field, the signature's dictionary."""
    binding, root, _ = unbound(pdf)
    page = _number(binding, _number(binding, root, rb"/Pages (\d+) 0 R"), rb"/Kids \[(\d+) 0 R")
    spot, seal = (len(binding.bodies) + at for at in (1, 2))
    form = f"/AcroForm << /Fields [{spot} 0 R] /SigFlags 3 >> /Perms << /DocMDP {seal} 0 R >> {_EXTENSION}"
    now = datetime.now(UTC)
    return {
        root: _with(binding, root, form),
        page: _with(binding, page, f"/Annots [{spot} 0 R]"),
        spot: (
            f"<< /Type /Annot /Subtype /Widget /FT /Sig /T ({FIELD}) /F 132 /Rect [0 0 0 0] /P {page} 0 R /V {seal} 0 R >>"
        ).encode(),
        seal: (
            f"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M (D:{now:%Y%m%d%H%M%S}Z) "
            f"{_CERTIFIES} /Contents <{'0' * room}> {_RANGE.format(0, 0, 0)} >>"
        ).encode(),
    }


def _number(binding: Binding, number: int, pattern: bytes) -> int:
    """Of the object that another one refers to."""
    found = re.search(pattern, bytes(binding.bodies[number - 1][0]))
    if found is None:
        raise ValueError("This PDF was not bound here")
    return int(found[1])


def _with(binding: Binding, number: int, entries: str) -> bytes:
    return bytes(binding.bodies[number - 1][0]).removesuffix(b" >>") + f" {entries} >>".encode()
