"""Hostile files through the real command line: one plain sentence or an honest result, never a traceback, ≤ 300 MB."""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.xforms import hostile_files as files
from tests.xforms.hostile_files import BORNE, REFUSED, Files

if sys.platform == "win32":
    pytest.skip("resource limits are POSIX", allow_module_level=True)

from tests.commands import Commands, Ended

MOST_MB = 300
STEPS = b'{"answer": "/data/a", "value": "x"}\n{"finalize": true}\n'
Run = Callable[..., Ended]


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    """`form check`, `form play` or `form install` of hostile files; times are in the bench."""
    with Commands() as commands, tempfile.TemporaryDirectory() as name:

        def run_one(verb: str, make: Callable[[], Files], steps: bytes = STEPS) -> Ended:
            folder = Path(name)
            form = written(make(), folder)
            (folder / "steps.jsonl").write_bytes(steps)
            more = [str(folder / "steps.jsonl")] if verb == "play" else []
            shared = ["--json"] if verb == "check" else []
            return commands.run(folder, "--data", str(folder / "home"), *shared, "form", verb, str(form), *more)

        yield run_one


def written(given: Files, folder: Path) -> Path:
    """The files in a folder; the path of the form."""
    for name, data in given.items():
        (folder / name).write_bytes(data)
    return folder / next(iter(given))


def assert_calm(ended: Ended) -> None:
    """No traceback, no bug, no hang, no more memory than allowed."""
    assert "Traceback" not in ended.err + ended.out
    assert ended.status in (0, 1), (ended.status, ended.err[-300:])
    assert ended.megabytes <= MOST_MB
    assert ended.err.count("\n") <= 1, ended.err[:300]


@pytest.mark.parametrize("make", REFUSED, ids=lambda make: make.__name__)
def test_a_hostile_form_is_refused_with_one_sentence(run: Run, make: Callable[[], Files]) -> None:
    played = run("play", make)
    assert_calm(played)
    assert played.status == 1
    assert played.out == ""
    assert played.err.strip().endswith((".", ")"))
    assert len(played.err) < 400


@pytest.mark.parametrize("make", REFUSED, ids=lambda make: make.__name__)
def test_form_check_says_why(run: Run, make: Callable[[], Files]) -> None:
    checked = run("check", make)
    assert_calm(checked)
    told = json.loads(checked.out)
    assert checked.status == (0 if told["ok"] else 1)
    assert all(len(p["message"]) < 400 for p in told["problems"])
    assert make is files.million_instances_twice or not told["ok"]


@pytest.mark.parametrize("verb", ["check", "play"])
@pytest.mark.parametrize("make", BORNE, ids=lambda make: make.__name__)
def test_a_heavy_form_ends_calmly(run: Run, make: Callable[[], Files], verb: str) -> None:
    assert_calm(run(verb, make))


@pytest.mark.parametrize("make", [files.billion_laughs, files.zip_bomb, files.million_instances, files.csv_200000_rows],
                         ids=lambda make: make.__name__)  # fmt: skip
def test_a_hostile_form_is_not_installed(run: Run, make: Callable[[], Files]) -> None:
    installed = run("install", make)
    assert_calm(installed)
    assert installed.status == 1


@pytest.mark.parametrize(
    "steps",
    [
        b"[" * 100_000, b"\xff\xfe\x00\n", b'{"answer": "/data/a"' + b"x" * 5_000_000, b"not json\n{}\n[]\nnull\n1\n",
        json.dumps({"answer": "/data/a", "value": "x" * 5_000_000}).encode(),
        json.dumps({"answer": "/" + "a" * 1_000_000, "value": ""}).encode(),
        b'{"answer": "/data/\\ud800", "value": "\\ud800"}\n{"answer": "/data/a", "value": {}}\n{"add_repeat": "/data[9]"}',
        b'{"answer": "/data/a", "value": "\\ud800\\u0000"}\n{"finalize": true}\n{"language": "\\ud800"}',
    ],
    ids=["nested", "binary", "cut", "other", "long answer", "long path", "surrogates", "surrogate answer"],
)  # fmt: skip
def test_hostile_steps_are_refused_one_by_one(run: Run, steps: bytes) -> None:
    played = run("play", files.script_in_labels, steps)
    assert_calm(played)
    assert played.status == 1
    assert json.loads(played.out.splitlines()[0])["step"] == 0
    assert "error" in json.loads(played.out.splitlines()[-1])
