# What a reader types. `make` alone prints this list; the building is CMake's.
.DEFAULT_GOAL := help
.PHONY: help run test bench record sample figures format check clean
SHELL := bash
MAKEFLAGS += --no-print-directory

jobs := $(shell nproc 2> /dev/null || sysctl -n hw.ncpu)
build := cmake --build build --parallel $(jobs)
chapters := 01 02 03 04 05 06 07

# Quiet unless it fails. CMake notices by itself when a listed file has changed.
configure := mkdir -p build && { cmake --preset release > build/configure.log 2>&1 || \
             { cat build/configure.log; exit 1; }; }

help:  ## print this list
	@sed -n 's/^\([a-z][a-z-]*\):.*## */\1\t/p' Makefile | awk -F '\t' '{ printf "make %-12s %s\n", $$1, $$2 }'
	@echo "make chapter-01  … make chapter-07: build, test and run one chapter (make 01 for short)"

run:  ## train on names and invent new ones; ARGS="--help" for more
	@scripts/setup run
	@test -f build/Makefile -o -f build/build.ninja || { $(configure); }
	@$(build) --target microgpt-cli
	@build/microgpt $(ARGS)

test:  ## build everything and run every test
	@scripts/setup test
	@$(configure)
	@$(build)
	@ctest --preset release --parallel $(jobs)

.PHONY: $(chapters) $(chapters:%=chapter-%)
$(chapters): %: chapter-%
$(chapters:%=chapter-%): chapter-%:
	@scripts/setup test
	@$(configure)
	@$(build) --target chapter-$* test-$*
	@cd build && ctest --quiet --output-on-failure --label-regex '^chapter-$*$$' --output-log chapter-$*.log \
	    || { cat chapter-$*.log; exit 1; }
	@tail -n 4 build/chapter-$*.log | head -n 1
	@cd build && chapters/chapter-$*

bench:  ## measure steps a second, time per node, and each phase apart
	@scripts/setup bench
	@$(configure)
	@$(build) --target bench
	@build/bench/bench $(ARGS)

record:  ## run every chapter again and keep what it prints
	@scripts/setup run
	@$(configure)
	@$(build) --target $(chapters:%=chapter-%)
	@cd build && for folder in ../chapters/0*; do \
	    number=$${folder#../chapters/}; chapters/chapter-$${number%%-*} > $$folder/output.txt || exit 1; \
	done

sample:  ## dream up data/dreamed-names.txt again
	@scripts/dream

figures:  ## draw the pictures of the README again
	@scripts/setup run
	@$(configure)
	@$(build) --target microgpt-cli
	@build/microgpt --plot docs/loss.svg > /dev/null

format:  ## lay out every source file
	@scripts/setup check
	@git ls-files '*.cpp' '*.hpp' | xargs clang-format -i

check:  ## what CI checks, all of it
	@.ci/run

clean:  ## remove what was built
	@rm -rf build build-*
