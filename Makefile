# The two commands that matter: make run, make test. Recipes are short; scripts do the work.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
LANGUAGE ?= nl
PORT ?= 8000

.PHONY: help setup run test pictures check image bench simulate mutate docs extension intake client requirements clean

help: ## What you can do here
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 15

setup: .venv/ready ## Make .venv and install everything

.venv/ready: requirements/all.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/all.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/rugkompas --version
	@touch .venv/ready

run: setup ## Start the site on this machine
	$(BIN)/rugkompas serve --port $(PORT) --lang $(LANGUAGE)

test: setup check ## Run all checks and all tests
	scripts/install-chromium
	scripts/install-examples
	$(BIN)/pytest -n auto

pictures: setup ## Make the pictures of the documentation anew
	scripts/install-chromium
	PYTHONPATH=tests $(BIN)/python -m stories.pictures
	$(BIN)/python scripts/three_diaries.py

check: setup ## Style, types, direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

image: setup ## Build the image where an engine works, run it and look at it
	$(BIN)/python scripts/container.py

bench: setup ## Measure speed, as ratios in one run
	$(BIN)/python bench/run.py

simulate: setup ## Check the personal statistics on made-up diaries; write the figures
	$(BIN)/python scripts/simulate_patterns.py

mutate: setup ## Break every rule in turn; count what verify and the cases catch
	$(BIN)/python scripts/mutate.py

docs: setup ## Make the rule reference from the knowledge
	$(BIN)/python scripts/reference.py

extension: setup ## Make the data of the browser extension and pack it
	$(BIN)/python scripts/extension.py

intake: setup ## Make the words and the bundle of the web component
	$(BIN)/python scripts/intake.py

client: setup ## Make the types of the Python client
	$(BIN)/python scripts/client.py

requirements: setup ## Pin all dependencies anew, with hashes
	scripts/pin

clean: ## Remove what setup made
	rm -rf .venv build dist
