"""What a hub is told when it starts: where its data lies and where it listens."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from inspector_app.domain.errors import UserError


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

    @property
    def blob_folder(self) -> Path:
        """Folder of the photos; raises UserError for a kind of storage this version does not have."""
        if self.blobs_url is None:
            return self.folder / "blobs"
        scheme = urlsplit(self.blobs_url).scheme
        if len(scheme) > 1:  # one letter is a Windows drive
            raise UserError(
                "blobs_kind",
                f"This version keeps photos in a folder; give a folder instead of '{scheme}:'.",
                kind=scheme,
            )
        return Path(self.blobs_url)
