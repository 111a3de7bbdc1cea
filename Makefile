# tasks: build, test, install. 'make help' lists the targets.

PREFIX ?= /usr/local
DESTDIR ?=

SWIFT ?= swift
# The import check makes the compiler enforce the layers of Package.swift.
SWIFTFLAGS ?= --explicit-target-dependency-import-check error
# 'tasks' carries all its libraries with it: it starts in half the time, and runs on any Linux (Package.swift says how it
# is linked). See docs/decisions/2026-11-21-static-executable.md.
RELEASEFLAGS = -c release --static-swift-stdlib $(SWIFTFLAGS)
PROGRAM = .build/release/tasks
# Programs that 'tasks' starts. It looks for them beside itself, and in ../libexec/tasks.
HELPERS = .build/release/tasks-ssh .build/release/tasks-serve
UNITS = tasks-watch.service tasks-serve.service

# How long 'make fuzz' looks for trouble.
FUZZ_SECONDS ?= 60
# How many random histories 'make soak' plays.
SOAK_SEEDS ?= 20000
# And how many of whole systems, which take ten times as long.
SIMULATION_SEEDS ?= 5000
# And of devices that are programs of their own.
SOAK_PROGRAMS ?= 500

.PHONY: help build test soak tsan schemathesis client lint format check bench fuzz demo install uninstall generate deb dist clean

help: ## List the targets.
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' Makefile

build: ## Build the executables as they are installed.
	@scripts/dependencies build
	$(SWIFT) build $(RELEASEFLAGS) --product tasks
	$(SWIFT) build $(RELEASEFLAGS) --product tasks-ssh
	$(SWIFT) build $(RELEASEFLAGS) --product tasks-serve

test: ## Run all tests.
	@scripts/dependencies build test
	$(SWIFT) build $(SWIFTFLAGS) --build-tests
	$(SWIFT) test $(SWIFTFLAGS) --skip-build

# The test run tries a sample of this.
soak: ## Many random histories, and commands killed and disturbed at every call: about an hour.
	@scripts/dependencies build test
	$(SWIFT) build $(SWIFTFLAGS) --build-tests
	TASKS_SEEDS=$(SOAK_SEEDS) TASKS_SEED=$$(date +%s) \
	  $(SWIFT) test $(SWIFTFLAGS) --skip-build --filter MergePropertyTests
	TASKS_SEEDS=$(SIMULATION_SEEDS) TASKS_SEED=$$(date +%s) TASKS_FOLDED=10000 \
	  $(SWIFT) test $(SWIFTFLAGS) --skip-build --filter 'SimulationTests|FoldingTests'
	TASKS_CRASH_ALL=1 $(SWIFT) test $(SWIFTFLAGS) --skip-build --filter 'CrashTests|PowerCutTests'
	TASKS_SEEDS=$(SOAK_PROGRAMS) TASKS_SEED=$$(date +%s) \
	  $(SWIFT) test $(SWIFTFLAGS) --skip-build --filter SpawnedSystemTests

# In a build folder of its own: all code is built for ThreadSanitizer, which has to be told of some locks (mutex.c says why).
tsan: ## Look for data races in the server.
	@scripts/dependencies build test
	$(SWIFT) build $(SWIFTFLAGS) --build-tests --sanitize=thread --scratch-path .build/tsan
	$(dir $(shell command -v $(SWIFT)))clang -O1 -Wall -Wextra -shared -fPIC -o .build/tsan/mutex.so \
	  scripts/thread-sanitizer/mutex.c
	LD_PRELOAD=$(CURDIR)/.build/tsan/mutex.so .build/tsan/debug/tasksPackageTests.xctest \
	  --testing-library swift-testing --filter TasksServerTests

schemathesis: ## Compare the server with its description, by many requests that it allows or does not: 80 seconds.
	@scripts/dependencies build api
	$(SWIFT) build $(SWIFTFLAGS) --product tasks
	$(SWIFT) build $(SWIFTFLAGS) --product tasks-serve
	scripts/schemathesis .build/debug/tasks

client: ## Generate a client from the server's description, and have it do everything: 10 seconds.
	@scripts/dependencies build api
	$(SWIFT) build $(SWIFTFLAGS) --product tasks
	$(SWIFT) build $(SWIFTFLAGS) --product tasks-serve
	scripts/generated-client .build/debug/tasks

lint: ## Check the style of the sources and the scripts.
	@scripts/dependencies build lint
	$(SWIFT) format lint --strict --parallel --recursive Package.swift Sources Tests
	shellcheck .ci/run scripts/demo scripts/dependencies scripts/make-deb scripts/check-deb scripts/schemathesis scripts/generated-client

