"""The pages of one document while it is drawn: their code, the photographs and typefaces they share, the outline."""

from collections import defaultdict
from dataclasses import dataclass

from inspector_app.reports.binding import Binding, text
from inspector_app.reports.fonts import face
from inspector_app.reports.truetype import TrueType

_MAP_HEAD = (
    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n"
    "/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
)
_BLOCK = 100
"""Lines a bfchar block may hold (PDF 32000-1, 9.10.3 and the CMap specification)."""


@dataclass(frozen=True)
class Image:
    """A JPEG as it is shown: its bytes are the object."""

    data: bytes
    width: int
    height: int
    channels: int


class Paper:
    """Gathers what `bind` makes a file of."""

    def __init__(self, size: tuple[float, float]) -> None:
        self.size = size
        self.code: list[str] = []
        self.images: list[Image] = []
        self.used: defaultdict[str, list[str]] = defaultdict(list)
        self._names: dict[str, str] = {}
        self._pages: list[str] = []
        self._marks: list[tuple[str, int, float]] = []

    def font(self, name: str) -> str:
        """The name under which a page asks for a typeface."""
        found = self._names.get(name)
        if found is None:
            self.used[name]
            found = self._names[name] = f"/F{len(self.used)}"
        return found

    def image(self, data: bytes) -> tuple[str, Image] | None:
        """The picture of these very bytes that the document has already."""
        for at, held in enumerate(self.images):
            if held.data is data or (
                len(held.data) == len(data) and held.data[-96:] == data[-96:] and held.data == data
            ):
                return f"photo{at + 1}", held
        return None

    def add_image(self, image: Image) -> str:
        """Keep a new one."""
        self.images.append(image)
        return f"photo{len(self.images)}"

    def bookmark(self, title: str, y: float) -> None:
        """An entry of the outline that leads to height `y` (from the foot) of the page being drawn."""
        self._marks.append((title, len(self._pages), y))

    def end_page(self) -> None:
        """What was drawn is a page."""
        self._pages.append("\n".join(self.code))
        self.code = []

    def bind(self, info: dict[str, str]) -> bytes:
        """The file; `info` goes into the information dictionary."""
        binding = Binding()
        pages = binding.reserve()
        resources = binding.reserve()
        fonts = "".join(
            f"/F{n} {_embed(binding, face(name), written)} 0 R "
            for n, (name, written) in enumerate(self.used.items(), 1)
        )
        images = "".join(f"/photo{n} {_photo(binding, one)} 0 R " for n, one in enumerate(self.images, 1))
        binding.put(f"<< /Font << {fonts}>> /XObject << {images}>> >>", resources)
        kids = []
        held = f" /Resources {resources} 0 R"  # on each page: PDF/A forbids to inherit them (ISO 19005-3, 6.2.2)
        for code in self._pages:
            content = binding.stream("", code.encode("ascii"))
            kids.append(binding.put(f"<< /Type /Page /Parent {pages} 0 R /Contents {content} 0 R{held} >>"))
        box = f"[0 0 {self.size[0]:.4f} {self.size[1]:.4f}]"
        listed = " ".join(f"{kid} 0 R" for kid in kids)
        binding.put(f"<< /Type /Pages /Count {len(kids)} /Kids [{listed}] /MediaBox {box} >>", pages)
        outline = f" /Outlines {self._outline(binding, kids)} 0 R" if self._marks else ""
        about = binding.put("<< " + " ".join(f"/{key} {text(value)}" for key, value in info.items()) + " >>")
        return binding.bound(binding.put(f"<< /Type /Catalog /Pages {pages} 0 R{outline} >>"), about)

    def _outline(self, binding: Binding, kids: list[int]) -> int:
        top = binding.reserve()
        numbers = [binding.reserve() for _ in self._marks]
        for at, (title, page, y) in enumerate(self._marks):
            beside = f" /Prev {numbers[at - 1]} 0 R" if at else ""
            beside += f" /Next {numbers[at + 1]} 0 R" if at + 1 < len(numbers) else ""
            dest = f"[{kids[page]} 0 R /XYZ null {y:.2f} null]"
            binding.put(f"<< /Title {text(title)} /Parent {top} 0 R{beside} /Dest {dest} >>", numbers[at])
        ends = f"/First {numbers[0]} 0 R /Last {numbers[-1]} 0 R"
        return binding.put(f"<< /Type /Outlines /Count {len(numbers)} {ends} >>", top)


def _photo(binding: Binding, image: Image) -> int:
    colours = "DeviceGray" if image.channels == 1 else "DeviceRGB"
    entries = (
        f"/Type /XObject /Subtype /Image /Width {image.width} /Height {image.height} /BitsPerComponent 8 "
        f"/ColorSpace /{colours} /Filter /DCTDecode"
    )
    return binding.stream(entries, image.data, deflate=False)


def _embed(binding: Binding, font: TrueType, written: list[str]) -> int:
    """A typeface with only the letters that were written; codes are those of `TrueType.code`."""
    letters = sorted(set("".join(written)))
    glyphs = {letter: font.numbers[letter] for letter in letters}
    program, numbers = font.subset(glyphs.values())
    codes = sorted((font.code(letter), letter) for letter in letters)
    table = bytearray(2 * (codes[-1][0] + 1)) if codes else bytearray(2)
    for code, letter in codes:
        table[2 * code : 2 * code + 2] = numbers[glyphs[letter]].to_bytes(2, "big")
    name = f"{_tag(letters)}+{font.name}"
    file = binding.stream(f"/Length1 {len(program)}", program)
    look = font.metrics
    descriptor = binding.put(
        f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [{' '.join(map(str, look.box))}] /ItalicAngle 0 "
        f"/Ascent {look.ascent} /Descent {look.descent} /CapHeight {look.cap} /StemV 80 /FontFile2 {file} 0 R >>"
    )
    order = binding.stream("", bytes(table))
    widths = " ".join(f"{code} [{font.advance(glyphs[c])}]" for code, c in codes if font.advance(glyphs[c]) != 1000)
    descendant = binding.put(
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /FontDescriptor {descriptor} 0 R /DW 1000 "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        f"/CIDToGIDMap {order} 0 R /W [{widths}] >>"
    )
    unicode = binding.stream("", _to_unicode(codes).encode("ascii"))
    return binding.put(
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H "
        f"/DescendantFonts [{descendant} 0 R] /ToUnicode {unicode} 0 R >>"
    )


def _tag(letters: list[str]) -> str:
    """Six capitals that tell subsets of a face apart."""
    number = 7
    for letter in letters:
        number = (number * 31 + ord(letter)) % 26**6
    return "".join(chr(65 + number // 26**place % 26) for place in range(6))


def _to_unicode(codes: list[tuple[int, str]]) -> str:
    """What each code reads as when it is copied; 𠮷 as the two halves of UTF-16."""
    lines = [f"<{code:04X}> <{letter.encode('utf-16-be').hex().upper()}>" for code, letter in codes]
    blocks = [lines[i : i + _BLOCK] for i in range(0, len(lines), _BLOCK)]
    body = "\n".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar" for b in blocks)
    return f"{_MAP_HEAD}{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
