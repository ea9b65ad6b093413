# What you can ask for. `make` alone says it.
PORT ?= 8000

# Any Python 3 can look for the one we need; where none answers, we say what to install.
CANDIDATES = "$$GATEPOST_PYTHON" python3 python3.14 python3.13 python3.12 python \
	"$$HOME"/.pyenv/versions/3*/bin/python3 "$$HOME"/.local/share/uv/python/*/bin/python3 /opt/*/bin/python3
PYTHON = $(shell for p in $(CANDIDATES); do "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 8))' \
	>/dev/null 2>&1 && echo "$$p" && exit; done; echo ./tools/no-python)
DEMO = GATEPOST_DEMO=1 GATEPOST_ORIGIN=$${GATEPOST_ORIGIN:-http://127.0.0.1:$(PORT)}

unexport PYTHONDONTWRITEBYTECODE
.PHONY: help setup demo test check run lock
.DEFAULT_GOAL := help

help: ## Say what you can ask for
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

setup: ## Make everything ready in this folder (again: only what has changed)
	@$(PYTHON) -m tools.setup

demo: setup ## Open the demo school: make demo PORT=8000; Ctrl-C closes it
	@exec env $(DEMO) .venv/bin/gatepost demo --port $(PORT)

test: setup ## Run every check and every test, on both databases and in a browser
	@exec .venv/bin/python -m tools.test

check: setup ## Run the fast half: lint, types, contracts, tests on SQLite
	@exec .venv/bin/python -m tools.test --fast

run: setup ## Serve your own school from .data
	@exec .venv/bin/gatepost serve --port $(PORT)

lock: setup ## Take the newest versions of what we depend on into requirements.lock
	@.venv/bin/python -m tools.lock
