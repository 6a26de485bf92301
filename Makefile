# Two commands on a fresh machine: `make run` and `make test`. Neither needs root, Docker or a server.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q
JOBS ?= $(shell nproc 2>/dev/null || echo 2)

.PHONY: looks extras setup setup-test setup-demo run test test-others test-browsed sweep lint format sizes docs docs-check bench lock clean help

help:
	@echo "make run      示范：制作课程包并检查，然后打开课堂 http://127.0.0.1:8000 · the demonstration: packages, their reports, then the platform"
	@echo "make test     全部测试（每页第一种状态） · all tests; each page in its first state"
	@echo "make lint     ruff, mypy, import order, generated docs, sizes, licences of binaries"
	@echo "make sweep    full counts: every mutation, every state of every page, long fuzzing, fifty kills"
	@echo "make bench    every benchmark · make docs · make format · make sizes · make lock"

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "需要 Python 3.11：请先安装（Debian：apt install python3.11 python3.11-venv）。 Python 3.11 is needed."; exit 1; }
	@echo "· 建立虚拟环境 · creating the virtual environment"
	@$(PYTHON) -m venv $(VENV) || { echo "缺少 venv 模块：Debian 上请装 python3.11-venv。 The venv module is missing."; exit 1; }

.setup-run: requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "· 安装运行所需的软件包 · installing run-time packages"
	@$(PIP) install --require-hashes -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

# Style sheets and scripts of the pages, and the compiled catalogues of their words.
ASSETS := $(wildcard tools/interface/*) tools/interface_assets.py $(shell find src/ketang -name django.po)

.setup-assets: $(ASSETS) .setup-run
	@echo "· 制作页面的样式和脚本 · building the style sheets and scripts of the pages"
	@$(BIN)/python tools/interface_assets.py
	@$(BIN)/python tools/messages.py compile
	@touch $@

.setup-test-assets: $(ASSETS) .setup-test
	@$(BIN)/python tools/interface_assets.py --tests
	@$(BIN)/python tools/messages.py compile
	@touch $@ .setup-assets

.setup-demo: requirements/demo.txt .setup-run
	@echo "· 安装示范素材（字体、照片） · installing the demonstration's fonts and photographs"
	@$(PIP) install --require-hashes --no-deps -r requirements/demo.txt
	@touch $@

.setup-test: requirements/dev.txt .setup-demo
	@echo "· 安装测试工具 · installing the test tools"
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

setup: .setup-run
setup-demo: .setup-demo
setup-test: .setup-test

run: .setup-demo .setup-assets
	@$(BIN)/python -m kebao.demo build/demo
	@KETANG_HOME=build/ketang $(BIN)/ketang migrate
	@KETANG_HOME=build/ketang $(BIN)/ketang demo --packages build/demo
	@KETANG_HOME=build/ketang $(BIN)/ketang serve

# Browsers of a whole session run a loop in the test's thread, in which Django allows no query: they get runs of their own,
# which go on beside the others, for both wait a good deal. What they say is printed whole when they are over.
BROWSED := tests/interface tests/journeys
# What is held to a tenth of a second by the clock has the machine to itself, first.
ALONE := tests/player
PYTEST := $(BIN)/python -m pytest -n $(JOBS)
QUICK := -m "not sweep and not extra and not looks"
SAID := build/browsed.log

test: .setup-test .setup-test-assets
	@$(PYTEST) $(QUICK) $(ALONE); alone=$$?; \
	$(MAKE) --no-print-directory -k -j2 test-others test-browsed && exit $$alone

# The two halves of `test`, which has set up what they need. A file is one process's: what its tests share is made once.
test-others:
	@$(PYTEST) --dist loadfile $(QUICK) $(ALONE:%=--ignore=%) $(BROWSED:%=--ignore=%)

test-browsed:
	@mkdir -p build; failed=0; \
	for part in $(BROWSED); do $(PYTEST) $(QUICK) $$part || failed=$$?; done > $(SAID) 2>&1; \
	cat $(SAID); exit $$failed

sweep: .setup-test .setup-test-assets
	@$(PYTEST) -m sweep $(ALONE:%=--ignore=%) $(BROWSED:%=--ignore=%)
	@$(PYTEST) -m sweep tests/interface
	@$(BIN)/python -m pytest -m sweep tests/journeys

# Every page in dark, large and wide-spaced looks, in every state; not in CI yet.
looks: .setup-test .setup-test-assets
	@$(PYTEST) -m looks tests/interface

# Tests of optional extras, which neither CI nor `make test` installs.
extras: .setup-test
	@$(PIP) install -e '.[ocr,dnsmos,face]'
	@$(BIN)/python -m pytest -m extra

lint: .setup-test docs-check
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python tools/sizes.py --check
	@$(BIN)/python tools/licences.py

format: .setup-test
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

sizes: .setup-test
	@$(BIN)/python tools/sizes.py

docs: .setup-test
	@$(BIN)/python tools/generate_docs.py

docs-check: .setup-test
	@$(BIN)/python tools/generate_docs.py --check

bench: .setup-test
	@for script in benchmarks/*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

lock: | $(BIN)/python
	@$(PIP) install "uv>=0.9"
	@$(BIN)/python tools/lock.py

clean:
	rm -rf $(VENV) build .setup-run .setup-demo .setup-test .setup-assets .setup-test-assets .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
