"""How much room the disk has that photos lie on: before it is full, photos wait and records still arrive."""

import shutil
from dataclasses import dataclass
from pathlib import Path

SPARED_PART, SPARED_BYTES = 20, 10 * 1024**3
"""Kept free for records: a twentieth of the disk, of a large one 10 GiB."""


@dataclass(frozen=True)
class Room:
    """Bytes free and in all."""

    free: int
    total: int

    @property
    def is_scarce(self) -> bool:
        """Photos are refused until somebody makes room."""
        return self.free < min(self.total // SPARED_PART, SPARED_BYTES)


def room_of(folder: Path) -> Room:
    """Of the disk that holds the folder."""
    usage = shutil.disk_usage(folder)
    return Room(usage.free, usage.total)
