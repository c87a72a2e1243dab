"""Files that are whole or absent after a power cut (security.md §6.3)."""

import errno
import os
import secrets
import sys
import time
from pathlib import Path

from inspector_app.domain.errors import WorldError

UNFINISHED = ".tmp"
"""Suffix of files that were being written; whoever owns the folder may delete them at start."""
NO_SPACE = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
_RENAME_TRIES = 6


def write_file(path: Path, content: bytes, *, sync: bool = True) -> None:
    """Put `content` at `path`, whole or not at all, mode 0600: temporary file, fsync, rename, fsync of the folder.

    `sync=False` only for what can be made again. Raises WorldError("disk_full") or ("disk_write").
    """
    half = path.with_name(f"{path.name}.{secrets.token_hex(4)}{UNFINISHED}")
    try:
        _write_new(half, content, sync)
        _rename(half, path)
        if sync:
            sync_folder(path.parent)
    except OSError as error:
        half.unlink(missing_ok=True)
        if error.errno in NO_SPACE:
            raise WorldError("disk_full", "The disk is full; nothing that was saved is lost.") from None
        raise WorldError("disk_write", f"The file could not be written: {error.strerror}.") from None


def _write_new(path: Path, content: bytes, sync: bool) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        view = memoryview(content)
        while view:
            view = view[os.write(file, view) :]
        if sync:
            os.fsync(file)
    finally:
        os.close(file)


def _rename(source: Path, target: Path) -> None:
    """On Windows a virus scanner may hold the file for a moment: try again, a little later each time."""
    tries = _RENAME_TRIES if os.name == "nt" else 1
    for attempt in range(tries):
        try:
            source.replace(target)
            return
        except PermissionError:
            if attempt == tries - 1:
                raise
            time.sleep(0.02 * 2**attempt)


def sync_folder(folder: Path) -> None:
    """Make names in `folder` durable; Windows has no such call."""
    if sys.platform == "win32":
        return
    file = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
