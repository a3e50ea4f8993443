# `make graph` and `make test` need Python 3.11 or newer and nothing else: they set up .venv by themselves.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

unexport PYTHONHOME PYTHONPATH VIRTUAL_ENV
.DEFAULT_GOAL := help
.PHONY: help graph test verify lock clean

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' Makefile

graph: $(READY) ## build the example graph into build/
	$(BIN)/python build_graph.py
	@echo
	@echo "build/graph.html   the network: open it in a browser"
	@echo "build/graph.ttl    the graph as Turtle"
	@echo "Questions:         $(BIN)/kg query             lists them"
	@echo "                   $(BIN)/kg query signed-with --party 巴南区"

test: $(READY) ## run all checks: style, types, tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/yamllint --strict .
	$(BIN)/python -m pytest

verify: $(READY) ## run the long checks
	$(BIN)/python -m pytest -m verify

lock: $(READY) ## resolve the dependencies anew into requirements.lock
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
		--fork-strategy fewest --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --group dev --output-file requirements.lock pyproject.toml

clean: ## remove the environment and what was built
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed. Where it has another name: make PYTHON=python3.12 ..." >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
