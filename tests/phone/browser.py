"""A headless Chromium as a phone, driven through chromedriver's plain protocol: no library, nothing to download."""

import base64
import json
import shutil
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
_SWITCHES = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
)  # fmt: skip
TRIES = 200


class Browser:
    """One page in one window of a phone's size."""

    def __init__(self, address: str, session: str) -> None:
        self._base = f"{address}/session/{session}"

    def open(self, url: str) -> None:
        """Go there."""
        ask("POST", f"{self._base}/url", {"url": url})

    def run(self, script: str, *words: Any) -> Any:
        """The value of a function body."""
        return ask("POST", f"{self._base}/execute/sync", {"script": script, "args": list(words)})

    def text(self, selector: str) -> str:
        """What a person reads there."""
        return str(self.run("return document.querySelector(arguments[0])?.innerText || ''", selector))

    def choose(self, selector: str, *files: Path) -> None:
        """Give files to a file input, as the phone's own picker does."""
        found = ask("POST", f"{self._base}/element", {"using": "css selector", "value": selector})
        text = "\n".join(map(str, files))
        ask("POST", f"{self._base}/element/{found[_ELEMENT]}/value", {"text": text})

    def until(self, script: str, *words: Any) -> Any:
        """The first true value of a script, asked in the page's own time."""
        waits = "const done = arguments[arguments.length - 1]; let n = 0; const words = arguments;"
        waits += f"(function look() {{ const v = (function () {{ {script} }}).apply(null, words);"
        waits += f" if (v || n++ > {TRIES}) done(v); else setTimeout(look, 100); }})();"
        value = ask("POST", f"{self._base}/execute/async", {"script": waits, "args": list(words)})
        assert value, f"never true: {script}"
        return value

    def picture(self, file: Path) -> None:
        """A screenshot."""
        file.write_bytes(base64.b64decode(ask("GET", f"{self._base}/screenshot", None)))


def ask(method: str, url: str, body: dict[str, Any] | None) -> Any:
    """One command of the WebDriver protocol; raises for an error."""
    content = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(url, content, {"Content-Type": "application/json"}, method=method)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=60) as reply:
        return json.loads(reply.read())["value"]


def programs() -> tuple[str, str]:
    """Chromium and its driver; skips the test where they are missing."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if chromium is None or driver is None:
        pytest.skip("no Chromium here: install the Debian packages chromium and chromium-driver")
    return chromium, driver


@contextmanager
def browsing(profile: Path, *, language: str = "zh-TW", dark: bool = False) -> Iterator[Callable[[], Browser]]:
    """A driver; each call of what it gives opens one more phone."""
    chromium, driver = programs()
    process = subprocess.Popen([driver, "--port=0"], stdout=subprocess.PIPE, text=True, stderr=subprocess.DEVNULL)
    opened: list[str] = []
    address = ""

    def phone() -> Browser:
        name = f"--user-data-dir={profile / str(len(opened))}"
        switches = [*_SWITCHES, name, f"--lang={language}", *(["--force-dark-mode"] if dark else [])]
        wanted = {
            "goog:chromeOptions": {
                "binary": chromium,
                "args": switches,
                "mobileEmulation": {"deviceMetrics": {"width": 390, "height": 780, "pixelRatio": 2.0}},
                "prefs": {"intl.accept_languages": language},
            },
            "timeouts": {"script": 60_000},
        }
        session = ask("POST", f"{address}/session", {"capabilities": {"alwaysMatch": wanted}})["sessionId"]
        opened.append(session)
        return Browser(address, session)

    try:
        assert process.stdout is not None
        line = next(said for said in process.stdout if "started successfully on port" in said)
        address = f"http://127.0.0.1:{line.rpartition('port ')[2].strip().rstrip('.')}"
        yield phone
    finally:
        for session in opened:
            ask("DELETE", f"{address}/session/{session}", None)
        process.terminate()
        process.wait(20)
        if process.stdout is not None:
            process.stdout.close()
