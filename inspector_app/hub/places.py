"""Which place for photos a URL means."""

from pathlib import Path
from urllib.parse import urlsplit

from inspector_app.domain.errors import UserError
from inspector_app.hub.blobs import BlobFolder
from inspector_app.hub.settings import HubSettings
from inspector_app.hub.storage import BlobStore


def photo_folder(settings: HubSettings) -> Path | None:
    """The folder with the photos, None where a URL names another kind of storage."""
    where = settings.blobs_url
    if not where:
        return settings.folder / "blobs"
    return Path(where) if len(urlsplit(where).scheme) < 2 else None  # one letter is a Windows drive


def open_blobs(settings: HubSettings) -> BlobStore:
    """The place `settings` name; raises UserError `blobs_kind` for a kind of storage this version does not have."""
    folder = photo_folder(settings)
    if folder is not None:
        return BlobFolder(folder, settings.key)
    where = settings.blobs_url or ""
    scheme = urlsplit(where).scheme
    if scheme != "s3" or settings.key is not None:
        raise UserError("blobs_kind", f"Photos lie in a folder or in s3://…, not in '{scheme}:'.", kind=scheme)
    try:
        from inspector_app.hub.bucket import BlobBucket  # the library is an extra: a laptop needs no S3
    except ImportError:
        raise UserError("blobs_kind", "For s3:// install the program with its extra 'hub'.", kind=scheme) from None
    return BlobBucket(where)
