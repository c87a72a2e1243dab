"""A QR code as its dark and light modules; paper and window draw them each in their own way."""

from functools import lru_cache

import segno


@lru_cache(maxsize=64)
def modules(payload: str) -> tuple[tuple[bool, ...], ...]:
    """Rows of modules (level M, fixed mask), without the quiet zone."""
    code = segno.make(payload, error="m", boost_error=False, micro=False, mask=4, encoding="utf-8")
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)
