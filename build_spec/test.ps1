# Lint, types and every test.
. (Join-Path $PSScriptRoot "setup.ps1")
.venv\Scripts\ruff check .; if ($LASTEXITCODE) { exit $LASTEXITCODE }
.venv\Scripts\ruff format --check .; if ($LASTEXITCODE) { exit $LASTEXITCODE }
.venv\Scripts\mypy; if ($LASTEXITCODE) { exit $LASTEXITCODE }
.venv\Scripts\python -m pytest tests
exit $LASTEXITCODE
