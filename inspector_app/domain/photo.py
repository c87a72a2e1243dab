"""A Photo's meaning; its bytes are a Blob addressed by SHA-256."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Photo:
    """One picture of one Item. `taken` is ISO 8601; `taken_source` names where that time comes from (domain.md §7)."""

    id: str
    inspection: str
    item: str
    sha: str
    size: int
    mime: str
    width: int
    height: int
    taken: str
    taken_source: str
    name: str = ""
    caption: str = ""
    latitude: str = ""
    longitude: str = ""
