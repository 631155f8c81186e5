# `make help` says what there is to do. Each target sets up what it needs, from a fresh clone on.
#
#   make test PYTHON=python3.12    with another Python, in a virtual environment of its own
#   make bench ARGS="--only generate"

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?=
ARGS ?=
VENV := .venv$(if $(PYTHON),-$(notdir $(PYTHON)))
BIN := $(VENV)/bin
READY := $(VENV)/ready
READY_TO_BENCH := $(VENV)/ready-to-bench
READY_TO_SWEEP := $(VENV)/ready-to-sweep
READY_TO_FUZZ := $(VENV)/ready-to-fuzz
PYTHONS := $(or $(PYTHON),python3.13 python3.12 python3.11 python3 python3.14)
IS_NEW_ENOUGH := import sys, venv; sys.exit(sys.version_info < (3, 11))
# What openapi-python-client writes is not clean in strict mode: tests hold that we add nothing to that.
GENERATED := $(filter-out %-opc/,$(wildcard generated/*/))

.PHONY: help generate check test lint docs bench catalogue peers corpus suite agreement flavour review chaos faults hostile fuzz mutations
.PHONY: stability clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

generate: $(READY) ## write generated/ from the documents in spec/
	$(BIN)/specwright generate $(ARGS)

check: $(READY) ## is generated/ exactly what the documents give?
	$(BIN)/specwright check $(ARGS)

test: lint check ## lint, check, and all tests
	$(BIN)/python -m pytest -n auto --dist loadgroup $(ARGS)

lint: $(READY) ## style and types, of the generator and of what it generates; the documents
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pyright --pythonpath $(BIN)/python
	@for package in $(GENERATED); do \
	  echo "mypy and pyright, strict: $$package"; \
	  $(BIN)/mypy --config-file= --strict "$$package"; \
	  $(BIN)/pyright --pythonpath $(BIN)/python "$$package"; \
	done
	$(BIN)/specwright lint

docs: $(READY) ## write docs/{budgets,problems,rules}.md from the tables and examples that they show
	$(BIN)/python -m pytest -q --update tests/test_budgets.py tests/test_problem_page.py tests/review/test_policy_rules.py

bench: $(READY_TO_BENCH) ## speed and memory, side by side with peers
	$(BIN)/python -m benchmarks $(ARGS)

peers: $(READY_TO_BENCH) ## real documents through each generator; takes hours: see ARGS="--document NAME"
	$(BIN)/python -m benchmarks --only corpus $(ARGS)

suite: $(READY_TO_BENCH) ## the test suite of JSON Schema, side by side with peers: ARGS="--failures NAME"
	$(BIN)/python -m sweeps.suite $(ARGS)

corpus: $(READY_TO_SWEEP) ## every real document made into a package, imported, type-checked and called
	$(BIN)/python -m sweeps $(ARGS)

catalogue: $(READY_TO_SWEEP) ## every real document as one action of Dask's scheduler, beside the local run
	$(BIN)/python -m sweeps.catalogue $(ARGS)

agreement: $(READY_TO_SWEEP) ## validators of every schema of real documents beside another maker's: ARGS="--hostile"
	$(BIN)/python -m sweeps.agreement $(ARGS)

flavour: $(READY) ## every real document with a client of openapi-python-client: ARGS="--hostile", ARGS="--only NAME"
	$(BIN)/python -m sweeps.flavour $(ARGS)

review: $(READY_TO_SWEEP) ## specwright diff on pairs of others: ARGS="cases", "pairs", or "edits --count 10000"
	$(BIN)/python -m sweeps.review $(or $(ARGS),cases)

chaos: $(READY) ## calls to a server that fails at random, with a seed: ARGS="--calls 20000 --seed 1"
	$(BIN)/python -m sweeps.chaos $(ARGS)

faults: $(READY_TO_BENCH) ## the same faults of a server for our client and for those of others: ARGS="--only TEXT"
	$(BIN)/python -m sweeps.faults $(ARGS)

hostile: $(READY_TO_SWEEP) ## every hostile document, in processes with limits: ARGS="--only NAME"
	$(BIN)/python -m sweeps.hostile $(ARGS)

fuzz: $(READY_TO_FUZZ) ## look for inputs for which what must hold does not: ARGS="--only load --seconds 60"
	$(BIN)/python -m sweeps.fuzz $(ARGS)

mutations: $(READY) ## real documents broken at random, with a seed, made into packages: ARGS="--count 20000 --seed 1"
	$(BIN)/python -m sweeps.mutations $(ARGS)

stability: $(READY) ## add operations and schemas to many real documents: what is removed?
	SPECWRIGHT_ALL=1 $(BIN)/python -m pytest -q tests/test_stability.py $(ARGS)

clean: ## remove what the other targets made, but for generated/
	rm -rf .venv .venv-* build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The virtual environment is made once; what is in it is brought up to date when pyproject.toml changes.
$(BIN)/python:
	@for python in $(PYTHONS); do \
	  if "$$python" -c "$(IS_NEW_ENOUGH)" 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$${found:-}" ]; then \
	  echo "specwright needs Python 3.11 or newer, with its venv module; tried: $(PYTHONS)." >&2; \
	  echo "Install one, or name it: make $(or $(MAKECMDGOALS),test) PYTHON=/path/to/python3.12" >&2; \
	  exit 1; \
	fi; \
	echo "setting up $(VENV) with $$("$$found" --version)"; \
	"$$found" -m venv --clear $(VENV)

$(READY): pyproject.toml | $(BIN)/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $@

$(READY_TO_BENCH): $(READY)
	@$(BIN)/python -m pip install --quiet --group bench
	@touch $@

$(READY_TO_SWEEP): $(READY)
	@$(BIN)/python -m pip install --quiet --group sweep
	@touch $@

$(READY_TO_FUZZ): $(READY)
	@$(BIN)/python -m pip install --quiet --group fuzz
	@touch $@
