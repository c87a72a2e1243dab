"""`python -m tests.reports.looks OUT [WORD…]`: every paper at its extremes as contact sheets, in colour and in grey."""

import sys
import time
from pathlib import Path

from PIL import Image

from tests.reports import cases, judging

COLUMNS, MOST = 6, 18
"""Pages on a sheet; of a longer paper the first nine and the last nine."""


def sheet(pictures: list[Image.Image], columns: int = COLUMNS) -> Image.Image:
    """Pages side by side on grey."""
    width, height = pictures[0].width + 6, pictures[0].height + 6
    across = min(columns, len(pictures))
    whole = Image.new("RGB", (width * across, height * -(-len(pictures) // columns)), (120, 120, 120))
    for number, picture in enumerate(pictures):
        whole.paste(picture, (number % columns * width + 3, number // columns * height + 3))
    return whole


def main(out: Path, words: list[str]) -> int:
    """Draw, judge, write; the number of objections."""
    out.mkdir(parents=True, exist_ok=True)
    found: list[str] = []
    for one in cases.all_cases():
        if words and not all(word in one.name for word in words):
            continue
        started = time.process_time()
        document = one.make()
        spent = time.process_time() - started
        made = judging.pages(document.pdf, 0.75)
        found += judging.objections(made, name=one.name)
        found += [f"{one.name}: no glyph for {letter!r}" for letter in sorted(document.missing)]
        shown = made if len(made) <= MOST else [*made[: MOST // 2], *made[-MOST // 2 :]]
        whole = sheet([page.picture for page in shown])
        whole.save(out / f"{one.name}.png")
        whole.convert("L").save(out / f"{one.name}-grey.png")
        sys.stdout.write(f"{one.name}: {document.pages} pages, {len(document.pdf):,} bytes, {spent * 1000:.0f} ms\n")
    sys.stdout.write("\n".join([*found, f"{len(found)} objections"]) + "\n")
    return len(found)


if __name__ == "__main__":
    sys.exit(1 if main(Path(sys.argv[1] if len(sys.argv) > 1 else "looks-out"), sys.argv[2:]) else 0)
