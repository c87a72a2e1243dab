"""Identifiers that every laptop can make alone: UUIDv7 for new things, UUIDv5 for derived ones."""

import os
import time
import uuid


def new_id() -> str:
    """A fresh UUIDv7 as 36 lower-case characters: sortable by time, unique without a server (RFC 9562)."""
    ms = time.time_ns() // 1_000_000
    value = (ms & ((1 << 48) - 1)) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


def derived_id(parent: str, name: str) -> str:
    """The same child id on every laptop, e.g. the Finding of one Item of one Inspection."""
    return str(uuid.uuid5(uuid.UUID(parent), name))
