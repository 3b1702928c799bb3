# Two commands matter: `make report` and `make test`. Each makes the environment it needs, so either may come first.
# Needs make and Python 3.11 or newer; nothing else has to be set up.

PYTHON ?= python3
VENV := .venv
OUT := out
ARGS ?=

PY := $(VENV)/bin/python
CODEGAP := $(VENV)/bin/codegap
# The stamp is written last, and holds the folder it was made in: an interrupted, moved or broken environment is made anew.
STAMP := $(VENV)/.installed
UNFINISHED := $(VENV)/.unfinished

ifneq ($(shell $(PY) -c "import pydantic_core" 2>/dev/null && cat $(STAMP) 2>/dev/null),$(CURDIR))
$(shell rm -f $(STAMP))
endif

.DEFAULT_GOAL := help
.PHONY: help report test lint typecheck check bench score look typeset goldens examples wheel clean distclean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

report: $(STAMP) ## analyse the default code and write the report to out/
	@$(CODEGAP) report --out-dir $(OUT)

test: $(STAMP) ## run all tests (one file or name: make test ARGS="-k words")
	@$(PY) -m pytest -n auto --maxprocesses 4 $(ARGS)

lint: $(STAMP) ## check style with ruff
	@$(PY) -m ruff check .

typecheck: $(STAMP) ## check types with mypy --strict
	@$(PY) -m mypy

check: lint typecheck test ## lint, types and tests

bench: $(STAMP) ## time the commands on this machine
	@$(PY) bench/bench.py

score: $(STAMP) ## score the engine against the gold set, with intervals; fails below a floor
	@$(PY) -m tests.gold.scoring $(ARGS)

look: report ## render report and workbook to PNG in out/look (chromium, libreoffice-calc, poppler-utils)
	@$(PY) tests/look/look.py $(OUT)/report.html $(OUT)/report.xlsx --out $(OUT)/look

typeset: $(STAMP) ## write the default code as PDF, web page and Word file to out/typeset, as the tests read it
	@$(PY) -m tests.typeset.samples --out $(OUT)/typeset

goldens: $(STAMP) ## write what documents and goldens show anew (read the diff before you commit it)
	@CODEGAP_REGENERATE=1 $(PY) -m pytest -q -n auto --maxprocesses 4 tests/test_goldens.py tests/test_docs.py --regenerate $(ARGS)

examples: $(STAMP) ## write reports/examples anew
	@$(CODEGAP) report --out-dir reports/examples

wheel: $(STAMP) ## build the wheel into dist/
	@$(PY) -m build --wheel --no-isolation

clean: ## remove what the targets made, but keep the environment
	@rm -rf $(OUT) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -path ./$(VENV) -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## clean, and remove the environment too
	@rm -rf $(VENV)

$(STAMP): pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null || { \
	  echo "codegap needs Python 3.11 or newer, and '$(PYTHON)' was not found; name one: make PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "codegap needs Python 3.11 or newer, and '$(PYTHON)' is $$($(PYTHON) --version); name another: make PYTHON=python3.11" >&2; exit 1; }
	@if [ -e $(UNFINISHED) ] || ! $(PY) -m pip --version >/dev/null 2>&1; then \
	  echo "Making the environment in $(VENV) (once, about a minute)" >&2; \
	  rm -rf $(VENV) && mkdir $(VENV) && touch $(UNFINISHED) && $(PYTHON) -m venv $(VENV) || { \
	  echo "The environment could not be made; on Debian: apt-get install python3-venv" >&2; exit 1; }; fi
	@touch $(UNFINISHED)
	@$(PY) -m pip install -qq --no-input --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@rm -f $(UNFINISHED)
	@printf '%s\n' '$(CURDIR)' > $(STAMP)
