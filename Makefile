# The two commands: `make demo` and `make test`. The rest serves them.
SHELL := /bin/bash
PY ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
BUILT := $(VENV)/.built
export UV_PYTHON_DOWNLOADS := never
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup front demo test fast lint bench reference screenshots pins clean

help:
	@sed -n 's/^## //p' Makefile

## make demo         set up, load the demo province, serve it at localhost:8000 (PORT=8001 for another port)
PORT ?= 8000
demo: setup
	@$(BIN)/chungsuc demo load
	@CHUNGSUC_DEMO=1 $(BIN)/chungsuc serve --port $(PORT)

## make test         set up, then lint, import contracts and all tests
test: setup
	@$(BIN)/chungsuc demo load
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports
	@CHUNGSUC_HOME=$(CURDIR)/.chungsuc-test $(BIN)/python -m pytest $(ARGS)

## make fast         the tests without browser and slow ones
fast: setup
	@CHUNGSUC_HOME=$(CURDIR)/.chungsuc-test $(BIN)/python -m pytest -m "not browser and not slow" $(ARGS)

## make setup        the virtual environment, pinned with hashes
setup: $(STAMP) $(BUILT)
$(STAMP): requirements/dev.txt requirements/base.txt pyproject.toml
	@echo "[1/4] virtual environment"; test -x $(BIN)/python || $(PY) -m venv $(VENV) \
	  || { rm -rf $(VENV); test "$$(id -u)" = 0 && apt-get install -qy python3-venv && $(PY) -m venv $(VENV); } \
	  || { echo "python3-venv is missing: apt-get install python3-venv"; exit 1; }
	@echo "[2/4] packages (pinned with hashes)"; $(BIN)/python -m pip install -q --require-hashes -r requirements/installer.txt
	@$(BIN)/uv pip install -q --compile-bytecode --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@echo "[3/4] chungsuc itself"; $(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@
$(BUILT): $(STAMP) package.json package-lock.json $(wildcard chungsuc/doors/ui/scripts/*) $(wildcard chungsuc/doors/ui/scripts/*/*) $(wildcard chungsuc/doors/ui/styles/*)
	@echo "[4/4] front end (npm packages, pinned with hashes)"; requirements/frontend.sh
	@touch $@

## make front        build the front end again (scripts, styles, icons, fonts)
front:
	@requirements/frontend.sh

## make pins         renew requirements/*.txt from *.in (hashes, no addresses)
pins:
	@for name in installer base dev bench node; do $(BIN)/uv pip compile -q --generate-hashes --no-header --no-annotate \
	  --python-version 3.11 --upgrade requirements/$$name.in -o requirements/$$name.txt; done

clean:
	@-$(BIN)/chungsuc db stop; rm -rf $(VENV) node_modules .node .chungsuc .chungsuc-test

## make bench        the benchmarks, against named rivals in the same run (ONLY=criteria for some)
bench: setup
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/bench.txt
	@$(BIN)/python bench/run.py $(ONLY)

## make reference    renew the generated reference pages in docs/reference
reference: setup
	@$(BIN)/chungsuc criteria reference -o docs/reference

## make screenshots  renew docs/pictures from the demo, in a real browser
screenshots: setup
	@$(BIN)/chungsuc demo load
	@$(BIN)/python -m tests.pictures
