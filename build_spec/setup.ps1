# Makes the virtual environment from the hashed lock; nothing else is needed on Windows.
$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..")
if (-not (Test-Path ".venv\.ready") -or ((Get-Item "requirements.lock").LastWriteTime -gt (Get-Item ".venv\.ready").LastWriteTime)) {
    if (-not (Test-Path ".venv")) { py -3 -m venv .venv; if ($LASTEXITCODE) { exit $LASTEXITCODE } }
    .venv\Scripts\python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
    if ($LASTEXITCODE) { exit $LASTEXITCODE }
    .venv\Scripts\python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
    if ($LASTEXITCODE) { exit $LASTEXITCODE }
    New-Item -ItemType File -Force ".venv\.ready" | Out-Null
}
