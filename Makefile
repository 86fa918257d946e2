# `make demo` shows the main job, `make test` runs every test; both set up what they need in .venv first.

# The first Python here that is new enough and can make a virtual environment with pip.
PYTHON ?= $(shell for p in python3.11 python3 python; do \
	$$p -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
PYTEST := $(BIN)/pytest -n 2 --dist worksteal --inline-snapshot=disable
CODE := src tests $(wildcard bench)

# The tests start some hundreds of processes, each of which would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test test-long bench format pages islands lock clean
.NOTPARALLEL:

demo: .venv/run
	$(BIN)/servanda check examples/cuba-1962
	$(BIN)/servanda status examples/cuba-1962 --at 1962-11-15 --channel table
	$(BIN)/servanda why examples/cuba-1962 remove-bombers --at 1962-11-15 --channel table --as US --as USSR
	$(BIN)/servanda why examples/cuba-1962 lift-quarantine --at 1962-11-15 --channel table --as US
	@echo "To look at it in a browser: $(BIN)/servanda serve examples/cuba-1962 --open"

test: .venv/dev
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy $(CODE)
	$(BIN)/lint-imports --no-logo
	$(PYTEST)

# The slow tests, and every property again with a thousand cases.
test-long: .venv/dev
	$(PYTEST) -m "long or hypothesis" --hypothesis-profile=long

bench: .venv/dev .venv/bench
	$(BIN)/python -m bench

format: .venv/dev
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)

# Everything in docs and in the corpus that is made from the code, anew: read the difference before you commit it.
pages: .venv/dev
	$(BIN)/pytest tests/spec/test_corpus.py --rewrite
	$(BIN)/python tests/reference_pages.py

# What runs in the browser, from the packages of islands/package-lock.json; the result is committed. Needs Node.
islands:
	npm --prefix islands ci
	npm --prefix islands run build

clean:
	rm -rf .venv build dist islands/node_modules .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +

# Each stamp says that what its lock file lists is installed, and Servanda itself from src.
.venv/run .venv/dev .venv/bench: .venv/%: requirements/%.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Servanda needs Python 3.11 or later that can make virtual environments:" \
		"on Debian or Ubuntu \`apt install python3-venv\`, elsewhere \`make PYTHON=/path/to/python\`" >&2; exit 1; }
	@echo "setting up .venv for $(@F) with $(PYTHON)"
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	@$(PIP) --require-hashes --requirement $<
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

# Every version with its hashes, the newest that pyproject.toml allows; `make lock KEEP=1` changes only what it must.
UV_COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command "make lock" $(if $(KEEP),,--upgrade) pyproject.toml
lock: .venv/run
	$(PIP) 'uv>=0.9,<1'
	$(UV_COMPILE) --group build --output-file requirements/run.lock
	$(UV_COMPILE) --group dev --constraint requirements/run.lock --output-file requirements/dev.lock
	$(UV_COMPILE) --group bench --constraint requirements/dev.lock --output-file requirements/bench.lock
