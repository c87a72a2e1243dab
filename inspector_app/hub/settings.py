"""What a hub is told when it starts: where its data lies and where it listens."""

from dataclasses import dataclass, field
from pathlib import Path

from inspector_app.sync.wire import SPOKEN

DAY_BYTES = 20 * 1024**3
"""Far above a Team's day (30 visits × 30 photos × 3 MB = 2.7 GB); every evening's storm stays below it."""


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
    day_bytes: int = DAY_BYTES
    """What one laptop may send a day in photos; a tenth of it in records."""
    speaks: tuple[int, ...] = SPOKEN
    """Versions of the protocol."""
    key: bytes | None = field(default=None, repr=False)
    """32 bytes under which database, photos and the hub's own key lie sealed; for a hub on a laptop (security.md §10.3)."""
