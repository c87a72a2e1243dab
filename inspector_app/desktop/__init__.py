"""The window: the only wing that knows Qt. Pages are built on the kit; the kit knows no page."""
