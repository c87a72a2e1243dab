"""Many papers: facts are gathered here, drawn, archived and signed by two processes; stopped and resumed at any paper."""

import json
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Protocol

from inspector_app.domain.errors import DaoweiError
from inspector_app.operations import printing, sealing
from inspector_app.operations.printing import Wanted
from inspector_app.reports.pressing import Pressed, give_way, press
from inspector_app.reports.record import record_digest, record_json
from inspector_app.reports.signing import Signer
from inspector_app.reports.writing import write_file
from inspector_app.store.database import Store

MANIFEST = "manifest.json"
MANY = 8
"""Papers from which other processes are worth their start of a second."""
PROCESSES, AHEAD = 2, 5
"""At most so many papers are in memory, gathered and not yet written."""
_SOON = 1.0
"""Seconds between two writings of the manifest."""


@dataclass(frozen=True)
class Written:
    """One PDF on disk; `size` in bytes."""

    id: str
    file: Path
    pages: int
    size: int


@dataclass(frozen=True)
class Batch:
    """What a batch wrote (or found already written) and what failed, with the sentence why."""

    written: tuple[Written, ...]
    failed: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class _Sheet:
    """A paper on its way: `entry` is its line of the manifest, without the pages."""

    subject: str
    key: str
    path: Path
    digest: str
    pressed: "Future[Pressed]"


class _Press(Protocol):
    def submit(self, work: Callable[..., Pressed], /, *given: object) -> "Future[Pressed]": ...


class _Here:
    """Presses at once, in this process."""

    def submit(self, work: Callable[..., Pressed], /, *given: object) -> "Future[Pressed]":
        done: Future[Pressed] = Future()
        done.set_result(work(*given))
        return done


class _Processes:
    """Presses elsewhere, or here where no process can be had (any more)."""

    def __init__(self, pool: Executor) -> None:
        self._pool = pool

    def submit(self, work: Callable[..., Pressed], /, *given: object) -> "Future[Pressed]":
        try:
            return self._pool.submit(work, *given)
        except (RuntimeError, OSError):  # a killed process breaks the pool; a locked-down system starts none
            return _Here().submit(work, *given)


@contextmanager
def _presses(count: int) -> Iterator[_Press]:
    """Who presses `count` papers."""
    if count < MANY:
        yield _Here()
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(PROCESSES, get_context("spawn"), give_way) as pool:
        yield _Processes(pool)


class _Book:
    """The manifest of a folder: which record each file was printed from."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            found = json.loads((folder / MANIFEST).read_text("utf-8"))
        except (OSError, ValueError):
            found = {}
        self._lines: dict[str, dict[str, object]] = found if isinstance(found, dict) else {}
        self._kept, self._is_whole = time.monotonic(), True

    def kept(self, key: str, digest: str, path: Path) -> int:
        """Pages of a file that is as it should be, 0 for one that has to be written."""
        line = self._lines.get(key, {})
        is_same = line.get("digest") == digest and line.get("file") == path.name and path.exists()
        return int(str(line["pages"])) if is_same else 0

    def note(self, sheet: _Sheet, pages: int) -> None:
        """One more file is written; the manifest is, once a second: what it lacks after a kill is only written again."""
        self._lines[sheet.key] = {"digest": sheet.digest, "file": sheet.path.name, "pages": pages}
        self._is_whole = False
        if time.monotonic() - self._kept > _SOON:
            self.close()

    def close(self) -> None:
        """The manifest as it is now."""
        if not self._is_whole:
            write_file(self.folder / MANIFEST, json.dumps(self._lines, ensure_ascii=False).encode())
            self._kept, self._is_whole = time.monotonic(), True


def write_batch(  # noqa: PLR0913 - three of them are keywords
    store: Store,
    wanted: Sequence[Wanted],
    folder: Path,
    *,
    language: str = "zh-Hant",
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Batch:
    """Write one PDF per paper; a file whose record is unchanged since an earlier run is kept, so a batch resumes."""
    folder.mkdir(parents=True, exist_ok=True)
    book = _Book(folder)
    signer = cache(partial(sealing.signer, store))
    written: list[Written] = []
    failed: list[tuple[str, str]] = []
    under_way: deque[_Sheet | Written] = deque()

    def take(done: Written | tuple[str, str]) -> None:
        written.append(done) if isinstance(done, Written) else failed.append(done)
        if progress:
            progress(len(written) + len(failed), len(wanted))

    with _presses(len(wanted)) as presses, closing(book):
        desk = _Desk(store, book, presses, signer, language)
        for one in wanted:
            if cancelled():
                break
            try:
                under_way.append(_begun(desk, one))
            except DaoweiError as error:
                take((one.subject, str(error)))
            while len(under_way) >= (AHEAD if len(wanted) >= MANY else 1):
                take(_finished(book, under_way.popleft()))
        while under_way:
            take(_finished(book, under_way.popleft()))
    return Batch(tuple(written), tuple(failed))


@dataclass(frozen=True)
class _Desk:
    """What every paper of a batch needs; the key is read once."""

    store: Store
    book: _Book
    presses: _Press
    signer: Callable[[], Signer]
    language: str


def _begun(desk: _Desk, wanted: Wanted) -> _Sheet | Written:
    """A paper on its way, or the file that is there already."""
    ready = printing.gather(desk.store, wanted, desk.language)
    digest = f"{record_digest(record_json(ready.facts))} {desk.language} {printing.marks(ready.facts)}"
    path = desk.book.folder / ready.name
    key = wanted.subject if wanted.kind == "inspection" else f"{wanted.kind}:{wanted.subject}"
    pages = desk.book.kept(key, digest, path)
    if pages:
        return Written(wanted.subject, path, pages, path.stat().st_size)
    printing.vouch(desk.store, wanted, ready)
    signer = desk.signer() if ready.frozen is not None else None
    return _Sheet(wanted.subject, key, path, digest, desk.presses.submit(press, ready, signer, path))


def _finished(book: _Book, sheet: _Sheet | Written) -> Written | tuple[str, str]:
    """What became of it."""
    if isinstance(sheet, Written):
        return sheet
    try:
        done = sheet.pressed.result()
    except BrokenExecutor as error:  # its process was killed: what is written is kept, the next run does the rest
        return sheet.subject, f"{sheet.path.name} was not written: {error}"
    if done.why:
        return sheet.subject, done.why
    book.note(sheet, done.pages)
    return Written(sheet.subject, sheet.path, done.pages, done.size)
