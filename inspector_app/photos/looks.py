"""How a picture looks, in a few characters: a fingerprint that survives another size or quality, and its plain flaw."""

from dataclasses import dataclass

from PIL import Image, ImageFilter, ImageStat

EDGE = 800
"""Longest edge at which sharpness is measured, so that the same blur gives the same figure for every camera."""
TILES = 5
DARK, BRIGHT = 22, 236
"""Mean grey below or above which hardly anything can be seen (a pocket, a flash on a window)."""
PLAIN = 3.0
"""Standard deviation of every colour below which there is nothing in the picture."""
BLURRED = 30.0
"""Variance of the Laplacian in the sharpest tile. Measured on drawn scenes and a photograph: sharp 375–2,200, through a
blur of one pixel 39–280, of two 5–27, of four below 4."""
ALIKE = 6
"""Bits of 128 in which two fingerprints of one picture differ at most. Measured: another size and quality 0–5, two
scenes of one kind 12 and more."""
_LAPLACIAN = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)


@dataclass(frozen=True)
class Look:
    """`fingerprint` is 32 hex digits, '' where there is too little to tell pictures apart; `flaw` ∈ '', dark, bright,
    plain, blurred."""

    fingerprint: str = ""
    flaw: str = ""


def look(image: Image.Image) -> Look:
    """Judge upright RGB pixels; a picture with hardly anything in it has no fingerprint."""
    small = image.convert("RGB")
    small.thumbnail((EDGE, EDGE))
    grey = small.convert("L")
    mean, spread = ImageStat.Stat(grey).mean[0], max(ImageStat.Stat(small).stddev)
    flaw = "dark" if mean < DARK else "bright" if mean > BRIGHT else "plain" if spread < PLAIN else ""
    if spread < PLAIN:
        return Look("", flaw)
    if not flaw and _sharpness(grey) < BLURRED:
        flaw = "blurred"
    return Look(_fingerprint(grey), flaw)


def are_alike(one: str, other: str) -> bool:
    """Whether two fingerprints are of one scene; '' is like nothing."""
    these, those = bits(one), bits(other)
    return these is not None and those is not None and (these ^ those).bit_count() <= ALIKE


def bits(fingerprint: str) -> int | None:
    """A fingerprint as a number, for whoever compares many; None where there is none."""
    try:
        return int(fingerprint, 16) if len(fingerprint) == 32 else None
    except ValueError:
        return None


def _sharpness(grey: Image.Image) -> float:
    """Of the sharpest part: a sign on an even wall is in focus, however even the wall."""
    if min(grey.size) < 3 * TILES:
        return float("inf")  # too small to say
    edges = grey.filter(_LAPLACIAN).crop((1, 1, grey.width - 1, grey.height - 1))  # the rim is left unfiltered
    wide, high = edges.width // TILES, edges.height // TILES
    boxes = [
        (left, top, left + wide, top + high)
        for left in range(0, edges.width - wide + 1, wide)
        for top in range(0, edges.height - high + 1, high)
    ]
    return max(ImageStat.Stat(edges.crop(box)).var[0] for box in boxes)


def _fingerprint(grey: Image.Image) -> str:
    """Which of two neighbours is lighter, along rows and along columns (difference hash)."""
    across = grey.resize((9, 8), Image.Resampling.BOX).tobytes()
    down = grey.resize((8, 9), Image.Resampling.BOX).tobytes()
    bits = 0
    for row in range(8):
        for place in range(8):
            bits = bits << 1 | (across[row * 9 + place] < across[row * 9 + place + 1])
            bits = bits << 1 | (down[row * 8 + place] < down[(row + 1) * 8 + place])
    return f"{bits:032x}"
