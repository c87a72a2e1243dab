"""The files a form names (lists, pictures, sounds): found beside it, bounded, and part of what it is."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from .instances import MAX_BYTES, is_safe_name
from .problems import FormError

MAX_TOTAL = 100 * 1024 * 1024
MAX_FILES = 1_000
_NAMED = re.compile(rb"""jr://(?:file|file-csv|images|audio|video)/([^/"'<>\s]+)""")
_LISTS = (".csv", ".xml", ".geojson")


def named_files(xml: bytes) -> tuple[str, ...]:
    """Names of the files the form refers to, in order; names that could leave its folder are left out."""
    names = (found.decode("utf-8", "replace") for found in _NAMED.findall(xml))
    return tuple(dict.fromkeys(name for name in names if is_safe_name(name)))


def is_list(name: str) -> bool:
    """A file of options or rows, which a filling needs; anything else is only shown."""
    return name.lower().endswith(_LISTS)


def files_beside(path: Path, xml: bytes) -> dict[str, bytes]:
    """Files the form names that lie in its own folder, or in `<its name>-media` below; too large ones are left out.

    FormError when they are too many or too much together (forms.md §8).
    """
    names = named_files(xml)
    if len(names) > MAX_FILES:
        raise FormError(f"The form names more than {MAX_FILES} files.")
    found: dict[str, bytes] = {}
    total = 0
    for name in names:
        data = _read(path, name)
        if data is not None:
            found[name] = data
            total += len(data)
        if total > MAX_TOTAL:
            raise FormError(f"The files of this form are larger than {MAX_TOTAL // 1024 // 1024} MB together.")
    return found


def _read(path: Path, name: str) -> bytes | None:
    for folder in (path.parent, path.parent / f"{path.stem}-media"):
        file = folder / name
        try:
            if file.is_file() and file.stat().st_size <= MAX_BYTES:
                return file.read_bytes()
        except OSError:
            continue
    return None


def content_hash(xml: bytes, files: Mapping[str, bytes]) -> str:
    """Hex SHA-256 of the XForm; with files it names, of the XForm and of each file's name and bytes."""
    used = [name for name in named_files(xml) if name in files]
    if not used:
        return hashlib.sha256(xml).hexdigest()
    whole = hashlib.sha256(b"xform with files\n")
    whole.update(hashlib.sha256(xml).digest())
    for name in sorted(used):
        whole.update(hashlib.sha256(name.encode()).digest())
        whole.update(hashlib.sha256(files[name]).digest())
    return whole.hexdigest()
