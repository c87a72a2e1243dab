"""The command line as scripts see it: one JSON document, one sentence per failure, the right exit status."""

import atexit
import contextlib
import functools
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from inspector_app.demo import district
from tests.commands import Commands
from tests.operations.house_form import HOUSE
from tests.operations.workbooks import write
from tests.store.pkcs12 import pkcs12_of

ENVIRONMENT = {**os.environ, "INSPECTOR_APP_PASSWORD": "a good password"}


@functools.cache
def _commands() -> tuple[Commands, Path]:
    """The process whose forks the commands are, and a folder for what they say."""
    stack = contextlib.ExitStack()
    atexit.register(stack.close)
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    return stack.enter_context(Commands(ENVIRONMENT)), folder


def ended(*words: str | Path) -> tuple[int, str, str]:
    """Exit status, standard output and error of one command; a process of its own where there are no forks."""
    if sys.platform != "win32":
        commands, folder = _commands()
        found = commands.run(folder, *map(str, words))
        return found.status, found.out, found.err
    command = [sys.executable, "-m", "inspector_app", *map(str, words)]
    done = subprocess.run(command, capture_output=True, env=ENVIRONMENT, timeout=120, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def run(*words: str | Path, status: int = 0) -> str:
    """Standard output of one command; its exit status is checked, and that failures are told without a traceback."""
    code, out, err = ended(*words)
    assert code == status, out + err
    if status:
        assert "Traceback" not in err
        assert out.strip() or err.strip()
    return out


def facts(*words: str | Path, status: int = 0) -> Any:
    return json.loads(run("--json", *words, status=status))


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    data = folder / "data"
    assert facts("--data", data, "init", "--name", "陳志強", "--team", "1")["device"]
    file = folder / "r.csv"
    file.write_bytes(district.registry_csv(district.sites(60), encoding="gb18030"))
    assert facts("sites", "import", file, "--data", data)["added"] == 60
    return data


def test_sites_are_listed_as_lines(laptop: Path) -> None:
    lines = run("--json", "--data", laptop, "sites", "list", "--search", "赤崗").splitlines()
    assert lines
    assert all("赤崗" in json.dumps(json.loads(line), ensure_ascii=False) for line in lines)


def test_broken_rows_exit_1_and_sound_ones_are_taken(laptop: Path, tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("名稱,街道,場所類型\n好場所,赤崗,IN\n,赤崗,IN\n", "utf-8")
    outcome = facts("--data", laptop, "sites", "import", file, status=1)
    assert (outcome["added"], len(outcome["refused"])) == (1, 1)
    assert outcome["refused"][0]["row"] == 3


def test_one_answer_is_set_and_shown(laptop: Path, tmp_path: Path) -> None:
    site = json.loads(run("--json", "--data", laptop, "sites", "list", "--limit", "1"))
    visit = [{"site": site["id"], "form": "five-in-place", "team": 1, "inspectors": ["甲", "乙"],
              "started": "2020-03-05T09:30:00+08:00", "answers": {"A01": {"value": "pass"}}}]  # fmt: skip
    file = tmp_path / "visits.json"
    file.write_text(json.dumps(visit), "utf-8")
    added = facts("--data", laptop, "inspections", "import", file)["added"]
    assert facts("--data", laptop, "inspections", "set", added[0], "A04", "fail")["verdict"] == "fail"
    shown = facts("--data", laptop, "inspections", "show", added[0])
    assert shown["result"] == "fails"
    assert shown["reasons"] == [["veto", "A04"]]
    assert shown["conflicts"] == []
    assert shown["answered"] == 2
    written = facts("--data", laptop, "report", added[0], "--out", tmp_path / "pdf")["written"]
    for kind in ("team-day", "district"):
        other = facts("--data", laptop, "report", "--kind", kind, "--out", tmp_path / "pdf")["written"]
        assert [Path(one["file"]).exists() for one in other] == [True], kind
    assert Path(written[0]["file"]).read_bytes().startswith(b"%PDF")


def test_a_form_is_installed_with_its_files_and_listed(laptop: Path, tmp_path: Path) -> None:
    installed = facts("--data", laptop, "form", "install", write(tmp_path))
    assert installed["form"] == "small"
    first, second = facts("--data", laptop, "form", "list")
    assert (first["form"], first["hash"], first["files"], first["questions"]) == ("small", installed["hash"], 2, 5)
    assert (first["default"], first["bundled"]) == (False, False)
    assert (second["form"], second["default"], second["bundled"]) == ("five-in-place", True, True)
    lines = run("--data", laptop, "form", "list").splitlines()
    assert lines[0].split("\t")[:3] == ["小檢查表", "small", "1"]


def test_questions_of_any_form_are_set_and_shown_by_path(laptop: Path, tmp_path: Path) -> None:
    (tmp_path / "house.md").write_text(HOUSE, "utf-8")
    run("--data", laptop, "form", "install", tmp_path / "house.md")
    site = json.loads(run("--json", "--data", laptop, "sites", "list", "--limit", "1"))
    visit = [{"site": site["id"], "form": "house", "started": "2020-03-05T09:30:00+08:00",
              "answers": {"/data/room[2]/name": {"value": "kitchen"}}}]  # fmt: skip
    (tmp_path / "visits.json").write_text(json.dumps(visit), "utf-8")
    added = facts("--data", laptop, "inspections", "import", tmp_path / "visits.json")["added"][0]
    assert facts("--data", laptop, "inspections", "set", added, "/data/n", "--", "-1")["valid"] is False
    facts("--data", laptop, "inspections", "set", added, "/data/room[3]/window/state", "open")
    shown = facts("--data", laptop, "inspections", "show", added)
    assert shown["result"] == "recorded"
    assert shown["answers"]["/data/room[2]/name"] == "kitchen"
    assert shown["answers"]["/data/room[3]/window[1]/state"] == "open"
    assert {gap["path"] for gap in shown["gaps"]} == {"/data/who", "/data/n"}
    assert "kitchen" in run("--data", laptop, "inspections", "show", added)
    run("--data", laptop, "inspections", "set", added, "/data/nowhere", "x", status=1)


HOSTILE = {
    "not-a-workbook.xlsx": b"nothing of the kind",
    "empty.csv": b"",
    "binary.csv": bytes(range(256)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_registry_is_one_sentence(laptop: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(HOSTILE[name])
    run("--data", laptop, "sites", "import", tmp_path / name, status=1)


def test_a_form_with_a_cycle_is_refused(laptop: Path, tmp_path: Path) -> None:
    form = tmp_path / "cycle.md"
    form.write_text(
        "| survey |\n| | type | name | label | calculation |\n"
        "| | calculate | a | | ${b} + 1 |\n| | calculate | b | | ${a} + 1 |\n| | text | c | C | |\n",
        "utf-8",
    )
    checked = facts("form", "check", form, status=1)
    assert checked["ok"] is False
    assert any(p["severity"] == "error" and p["row"] for p in checked["problems"])
    run("--data", laptop, "form", "install", form, status=1)


def test_a_wrong_password_changes_nothing(laptop: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "pw"
    wrong.write_text("a wrong password", "utf-8")
    run("--data", laptop, "--password-file", wrong, "sites", "list", status=1)


def test_no_hub_is_the_worlds_fault(laptop: Path) -> None:
    run("--data", laptop, "sync", status=1)
    run("--data", laptop, "enroll", "--hub", "http://127.0.0.1:9", "--code", "AAAA", status=3)


def test_wrong_usage_exits_2(laptop: Path) -> None:
    run("--data", laptop, "sites", "nonsense", status=2)


def test_the_letterhead_is_set_and_what_it_cannot_be_is_refused(laptop: Path, tmp_path: Path) -> None:
    assert facts("--data", laptop, "letterhead", "show")["head"] == "band"
    kept = facts(
        "--data", laptop, "letterhead", "set", "name_hant=海珠區衛健局", "head=red", r"sign_off=一\n二", "hidden=scores"
    )
    assert (kept["name_hant"], kept["head"], kept["sign_off"], kept["hidden"]) == (
        "海珠區衛健局",
        "red",
        "一\n二",
        ["scores"],
    )
    for bad in ("colour=pink", "logo=x", "hidden=cover", "verify=ftp://x"):
        run("--data", laptop, "letterhead", "set", bad, status=1)
    assert facts("--data", laptop, "letterhead", "show") == kept


def test_the_organisations_certificate_is_brought_and_given(laptop: Path, tmp_path: Path) -> None:
    own = facts("--data", laptop, "certificate", "show")
    file, password = tmp_path / "org.p12", tmp_path / "password"
    file.write_bytes(pkcs12_of("海珠區衛健局", "geheim"))
    password.write_text("wrong\n")
    run("--data", laptop, "certificate", "import", file, "--p12-password-file", password, status=1)
    assert facts("--data", laptop, "certificate", "show") == own
    password.write_text("geheim\n")
    told = facts("--data", laptop, "certificate", "import", file, "--p12-password-file", password)
    assert (told["name"], told["fingerprint"] != own["fingerprint"]) == ("海珠區衛健局", True)
    run("--data", laptop, "certificate", "export", tmp_path / "org.pem")
    assert (tmp_path / "org.pem").read_bytes().startswith(b"-----BEGIN CERTIFICATE")
