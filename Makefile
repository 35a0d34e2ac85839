# Everything that is done with this project, from a fresh machine on. `make` prints this list.
PYTHON ?= python3
PORT ?= 8000
INSTANCE ?= instance
BROWSER ?= yes
export PORT INSTANCE
# What is compiled once need not be compiled again by every process of the tests.
unexport PYTHONDONTWRITEBYTECODE

# A check behind a pipe counts too.
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c

BIN := .venv/bin
FLASK := $(BIN)/flask --app wsgi
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:

help:  ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'
.DEFAULT_GOAL := help

.venv/.runtime: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	  || { echo "Python 3.11, 3.12 or 3.13 is needed; call: make PYTHON=/path/to/python3.12 …" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(PIP) -r requirements.txt
	@touch $@

.venv/.tests: tests/requirements.txt .venv/.runtime
	@$(PIP) -r tests/requirements.txt
	@touch $@

demo: .venv/.runtime  ## a usable site with a demo contest on http://127.0.0.1:8000 (PORT, DATABASE_URL)
	@$(FLASK) demo fill
	@exec $(BIN)/gunicorn -c contest/gunicorn_config.py wsgi:app

run: .venv/.runtime  ## the same site without demo data
	@$(FLASK) database upgrade
	@exec $(BIN)/gunicorn -c contest/gunicorn_config.py wsgi:app

test: .venv/.tests lint  ## every test, on SQLite and PostgreSQL, in a real browser (BROWSER=no leaves that out)
	@sh tests/find_browser.sh $(BROWSER)
	@$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not server and not browser" tests
	@$(BIN)/python -m pytest -n 2 --dist loadfile -m "$(if $(filter no,$(BROWSER)),server and not browser,server or browser)" tests

fast: .venv/.tests  ## the tests that need no server, no browser and no patience, on SQLite
	@$(BIN)/python -m pytest -n 2 --database sqlite -m "not server and not browser and not slow" tests

lint: .venv/.tests  ## style, types, who imports whom, dependencies
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-cache | tail -n 12
	@$(BIN)/deptry . --no-ansi 2>&1 | tail -n 3

bench: .venv/.tests  ## speed, measured side by side in one run (JSON=path writes the figures)
	@$(BIN)/python -m tests.bench $(if $(JSON),--json $(JSON))

lighthouse: .venv/.tests  ## the participant's pages as Lighthouse judges them on a slow phone (needs Node)
	@$(BIN)/python -m tests.lighthouse

fuzz: .venv/.tests  ## thousands of damaged question files: none may crash, hang or end a process (FUZZ=n per family)
	@$(BIN)/python -m tests.fuzz --files $(or $(FUZZ),10000)

lock: .venv/.tests  ## pin requirements anew from pyproject.toml
	@$(BIN)/uv pip compile pyproject.toml $(LOCK) -o requirements.txt
	@$(BIN)/uv pip compile pyproject.toml --group dev -c requirements.txt $(LOCK) -o tests/requirements.txt
LOCK := --universal --python-version 3.11 --generate-hashes --only-binary :all: --no-annotate --no-header \
  --no-emit-index-url --no-emit-find-links --no-strip-extras --quiet

.PHONY: help demo run test fast lint bench lighthouse fuzz lock