format: ## Put the sources into the style.
	$(SWIFT) format --in-place --parallel --recursive Package.swift Sources Tests

check: ## Run what continuous integration runs.
	.ci/run

bench: build ## Measure, and compare with others.
	@scripts/dependencies bench
	bench/run

# In a build folder of its own: all code is built for the fuzzer. The coverage is asked for explicitly because a build
# with the sanitizer alone was found to come without it. Without SWIFT_BACKTRACE Swift hangs after a crash.
fuzz: ## Throw damaged bundles and changes at the readers, for FUZZ_SECONDS.
	@scripts/dependencies build fuzz
	TASKS_FUZZ=1 $(SWIFT) build -c release --scratch-path .build/fuzz --sanitize=fuzzer --sanitize=address \
	  -Xswiftc -sanitize-coverage=edge,indirect-calls,trace-cmp,inline-8bit-counters,pc-table --product fuzz-format
	scripts/fuzz-seeds .build/fuzz/seeds
	mkdir -p .build/fuzz/corpus
	SWIFT_BACKTRACE=enable=no .build/fuzz/release/fuzz-format -max_total_time=$(FUZZ_SECONDS) -timeout=10 \
	  -rss_limit_mb=512 -max_len=65536 -use_value_profile=1 -print_final_stats=1 -artifact_prefix=.build/fuzz/ \
	  -dict=.build/fuzz/seeds.dictionary .build/fuzz/corpus .build/fuzz/seeds

demo: build ## Show what it does, with an SSH server of its own.
	@scripts/dependencies demo
	scripts/demo $(PROGRAM)

generate: ## Write the manual pages, completions and reference anew.
	@scripts/dependencies build
	$(SWIFT) build $(SWIFTFLAGS) --product tasks-docs
	.build/debug/tasks-docs .

# Root may have no Swift in its path: what was built is installed as it is.
$(PROGRAM) $(HELPERS):
	$(MAKE) build

install: $(PROGRAM) $(HELPERS) ## Install what was built under PREFIX (/usr/local), inside DESTDIR.
	install -D -s -m 755 $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/tasks
	install -d $(DESTDIR)$(PREFIX)/libexec/tasks
	install -s -m 755 $(HELPERS) $(DESTDIR)$(PREFIX)/libexec/tasks
	install -d $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 644 man/*.1 $(DESTDIR)$(PREFIX)/share/man/man1
	install -D -m 644 completions/tasks.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/tasks
	install -D -m 644 completions/_tasks $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_tasks
	install -D -m 644 completions/tasks.fish $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/tasks.fish
	install -d $(DESTDIR)$(PREFIX)/lib/systemd/user
	for unit in $(UNITS); do \
	  sed 's|/usr/local/bin|$(PREFIX)/bin|' systemd/$$unit >$(DESTDIR)$(PREFIX)/lib/systemd/user/$$unit && \
	  chmod 644 $(DESTDIR)$(PREFIX)/lib/systemd/user/$$unit || exit; \
	done

uninstall: ## Remove what install put there. Tasks are not touched.
	rm -f $(DESTDIR)$(PREFIX)/bin/tasks
	cd $(DESTDIR)$(PREFIX)/libexec/tasks && rm -f $(notdir $(HELPERS))
	rmdir --ignore-fail-on-non-empty $(DESTDIR)$(PREFIX)/libexec/tasks || true
	cd man && for page in *.1; do rm -f "$(DESTDIR)$(PREFIX)/share/man/man1/$$page"; done
	rm -f $(DESTDIR)$(PREFIX)/share/bash-completion/completions/tasks
	rm -f $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_tasks
	rm -f $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/tasks.fish
	cd $(DESTDIR)$(PREFIX)/lib/systemd/user && rm -f $(UNITS)

deb: build ## Make a Debian package in .build/deb.
	@scripts/dependencies deb
	scripts/make-deb .build/deb

# What is committed, and nothing else.
dist: ## Make a tarball of the sources in .build/dist.
	mkdir -p .build/dist
	version=$$(sed -n 's/.*number = "\(.*\)"/\1/p' Sources/TasksProgram/Version.swift) && \
	  git archive --prefix="tasks-$$version/" HEAD | xz >".build/dist/tasks-$$version.tar.xz" && \
	  ls ".build/dist/tasks-$$version.tar.xz"

clean: ## Remove what was built.
	rm -rf .build
