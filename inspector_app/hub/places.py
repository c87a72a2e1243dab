"""Which place for photos a URL means."""

from pathlib import Path
from urllib.parse import urlsplit

from inspector_app.domain.errors import UserError
from inspector_app.hub.blobs import BlobFolder
from inspector_app.hub.settings import HubSettings
from inspector_app.hub.storage import BlobStore


def open_blobs(settings: HubSettings) -> BlobStore:
    """The place `settings` name; raises UserError `blobs_kind` for a kind of storage this version does not have."""
    where = settings.blobs_url
    scheme = urlsplit(where).scheme if where is not None else ""
    if where is None or len(scheme) < 2:  # one letter is a Windows drive
        return BlobFolder(Path(where) if where else settings.folder / "blobs", settings.key)
    if scheme != "s3" or settings.key is not None:
        raise UserError("blobs_kind", f"Photos lie in a folder or in s3://…, not in '{scheme}:'.", kind=scheme)
    try:
        from inspector_app.hub.bucket import BlobBucket  # the library is an extra: a laptop needs no S3
    except ImportError:
        raise UserError("blobs_kind", "For s3:// install the program with its extra 'hub'.", kind=scheme) from None
    return BlobBucket(where)
