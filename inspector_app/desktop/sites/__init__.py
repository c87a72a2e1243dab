"""The registry of Sites: search, look, import, begin a visit."""
