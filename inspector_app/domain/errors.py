"""Three kinds of error: the user can mend it, the world failed, everything else is a bug."""


class DaoweiError(Exception):
    """An expected failure. `key` names the sentence a window translates; `str()` is the same in plain English."""

    def __init__(self, key: str, message: str = "", **args: object) -> None:
        self.key = key
        self.args_by_name = args
        super().__init__(message or f"{key} {args or ''}".strip())


class UserError(DaoweiError):
    """Bad input; nothing was changed, the sentence says what to do (exit status 1)."""


class WorldError(DaoweiError):
    """Disk or network; nothing was lost, it works later (exit status 3)."""
