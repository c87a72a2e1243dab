"""Where a user's data lies when nobody says otherwise; light, because the window starts with it."""

from pathlib import Path

import platformdirs


def default_data() -> Path:
    """The platform's own place for a user's data."""
    return Path(platformdirs.user_data_dir("daowei", appauthor=False))
