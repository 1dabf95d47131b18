# `make run` and `make test` are all one needs: each sets up its own .venv first and needs only python3 and make.
# Everything is installed from requirements.lock with hashes; uv does it if it is there, else pip.
# Anything after ARGS= goes to the program: make run ARGS="run scenarios/baseline.toml --runs 100"

.DEFAULT_GOAL := help
.PHONY: help setup run test check format bench baseline lock clean
SHELL := /bin/sh
ARGS ?=

VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/kommunesim.stamp
SUPPORTED := (3, 11) <= sys.version_info[:2] <= (3, 14)

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

# The stamp holds the checksum of what was installed. A .venv that was moved, copied from elsewhere, made for
# another Python or broken is made anew; one that is whole and up to date costs a fraction of a second.
setup: ## create .venv and install what requirements.lock names (the other targets do this themselves)
	@set -eu; \
	want=$$(cat requirements.lock pyproject.toml | cksum); \
	if [ -e $(VENV) ] && ! { $(PY) -c 'import sys; sys.exit(not $(SUPPORTED))' >/dev/null 2>&1 && \
		grep -qF -e "$(CURDIR)/$(VENV)" -e "$$(pwd -P)/$(VENV)" $(VENV)/bin/activate; }; then \
		echo "The folder $(VENV) is not a working environment of this checkout; making it anew." >&2; \
		rm -rf $(VENV); \
	fi; \
	if [ -f $(STAMP) ] && [ "$$(cat $(STAMP))" = "$$want" ]; then exit 0; fi; \
	if [ ! -e $(VENV) ]; then \
		found=; \
		for python in python3 python3.14 python3.13 python3.12 python3.11; do \
			if $$python -c 'import sys; sys.exit(not $(SUPPORTED))' >/dev/null 2>&1; then found=$$python; break; fi; \
		done; \
		if [ -z "$$found" ]; then \
			echo "kommunesim needs Python 3.11 to 3.14, but python3 here is" \
				"$$(python3 -c 'import platform; print(platform.python_version())' 2>/dev/null || echo missing);" \
				"install a newer python3 and run make again." >&2; \
			exit 2; \
		fi; \
		if command -v uv >/dev/null 2>&1; then \
			uv venv --quiet --python "$$($$found -c 'import sys; print(sys.executable)')" $(VENV); \
		elif ! $$found -m venv $(VENV); then \
			rm -rf $(VENV); \
			echo "$$found cannot make an environment: install its venv module" \
				"(Debian and Ubuntu: apt install python3-venv) or uv, and run make again." >&2; \
			exit 2; \
		fi; \
	fi; \
	echo "Installing the packages of requirements.lock into $(VENV) (once; 1.5 GB on disk) ..." >&2; \
	if command -v uv >/dev/null 2>&1; then \
		uv pip install --quiet --python $(PY) --require-hashes -r requirements.lock; \
		uv pip install --quiet --python $(PY) --no-deps --no-build-isolation --editable .; \
	else \
		$(PY) -m pip --version >/dev/null 2>&1 || $(PY) -m ensurepip >/dev/null; \
		$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock; \
		$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .; \
	fi; \
	echo "$$want" > $(STAMP)

run: setup ## the main job: 1,000 runs of all kommuner, ten years
	@$(PY) run.py $(ARGS)

test: setup ## all tests
	@$(PY) -m pytest $(ARGS)

check: setup ## style, types and the layers of the imports
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy sim agents run.py
	@$(VENV)/bin/lint-imports --no-logo

format: setup ## let ruff put the code in order
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

bench: setup ## speed, scaling and memory, measured on this machine
	@$(PY) run.py bench $(ARGS)

baseline: setup ## freeze the numbers of the tripwire test anew (say why under Results in CHANGELOG.md)
	@$(PY) -m tests.freeze_baseline

lock: setup ## resolve pyproject.toml anew into requirements.lock (needs uv)
	@uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --fork-strategy fewest \
		--generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet \
		--output-file requirements.lock

clean: ## remove .venv and all caches; results stay
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
