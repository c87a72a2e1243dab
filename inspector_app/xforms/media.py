"""Names of files that answers mention: one file name each, safe on every system, and each used once."""

import re
from collections.abc import Collection

from .instances import is_safe_name

MAX_NAME = 100
_FORBIDDEN = re.compile(r'[\x00-\x1f/\\:*?"<>|\ud800-\udfff]+')


def free_name(wanted: str, taken: Collection[str]) -> str:
    """A name like `wanted` that no other answer has: folders and odd characters gone, `photo-2.jpg` when taken."""
    base = _FORBIDDEN.sub("_", re.split(r"[/\\]", wanted)[-1]).strip(" .")
    stem, dot, kind = base.rpartition(".")
    if not stem:
        stem, dot, kind = base, "", ""
    ending = f"{dot}{kind}"[:12]
    stem = stem[: MAX_NAME - len(ending)].rstrip(" .") or "file"
    if not is_safe_name(f"{stem}{ending}"):
        stem = f"_{stem}"
    used = {name.casefold() for name in taken}
    name, count = f"{stem}{ending}", 1
    while name.casefold() in used:
        count += 1
        name = f"{stem}-{count}{ending}"
    return name
