# Sets everything up and plays a field day; results in demo-out.
. (Join-Path $PSScriptRoot "setup.ps1")
.venv\Scripts\python -m inspector_app demo --headless --out demo-out
exit $LASTEXITCODE
