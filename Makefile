# `make app` and `make test` set up what they need on a machine with git, make and Python 3.11 or newer.

VENV  := .venv
RUN   := $(VENV)/bin/python
READY := $(VENV)/.ready

# Sets $$found to a Python that is new enough and can make virtual environments, or says what is missing.
FIND_PYTHON = \
	for found in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 none; do \
		"$$found" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; \
	done; \
	if [ "$$found" = none ]; then \
		echo "Support ROI needs Python 3.11 or newer; here is $$(python3 --version 2>&1). Install a newer one, or name it: make PYTHON=/path/to/python3" >&2; exit 1; \
	fi; \
	if ! "$$found" -c 'import ensurepip, venv' 2>/dev/null; then \
		echo "This Python cannot make virtual environments. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; \
	fi

.PHONY: app test check audit bench nightly lock

app: $(READY)
	@$(RUN) -m roi_core.cli app

test: $(READY)
	@CHROMIUM="$$($(RUN) -m tests.browser.chromium)" && export CHROMIUM && $(RUN) -m pytest -n auto

check: $(READY)
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports --no-logo
	@$(RUN) -m tests.longest

# Weaknesses of packages, secrets in files, bill of materials: a line each, which says skipped where nothing was looked at; red on a find.
audit: $(READY)
	@test -x .tools/bin/python || $(RUN) -m venv .tools
	@for tool in pip-audit detect-secrets cyclonedx-bom; do \
		.tools/bin/python -m pip show --quiet $$tool 2>/dev/null || .tools/bin/python -m pip install --quiet $$tool || true; \
	done
	@$(RUN) -m tests.audit .tools/bin

bench: $(READY)
	@$(RUN) -m benchmarks

# make nightly PART=numbers|shop_numbers|services_numbers|metrics|coverage|aa|mutation|relations|files|store|browser|sessions|fuzz; without a part, all of them.
# SHARE=0.01 tries a share of the counts and appends nothing to the scoreboard. Of coverage, aa, metrics and mutation a run of the same code goes on where
# the last one stopped, after MINUTES=50.
nightly: $(READY)
	@SUPPORT_ROI_HYPOTHESIS=nightly SUPPORT_ROI_NIGHTLY_SHARE=$(or $(SHARE),1) SUPPORT_ROI_NIGHTLY_MINUTES=$(or $(MINUTES),50) $(RUN) -m pytest --timeout 3600 tests/nightly$(if $(PART),/test_$(PART).py)

# The lock holds hashes and no address of an index; pins that still fit stay as they are.
lock: $(READY)
	@test -x .tools/bin/uv || { $(RUN) -m venv .tools && .tools/bin/pip install --quiet uv; }
	@.tools/bin/uv pip compile pyproject.toml --group dev --extra notebook --generate-hashes --universal \
		--python-version 3.11 --no-header --no-annotate --quiet --output-file requirements.lock

$(READY): requirements.lock pyproject.toml
	@$(FIND_PYTHON); test -x $(RUN) || "$$found" -m venv $(VENV)
	@echo "Installing what Support ROI needs into $(VENV); this is done once."
	@$(RUN) -m pip install --quiet --require-hashes --requirement requirements.lock
	@$(RUN) -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
