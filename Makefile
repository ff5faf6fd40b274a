# The first target lists the others. Everything needs Python 3.11 or later, git and make, and nothing else.

PYTHON ?= python3
IN := .venv/bin/
READY := .venv/.est-installed

.DEFAULT_GOAL := help
.PHONY: help run demo test check bench schemas freeze clean

help:  ## List what make can do
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

# Made again when a package's needs or the pins have changed; otherwise nothing is asked of the network.
$(READY): pyproject.toml constraints.txt bootstrap.py $(wildcard */pyproject.toml */*/pyproject.toml)
	@$(PYTHON) bootstrap.py install

run: $(READY)  ## Start the whole house on this machine, with the demo municipality, and print its address
	@$(IN)est up

demo: $(READY)  ## Fill the demo municipality with two years of believable weeks
	@$(IN)est demo

test: $(READY)  ## Run every test that needs no browser
	@$(IN)python -m pytest --ignore=tests/system/browser $(ARGS)

check: $(READY)  ## Lint, types and import rules: before every commit
	@$(IN)ruff check .
	@$(IN)ruff format --check .
	@$(IN)mypy
	@for fixtures in $$(git ls-files 'services/*/tests/conftest.py'); do $(IN)mypy --no-error-summary $$fixtures || exit 1; done
	@PYTHONPATH=tests/architecture $(IN)lint-imports --no-cache

bench: $(READY)  ## Measure this machine and write the ratios as JSON
	@$(IN)python -m tests.bench $(ARGS)

schemas: $(READY)  ## Write the JSON Schemas and the AsyncAPI document of the contracts
	@$(IN)python -m est_contracts.write_schemas
	@$(IN)python -m est_single_machine.write_asyncapi

freeze: $(READY)  ## Write constraints.txt with the newest versions that go together
	@$(PYTHON) bootstrap.py freeze

# What has been recorded (.est) is nobody's rubbish: removing it is left to a person.
clean:  ## Remove the environment and the caches; what has been recorded stays
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis bench-results test-results
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
