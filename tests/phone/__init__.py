"""The page for a phone, without a window."""
