# Two commands do everything: `make run` and `make test`. Both set up what is missing first.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOME_DIR ?= $(or $(GONFALON_HOME),.gonfalon)
PORT ?= 8600
# More than two processors need: tests often wait for browsers, databases and each other's processes.
WORKERS ?= 3
# Compiled bytecode is kept whatever the shell says: every process starts in half the time with it.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test setup check check-python check-web test-web fix bench explain docs migrate release

help: ## list these commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

run: setup ## install, build and start everything (DEMO=1 loads the demo workspace)
	@$(BIN)/gonfalon up --home $(HOME_DIR) --port $(PORT) $(if $(DEMO),--demo) $(if $(DATABASE_URL),--database-url $(DATABASE_URL))

test: setup $(VENV)/.dev $(VENV)/.browser ## run everything that can fail (ROOM=planning/budget for the tests of one room)
ifdef ROOM
	$(BIN)/pytest -n 0 tests/$(ROOM)
else
	@$(MAKE) --no-print-directory -j 2 check-python check-web test-web
	$(BIN)/pytest -n $(WORKERS) --dist loadscope --durations 10
endif

setup: $(VENV)/.ready web/dist/index.html ## install what is missing and build the interface

$(VENV)/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Gonfalon needs Python 3.11 or newer; set PYTHON=python3.12 or the like."; exit 1; }
	@echo "Installing Gonfalon's Python packages; the first time this takes a minute or two."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "Install the venv module first (Debian: apt install python3-venv)."; exit 1; }
	@$(BIN)/pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv pip install --quiet --compile-bytecode --require-hashes -r requirements.lock
	@$(BIN)/uv pip install --quiet --no-deps -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.ready
	@$(BIN)/uv pip install --quiet --compile-bytecode --require-hashes -r requirements-dev.lock
	@git config core.hooksPath deploy/hooks 2>/dev/null || true
	@touch $@

$(VENV)/.browser:
	@deploy/browser.sh
	@deploy/postgresql.sh
	@touch $@

web/node_modules/.package-lock.json: web/package-lock.json
	@command -v npm >/dev/null || { echo "Gonfalon needs Node 20.19 or newer with npm to build its interface."; exit 1; }
	@echo "Installing what the interface is built with."
	@cd web && npm ci --no-audit --no-fund --no-progress --loglevel=error
	@touch $@

web/dist/index.html: web/node_modules/.package-lock.json $(shell find web/src web/build web/public web/index.html web/vite.config.ts web/vite.sdk.config.ts sdk/web/src -type f 2>/dev/null)
	@echo "Building the interface."
	@cd web && npm run --silent build
	@touch $@

check: check-python check-web ## lint, types, import order

check-python: setup $(VENV)/.dev
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports

check-web: setup
	cd web && npm run --silent check

test-web: setup
	cd web && npm run --silent test

fix: setup $(VENV)/.dev ## format and mend what can be mended by machine
	$(BIN)/ruff check --fix src tests benchmarks
	$(BIN)/ruff format src tests benchmarks
	cd web && npm run --silent fix

bench: setup $(VENV)/.dev ## measure (NAME=send SCALE=small for one)
	$(BIN)/python -m benchmarks $(NAME) --scale $(or $(SCALE),full)

explain: setup ## show the query plans of the heavy statements
	$(BIN)/python -m benchmarks.explain

docs: setup ## write the generated reference pages (API, metrics, configuration)
	$(BIN)/python -m gonfalon.entry.reference docs/reference
	cd web && npm run --silent api

migrate: setup ## bring the database to this version
	$(BIN)/gonfalon migrate --home $(HOME_DIR)

release: setup ## build the wheel, interface included
	$(BIN)/uv build --wheel
