# make run   set up and open the dashboard on the sample district
# make test  set up and run every test
# make check lint, format and types
# make bench measure speed, as ratios
# make soak  kill, fill disks, publish and attack for an hour or two; prints what was lost or came
#            out; then runs the tests with every case of those of which `make test` runs a part
# make spark add what `lingti build --engine spark` needs (half a gigabyte; Java 17 is up to you)
# make bundle  the program with all its wheels, for a machine without network, this one's kind or
#            MACHINE=aarch64 PYTHON_VERSION=3.12
# make wheels  look whether every package has a wheel for the machines that offices have
# make lock  choose the newest dependencies anew, and look whether they have such wheels

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Browsers wait much of the time, so one more than there are processors.
WORKERS = $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)')

# Kept from writing what it compiled, Python would compile all of it again in each of the hundreds
# of processes that a run of the tests starts.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test check bench soak spark bundle wheels lock translations browser

run: $(READY)
	$(BIN)/lingti demo --home $(or $(LINGTI_HOME),home.sample)

test: $(READY) browser
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --durations=20

check: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy -n auto
	$(BIN)/mypy sample_data
	MYPYPATH=tests $(BIN)/mypy --explicit-package-bases -p benchmarks
	cd tests && MYPYPATH=.:.. ../$(BIN)/mypy --cache-dir ../.mypy_cache --config-file ../pyproject.toml --explicit-package-bases -n auto .

bench: $(VENV)/.bench browser
	$(BIN)/python -m benchmarks

soak: $(READY) browser
	cd tests && ../$(BIN)/python -m soak
	LINGTI_EXHAUSTIVE=1 $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

spark: $(VENV)/.spark

$(VENV)/.spark: requirements-spark.lock $(READY)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
		--no-build-isolation -r requirements-spark.lock
	touch $@

bundle: $(READY)
	@MACHINE=$(MACHINE) PYTHON_VERSION=$(PYTHON_VERSION) sh deploy/bundle.sh

wheels: $(READY)
	@sh deploy/check_wheels.sh

lock: $(READY)
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --generate-hashes --upgrade \
		--no-header --no-emit-index-url --output-file requirements.lock
	$(BIN)/uv pip compile --group bench --universal --generate-hashes --upgrade \
		--constraint requirements.lock --no-header --no-emit-index-url \
		--output-file benchmarks/requirements.lock
	$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["spark"], sep="\n")' \
		| $(BIN)/uv pip compile - --universal --generate-hashes --upgrade --constraint requirements.lock \
		--no-header --no-annotate --no-emit-index-url --output-file requirements-spark.lock
	sh deploy/check_wheels.sh

translations: $(READY)
	$(BIN)/python -m lingti.locale.update

# The browser tests drive a Chromium that the system has. Debian as root gets one; elsewhere the
# tests look for one and say which of them they skip.
browser:
	@sh tests/browser/ensure_programs.sh

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Lingti needs Python 3.11 or newer")'
	test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(READY)

$(VENV)/.bench: $(READY) benchmarks/requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes \
		-r benchmarks/requirements.lock
	touch $(VENV)/.bench
