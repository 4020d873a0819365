# Musnad: `make run` and `make test` need nothing but Python 3.11 to 3.13 and make. `make help` lists the rest.
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
RIVALS := $(VENV)/rivals

# The first Python that runs and is new enough; PYTHON=... names another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && { echo $$p; break; }; done)

.DEFAULT_GOAL := help
.PHONY: help install native run test fuzz kills bench lint check lock clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

install: native ## create .venv with the pinned dependencies, compile the transform

$(STAMP): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Musnad needs Python 3.11, 3.12 or 3.13; install one or say make PYTHON=/path/to/python" >&2; exit 1; }
	@if command -v uv >/dev/null 2>&1; then \
		test -x $(BIN)/python || uv venv --quiet --python "$(PYTHON)" $(VENV); \
		uv pip install --quiet --python $(BIN)/python --no-deps --require-hashes -r requirements.lock && \
		uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e . ; \
	else \
		test -x $(BIN)/pip || "$(PYTHON)" -m venv $(VENV); \
		echo "installing the pinned dependencies (once, a minute or two)"; \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock && \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . ; \
	fi
	@touch $@

native: $(STAMP) ## compile the transform where a C compiler is; nothing to do while its source stays the same
	@$(BIN)/python -m flows.native.build

run: native ## load the seed documents into the embedded warehouse
	@$(BIN)/musnad ingest seeds/documents

test: native ## the whole test suite, on a real Postgres
	@$(BIN)/python -m pytest -q -n 2 --dist loadfile

fuzz: $(STAMP) ## mutate files of every format for an hour; SECONDS=60 for a minute
	@$(BIN)/python -m tests.fuzz $(or $(SECONDS),3600)

kills: $(STAMP) ## kill a hundred loads at random moments and run them again; writes docs/exactly-once.md
	@$(BIN)/python -m tests.kills

bench: native $(RIVALS)/.installed ## measure speed against the floor and others, a quarter of an hour; FULL=1 for an hour
	@$(BIN)/python -m benchmarks.performance --rivals $(RIVALS)/bin/python --write \
		$(if $(FULL),--sizes 1000 10000 100000 --filled 200000) $(BENCH)

# What make bench compares with is pinned in the extra bench, and lives apart from what the product uses.
$(RIVALS)/.installed: $(STAMP) pyproject.toml
	@echo "installing what is compared with (once, a minute or two)"
	@$(BIN)/python -m venv $(RIVALS)
	@$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["bench"], sep="\n")' \
		| $(RIVALS)/bin/python -m pip install --quiet --disable-pip-version-check -r /dev/stdin
	@touch $@

lint: $(STAMP) ## ruff and mypy
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

check: lint test ## lint and test

lock: ## write requirements.lock anew (needs uv)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-strip-extras \
		--no-emit-index-url --custom-compile-command "make lock" -o requirements.lock

clean: ## remove the virtual environment and caches (never the warehouse)
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
