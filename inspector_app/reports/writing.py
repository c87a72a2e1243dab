"""Writes a finished paper, or the list of a batch, where it belongs: whole, or not at all."""

import os
from pathlib import Path

from inspector_app.domain.errors import WorldError


def write_file(path: Path, content: bytes) -> Path:
    """Write beside, then rename; raises WorldError when the place cannot be written."""
    temporary = path.with_name(path.name + ".part")
    try:
        temporary.write_bytes(content)
        os.replace(temporary, path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise WorldError("file_unwritable", f"{path} cannot be written: {error.strerror}.") from None
    return path
