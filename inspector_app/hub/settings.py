"""What a hub is told when it starts: where its data lies and where it listens."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class HubSettings:
    """`folder` holds key, database and photos unless URLs say otherwise; port 0 takes a free one."""

    folder: Path
    database_url: str | None = None
    blobs_url: str | None = None
    host: str = "127.0.0.1"
    port: int = 8484
    public_url: str | None = None
    """How laptops reach the hub, e.g. through a proxy: only for the QR text of invites."""
    key: bytes | None = field(default=None, repr=False)
    """32 bytes under which database, photos and the hub's own key lie sealed; for a hub on a laptop (security.md §10.3)."""
