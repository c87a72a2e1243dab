"""The only place that knows where files that are not code lie: resources, forms, migrations."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    """Installed wheels carry the folder inside the package, a checkout carries it beside the package."""
    inside = _PACKAGE / f"_{name}"
    return inside if inside.is_dir() else _PACKAGE.parent / name


def resource(name: str) -> Path:
    """Path of a file below `resources/`, e.g. ``resource("fonts/NotoSansSC-Regular.ttf")``."""
    return _folder("resources") / name


def form(name: str) -> Path:
    """Path of a checklist workbook below `forms/`, e.g. ``form("five-in-place.xlsx")``."""
    return _folder("forms") / name
