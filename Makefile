# Needs Python 3.10 or newer. Without make, type the commands of a target by hand.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: demo test test-postgres test-browser lint check fmt docs picture pictures bench data install clean

demo: install ## Install, and check the example model that ships with the project
	$(BIN)/licensecheck check examples/heron-9 --profile examples/acme.yaml --fail-on never

test: $(VENV)/dev ## Install with the test tools, and run the quick tests
	$(BIN)/python -m pytest -n auto -m "not slow" -rs

lint: $(VENV)/dev ## Format, lint, types, import layers, rules and generated pages
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/licensecheck rules lint
	$(BIN)/licensecheck rules test
	$(BIN)/licensecheck rules docs --check

check: lint ## Everything that CI asks for, slow tests included
	$(BIN)/python -m pytest -n auto

test-postgres: $(VENV)/dev ## The tests of the server on a PostgreSQL of their own
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[postgres]'
	bash tests/web/postgres.sh $(BIN)/python

test-browser: $(VENV)/dev ## The story of a review in headless Chromium, with axe-core where npm gets it
	LICENSECHECK_AXE=$$(bash tests/web/axe.sh $(VENV)/axe) $(BIN)/python -m pytest -q -rs tests/web/test_web_browser.py

fmt: $(VENV)/dev ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(VENV)/dev ## Write the generated pages, and build the site
	$(BIN)/licensecheck rules docs
	$(BIN)/python -m mkdocs build --strict

picture: $(VENV)/dev ## The picture of the README, from the real Llama 4 in ../shared; needs chromium
	$(BIN)/python docs/picture.py docs/llama-4-report.png

pictures: $(VENV)/dev ## The pictures of `licensecheck serve` in the docs; needs chromium and chromedriver
	$(BIN)/python -m docs.serve_pictures docs/pictures

bench: $(VENV)/dev ## Measure against neighbours, and write docs/benchmarks.md: make bench DATE=2026-11-20
	$(BIN)/python -m benchmarks --date $(DATE)

data: $(VENV)/dev ## Build what is opened fast: rules, catalog, reference pages
	$(BIN)/licensecheck rules build
	$(BIN)/licensecheck catalog build
	$(BIN)/licensecheck rules docs

install: $(VENV)/core

$(VENV)/core: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/dev: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@ $(VENV)/core

clean: ## Remove what the other targets made
	rm -rf $(VENV) site build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
