# 链谱 Lianpu. `make run` serves the pages, `make test` runs the tests; `make` lists the rest.
# Plain POSIX make. Needs Python 3.11 or newer; everything is installed into .venv.
.POSIX:

PYTHON = python3
# empty: LIANPU_HOST and LIANPU_PORT, else 127.0.0.1 and 8269
HOST =
PORT =
TESTS = tests

BIN = .venv/bin
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
INPUTS = pyproject.toml
CODE = lianpu graph ingest cypher api viz tests bench tools

help: ## this list
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/  make \1#\2/p' Makefile | awk -F'#' '{ printf "%-20s %s\n", $$1, $$2 }'

run: .venv/run.stamp ## install, load the built-in data, serve the pages (HOST=, PORT=)
	@host='$(HOST)' port='$(PORT)'; \
	exec $(BIN)/lianpu serve $${host:+--host "$$host"} $${port:+--port "$$port"}

test: .venv/dev.stamp ## install, run all tests on the embedded store (TESTS= one file)
	$(BIN)/python -m pytest $(TESTS)

test-neo4j: .venv/dev.stamp ## the same tests on a real Neo4j (fetched with Maven, or LIANPU_TEST_NEO4J_URI)
	LIANPU_TEST_ENGINE=neo4j $(BIN)/python -m pytest $(TESTS)

lint: .venv/dev.stamp ## ruff, its format and mypy --strict
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy

bench: .venv/dev.stamp ## measure loading and questions against the bare driver
	mkdir -p bench/results
	$(BIN)/python -m bench --json bench/results/bench.json

wheel: .venv/dev.stamp ## build dist/*.whl, with the built-in data in it
	$(BIN)/python -m hatchling build -t wheel

docs: .venv/dev.stamp ## write the pages of docs/ that are made from the program
	LIANPU_LANG=en $(BIN)/python -m lianpu.reference docs
	$(BIN)/python -m graph.ontology.reference > docs/classes.md
	$(BIN)/python -m cypher > docs/queries.md

lock: ## pin the dependencies anew (needs uv)
	uv pip compile pyproject.toml --group build --universal --python-version 3.11 --upgrade \
		--generate-hashes --no-emit-index-url --quiet -o requirements.lock
	uv pip compile pyproject.toml --extra dev --group build -c requirements.lock --universal \
		--python-version 3.11 --generate-hashes --no-emit-index-url --quiet -o requirements-dev.lock

clean: ## remove .venv, caches and what was built (never your data)
	rm -rf .venv .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis dist build

.venv/python.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed; name it so: make run PYTHON=/path/to/python3.12" >&2; exit 2; }
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/run.stamp: .venv/python.stamp requirements.lock $(INPUTS)
	@echo 'installing into .venv, under a minute …'
	@test -f .venv/dev.stamp && test .venv/dev.stamp -nt requirements.lock || \
		$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.stamp: .venv/python.stamp requirements-dev.lock $(INPUTS)
	@echo 'installing into .venv, about a minute …'
	@$(PIP) --require-hashes -r requirements-dev.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

.PHONY: run test test-neo4j lint bench wheel docs lock clean help
