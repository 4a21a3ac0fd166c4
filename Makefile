# The habits of this repository. `make` alone lists them.
PORT ?= 8080
DATA ?= demo-data
ROUNDS ?= 30

# One scratch path for each set of flags: .build is debug with this wall, .build-rel is release.
WALLS := --explicit-target-dependency-import-check error
# With Swift's own library inside, and looking into one another: a server needs no toolchain, a request costs less (ADR 0036).
OPTIMISED := -c release --static-swift-stdlib -Xswiftc -cross-module-optimization --scratch-path .build-rel
# All tests at once would be four hundred databases and their children on two cores.
SOME_AT_ONCE := --experimental-maximum-parallelization-width 6
# They know no database, or look at pages, whose journeys run on both: once is enough.
PURE := ^(HTML|FHIR|HL7v2|PDF|Tidy|Vault|Identity|Portal)Tests\.
DEBUG := .build/debug/passerelle
RELEASE := .build-rel/release/passerelle
PYTHON := .venv/bin/python
# A step that hangs fails by name; so does a test of Python's, with the stack of each thread.
WITHIN := scripts/within.sh
PYTEST := $(PYTHON) -m pytest --timeout 300

.DEFAULT_GOAL := help
.PHONY: help demo reset-demo test check bench instructions enumeration dev lint floors build unit serve serve-postgres nodes browser crash storm setup-build setup-tests release

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: release ## Build, and run with a fictional hospital at http://127.0.0.1:$(PORT)
	$(RELEASE) demo --port $(PORT) --data $(DATA)

reset-demo: release ## The same, from fresh data
	$(RELEASE) demo --port $(PORT) --data $(DATA) --reset

test: setup-tests build unit serve nodes browser crash ## Install what the tests need, and run all of them

check: lint test ## Exactly what CI runs: format, strict build, dependency floors, all tests

lint: ## Format of the Swift sources
	swift format lint -s -r Sources Tests bench Package.swift

build: setup-build ## Strict debug build, tests included
	$(WITHIN) 3600 swift build --build-tests $(WALLS)
	@$(MAKE) --no-print-directory floors

floors: ## Versions below which a dependency has a known hole
	python3 scripts/check_floors.py Package.resolved

unit: build setup-tests ## Swift tests, on SQLite, and those with a database on PostgreSQL
	$(WITHIN) 1500 swift test --skip-build $(WALLS) $(SOME_AT_ONCE)
	$(WITHIN) 1500 Tests/infra/with_postgres.sh swift test --skip-build $(WALLS) $(SOME_AT_ONCE) --skip '$(PURE)'

serve: build setup-tests ## The program with a real mail relay and SMS gateway
	PASSERELLE_BINARY=$(DEBUG) $(WITHIN) 900 $(PYTEST) -n 2 --dist loadfile Tests/serve

serve-postgres: build setup-tests ## The same with all rows in PostgreSQL
	PASSERELLE_BINARY=$(DEBUG) DURABLE=1 $(WITHIN) 1500 Tests/infra/with_postgres.sh $(PYTEST) -n 2 --dist loadfile Tests/serve

nodes: build setup-tests ## Two nodes behind nginx: killed, restarted, and their database failing over
	PASSERELLE_BINARY=$(DEBUG) $(WITHIN) 600 $(PYTEST) -s Tests/nodes

browser: build setup-tests ## Chromium tests
	PASSERELLE_BINARY=$(DEBUG) $(WITHIN) 1800 $(PYTEST) -n 2 --dist loadgroup Tests/browser

storm: release setup-tests ## 10,000 documents by FHIR and HL7 v2 at once, good and bad; ARGS="--documents 500"
	PASSERELLE_BINARY=$(RELEASE) $(PYTHON) Tests/storm/storm.py $(ARGS)

crash: build setup-tests ## Kills the server under load, $(ROUNDS) times, and looks for losses
	PASSERELLE_BINARY=$(DEBUG) ROUNDS=$(ROUNDS) $(WITHIN) 900 $(PYTHON) Tests/crash/kill_test.py

release: setup-build
	swift build $(OPTIMISED) --product passerelle
	swift build $(OPTIMISED) --product passerelle-pdf
	swift build $(OPTIMISED) --product passerelle-poppler

bench: release ## Benchmarks against bare limits; ARGS=--quick for one pair
	scripts/setup-bench.sh
	swift build $(OPTIMISED) --product bench
	python3 bench/run.py $(ARGS)

instructions: release ## What a list and a download cost in instructions: the same on a busy machine
	scripts/setup-bench.sh
	swift build $(OPTIMISED) --product bench
	python3 bench/instructions.py $(ARGS)

enumeration: release ## Whether the time of an answer tells who has an account (S7); ARGS="--requests 300"
	python3 bench/enumeration.py $(ARGS)

dev: setup-build ## Rebuild and restart on every change
	scripts/dev.sh $(PORT) $(DATA)

setup-build:
	@scripts/setup-build.sh

setup-tests:
	@scripts/setup-tests.sh
