"""The files of a filling as its questions need them: small pictures now or later, originals, pictures of the form."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPixmap

PREFIX = "jr://"


class Files(QObject):
    """Knows no file; whoever keeps files says so in a class of its own. `arrived` carries a file's name,
    `phone_wanted` the question that is to be answered from a phone, where `takes_phone`."""

    arrived = Signal(str)
    phone_wanted = Signal(str)
    takes_phone = False

    def thumbnail(self, path: str, name: str) -> QPixmap | None:
        """A small picture of a Node's file; None while it is fetched in the background, or if there is none."""
        return None

    def original(self, path: str, name: str) -> bytes | None:
        """All bytes of a Node's file."""
        return None

    def media(self, uri: str) -> QPixmap | None:
        """A picture of the form itself (`jr://images/…`), None while it is fetched or if there is none."""
        return None


def media_name(uri: str) -> str:
    """The bare file name of a `jr://` address; '' where it points anywhere else."""
    name = uri.rpartition("/")[2] if uri.startswith(PREFIX) else uri
    return name if name and not set(name) & set("/\\:") and name not in (".", "..") else ""
