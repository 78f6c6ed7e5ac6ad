# demo: the reference round, built · test: pytest · check: the whole gate, as CI runs it · catalogues: messages to translate
# docs: its generated pages · bench: this engine beside others · long: what looks for faults longer than the gate may
# sbom: the list of parts · lock: the releases that all of this installs · audit: known holes in them (both ask a network)
.DELETE_ON_ERROR:
.PHONY: demo test check long catalogues docs bench sbom lock audit hooks

PYTHON ?= python3.11
python := $(shell command -v $(PYTHON) || command -v python3)
venv := .venv
bin := $(venv)/bin
packages := oekoreport $(wildcard plugins/oekoreport_*)
# What an editable install is made from; the code itself is not copied.
sources := pyproject.toml $(wildcard requirements/*.txt) hatch_build.py $(wildcard $(addsuffix /locale/*.po,$(packages)) oekoreport/locale/click/*/LC_MESSAGES/*.po)

demo: $(venv)/installed
	$(bin)/oekoreport demo demo

test: $(venv)/installed-test
	$(bin)/pytest -n auto

check: $(venv)/installed-dev
	$(bin)/ruff format --check
	$(bin)/ruff check
	$(bin)/mypy
	$(bin)/lint-imports
	$(bin)/pytest -n auto

# Other rounds each time, and more of them: what fails is printed with its seed.
long: $(venv)/installed-test
	OEKOREPORT_TYPING_ROUNDS=40 $(bin)/pytest -n auto --hypothesis-profile=search tests/typing \
		tests/core/build/test_manifest.py tests/core/build/test_unequal.py tests/core/build/test_many.py
	OEKOREPORT_ATTACKS=all $(bin)/pytest -n auto tests/attacks
	@echo "What became of each attack: build/attacks.md"

# New messages are added untranslated and those that are gone are dropped; a test demands a translation for each.
catalogues: $(venv)/installed-dev
	@mkdir -p build
	@set -e; for package in $$(grep -rlE '\b_\(' --include='*.py' $(packages) | grep -oE '^(plugins/)?[^/]+' | sort -u); do \
		template=build/$$(basename $$package).pot; \
		mkdir -p $$package/locale; \
		$(bin)/pybabel -q extract -F pyproject.toml --no-default-keywords -k _ --no-location \
			--sort-output --project oekoreport --version '' -o $$template $$package; \
		$(bin)/pybabel -q update -l de -i $$template -o $$package/locale/de.po --init-missing \
			--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -w 120; \
	done

$(venv)/bin/python: | hooks
	@$(python) -c 'import sys; sys.version_info >= (3, 11) or sys.exit(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}: $(python). Name another: make PYTHON=python3.12")'
	$(python) -m venv $(venv)

# Subjects of commits are checked by .githooks/commit-msg. What was unpacked from an archive has no commits.
hooks:
	@[ ! -e .git ] || git config core.hooksPath .githooks || true

# Each release by its hash and as a wheel, so that no foreign set-up script runs; then our own code without its
# dependencies: pip takes no hashes beside -e.
pip := install --quiet --disable-pip-version-check
locked = $(bin)/pip $(pip) --require-hashes --only-binary :all: --no-deps -r requirements/build.txt -r requirements/$(1).txt
editable := $(bin)/pip $(pip) --no-deps --no-build-isolation -e .

# One stamp for each set of libraries; a larger set holds the smaller ones.
$(venv)/installed: $(sources) | $(venv)/bin/python
	$(call locked,run)
	$(editable)
	touch $@

$(venv)/installed-test: $(sources) | $(venv)/bin/python
	$(call locked,test)
	$(editable)
	touch $@ $(venv)/installed

$(venv)/installed-dev: $(sources) | $(venv)/bin/python
	$(call locked,dev)
	$(editable)
	touch $@ $(venv)/installed-test $(venv)/installed

docs: $(venv)/installed-dev
	PYTHONPATH=docs $(bin)/python -m reference

bench: $(venv)/installed-test
	$(bin)/python benchmarks/run.py

sbom: $(venv)/installed-test
	PYTHONPATH=docs $(bin)/python -m reference.sbom build/sbom.json

# The tools that ask a network, by their hashes too.
build/tools: requirements/tools.txt
	$(python) -m venv --clear $@
	$@/bin/pip $(pip) --require-hashes --only-binary :all: --no-deps -r $<
	touch $@

# Releases that are pinned stay as long as pyproject.toml allows them; `make lock UPGRADE=--upgrade` takes the newest.
UPGRADE ?=
compile = build/tools/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--no-emit-index-url --custom-compile-command 'make lock' $(UPGRADE)
lock: build/tools
	$(compile) pyproject.toml --extra dev -o requirements/dev.txt
	$(compile) pyproject.toml --extra test -c requirements/dev.txt -o requirements/test.txt
	$(compile) pyproject.toml --extra sign --extra subdoc -c requirements/dev.txt -o requirements/extras.txt
	$(compile) pyproject.toml -c requirements/dev.txt -o requirements/run.txt
	$(bin)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")' \
		| $(compile) - -c requirements/dev.txt -o requirements/build.txt
	$(compile) --group tools -o requirements/tools.txt

audit: build/tools
	for set in extras dev tools; do build/tools/bin/pip-audit --disable-pip --require-hashes -r requirements/$$set.txt; done
