# demo: the reference round, built · test: pytest · check: the whole gate, as CI runs it · catalogues: messages to translate
# docs: its generated pages · bench: this engine beside others · long: what looks for faults longer than the gate may
.DELETE_ON_ERROR:
.PHONY: demo test check long catalogues docs bench hooks

PYTHON ?= python3.11
python := $(shell command -v $(PYTHON) || command -v python3)
venv := .venv
bin := $(venv)/bin
packages := oekoreport $(wildcard plugins/oekoreport_*)
# What an editable install is made from; the code itself is not copied.
sources := pyproject.toml constraints.txt hatch_build.py $(wildcard $(addsuffix /locale/*.po,$(packages)) oekoreport/locale/click/*/LC_MESSAGES/*.po)

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
	OEKOREPORT_TYPING_ROUNDS=40 $(bin)/pytest -n auto --hypothesis-profile=search tests/typing

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
	$(python) -m venv $(venv)

# Subjects of commits are checked by .githooks/commit-msg. What was unpacked from an archive has no commits.
hooks:
	@[ ! -e .git ] || git config core.hooksPath .githooks || true

# One stamp for each set of libraries; a larger set holds the smaller ones.
$(venv)/installed: $(sources) | $(venv)/bin/python
	$(bin)/pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(venv)/installed-test: $(sources) | $(venv)/bin/python
	$(bin)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	touch $@ $(venv)/installed

$(venv)/installed-dev: $(sources) | $(venv)/bin/python
	$(bin)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@ $(venv)/installed-test $(venv)/installed

docs: $(venv)/installed-dev
	PYTHONPATH=docs $(bin)/python -m reference

bench: $(venv)/installed-test
	$(bin)/python benchmarks/run.py
