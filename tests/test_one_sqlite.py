"""One SQLite library in the product (security.md §5.3): a second one in the process unlinks the live write-ahead log."""

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "inspector_app"
FORBIDDEN = ("sqlite3", "_sqlite3", "pysqlite2", "pysqlite3", "aiosqlite", "PySide6.QtSql")
OPENERS = {"store/engine.py", "hub/database.py"}


def faults(name: str, source: str) -> Iterator[str]:
    """What breaks the rule in one file."""
    for node in ast.walk(ast.parse(source)):
        for module in imported(node):
            if any(module == bad or module.startswith(bad + ".") for bad in FORBIDDEN):
                yield f"{name}:{node.lineno} imports {module}"  # type: ignore[attr-defined]
            if module.split(".")[0] == "sqlcipher3" and name not in OPENERS:
                yield f"{name}:{node.lineno} imports sqlcipher3 beside the openers"  # type: ignore[attr-defined]
        if isinstance(node, ast.Call) and is_loose_engine(node):
            yield f"{name}:{node.lineno} opens SQLite without module= and creator="


def imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and not node.level:
        yield node.module or ""
        yield from (f"{node.module}.{alias.name}" for alias in node.names)
    elif isinstance(node, ast.Call) and called(node) in ("import_module", "__import__"):
        yield from (str(argument.value) for argument in node.args if isinstance(argument, ast.Constant))


def called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def is_loose_engine(node: ast.Call) -> bool:
    is_sqlite = any(isinstance(a, ast.Constant) and str(a.value).startswith("sqlite") for a in node.args)
    given = {keyword.arg for keyword in node.keywords}
    return called(node) == "create_engine" and is_sqlite and not {"module", "creator"} <= given


def test_no_second_library() -> None:
    files = [path for path in PACKAGE.rglob("*.py")]
    assert PACKAGE / "store" / "engine.py" in files
    found = [fault for path in files for fault in faults(path.relative_to(PACKAGE).as_posix(), path.read_text("utf-8"))]
    assert not found, "Use store/engine.py or hub/database.py:\n" + "\n".join(found)


def test_the_scan_sees_what_is_planted() -> None:
    planted = """
import sqlite3
import sqlite3.dbapi2 as db
from _sqlite3 import connect
from PySide6 import QtSql
from PySide6.QtSql import QSqlDatabase
import importlib; importlib.import_module("aiosqlite")
from sqlcipher3 import dbapi2
create_engine("sqlite://")
sqlalchemy.create_engine("sqlite+pysqlite:///x", module=dbapi2)
"""
    lines = {int(fault.split(":")[1].split()[0]) for fault in faults("desktop/planted.py", planted)}
    assert lines == set(range(2, 11))
    assert not list(
        faults("store/engine.py", 'from sqlcipher3 import dbapi2\ncreate_engine("sqlite://", module=m, creator=c)')
    )
