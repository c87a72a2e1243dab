"""PDF objects bound to one file: numbered, deflated, with their table at the end; the same objects give the same bytes."""

import hashlib
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field

_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_EFFORT = 2
"""Of zlib: half of the time of its usual 6 for 5 % of the bytes that are not photographs."""

Piece = bytes | memoryview


@dataclass
class Binding:
    """Objects in the order of their numbers; `bodies` holds them as pieces, so that photographs are never copied."""

    bodies: list[list[Piece]] = field(default_factory=list)

    def reserve(self) -> int:
        """A number whose object follows later."""
        self.bodies.append([])
        return len(self.bodies)

    def put(self, body: str | bytes, number: int = 0) -> int:
        """An object, under a reserved number or a new one."""
        number = number or self.reserve()
        self.bodies[number - 1] = [body.encode("ascii") if isinstance(body, str) else body]
        return number

    def stream(self, entries: str, content: bytes, *, deflate: bool = True, fill: bytes = b"\n") -> int:
        """A stream with the dictionary entries given; `fill` may follow the content where its end would be misread."""
        filtered = ""
        if deflate:
            content = deflated(content, fill)
            filtered = " /Filter /FlateDecode"
        number = self.reserve()
        head = f"<< {entries}{filtered} /Length {len(content)} >>\nstream\n".encode("ascii")
        self.bodies[number - 1] = [head, content, b"\nendstream"]
        return number

    def bound(self, root: int, info: int, secret: bytes = b"") -> bytes:
        """The whole file. `secret` is what besides the objects tells two files apart."""
        pieces: list[Piece] = [_HEAD]
        offsets, at = [], len(_HEAD)
        for number, body in enumerate(self.bodies, 1):
            offsets.append(at)
            parts: tuple[Piece, ...] = (f"{number} 0 obj\n".encode("ascii"), *body, b"\nendobj\n")
            pieces += parts
            at += sum(map(len, parts))
        pieces.append(_tail(offsets, at, root, info, self._identity(secret)))
        return b"".join(pieces)

    def _identity(self, secret: bytes) -> str:
        """Of all that is set, and of the sizes of what is large."""
        digest = hashlib.sha256(secret)
        for body in self.bodies:
            for piece in body:
                digest.update(piece if len(piece) < 20_000 else str(len(piece)).encode("ascii"))
        return digest.hexdigest()[:32]


def deflated(content: bytes, fill: bytes = b"\n") -> bytes:
    """Compressed so that it does not end in CR: validators take that for a part of the line end that follows."""
    effort = _EFFORT if content.count(0) < len(content) / 2 else 1  # a table that is almost empty is soon packed
    packed = zlib.compress(content, effort)
    return zlib.compress(content + fill, effort) if packed.endswith(b"\r") else packed


def _tail(offsets: Iterable[int], at: int, root: int, info: int, identity: str) -> bytes:
    lines = [f"{offset:010d} 00000 n \n" for offset in offsets]
    count = len(lines) + 1
    return (
        f"xref\n0 {count}\n0000000000 65535 f \n{''.join(lines)}trailer\n<< /Size {count} /Root {root} 0 R "
        f"/Info {info} 0 R /ID [<{identity}> <{identity}>] >>\nstartxref\n{at}\n%%EOF\n"
    ).encode("ascii")


_TRAILER = re.compile(
    rb"trailer\n<< /Size (?P<size>\d+) /Root (?P<root>\d+) 0 R /Info (?P<info>\d+) 0 R /ID \[<(?P<id>\w+)> "
)


def _end(pdf: bytes) -> tuple[int, re.Match[bytes]]:
    """Where the table of a file made here begins, and its trailer."""
    start = pdf.rfind(b"startxref\n")
    trailer = _TRAILER.search(pdf, max(0, start - 200))
    if start < 0 or trailer is None:
        raise ValueError("This PDF was not bound here")
    return int(pdf[start + 10 :].split(b"\n", 1)[0]), trailer


def unbound(pdf: bytes) -> tuple[Binding, int, int]:
    """The objects of a file made here, its catalogue and information; raises ValueError for any other file."""
    at, trailer = _end(pdf)
    rows = pdf[at : trailer.start()].split(b"\n")[3:-1]
    offsets = [*(int(row[:10]) for row in rows), at]
    view = memoryview(pdf)
    binding = Binding()
    for number, (begin, end) in enumerate(zip(offsets, offsets[1:], strict=False), 1):
        binding.bodies.append([view[begin + len(f"{number} 0 obj\n") : end - len("\nendobj\n")]])
    return binding, int(trailer["root"]), int(trailer["info"])


def appended(pdf: bytes, bodies: dict[int, bytes]) -> bytes:
    """What follows a file made here where a revision puts these objects in the place of others, or beside them."""
    before, trailer = _end(pdf)
    pieces, rows, at = [], ["0 1\n0000000000 65535 f \n"], len(pdf)
    for number, body in sorted(bodies.items()):
        piece = f"{number} 0 obj\n".encode("ascii") + body + b"\nendobj\n"
        rows.append(f"{number} 1\n{at:010d} 00000 n \n")
        pieces.append(piece)
        at += len(piece)
    size = max(int(trailer["size"]), max(bodies) + 1)
    first, second = trailer["id"].decode("ascii"), hashlib.sha256(b"".join(pieces)).hexdigest()[:32]
    pieces.append(
        f"xref\n{''.join(rows)}trailer\n<< /Size {size} /Root {trailer['root'].decode()} 0 R "
        f"/Info {trailer['info'].decode()} 0 R /Prev {before} /ID [<{first}> <{second}>] >>\n"
        f"startxref\n{at}\n%%EOF\n".encode("ascii")
    )
    return b"".join(pieces)


def text(words: str) -> str:
    """A text string of a dictionary."""
    return f"<feff{words.encode('utf-16-be', 'replace').hex()}>"
