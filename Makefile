# Everything runs from here. Only make and Python 3.11 or later are needed; ARGS is passed on by `run`, `test`, `build`, `bench` and `evaluate`.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3
UV_VERSION := 0.13.9
VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)

# An environment is made anew when its lock file is newer than its stamp, or Python has changed.
STAMP := made-with-$(VERSION)
DEV := .venv/project-$(STAMP)
STACK := .local/stack/$(STAMP)
RUNTIME := .local/runtime/$(STAMP)
SAM := .local/sam/$(STAMP)
SECURITY := .local/security/$(STAMP)
MODEL := .local/model/$(STAMP)
BENCH := .local/bench/$(STAMP)
CLIENT := .local/client/$(STAMP)
READERS := .local/readers/$(STAMP)
PAGE := .local/page/made
DYNALITE := .local/dynalite/made
UV := .local/uv/$(STAMP)

# Unit tests without servers, browsers, a simulated AWS or processes of their own, as the readers of files have.
PURE := $(addprefix tests/unit/,ask dates exports judge test_extract.py)

.PHONY: help
help: ## Show what can be done
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: setup
setup: $(DEV) $(STACK) $(RUNTIME) ## Make the environments: .venv with the command `dateline`, and those of the local stack

.PHONY: run
run: setup ## Run the whole system on this machine until Ctrl-C; ARGS=--once ends after the samples, ARGS=--help shows more
	@exec .venv/bin/python -m infra.local $(ARGS)

.PHONY: test
test: setup $(PAGE) lint ## Check format, lint and types, run the tests but the long ones, print line and branch coverage
	@.venv/bin/python -m pytest -p tests.covering -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

.PHONY: check
check: lint ## The quick loop: format, lint, types, contracts and pure unit tests, in under a minute
	@.venv/bin/python -m pytest -q -n 2 --dist loadfile $(PURE) $(ARGS)

.PHONY: lint
lint: $(DEV) ## Check format, lint, types and import contract
	@.venv/bin/ruff format --check
	@.venv/bin/ruff check
	@.venv/bin/mypy
	@.venv/bin/lint-imports

.PHONY: format
format: $(DEV) ## Format the code and mend what can be mended
	@.venv/bin/ruff format
	@.venv/bin/ruff check --fix

.PHONY: evaluate
evaluate: $(DEV) $(if $(findstring --local-model,$(ARGS)),$(MODEL)) ## Measure on documents with gold; ARGS="--local-model FILE.gguf" asks a model of this machine
	@.venv/bin/python -m pytest tests/evaluation -q --evaluate $(ARGS)

.PHONY: proof
proof: setup $(DYNALITE) $(SAM) $(SECURITY) $(CLIENT) $(READERS) ## Run what takes minutes to half an hour, and no other target does: load, scale, SAM's build, scanners
	@.venv/bin/python -m pytest tests/benchmarks -s $(ARGS)

.PHONY: bench
bench: setup $(DYNALITE) $(BENCH) ## Measure tokens, calls, time, start-up, size and writes beside others, in ten minutes; ARGS="cpu writes" runs some rows
	@.venv/bin/python -m tests.benchmarks $(ARGS)

.PHONY: generated
generated: $(DEV) ## Write anew what is made from code: the API's description, the template's routes, the references
	@.venv/bin/python -m infra.generated

.PHONY: client
client: generated $(CLIENT) ## Write the typed client anew (infra/client), and what it is made from
	@.venv/bin/python -m infra.openapi.client

.PHONY: recipe
recipe: $(DEV) ## Write the hashes of what asks and what judges anew: a new one makes stored runs stale
	@.venv/bin/python -m infra.recipe

