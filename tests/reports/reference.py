"""`python -m tests.reports.reference`: draws the reference pages of tests/reference/ anew, after somebody has looked at them."""

import io
from pathlib import Path

import pypdfium2
from PIL import Image

from tests.reports import cases

FOLDER = Path(__file__).resolve().parents[1] / "reference"
DPI = 40
WANTED = {
    "inspection-one-finding-zh-Hant": (1, 2, -1), "inspection-refused-en": (1, -1), "notice-one-finding-zh-Hans": (1,),
    "recheck-one-finding-zh-Hant": (1, -1), "team-day-usual-zh-Hant": (1,), "district-usual-zh-Hant": (1,),
}  # fmt: skip
"""Papers and the pages of each that are kept."""


def drawn() -> dict[str, Image.Image]:
    """Name → the page in grey."""
    found = {}
    for one in cases.all_cases():
        for number in WANTED.get(one.name, ()):
            document = pypdfium2.PdfDocument(one.make().pdf)
            page = document[number - 1 if number > 0 else len(document) + number]
            found[f"{one.name}-{number if number > 0 else 'last'}"] = page.render(scale=DPI / 72).to_pil().convert("L")
    return found


def main() -> None:
    """Write all of them."""
    FOLDER.mkdir(exist_ok=True)
    for name, picture in drawn().items():
        buffer = io.BytesIO()
        picture.save(buffer, "PNG", optimize=True)
        (FOLDER / f"{name}.png").write_bytes(buffer.getvalue())


if __name__ == "__main__":
    main()
