# A fresh machine has Python 3.11 and make; this does the rest.

# Which Python builds the environment. Left empty, python3.11 is tried first and python3 second.
PYTHON ?=
PORT ?= 8000

BIN := .venv/bin
STAMP := .venv/.footprint-ready
EXAMPLE := examples/leicestershire-2016
DEMO := build/demo
PINS := requirements/dev.txt requirements/uv.txt
UV := $(BIN)/uv pip
# Trust the certificates this machine trusts: many councils and trusts have their own.
export UV_SYSTEM_CERTS := 1
INTO := --quiet --python $(BIN)/python

# True in continuous integration: CI is set to anything but a plain no.
IN_CI := $(filter-out 0 false no,$(CI))

.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench peers docs serve browser clean

help: ## Show these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

setup: $(STAMP) ## Build .venv with every pinned part (does nothing when it is up to date)

demo: $(STAMP) ## Check and stress the Leicestershire plan; the report is build/demo/report.html
	$(BIN)/footprint check $(EXAMPLE)
	$(BIN)/footprint stress $(EXAMPLE) --out $(DEMO)

test: check ## Run the checks, then every test
	$(if $(IN_CI),@$(MAKE) --no-print-directory browser || true)
	$(BIN)/pytest -n 2 --dist loadgroup

check: $(STAMP) ## Check style, types and the direction of imports
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: peers ## Run every benchmark in benchmarks/, beside other people's tools
	FOOTPRINT_PEERS=$(BIN)/python $(BIN)/python -m benchmarks

peers: $(STAMP) ## Install the tools that benchmarks and some tests are measured against
	@$(UV) install $(INTO) --require-hashes -r requirements/bench.txt

docs: $(STAMP) ## Write again what the documents quote from the code and the demo
	$(BIN)/python docs/build.py
	$(BIN)/python docs/afternoon.py
	$(BIN)/python docs/answer.py

serve: $(STAMP) ## Show the demo's report in a browser, on PORT (8000)
	@test -f $(DEMO)/report.html || $(MAKE) --no-print-directory demo
	@echo "Open http://127.0.0.1:$(PORT)/report.html (Ctrl-C stops)"
	@$(BIN)/python -m http.server $(PORT) --bind 127.0.0.1 --directory $(DEMO)

browser: ## Install Chromium for the tests that need a browser (root, Debian or Ubuntu)
	@for name in chromium chromium-browser google-chrome; do \
	  if command -v "$$name" >/dev/null 2>&1; then echo "Chromium is here: $$name"; exit 0; fi; \
	done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	  get="env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium"; \
	  $$get </dev/null || { apt-get update -qq && $$get </dev/null; }; \
	else \
	  echo "No Chromium, so tests marked 'browser' will be skipped: install your system's chromium package to run them."; \
	fi

clean: ## Remove what was built, and the caches; .venv stays
	rm -rf build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -path ./.venv -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamp is younger than every pin, so a second `make demo` pays nothing for set-up.
$(STAMP): pyproject.toml hatch_build.py $(wildcard requirements/*.txt src/footprint/engine/*.c)
	@set -e; \
	new='import sys; sys.exit(sys.version_info < (3, 11))'; \
	if ! $(BIN)/python -c "import pip; $$new" 2>/dev/null; then \
	  found=; \
	  for candidate in $(or $(PYTHON),python3.11 python3); do \
	    if "$$candidate" -c "$$new" 2>/dev/null; then found=$$candidate; break; fi; \
	  done; \
	  if [ -z "$$found" ]; then \
	    echo "Footprint needs Python 3.11 or newer, and '$(or $(PYTHON),python3.11 or python3)' is not that." >&2; \
	    echo "Install it, or name it: make setup PYTHON=path/to/python3.11" >&2; \
	    exit 1; \
	  fi; \
	  echo "Building .venv with $$("$$found" --version)"; \
	  rm -rf .venv; \
	  "$$found" -m venv .venv; \
	fi
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@echo "Installing the pinned parts"
	@$(UV) sync $(INTO) --require-hashes --compile-bytecode $(PINS)
	@$(UV) install $(INTO) --no-deps --no-build-isolation -e .
	@$(BIN)/python hatch_build.py
	@touch $@
