"""The other engine: `oracle.mjs` on Node, with packages installed into a cache folder outside the tree."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tests.xforms.forms import now

HERE = Path(__file__).parent
CACHE = Path(os.environ.get("XFORMS_ORACLE", Path.home() / ".cache" / "inspector-app-oracle"))
Job = dict[str, Any]


class NoOracle(Exception):
    """Node or the packages are not here."""


def ready(*, install: bool = False) -> Path:
    """The folder with the packages. NoOracle says what is missing."""
    if shutil.which("node") is None:
        raise NoOracle("node is not installed")
    if (CACHE / "node_modules" / "@getodk" / "xforms-engine").is_dir():
        return CACHE
    if not install or shutil.which("npm") is None:
        raise NoOracle(
            f"the packages of tests/xforms/oracle/package.json are not in {CACHE}; run the oracle with --install"
        )
    CACHE.mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "package.json", CACHE)
    subprocess.run(["npm", "install", "--no-package-lock", "--no-audit", "--no-fund"], cwd=CACHE, check=True)
    return CACHE


def play_all(jobs: Iterable[Job], home: Path) -> Iterator[Job]:
    """Play the jobs in one Node process, in order; a job has id, xml, files and steps."""
    surroundings = {
        **os.environ,
        "ORACLE_HOME": str(home),
        "ORACLE_NOW": now().isoformat(),
        "TZ": "Asia/Shanghai",
    }
    text = "".join(json.dumps(job) + "\n" for job in jobs)
    done = subprocess.run(
        ["node", str(HERE / "oracle.mjs")], input=text, capture_output=True, text=True, env=surroundings, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    yield from (json.loads(line) for line in done.stdout.splitlines())
