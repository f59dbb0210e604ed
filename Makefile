# Every command of the project; `make` alone explains them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.NOTPARALLEL:
# The tests start hundreds of processes; a compiled module spares each of them reading its source.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
# Test processes side by side: one more than a small machine has cores; 0 runs the tests in one process.
WORKERS ?= 3
PYTEST := $(BIN)/python -m pytest

.PHONY: help
help: ## This list.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: setup setup-main
setup: ## Make .venv with the pinned dependencies of users and developers, and the arida command.
	@deploy/setup.sh dev
setup-main:
	@deploy/setup.sh main

.PHONY: run demo
run: export DEMO ?= 1
run: export LOG_LEVEL ?= WARNING
run: setup-main ## Serve everything embedded on one port (PORT=8000, DATA_DIR=.arida, DEMO=1), in the foreground.
	@exec $(BIN)/arida run
demo: setup-main ## Play the story through public interfaces, on a throw-away system or on URL=...
	@exec $(BIN)/arida demo $(if $(URL),--url $(URL))

.PHONY: test test-fast test-walks test-faults test-long faults bench
test: setup services-up browser ## Set up what is missing, servers included, and run every test; test-long and faults have longer forms.
	@$(PYTEST) -n $(WORKERS) --maxprocesses 8 --dist loadfile --no-loadscope-reorder -m "not long"
test-fast: setup ## Run the unit tests only.
	@$(PYTEST) tests/unit
test-walks: setup services-up ## Walk 2,000 random histories of the council in memory and 50 on PostgreSQL only.
	@$(PYTEST) tests/walk -n 2 --dist loadfile
test-faults: setup services-up ## Run the short fault tests only.
	@$(PYTEST) tests/faults -n $(WORKERS) --maxprocesses 8 --dist loadfile --no-loadscope-reorder -m "not long"
faults: setup services-up ## Run the long fault tests.
	@$(PYTEST) tests/faults -n $(WORKERS) --maxprocesses 8 --dist load -m long --timeout 0
test-long: setup services-up browser ## Run what takes too long for every change, but the faults.
	@$(PYTEST) tests --ignore tests/faults -n $(WORKERS) --maxprocesses 8 --dist loadfile --no-loadscope-reorder -m long --timeout 0
bench: setup services-up ## Run the benchmarks and print their tables.
	@$(BIN)/python -m tests.benchmarks

.PHONY: check generate sure
check: setup ## Check format, lint, types, layers, generated files, sizes, translations, dependencies.
	@deploy/check.sh
generate: setup ## Write the generated documents: schemas, OpenAPI, event map, diagrams.
	@$(BIN)/arida generate
sure: check test test-faults test-long faults demo ## Everything above that can fail.

.PHONY: migrate migration
migrate: setup-main ## Bring every service's database to the newest schema.
	@$(BIN)/arida migrate
migration: setup ## Write a new migration: make migration s=review m="add the recusal table"
	@test -n "$(s)" -a -n "$(m)" || { echo 'Use: make migration s=review m="what it does"' >&2; exit 2; }
	@$(BIN)/arida new-migration $(s) "$(m)"

.PHONY: services-up services-down cluster-up cluster-down browser
services-up: setup ## Start private PostgreSQL and RabbitMQ on free loopback ports for tests.
	@$(BIN)/python -m shared.testing.servers up
services-down: setup ## End the private servers that services-up started.
	@$(BIN)/python -m shared.testing.servers down
cluster-up: setup ## Start three RabbitMQ nodes and a PostgreSQL with a synchronous standby on loopback.
	@$(BIN)/python -m shared.testing.cluster up
cluster-down: setup ## End the cluster that cluster-up started.
	@$(BIN)/python -m shared.testing.cluster down
browser:
	@deploy/browser.sh

.PHONY: up down
up: ## Start the containers of docker-compose.yml and wait until they are healthy.
	docker compose up --detach --build --wait
down: ## Stop the containers.
	docker compose down
