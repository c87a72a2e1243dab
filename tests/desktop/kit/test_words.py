"""Every word of the window is in the catalogue, in three languages, and every entry of the catalogue is used."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from inspector_app import assets
from inspector_app.desktop.kit.catalogue import LANGUAGES, Phrase, read_catalogue

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = ROOT / "inspector_app"
DESKTOP = PACKAGE / "desktop"
CATALOGUE = read_catalogue(assets.resource("translations"))
CHINESE = re.compile(r"[\u3400-\u9fff]")
SAYS = {
    "setText", "setToolTip", "setPlaceholderText", "setWindowTitle", "setAccessibleName", "setAccessibleDescription",
    "setStatusTip", "setWhatsThis", "addItem", "addItems", "setTitle", "setItemText", "setHeaderLabels", "setTabText",
    "setInformativeText", "setPlainText", "setHtml", "drawText", "QLabel", "QPushButton", "QCheckBox", "QRadioButton",
    "QGroupBox", "QAction", "QListWidgetItem", "QTreeWidgetItem", "QTableWidgetItem",
    "information", "warning", "question",
}  # fmt: skip
"""Calls whose literal arguments a person would read."""
NEVER_CALLED = {"operations/visits_file.py", "sync/envelope.py", "sync/wire.py"}
"""Only the command line reads visits from a file; what a Round meets arrives as the reason of its outcome."""
NO_WORDS = {"F5", "Ctrl+", "0/0"}
NAMES_ITSELF = ("self.", "app.name")


@cache
def trees() -> dict[str, ast.Module]:
    """Every module of the desktop; `driving` plays a person and is none of the window's words."""
    files = [file for file in DESKTOP.rglob("*.py") if file.name != "driving.py"]
    return {str(file.relative_to(ROOT)): ast.parse(file.read_text("utf-8")) for file in files}


def docstrings(tree: ast.Module) -> set[int]:
    """Ids of nodes nobody reads in the window: docstrings, notes below constants, patterns for typed input."""
    bare = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)}
    compiled = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and ast.unparse(n.func) == "re.compile"]
    return bare | {id(argument) for call in compiled for argument in call.args}


def strings(tree: ast.Module) -> Iterator[ast.Constant]:
    """Text constants of the code, docstrings left out."""
    skipped = docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node


def texts(phrase: Phrase) -> list[str]:
    return [phrase] if isinstance(phrase, str) else list(phrase.values())


@pytest.mark.parametrize("key", sorted(CATALOGUE))
def test_every_key_speaks_three_languages(key: str) -> None:
    phrases = CATALOGUE[key]
    assert tuple(phrases) == LANGUAGES
    assert all(text.strip() for phrase in phrases.values() for text in texts(phrase))
    for phrase in phrases.values():
        assert isinstance(phrase, str) or set(phrase) == {"one", "other"}
    if not key.startswith(NAMES_ITSELF):
        assert not any(CHINESE.search(text) for text in texts(phrases["en"])), "English with Chinese in it"


@pytest.mark.parametrize("key", sorted(CATALOGUE))
def test_every_language_takes_the_same_arguments(key: str) -> None:
    wanted = {}
    for language, phrase in CATALOGUE[key].items():
        wanted[language] = {name for text in texts(phrase) for _, name, _, _ in Formatter().parse(text) if name}
    assert wanted["zh-Hant"] == wanted["zh-Hans"]
    assert wanted["en"] - {"n"} == wanted["zh-Hant"] - {"n"}


def test_simplified_words_hold_no_traditional_character() -> None:
    pairs = [
        (old, new)
        for phrases in CATALOGUE.values()
        if isinstance(phrases["zh-Hant"], str) and isinstance(phrases["zh-Hans"], str)
        and len(phrases["zh-Hant"]) == len(phrases["zh-Hans"])
        for old, new in zip(phrases["zh-Hant"], phrases["zh-Hans"], strict=True)
    ]  # fmt: skip
    simplified = {new for _, new in pairs}
    traditional = {old for old, new in pairs if old != new} - {"程", "器", "序", "線", "位", "乾", "著"} - simplified
    assert len(traditional) > 100
    wrong = {
        key: found
        for key, phrases in CATALOGUE.items()
        if not key.startswith(NAMES_ITSELF) and (found := traditional & set("".join(texts(phrases["zh-Hans"]))))
    }
    assert not wrong


