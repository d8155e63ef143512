# SPDX-License-Identifier: EUPL-1.2
# Every way of working with Genbro. `make help` lists them.

.DEFAULT_GOAL := help
.PHONY: help setup demo serve test test-code test-pages lint format bench clean
PYTHON := .venv/bin/python
# Where it is set, each of the hundreds of processes that tests start would compile all it imports anew.
unexport PYTHONDONTWRITEBYTECODE
# Which database `make serve` shows: demo where nothing is said, or own. GENBRO_DATABASE_URL overrides both.
DATABASE ?=
# Which port `make serve` listens on, where not 8000.
PORT ?=

help:  ## Show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## *' '{printf "make %-8s %s\n", $$1, $$2}'

setup:  ## Install what is missing: PostGIS, Python and front-end packages
	@./setup.sh demo

demo: setup  ## Load the demo data, match it and write the plan to out/demo
	@.venv/bin/genbro demo

serve: setup  ## Open the web map on http://127.0.0.1:8000 (DATABASE=own for your own data, PORT=8001)
	@$(PYTHON) -m web $(if $(DATABASE),--database $(DATABASE)) $(if $(PORT),--port $(PORT))

test:  ## Run the whole test suite, browser included (ARGS=... for pytest)
	@./setup.sh test
	@$(PYTHON) -m tests.compile_first
	@$(MAKE) --no-print-directory -k -j2 test-code test-pages

# Playwright keeps an event loop running in its process, where no worker can be started: so, two runs. They go on
# at once, since each waits for something now and then; what the browser's tells is shown when it ends.
test-code:
	@.venv/bin/pytest -n 2 --dist loadfile --no-loadscope-reorder --ignore=tests/browser $(ARGS)

test-pages:
	@mkdir -p out
	@.venv/bin/pytest -o cache_dir=.pytest_cache/browser tests/browser $(ARGS) >out/browser-tests.txt 2>&1; \
		ended=$$?; cat out/browser-tests.txt; exit $$ended

lint:  ## Check style, types and which package imports which
	@./setup.sh python
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check
	@.venv/bin/mypy
	@.venv/bin/lint-imports

format:  ## Put the source into its one layout
	@./setup.sh python
	@.venv/bin/ruff check --fix
	@.venv/bin/ruff format

bench:  ## Measure against peers, into benchmarks/latest.json (ONLY=name for one)
	@./setup.sh test
	@$(PYTHON) -m benchmarks $(if $(ONLY),--only $(ONLY))

clean:  ## Remove what builds and tests leave; the database and .venv stay
	@rm -rf out dist test-results .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -not -path './.venv/*' -not -path './.bootstrap/*' -type d -prune -exec rm -rf {} +