.PHONY: build
build: $(SAM) ## Make the functions' zips for AWS: `sam build` with Python 3.13, and bytecode for a quick start
	@.local/sam/bin/sam build $(ARGS)
	@python3.13 -m infra.bytecode .aws-sam/build/*/

.PHONY: lock
lock: $(UV) ## Resolve all dependencies anew
	@infra/lock/make.sh .local/uv/bin/uv

.PHONY: clean
clean: ## Remove the environments, the local stack's state and all caches; keeps drop/
	@rm -rf .venv .local .aws-sam build .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	@find . -name __pycache__ -prune -exec rm -rf {} + -o -name '*.egg-info' -prune -exec rm -rf {} +

.PHONY: python
python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Dateline needs Python 3.11 or later; '$(PYTHON)' is $$($(PYTHON) --version 2>&1 || true)." >&2; \
	  echo "Install one, or name one: make PYTHON=python3.13 ..." >&2; exit 1; }

# $(call environment,folder,lock,what it is for): a fresh environment that holds exactly what the lock file names.
# --no-deps: the lock is complete, and pip need not resolve it again.
define environment
	@echo "Making $(1) ($(3)) ..."
	@rm -rf $(1)
	@$(PYTHON) -m venv $(1)
	@$(1)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r infra/lock/$(2).txt
endef

.venv/$(STAMP): infra/lock/dev.txt | python
	$(call environment,.venv,dev,the command line and everything for development)
	@touch $@

# The library is installed; the rest of the project is only found, by a path file and by the command's own script.
$(DEV): .venv/$(STAMP) functions/dateline/pyproject.toml Makefile
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e functions/dateline
	@printf '%s\n' '$(CURDIR)' '$(CURDIR)/functions' \
	  > "$$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/dateline-project.pth"
	@printf '#!/bin/sh\nexec "%s/.venv/bin/python" -P -m infra.cli "$$@"\n' '$(CURDIR)' > .venv/bin/dateline
	@chmod +x .venv/bin/dateline
	@touch $@

$(STACK): infra/lock/stack.txt | python
	$(call environment,.local/stack,stack,the AWS emulator)
	@touch $@

$(RUNTIME): infra/lock/runtime.txt | python
	$(call environment,.local/runtime,runtime,the interpreter that the functions run in)
	@touch $@

$(SAM): infra/lock/sam.txt | python
	$(call environment,.local/sam,sam,the SAM command line: half a minute)
	@touch $@

$(SECURITY): infra/lock/security.txt | python
	$(call environment,.local/security,security,what looks for weaknesses in templates and code)
	@touch $@

$(CLIENT): infra/lock/client.txt | python
	$(call environment,.local/client,client,what writes the typed client)
	@touch $@

$(READERS): infra/lock/readers.txt | python
	$(call environment,.local/readers,readers,what opens an archive)
	@touch $@

$(MODEL): infra/lock/model.txt | python
	$(call environment,.local/model,model,what serves a GGUF file)
	@touch $@

$(BENCH): infra/lock/bench.txt | python
	$(call environment,.local/bench,bench,what the project is measured beside: a minute)
	@touch $@

# Without npm, or out of its reach, the tests that need these are skipped and say so.
$(PAGE): infra/lock/page/package-lock.json
	@if command -v npm >/dev/null; then \
	  echo "Making .local/page (what checks the timeline page and its export in a browser) ..."; \
	  rm -rf .local/page && mkdir -p .local/page && cp infra/lock/page/*.json .local/page/ && \
	  npm ci --prefix .local/page --ignore-scripts --no-audit --no-fund --silent && touch $@ || \
	  echo "They cannot be fetched; tests that need them are skipped." >&2; \
	else echo "There is no npm; tests that need packages of it are skipped." >&2; fi

$(DYNALITE): infra/lock/dynalite/package-lock.json
	@if command -v npm >/dev/null; then \
	  echo "Making .local/dynalite (a DynamoDB that counts what is read) ..."; \
	  rm -rf .local/dynalite && mkdir -p .local/dynalite && cp infra/lock/dynalite/*.json .local/dynalite/ && \
	  npm ci --prefix .local/dynalite --ignore-scripts --no-audit --no-fund --silent && touch $@ || \
	  echo "It cannot be fetched; what needs it is skipped." >&2; \
	else echo "There is no npm; what needs packages of it is skipped." >&2; fi

$(UV): Makefile | python
	@echo "Making .local/uv (the resolver) ..."
	@rm -rf .local/uv
	@$(PYTHON) -m venv .local/uv
	@.local/uv/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@
