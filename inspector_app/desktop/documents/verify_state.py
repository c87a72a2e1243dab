"""What the window says of a checked file: three answers, each with tone, icon and the key of its words; pure."""

from typing import Protocol

Look = tuple[str, str, str]
"""Tone, icon, key."""


class Checked(Protocol):
    """The answers of `reports.verifying.Verification`."""

    @property
    def signature(self) -> str: ...
    @property
    def record(self) -> str: ...
    @property
    def changed_after_signing(self) -> bool: ...


_SIGNATURES = {
    "valid": ("pass", "circle-check"),
    "unknown-signer": ("warn", "triangle-alert"),
    "invalid": ("fail", "circle-x"),
    "absent": ("na", "circle-minus"),
}
_RECORDS = {"matches": ("pass", "circle-check"), "differs": ("fail", "circle-x"), "absent": ("na", "circle-minus")}


def derive_looks(found: Checked, corrections: int = 0) -> tuple[Look, ...]:
    """Signature, record, that something was added afterwards where it was, and that the record was corrected since."""
    looks = [
        (*_SIGNATURES[found.signature], f"verify_signature.{found.signature.replace('-', '_')}"),
        (*_RECORDS[found.record], f"verify_record.{found.record}"),
    ]
    if found.changed_after_signing:
        looks.append(("fail", "triangle-alert", "verify.changed"))
    if corrections:
        looks.append(("warn", "pen-line", "verify.corrected"))
    return tuple(looks)
