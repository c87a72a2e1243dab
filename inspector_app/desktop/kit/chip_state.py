"""What the sync chip can say; pure, so that state functions need no Qt."""

from dataclasses import dataclass
from typing import Literal

ChipKind = Literal["alone", "sent", "waiting", "sending", "needs_you"]


@dataclass(frozen=True)
class ChipState:
    """`waiting` counts records and photos not yet sent."""

    kind: ChipKind
    waiting: int = 0
