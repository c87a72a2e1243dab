"""One program per data folder: an operating-system lock on a file of its own (security.md §5.4)."""

import os
import sys
from pathlib import Path

from inspector_app.domain.errors import UserError, WorldError

NAME = "store.lock"


class FolderLock:
    """Held from construction to `release`; the system lets go when the process dies, however it dies."""

    def __init__(self, folder: Path) -> None:
        """Take the lock; raises UserError("already_open") when somebody, even this process, holds it."""
        try:
            self._file = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise WorldError("folder_unusable", f"The data folder cannot be written: {error.strerror}.") from None
        try:
            _take(self._file)
        except OSError:
            os.close(self._file)
            raise UserError("already_open", "This data is open in another window of the program.") from None

    @property
    def is_held(self) -> bool:
        """Whether `release` has not been called yet."""
        return self._file >= 0

    def release(self) -> None:
        """Let the next one in."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


if sys.platform == "win32":
    import msvcrt

    def _take(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
