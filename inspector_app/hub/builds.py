"""Long work that many laptops wait for is done once, in a thread of its own; a request never waits for all of it."""

import logging
import threading
from collections.abc import Callable

from inspector_app.domain.errors import WorldError

_log = logging.getLogger("inspector_app.hub")
PATIENCE_S = 1.0
"""So long a request waits; small work is done by then, and a handful of threads serves everybody."""


class Builds:
    """What is being built in this process, by name."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: dict[str, threading.Event] = {}

    def wait(self, name: str, build: Callable[[], object]) -> None:
        """Begin unless it is under way; raises WorldError `hub_making` when it is not done soon."""
        with self._lock:
            done = self._running.get(name)
            if done is None:
                done = self._running[name] = threading.Event()
                # a daemon: the hub stops without waiting, what was begun is begun anew
                threading.Thread(target=self._run, args=(name, build, done), name=f"build {name}", daemon=True).start()
        if not done.wait(PATIENCE_S):
            raise WorldError("hub_making", "The hub prepares the first sync; ask again in a moment.")

    def _run(self, name: str, build: Callable[[], object], done: threading.Event) -> None:
        try:
            build()
        except Exception:
            _log.exception("a build failed")
        finally:
            with self._lock:
                del self._running[name]
            done.set()
