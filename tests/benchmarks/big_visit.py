"""The largest visit that is promised to be calm: 500 Items of which 300 photos of 12 megapixels are taken; run to make it.

Run in a process of its own (`python -m tests.benchmarks.big_visit FOLDER`), so that who measures holds nothing of it.
"""

import random
import subprocess
import sys
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image, ImageDraw, ImageFilter

from inspector_app import assets
from inspector_app.domain.changeset import DISTRICT, Edit
from inspector_app.domain.ids import new_id
from inspector_app.domain.team import Inspector, Role
from inspector_app.operations import inspecting, installing, keeping
from inspector_app.store import log

PASSWORD = "big-visit-password"
ITEMS, PHOTOS = 500, 300
SIZE = (4000, 3000)
PARK = {
    "name": "海珠創意產業園", "street": "江海", "type": "PK", "code": "", "address": "新港東路1號", "contact": "王經理",
    "team": 7, "headcount": 300,
}  # fmt: skip
DIMENSIONS = "ABCDEF"


def main(folder: Path) -> None:
    """A laptop with two drafts of one visit of 500 Items, their ids in `visits`, and 300 files in `photos/`."""
    store = keeping.create_laptop(folder / "laptop", PASSWORD, Inspector("陳志強", 7, Role.INSPECTOR))
    installing.install(store, installing.take(workbook(folder / "form")))
    site = new_id()
    with store.writing() as session:
        log.append(session, [Edit("site", site, PARK, DISTRICT)])
    people = ("陳志強", "李婉儀")
    visits = [inspecting.start(store, site, inspectors=people)[0] for _ in range(2)]
    store.close()
    (folder / "visits").write_text("\n".join(visits))
    pictures(folder / "photos", PHOTOS)


def make(folder: Path) -> list[str]:
    """All of it, made by another process; the ids of the two drafts."""
    subprocess.run([sys.executable, "-m", "tests.benchmarks.big_visit", str(folder)], check=True)
    return (folder / "visits").read_text().split()


def workbook(folder: Path, items: int = ITEMS) -> Path:
    """The shipped checklist grown to `items` plain Items: its words and rules again and again, without its figures."""
    book = load_workbook(assets.form("five-in-place.xlsx"))
    survey = book["survey"]
    assert isinstance(survey, Worksheet)
    head, *rows = [[cell.value for cell in line] for line in survey.iter_rows()]
    at = {str(name): number for number, name in enumerate(head)}
    groups = {str(row[1]): row for row in rows if row[0] == "begin_group"}
    plain = [n for n, row in enumerate(rows) if row[at["bind::app:answer"]] == "pf"]
    begin = next(n for n, row in enumerate(rows) if row[0] == "begin_group")
    made = rows[:begin]
    for number, dimension in enumerate(DIMENSIONS):
        made.append(groups[dimension])
        share = items // len(DIMENSIONS) + (number < items % len(DIMENSIONS))
        for place in range(1, share + 1):
            source = plain[(number * 17 + place) % len(plain)]
            made += _again(rows[source], rows[source + 1], f"{dimension}{place:02d}", at)
        made.append(["end_group", dimension, *([None] * (len(head) - 2))])
    survey.delete_rows(2, survey.max_row)
    for row in made:
        survey.append(row)
    folder.mkdir(parents=True, exist_ok=True)
    book.save(folder / "big.xlsx")
    return folder / "big.xlsx"


def _again(item: list[object], note: list[object], name: str, at: dict[str, int]) -> list[list[object]]:
    """An Item and its note under another name."""
    was = str(item[1])
    again = [[str(v).replace(was, name) if isinstance(v, str) else v for v in row] for row in (item, note)]
    again[0][at["relevant"]] = None
    again[0][at["bind::app:photo"]] = "optional"
    again[1][at["relevant"]] = f"${{{name}}} != ''"
    return again


def pictures(folder: Path, count: int, size: tuple[int, int] = SIZE) -> list[Path]:
    """JPEG files of 12 megapixels and about 4 MB, no two alike."""
    folder.mkdir(parents=True, exist_ok=True)
    dice = random.Random(6)
    grain = Image.merge("RGB", [Image.effect_noise(size, 50).filter(ImageFilter.BoxBlur(1)) for _ in range(3)])
    files = []
    for number in range(count):
        picture = grain.copy()
        draw = ImageDraw.Draw(picture)
        for _ in range(12):
            x, y = dice.randrange(size[0]), dice.randrange(size[1])
            color = (dice.randrange(256), dice.randrange(256), dice.randrange(256))
            draw.rectangle((x, y, x + dice.randrange(1200), y + dice.randrange(1200)), fill=color)
        files.append(folder / f"IMG_{number:04d}.jpg")
        picture.save(files[-1], "JPEG", quality=85)
    return files


if __name__ == "__main__":
    main(Path(sys.argv[1]))
