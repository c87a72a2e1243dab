"""How signatures given on the screen are stored: one field each, so that a Round carries their Blobs."""

from collections.abc import Mapping

from inspector_app.domain.changeset import Value
from inspector_app.domain.inspection import SIGNATURE_PREFIX, Signing
from inspector_app.operations.visit import blob_of


def fields_of(signing: Signing) -> Mapping[str, Value]:
    """`signature:head`, `signature:witness`, `signature:inspector:0` and so on."""
    numbers: dict[str, int] = {}
    fields: dict[str, Value] = {}
    for signature in signing.signatures:
        number = numbers[signature.role] = numbers.get(signature.role, -1) + 1
        place = f"{signature.role}:{number}" if signature.role == "inspector" else signature.role
        drawn: list[Value] = [list(stroke) for stroke in signature.strokes]
        blob = blob_of(signature.picture)
        assert isinstance(blob, dict)
        fields[SIGNATURE_PREFIX + place] = {**blob, "strokes": drawn, "at": signature.at}
    return fields