def test_the_campaign_is_written_as_the_district_writes_it() -> None:
    wrong = [key for key, phrases in CATALOGUE.items() if re.search("複產|複查|复產|複核", str(phrases))]
    assert not wrong, "it is 復產 and 復查"


def test_no_words_bypass_the_catalogue() -> None:
    wrong = []
    for file, tree in trees().items():
        if "catalogue" not in file:
            chinese = [node for node in strings(tree) if CHINESE.search(str(node.value)) and "dates.py" not in file]
            wrong += [f"{file}:{node.lineno} {node.value!r}" for node in chinese]
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            if name in SAYS:
                wrong += [f"{file}:{call.lineno} {name}({text!r})" for text in said(call)]
    assert not wrong, "Put it into resources/translations and say language.text(widget, key):\n" + "\n".join(wrong)


def said(call: ast.Call) -> Iterator[str]:
    """Literal words handed to a widget, f-strings and lists looked into, what is passed to `tr` left out."""
    for argument in call.args:
        keys = {id(c) for n in ast.walk(argument) if isinstance(n, ast.Call) for a in n.args for c in ast.walk(a)}
        for node in ast.walk(argument):
            text = node.value if isinstance(node, ast.Constant) and id(node) not in keys else None
            if isinstance(text, str) and re.search(r"[A-Za-z]{2,}", text) and text not in NO_WORDS:
                yield text


def test_every_key_is_used() -> None:
    exact: set[str] = set()
    prefixes: set[str] = set()
    for tree in trees().values():
        exact |= {str(node.value) for node in strings(tree)}
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr) and node.values and isinstance(node.values[0], ast.Constant):
                prefixes.add(str(node.values[0].value))
    prefixes = {prefix for prefix in prefixes if re.fullmatch(r"[a-z_]+\.([a-z_]+)?", prefix)}
    unused = [key for key in CATALOGUE if key not in exact and not key.startswith(tuple(prefixes))]
    assert not unused, "Nobody says these; delete them"


def test_every_used_key_has_words() -> None:
    groups = {key.partition(".")[0] for key in CATALOGUE}
    shape = re.compile(rf"({'|'.join(groups)})\.[a-z_]+")
    files = (".py", ".json", ".md", ".ini")
    wrong = [
        f"{file}:{node.lineno} {node.value}"
        for file, tree in trees().items()
        for node in strings(tree)
        if shape.fullmatch(str(node.value)) and node.value not in CATALOGUE and not str(node.value).endswith(files)
    ]
    assert not wrong


def test_every_error_of_the_lower_floors_has_words() -> None:
    """What operations, store, sync and photos raise may reach the window; hub and cli have their own readers."""
    raised: dict[str, str] = {}
    for folder in ("operations", "store", "sync", "photos", "checklists", "reports", "domain", "phone", "table"):
        for file in (PACKAGE / folder).rglob("*.py"):
            if file.relative_to(PACKAGE).as_posix() in NEVER_CALLED:
                continue
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                key = error_key(node)
                if key:
                    raised[key] = f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
    assert "name_missing" in raised
    missing = {key: where for key, where in raised.items() if f"error.{key}" not in CATALOGUE}
    assert not missing, "Add these to resources/translations/errors.json"


@cache
def error_names() -> frozenset[str]:
    """UserError, WorldError and the classes made of them anywhere in the product."""
    found = {"UserError", "WorldError"}
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef) and found & {getattr(base, "id", "") for base in node.bases}:
                found.add(node.name)
    return frozenset(found)


def error_key(node: ast.AST) -> str:
    """The key of `raise SomethingError("key", …)`, '' for any other node."""
    if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
        return ""
    name = getattr(node.func, "id", "")
    key = node.args[0].value
    return key if name in error_names() and isinstance(key, str) else ""
