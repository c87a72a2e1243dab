# Two commands: `make demo` sets everything up and plays a field day; `make test` runs every test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
OUT ?= demo-out
JOBS ?= 2
export QT_QPA_PLATFORM ?= $(if $(DISPLAY)$(WAYLAND_DISPLAY),,offscreen)

.PHONY: soak demo test quick check bench conformance fuzz looks lock clean

$(VENV)/.ready: requirements.lock pyproject.toml build_spec/setup.sh
	PYTHON="$(PYTHON)" VENV="$(VENV)" sh build_spec/setup.sh

demo: $(VENV)/.ready
	$(PY) -m inspector_app demo --headless --out $(OUT)

# windows apart from servers: Qt and the S3 client's threads in one process ended in crashes
test: $(VENV)/.ready check
	$(PY) -m pytest tests -n $(JOBS) --dist loadfile --ignore=tests/desktop --ignore=tests/demo
	$(PY) -m pytest tests/desktop tests/demo -n $(JOBS) --dist loadfile

quick: $(VENV)/.ready
	$(PY) -m pytest tests -m "not slow" -x

check: $(VENV)/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.ready
	$(PY) -m tests.benchmarks

conformance: $(VENV)/.ready
	$(PY) -m tests.xforms.conformance

fuzz: $(VENV)/.ready
	$(PY) -m tests.xforms.fuzz --inputs $(or $(INPUTS),1000000)

soak: $(VENV)/.ready
	SYNC_RUNS=10000 $(PY) -m pytest tests/sync/test_model.py
	KILLS=200 $(PY) -m pytest tests/store/test_killed.py
	$(PY) -m tests.desktop.soak --visits $(or $(VISITS),24)

looks: $(VENV)/.ready
	$(PY) -m tests.looks looks-out
	$(PY) -m tests.reports.looks looks-out/papers

lock:
	$(PY) -m pip install -q uv
	$(PY) -m uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header --no-annotate --all-extras pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) $(OUT) build dist
