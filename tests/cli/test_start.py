"""A command imports its own part of the house and no other's."""

import subprocess
import sys

HEAVY = ("sqlalchemy", "alembic", "starlette", "reportlab", "PIL", "cryptography", "PySide6")


def test_a_command_over_forms_imports_no_store_no_hub_and_no_papers() -> None:
    program = (
        "import sys; from inspector_app.cli.app import app; "
        "from typer.testing import CliRunner; print(CliRunner().invoke(app, ['form', 'check', 'none.xlsx']).output); "
        f"print(*(name for name in {HEAVY} if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["none.xlsx", "does", "not", "exist;", "check", "the", "path."]


def test_help_names_every_command() -> None:
    words = [sys.executable, "-m", "inspector_app", "--help"]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    names = ["init", "sites", "form", "inspections", "report", "verify", "export", "enroll", "sync", "bundle", "hub"]
    assert [name for name in names if f" {name} " not in said] == []
