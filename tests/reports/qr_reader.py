"""Reads a QR code (versions 1–6, level M, byte mode) from the pixels of a page; knows nothing of who drew it."""

from PIL import Image

BLOCKS = {1: (1, 16), 2: (1, 28), 3: (1, 44), 4: (2, 32), 5: (2, 43), 6: (4, 27)}
"""Version → blocks and data codewords of each, at level M."""
MASKS = (
    lambda r, c: (r + c) % 2 == 0,
    lambda r, c: r % 2 == 0,
    lambda r, c: c % 3 == 0,
    lambda r, c: (r + c) % 3 == 0,
    lambda r, c: (r // 2 + c // 3) % 2 == 0,
    lambda r, c: r * c % 2 + r * c % 3 == 0,
    lambda r, c: (r * c % 2 + r * c % 3) % 2 == 0,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2 == 0,
)
Grid = list[list[bool]]


def read(picture: Image.Image) -> str:
    """The text of the one code in `picture`, whose margins are white."""
    grid = _grid(picture)
    size = len(grid)
    version = (size - 17) // 4
    level_and_mask = _format(grid) >> 10
    assert level_and_mask >> 3 == 0, "level M"
    bits = "".join("01"[bit] for bit in _bits(grid, MASKS[level_and_mask & 7]))
    words = [int(bits[i : i + 8], 2) for i in range(0, len(bits) - 7, 8)]
    count, each = BLOCKS[version]
    data = [words[at * count + block] for block in range(count) for at in range(each)]
    stream = "".join(f"{word:08b}" for word in data)
    assert stream[:4] == "0100", "byte mode"
    length = int(stream[4:12], 2)
    return bytes(int(stream[12 + 8 * i : 20 + 8 * i], 2) for i in range(length)).decode("utf-8")


def _grid(picture: Image.Image) -> Grid:
    dark = picture.convert("L").point(lambda value: 255 if value < 128 else 0)
    box = dark.getbbox()
    assert box is not None
    dark = dark.crop(box)
    finder = next(x for x in range(dark.width) if not dark.getpixel((x, 2)))
    size = round(dark.width / (finder / 7))
    unit = dark.width / size
    return [
        [bool(dark.getpixel((int((c + 0.5) * unit), int((r + 0.5) * unit)))) for c in range(size)] for r in range(size)
    ]


def _format(grid: Grid) -> int:
    places = [(8, c) for c in (0, 1, 2, 3, 4, 5, 7, 8)] + [(r, 8) for r in (7, 5, 4, 3, 2, 1, 0)]
    value = 0
    for row, column in places:
        value = value << 1 | grid[row][column]
    return value ^ 0b101010000010010


def _is_function(row: int, column: int, size: int) -> bool:
    """Finder, timing, alignment or format, not data."""
    corner = (row < 9 and column < 9) or (row < 9 and column >= size - 8) or (row >= size - 8 and column < 9)
    centre = size - 7
    alignment = size > 21 and abs(row - centre) <= 2 and abs(column - centre) <= 2
    return corner or row == 6 or column == 6 or alignment


def _bits(grid: Grid, mask: object) -> list[bool]:
    size, found, upwards = len(grid), [], True
    columns = [c for c in range(size - 1, 0, -2) if c > 6] + [5, 3, 1]
    for right in columns:
        for row in range(size - 1, -1, -1) if upwards else range(size):
            for column in (right, right - 1):
                if not _is_function(row, column, size):
                    found.append(grid[row][column] != mask(row, column))  # type: ignore[operator]
        upwards = not upwards
    return found
