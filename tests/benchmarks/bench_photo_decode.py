"""Taking in one 12-megapixel photo against the least it could cost: one scaled decode, one hash, one synced write."""

import hashlib
import io
import os
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from inspector_app.photos.drawn import draw
from inspector_app.photos.intake import accept

ROUNDS = 15
LIMIT = 1.5


def least(original: bytes, folder: Path) -> None:
    """What nobody can avoid: scaled decode to the last byte, SHA-256, write, fsync."""
    image = Image.open(io.BytesIO(original), formats=("JPEG",))
    image.draft(None, (800, 600))
    image.load()
    hashlib.sha256(original).hexdigest()
    _write(original, folder)


def whole(original: bytes, folder: Path) -> None:
    """What the product does: check, decode, hash, turn, two copies, and the same write."""
    accept(original)
    _write(original, folder)


def _write(original: bytes, folder: Path) -> None:
    with (folder / "blob").open("wb") as out:
        out.write(original)
        out.flush()
        os.fsync(out.fileno())


def camera_like() -> bytes:
    """A drawn scene under sensor noise: about the size a phone writes for 12 megapixels."""
    scene = Image.open(io.BytesIO(draw("market", 1, (4000, 3000))), formats=("JPEG",))
    noise = Image.frombytes("RGB", scene.size, random.Random(1).randbytes(scene.width * scene.height * 3))
    out = io.BytesIO()
    Image.blend(scene, noise, 0.08).save(out, "JPEG", quality=88)
    return out.getvalue()


def _best(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def rows() -> list[tuple[str, ...]]:
    """Interleaved rounds, best of each."""
    original = camera_like()
    site_photo = draw("gate", 1)
    times: dict[str, list[float]] = {"least": [], "whole": [], "small": [], "drawn": []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for _ in range(ROUNDS):
            times["least"].append(_best(lambda: least(original, folder)))
            times["whole"].append(_best(lambda: whole(original, folder)))
            times["small"].append(_best(lambda: accept(site_photo)))
            times["drawn"].append(_best(lambda: draw("gate", 1)))
    best = {key: min(values) * 1000 for key, values in times.items()}
    ratio = best["whole"] / best["least"]
    return [
        ("what", "ms", "figure"),
        (f"least ({len(original) / 1e6:.1f} MB)", f"{best['least']:.1f}", ""),
        ("accept + write", f"{best['whole']:.1f}", f"{ratio:.2f} (≤ {LIMIT}: {'yes' if ratio <= LIMIT else 'NO'})"),
        ("accept 1600×1200", f"{best['small']:.1f}", ""),
        ("draw 1600×1200", f"{best['drawn']:.1f}", ""),
    ]
