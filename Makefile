# Two commands do all the set-up from a fresh clone: `make play` and `make test`. Both use uv where it is, else python3 and pip.

PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
UV := $(shell command -v uv 2>/dev/null)
SESSION ?= settle
# Most tests of the screen wait rather than compute, so twice as many run at a time as there are cores; who is done takes over from others.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print(2 * (os.cpu_count() or 1))')
# Tracing makes code less than half as fast, so only the floors whose coverage is held are traced, and only by the tests that are about them.
HELD := script timeline player journal
TRACED := $(HELD:%=tests/%) tests/sessions tests/cli
COV := $(HELD:%=--cov=mindful.%) --cov-report=
ALONE := sound or pty or browser or device
# Reading all tests only to leave most of them out takes half a minute for each worker: these files have some of them.
ALONE_IN := $(shell grep -rlE --include='*.py' 'mark[.](sound|pty|browser|device)' tests 2>/dev/null)
comma := ,

# The tests start the program hundreds of times, and read themselves once for each worker: compiled once is twice as fast.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help play test gates check tests format documents sounds bench clean

help: ## what a contributor can do
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

play: $(BIN)/.play ## install, and play a short session (SESSION=id for another)
	@$(BIN)/mindful play $(SESSION) --begin

test: $(BIN)/.dev gates tests ## install for development, then every gate and test

gates: $(BIN)/.dev check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m mindful.script.documents --check
	$(BIN)/python -m mindful.author.index --check
	$(BIN)/python -m mindful.author.catalogues --check

check: $(BIN)/.dev ## the bundled sessions through `mindful check`
	$(BIN)/mindful check $(filter-out sessions/patterns.yaml,$(wildcard sessions/*.yaml sessions/learn/*.yaml sessions/skills/*.yaml sessions/programmes/*.yaml))

# What a real terminal or a browser shows comes after the others, two at a time; what is heard is measured against the clock, alone.
tests: $(BIN)/.dev ## pytest, with coverage of the floors that must not break
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m 'not ($(ALONE))' $(COV) $(PYTEST) $(TRACED)
	$(BIN)/coverage report --include='$(subst $() ,$(comma),$(HELD:%=mindful/%/*))' --fail-under=95
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m 'not ($(ALONE))' $(PYTEST) $(TRACED:%=--ignore=%)
	$(BIN)/python -m pytest -n 2 -m '($(ALONE)) and not sound' -rs $(PYTEST) $(ALONE_IN)
	$(BIN)/python -m pytest -m sound -rs --durations=8 $(PYTEST) $(ALONE_IN)

format: $(BIN)/.dev ## put the code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

documents: $(BIN)/.dev ## renew the schema, the reference, the index of sessions and the catalogues of words
	$(BIN)/python -m mindful.script.documents
	$(BIN)/python -m mindful.author.index
	$(BIN)/python -m mindful.author.catalogues

bench: $(BIN)/.dev ## the measurements behind docs/performance.md
	$(BIN)/python -m bench

clean: ## remove what was installed and built
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage .import_linter_cache

$(VENV)/pyvenv.cfg:
ifdef UV
	@uv venv -q --python '>=3.11' $(VENV)
else
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "mindful needs Python 3.11 or newer. Name one with: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "Python cannot make a virtual environment here. On Debian: apt install python3-venv"; exit 1; }
endif

# simpleaudio is taken along where it builds (on Linux it needs gcc and the ALSA headers); without it miniaudio plays.
$(BIN)/.play: pyproject.toml $(VENV)/pyvenv.cfg
ifdef UV
	@uv pip install -q --python $(VENV) -e .
	@uv pip install -q --python $(VENV) -e '.[simpleaudio]' 2>/dev/null || true
else
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e .
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[simpleaudio]' >/dev/null 2>&1 || true
endif
	@touch $@

$(BIN)/.dev: pyproject.toml $(VENV)/pyvenv.cfg
ifdef UV
	@uv pip install -q --python $(VENV) -e '.[dev]'
	@uv pip install -q --python $(VENV) -e '.[dev,simpleaudio]' 2>/dev/null || \
	  echo "simpleaudio does not build here (it wants gcc and the ALSA headers): its tests will say that they are skipped."
else
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[dev]'
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[dev,simpleaudio]' >/dev/null 2>&1 || \
	  echo "simpleaudio does not build here (it wants gcc and the ALSA headers): its tests will say that they are skipped."
endif
	@touch $@
