# Two commands that each do all of their own set-up: git, make and Python 3.11+ are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test test-fast lint lock sbom audit clean

demo: $(VENV)/installed
	@echo "Building, asking and drawing the graph of 25 papers: under a minute."
	@sh examples/demo.sh $(BIN)/kg demo-out

test: $(VENV)/installed-dev $(VENV)/s3/installed lint
	$(BIN)/python -m pytest -n 2 --dist loadfile  # each process starts a Neo4j server and a browser of its own

test-fast: $(VENV)/installed-dev lint
	$(BIN)/python -m pytest -n auto -m "not slow"

lint: $(VENV)/installed-dev
	$(BIN)/ruff check
	$(BIN)/mypy

$(VENV)/bin/python:
	@echo "Making the virtual environment $(VENV): some seconds."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "abstractkg needs Python 3.11 or later")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "Installing abstractkg and what it needs into $(VENV): a few minutes, mostly downloads."
	@$(BIN)/python -m pip install --progress-bar off --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/installed-dev: $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "Installing abstractkg and all that its tests need into $(VENV): several minutes, mostly downloads."
	@$(BIN)/python -m pip install --progress-bar off --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $(VENV)/installed $@

# A server for the tests on object storage; what it needs and what we need cannot be in one environment.
$(VENV)/s3/installed: $(VENV)/bin/python
	@echo "Installing a server for the tests on object storage: a minute."
	$(BIN)/python -m venv $(VENV)/s3
	$(VENV)/s3/bin/python -m pip install --quiet --disable-pip-version-check 'moto[server]==5.2.5'
	@touch $@

# The lock file with hashes, a bill of materials made of it (CycloneDX), and what is known against it.
lock: $(VENV)/supply
	$(VENV)/supply/bin/uv pip compile pyproject.toml -c constraints.txt --generate-hashes --universal \
		--python-version 3.11 --quiet --no-header --no-annotate -o requirements.lock

sbom: $(VENV)/supply
	$(VENV)/supply/bin/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml -o sbom.json

audit: $(VENV)/supply
	$(VENV)/supply/bin/pip-audit -r requirements.lock --require-hashes --disable-pip --strict

$(VENV)/supply: $(VENV)/bin/python
	$(PYTHON) -m venv $@
	$@/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.9 cyclonedx-bom==7.5.0 pip-audit==2.10.1

clean:
	rm -rf $(VENV) demo-out build dist sbom.json
