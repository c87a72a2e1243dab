"""Opens a foreign picture: its kind by the first bytes, its size by the header, the rest refused in one sentence."""

import functools
import io
import warnings

import pi_heif
from PIL import Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from inspector_app.domain.errors import UserError
from inspector_app.photos.heif_items import names_are_text

MAX_BYTES = 200 * 1024 * 1024
MAX_PIXELS = 60_000_000
MAX_EDGE = 20_000
"""security.md §11: ≤ 60 megapixels, ≤ 20,000 px edge."""
MAX_WEBP_PIXELS = 32_000_000
"""The WebP decoder holds four full copies (958 MB at 60 megapixels were measured, sec D4 allows 600)."""
MAX_JPEG_SCANS = 200
"""A progressive file may repeat tiny scans over the whole picture without end; cameras and editors write about ten."""

MIMES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "HEIF": "image/heic"}
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1")
_UNSUPPORTED = {
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"%!PS": "EPS",
    b"\xc5\xd0\xd3\xc6": "EPS",
    b"%PDF": "PDF",
    b"<svg": "SVG",
    b"<?xml": "SVG",
    b"8BPS": "PSD",
}
_PLUGINS = (JpegImagePlugin, PngImagePlugin, WebPImagePlugin)
"""Imported by name so that Pillow never goes looking through its forty other decoders."""

warnings.simplefilter("error", Image.DecompressionBombWarning)
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.\w+ImagePlugin")
"""Pillow warns of hostile EXIF; nobody can act on it, the picture itself is judged by its pixels."""


class PhotoRefused(UserError):
    """These bytes do not become a Photo; the key names why and `str()` says what to do."""


def open_checked(original: bytes) -> tuple[Image.Image, str]:
    """The opened, not yet decoded picture and its kind (a key of MIMES).

    Raises PhotoRefused: photo_empty, photo_too_large, photo_not_image, photo_unsupported, photo_too_many_pixels or
    photo_damaged.
    """
    kind = _kind(original)
    if kind == "WEBP":
        # the decoder reserves its whole canvas while opening, so the header is read first
        _limit(*_webp_canvas(original), most=MAX_WEBP_PIXELS)
    if kind == "HEIF":
        if not names_are_text(original):
            raise damaged("HEIC item table")
        _register_heif()
    try:
        image = Image.open(io.BytesIO(original), formats=(kind,))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise _too_many() from None
    except Exception as error:  # what a decoder makes of hostile bytes is the file's fault, whatever the type
        raise damaged(str(error)) from error
    _limit(*image.size)
    if image.info.get("progressive") and original.count(b"\xff\xda") > MAX_JPEG_SCANS:
        raise damaged("repeats its picture data without end")
    return image, kind


def load(image: Image.Image) -> None:
    """Decode to the last byte; raises PhotoRefused (photo_damaged) for a truncated or broken file."""
    try:
        image.load()
    except Exception as error:  # as above: OSError, SyntaxError, ValueError, RuntimeError, zlib.error, …
        raise damaged(str(error)) from error
    # a HEIC may decode to another size than its header said
    _limit(*image.size)


def damaged(detail: str) -> PhotoRefused:
    """The refusal for a picture that cannot be read to its end."""
    sentence = "This picture is incomplete or damaged; copy it again from the camera or phone."
    return PhotoRefused("photo_damaged", sentence, detail=detail[:200])


def _kind(original: bytes) -> str:
    if not original:
        raise PhotoRefused("photo_empty", "This file is empty; copy the picture again from the camera or phone.")
    if len(original) > MAX_BYTES:
        sentence = "This file is larger than 200 MB; choose a single photo."
        raise PhotoRefused("photo_too_large", sentence, bytes=len(original))
    if original.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if original.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if original[:4] == b"RIFF" and original[8:12] == b"WEBP":
        return "WEBP"
    if original[4:8] == b"ftyp" and original[8:12] in _HEIF_BRANDS:
        return "HEIF"
    raise _foreign(original)


def _foreign(original: bytes) -> PhotoRefused:
    head = original[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    names = (name for magic, name in _UNSUPPORTED.items() if head.startswith(magic))
    name = "AVIF" if original[4:12] in (b"ftypavif", b"ftypavis") else next(names, "")
    if name:
        sentence = f"{name} pictures are not accepted; save it as JPEG, PNG, WebP or HEIC."
        return PhotoRefused("photo_unsupported", sentence, format=name)
    return PhotoRefused("photo_not_image", "This file is not a picture; choose a JPEG, PNG, WebP or HEIC photo.")


def _limit(width: int, height: int, most: int = MAX_PIXELS) -> None:
    if width * height > most or max(width, height) > MAX_EDGE:
        raise _too_many(width=width, height=height)


def _too_many(**size: object) -> PhotoRefused:
    sentence = "This picture is too large (at most 60 megapixels, WebP 32, and 20,000 pixels an edge); save it smaller."
    return PhotoRefused("photo_too_many_pixels", sentence, **size)


def _webp_canvas(original: bytes) -> tuple[int, int]:
    """Width and height from the first chunk (RFC 9649: VP8X, VP8L or VP8)."""
    chunk, head = original[12:16], original[20:30]
    if len(head) < 10:
        raise damaged("WebP header")
    if chunk == b"VP8X":
        return 1 + int.from_bytes(head[4:7], "little"), 1 + int.from_bytes(head[7:10], "little")
    if chunk == b"VP8L":
        bits = int.from_bytes(head[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if chunk == b"VP8 ":
        return int.from_bytes(head[6:8], "little") & 0x3FFF, int.from_bytes(head[8:10], "little") & 0x3FFF
    raise damaged("WebP header")


@functools.cache
def _register_heif() -> None:
    # embedded thumbnails, depth maps and auxiliary pictures are never shown: leave their decoders unused
    pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=2)
