"""The house keeps its floors, its owners and no circles; a failure names the rule, the files and the way out."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "inspector_app"

FLOORS = {
    "domain": 1, "xforms": 1, "assets": 1, "confined": 1,
    "checklists": 2, "photos": 2, "reports": 2, "sync": 2,
    "store": 3, "hub": 3,
    "operations": 4, "phone": 4, "table": 4, "desktop": 5,
    "cli": 6, "demo": 6, "__main__": 6,
}  # fmt: skip
SIDE_BY_SIDE = {"checklists": {"xforms", "domain", "assets"}}
OWNERS = {
    "PySide6": {"desktop"},
    "sqlalchemy": {"store", "hub"},
    "alembic": {"store", "hub"},
    "sqlcipher3": {"store", "hub"},
    "lxml": {"xforms"},
    "pyxform": {"xforms"},
    "PIL": {"photos"},
    "pi_heif": {"photos"},
    "reportlab": set(),
    "pikepdf": {"reports"},
    "segno": {"reports"},
    "httpx2": {"sync"},
    "truststore": {"sync"},
    "msgspec": {"sync", "hub", "store"},
    "zstandard": {"sync", "hub", "store"},
    "starlette": {"hub", "phone", "table"},
    "uvicorn": {"hub", "phone", "table"},
    "httptools": {"hub"},
    "psycopg": {"hub"},
    "obstore": {"hub"},
    "cryptography": {"sync", "store", "reports"},
    "pyhanko": {"reports"},
    "asn1crypto": {"reports"},
    "openpyxl": {"xforms", "operations"},
    "typer": {"cli"},
    "regex": {"xforms"},
    "pypinyin": {"domain"},
}
PURE = {"domain": {"domain"}, "xforms": {"xforms"}}
"""Rooms that may import nothing of the product but themselves."""
MAX_LINES, MAX_FUNCTION = 400, 50


def sources() -> dict[str, Path]:
    """Dotted module name → file, migrations excepted (they are history, not structure)."""
    files = (p for p in (ROOT / PACKAGE).rglob("*.py") if "versions" not in p.parts)
    return {_dotted(p): p for p in files}


def _dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(name: str, path: Path) -> Iterator[str]:
    """Every imported module, type-only imports included, relative ones resolved."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                stem = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*stem, base] if base else stem)
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def edges() -> dict[str, set[str]]:
    """Module → modules of the product it imports."""
    known = sources()
    return {name: {i for i in imports(name, path) if i in known and i != name} for name, path in known.items()}


def room(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def test_the_scan_sees_edges() -> None:
    found = edges()
    assert "inspector_app.domain.changeset" in found["inspector_app.sync.ports"]
    assert sum(map(len, found.values())) > 50


def test_imports_point_down() -> None:
    wrong = []
    for module, targets in edges().items():
        here = room(module)
        for target in targets:
            there = room(target)
            if not here or not there or here == there:
                continue
            if FLOORS[there] >= FLOORS[here]:
                wrong.append(f"{module} imports {target}: floor {FLOORS[here]} may not reach floor {FLOORS[there]}")
    # `cli` and `demo` share the top floor and may compose each other downwards only
    wrong = [w for w in wrong if not w.startswith(("inspector_app.__main__", "inspector_app.cli"))]
    assert not wrong, "Imports point to a lower floor; move the code down or pass it in:\n" + "\n".join(wrong)


def test_pure_rooms_know_nothing_of_the_product() -> None:
    wrong = [
        f"{module} imports {target}"
        for module, targets in edges().items()
        for target in targets
        if room(module) in PURE and room(target) not in PURE[room(module)]
    ]
    assert not wrong, "domain and xforms stand alone; pass what they need as an argument:\n" + "\n".join(wrong)


def test_a_library_has_one_owner() -> None:
    wrong = []
    for module, path in sources().items():
        for target in imports(module, path):
            top = target.split(".")[0]
            if top in OWNERS and room(module) not in OWNERS[top]:
                wrong.append(f"{module} imports {top}: it belongs to {', '.join(sorted(OWNERS[top]))}")
    assert not wrong, "Ask the owner's package for what you need:\n" + "\n".join(sorted(set(wrong)))


def test_domain_is_standard_library_only() -> None:
    import sys

    allowed = sys.stdlib_module_names | {PACKAGE}
    one_table = {"inspector_app.domain.pinyin": {"pypinyin"}}  # ADR 0093: a table of readings, nothing else
    wrong = [
        f"{module} imports {target}"
        for module, path in sources().items()
        if room(module) in {"domain", "assets", "confined"}
        for target in imports(module, path)
        if target.split(".")[0] not in allowed | one_table.get(module, set())
    ]
    assert not wrong, "\n".join(wrong)


def test_no_circles() -> None:
    graph = {m: {t for t in targets if not m.startswith(t + ".")} for m, targets in edges().items()}
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        raise AssertionError("A circle; move what both need to a lower module: " + " → ".join(error.args[1])) from None


def test_sizes_keep_the_budget() -> None:
    wrong = []
    for module, path in sources().items():
        text = path.read_text("utf-8")
        tree = ast.parse(text)
        if text.count("\n") > MAX_LINES:
            wrong.append(f"{module} has {text.count(chr(10))} lines (limit {MAX_LINES}): split it by subject")
        if text.strip() and not ast.get_docstring(tree):
            wrong.append(f"{module} lacks its one true sentence")
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > MAX_FUNCTION:
                    wrong.append(f"{module}.{node.name} has {length} lines (limit {MAX_FUNCTION})")
    assert not wrong, "\n".join(wrong)
