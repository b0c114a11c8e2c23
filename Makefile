# The verbs of this project. Everything they need is set up by the first of them that runs; stamps in .venv/ say what is done.

PYTHON := $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
OGI_HOME ?= $(CURDIR)/data
DBT_FILES := $(shell find dbt_project extract/forms extract/prose expectations -name target -prune -o -name logs -prune -o -type f \
	\( -name '*.sql' -o -name '*.yml' -o -name '*.csv' -o -name '*.md' \) -print)
PACKAGES := extract expectations orchestration

export OGI_HOME
export OGI_DAGSTER := $(OGI_HOME)/dagster
export DAGSTER_HOME := $(OGI_DAGSTER)
export DBT_SEND_ANONYMOUS_USAGE_STATS := false
export DO_NOT_TRACK := 1
export GX_ANALYTICS_ENABLED := false

.DEFAULT_GOAL := help
.PHONY: help run test accuracy fuzz bench ui setup lint format lock clean

help: ## list the verbs
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@command -v soffice >/dev/null || echo "LibreOffice (soffice) is not installed: .doc, .wps, .rtf and .odt files will be rejected (Debian: libreoffice-writer-nogui)"

run: setup ## load samples/ into the data home (./data, or OGI_HOME) and publish the warehouse
	@$(BIN)/ogi load samples --home "$(OGI_HOME)" --load samples

test: setup ## everything that CI runs: linters, types, tests
	@echo "ruff check";         $(BIN)/ruff check --quiet .
	@echo "ruff format";        $(BIN)/ruff format --check --quiet .
	@echo "mypy --strict";      $(BIN)/mypy --strict --no-error-summary $(PACKAGES)
	@echo "sqlfluff";           cd dbt_project && ../$(BIN)/sqlfluff lint --disable-progress-bar --nocolor models tests >../.venv/sqlfluff.log 2>&1 \
		|| { cat ../.venv/sqlfluff.log; exit 1; }
	@echo "pytest";             $(BIN)/pytest -n auto --maxprocesses 4 --dist loadfile

accuracy: setup ## how well generated reports of every form, format and layout are read (COUNT=2400 SEED=0)
	@$(BIN)/python tests/accuracy.py $(if $(COUNT),--count $(COUNT)) $(if $(SEED),--seed $(SEED))

fuzz: setup ## every format module against bytes that a fuzzer invents (SECONDS=20 for each)
	@$(BIN)/python tests/fuzz.py $(if $(SECONDS),--seconds $(SECONDS))

bench: setup ## how fast every format is read on one core, beside the least possible and peers; what prose costs
	@$(BIN)/python benchmarks/formats.py; formats=$$?; $(BIN)/python benchmarks/read_and_stage.py && exit $$formats

ui: setup ## open Dagster at http://localhost:3000, with the inbox sensor running
	@mkdir -p "$(OGI_DAGSTER)"
	@ln -sf "$(CURDIR)/dagster.yaml" "$(OGI_DAGSTER)/dagster.yaml"
	@$(BIN)/dagster dev -m orchestration.definitions 2>&1 | grep --line-buffered -v -e 'Found a dagster instance' -e SupersessionWarning -e 'return callback'

setup: .venv/.manifest ## what the other verbs need: environment, command, dbt manifest

.venv/.locked: requirements.lock
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(f"Python 3.11 is needed, this is {v[0]}.{v[1]}" if v != (3, 11) else 0)'
	@echo "setting up the environment in .venv (about a minute, once)"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/.installed: .venv/.locked pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.manifest: .venv/.installed $(DBT_FILES)
	@mkdir -p "$(OGI_HOME)/build"
	@cd dbt_project && OGI_BUILD_DB="$(OGI_HOME)/build/warehouse.duckdb" ../$(BIN)/dbt --quiet parse --profiles-dir .
	@touch $@

format: setup ## let ruff put the code in order
	@$(BIN)/ruff check --quiet --fix . && $(BIN)/ruff format --quiet .

lock: ## resolve the dependencies anew into requirements.lock (needs uv)
	@uv pip compile --quiet --python-version 3.11 --generate-hashes --no-annotate --no-header --no-strip-extras \
		--group dev pyproject.toml -o requirements.lock

clean: ## remove the environment and everything that is made from the sources; the data home stays
	@rm -rf .venv dbt_project/target dbt_project/logs .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
