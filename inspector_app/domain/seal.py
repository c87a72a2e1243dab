"""How a printed paper is found by who holds it: a short code of its number and check code, which nothing lists (standard
library only)."""

import base64
import hashlib
import re
import unicodedata
import uuid

_SPACE = uuid.UUID("2f1d7a6e-5f0c-5d5e-8a55-0c4f7f1f2b11")
CODE = re.compile(r"[A-Z2-7]{8}-[0-9A-F]{8}")
"""Eight letters of the number's digest, eight hex digits of the record's."""
KIND = "seal"
"""Entity type: a child of its Inspection with `paper`, `number`, `check`, `issued` (a day) and nothing about people."""


def seal_code(number: str, check: str) -> str:
    """`K7Q2M9XA-7F3A91C2` of a number as printed and a check code such as 7F3A-91C2; '' where one of them is none."""
    plain = "".join(unicodedata.normalize("NFKC", number).split())
    digits = re.sub(r"[^0-9A-F]", "", check.upper())
    if not plain or len(digits) != 8:
        return ""
    token = base64.b32encode(hashlib.sha256(plain.encode("utf-8", "replace")).digest()).decode()[:8]
    return f"{token}-{digits}"


def seal_id(code: str) -> str:
    """The id of the entity that vouches for a paper with this code: found by its key, never by searching."""
    return str(uuid.uuid5(_SPACE, code))
