"""Runs many commands of the real command line, each in a fresh fork of one process that has imported it already.

`python -m tests.commands` reads {"words", "out", "err", "seconds"} as JSON lines and answers {"status", "mb",
"cpu"}: what a fork takes is what a start of its own would take, but for the second that importing costs.
"""

import json
import os
import subprocess
import sys
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended; `seconds` are of the processor."""

    status: int
    out: str
    err: str
    megabytes: float
    seconds: float


@dataclass(slots=True)
class Commands:
    """The process that forks; use it as a context."""

    environment: dict[str, str] | None = None
    process: Any = field(init=False)

    def __enter__(self) -> "Commands":
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.commands"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=self.environment,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()

    def run(self, folder: Path, *words: str, seconds: int = 60) -> Ended:
        """One command; the system kills it after so much processor time, which only a hang takes."""
        job = {"words": words, "out": str(folder / "out"), "err": str(folder / "err"), "seconds": seconds}
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()
        found = json.loads(self.process.stdout.readline())
        said = [(folder / name).read_text("utf-8", "replace") for name in ("out", "err")]
        return Ended(found["status"], *said, found["mb"], found["cpu"])


def _become(job: dict[str, Any]) -> None:
    """Turn this fork into the command, and end with its status."""
    import resource  # not on Windows

    from inspector_app.__main__ import main

    resource.setrlimit(resource.RLIMIT_CPU, (job["seconds"], job["seconds"]))
    for path, descriptor in ((job["out"], 1), (job["err"], 2)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), descriptor)
    sys.argv = ["inspector-app", *job["words"]]
    status = 0
    try:
        main()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        status = 70
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def serve() -> None:
    """Fork for every line of standard input."""
    import openpyxl
    import pyxform.xls2xform

    import inspector_app.cli.app
    import inspector_app.cli.forms
    import inspector_app.operations.keeping
    import inspector_app.xforms.lint
    import inspector_app.xforms.play

    assert inspector_app.cli.app and openpyxl and pyxform.xls2xform
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _become(json.loads(line))
        _, status, used = os.wait4(pid, 0)
        found = {"status": os.waitstatus_to_exitcode(status), "mb": used.ru_maxrss / unit}
        sys.stdout.write(json.dumps({**found, "cpu": used.ru_utime + used.ru_stime}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
