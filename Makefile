# What a reader types. `make` alone prints the list; the building is CMake's.
.DEFAULT_GOAL := help
SHELL := bash
MAKEFLAGS += --no-print-directory
.PHONY: help run this-book cluster test 200 play exercise exercise- exercises bench bench-cluster bench-frameworks check format fuzz \
        faults record figures sample clean \
        book book-epub book-pdf book-serve book-test book-lighthouse number numbers

jobs := $(shell nproc 2> /dev/null || sysctl -n hw.ncpu)
build := cmake --build build --parallel $(jobs)
chapters := 01 02 03 04 05 06 07 08 09 10 11
fuzzers := checkpoint names text arguments words tokens
SECONDS := 60
RANKS := 2
launch = $(if $(filter 09,$*),$(CURDIR)/scripts/cluster $(RANKS) )# what a chapter's program is started by

# Quiet unless it fails. CMake notices by itself when a file it has read changes. What a failed attempt
# leaves behind is not built upon: it may hold a compiler that is not there.
configure_in = mkdir -p $(1) && { test -f $(1)/configured || rm -rf $(1)/CMakeCache.txt $(1)/CMakeFiles; } && \
               if cmake --preset $(2) > $(1)/configure.log 2>&1; then touch $(1)/configured; \
               else cat $(1)/configure.log; exit 1; fi
configure := $(call configure_in,build,release)

# What is recorded has to come from the real names.
need_names := build/data/names-at-hand || \
              { echo 'this needs names.txt: connect to the network, or set MICROGPT_NAMES'; exit 1; }

help:
	@grep -E '^(## |[a-z0-9-]+:.*##)' Makefile | sed -E 's/^## (.*)/\n\1/; s/^([a-z0-9-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

## For readers
run:  ## train on names and invent new ones; ARGS="--help" shows what else it can do
	@scripts/setup run
	@test -f build/configured || { $(configure); }
	@$(build) --target microgpt-cli
	@build/microgpt $(ARGS)

this_book := --data data/this-book.txt --stream --tokens 1024 --block-size 64 --n-embd 64 --learning-rate 0.005 --held-out 0.1 --steps 3000 --samples 3 --evaluate
this-book:  ## learn this book's own text in pieces of words, and write some more of it
	@$(MAKE) run ARGS="$(this_book)"

cluster:  ## the same on RANKS=2 processes that share the work, by MPI; the digits stay
	@scripts/setup cluster
	@test -f build/configured || { $(configure); }
	@$(build) --target microgpt-mpi 2> /dev/null || { $(configure); $(build) --target microgpt-mpi; }
	@scripts/cluster $(RANKS) build/microgpt-mpi $(ARGS)

test:  ## build everything and run every test
	@scripts/setup test
	@$(configure)
	@$(build)
	@ctest --preset release --parallel $(jobs)
	@build/data/names-at-hand > build/names.log || \
	    echo "What needs names.txt was skipped: $$(cat build/names.log)"

chapter-01:  ## build, test and run a chapter, up to chapter-11; `make 01` for short, BREAK=help to break it
200:  ## run microgpt.cpp, the whole algorithm in 200 lines
	@scripts/setup run
	@$(configure)
	@$(build) --target microgpt-200
	@build/chapters/microgpt-200

.PHONY: $(chapters) $(chapters:%=chapter-%)
$(chapters): %: chapter-%
ifeq ($(BREAK),help)
$(chapters:%=chapter-%): chapter-%:
	@cd chapters/$*-*/breaks; for patch in *.patch; do \
	    printf '  BREAK=%-18s %s\n' "$${patch%.patch}" "$$(head -n 1 "$$patch")"; done
else ifdef BREAK
$(chapters:%=chapter-%): chapter-%:
	@cd chapters/$*-*/breaks; names=(*.patch); test -f '$(BREAK).patch' || \
	    { echo "chapter $* has no break '$(BREAK)': choose $${names[*]%.patch}" >&2; exit 2; }
	@scripts/setup test
	@$(if $(launch),scripts/setup cluster)
	@$(configure)
	@$(build) --target break-$*-$(BREAK)
	@cat chapters/$*-*/breaks/$(BREAK).patch; echo
	@cd build/break/$*-$(BREAK) && $(launch)../../chapters/break-$*-$(BREAK) || echo "(it ended with $$?)"
else
$(chapters:%=chapter-%): chapter-%:
	@scripts/setup test
	@$(if $(launch),scripts/setup cluster)
	@$(configure)
	@$(build) --target chapter-$* test-$*
	@cd build && ctest --quiet --output-on-failure --timeout 180 --label-regex '^chapter-$*$$' \
	    --output-log chapter-$*.log || cat chapter-$*.log
	@grep 'tests passed' build/chapter-$*.log
	@echo
	@$(launch)build/chapters/chapter-$*
	@grep -q '^100% tests passed' build/chapter-$*.log
endif

export NAME := play
play:  ## compile and run play/play.cpp, a file of your own; NAME=toy for play/toy.cpp
	@LC_ALL=C; [[ "$$NAME" =~ ^[a-z0-9_-]+$$ ]] || \
	    { echo 'make play: a NAME is of small letters, digits, - and _' >&2; exit 2; }
	@test -f "play/$$NAME.cpp" || { mkdir -p play; cp examples/play.cpp "play/$$NAME.cpp"; \
	    echo "play/$$NAME.cpp is new, and yours: change it, and type the same again"; }
	@scripts/setup run
	@$(configure)
	@$(build) --target "play-$$NAME"
	@"build/play/$$NAME" $(ARGS)

exercise exercise-: exercises
exercises:  ## list the exercises, and which you have solved; CHECK=1 tries all that you have begun
ifdef CHECK
	@scripts/setup test
	@$(configure)
	@scripts/exercise check_all
else
	@scripts/exercise list
endif

exercise-01-product:  ## do an exercise, in a copy of your own; HINT=1, 2 or 3, SOLUTION=show, RESET=1
exercise-%: export EXERCISE = $*
exercise-%:
	@$(foreach v,HINT SOLUTION RESET,$(if $(findstring command,$(origin $v)),,unset $v;)) \
	scripts/exercise begin; case $$? in \
	    0) scripts/setup test && { $(configure); } && scripts/exercise check ;; \
	    10) ;; \
	    *) exit 2 ;; \
	esac

bench:  ## measure every engine, and the fast one from 4,000 to 4 million parameters
	@scripts/setup bench
	@$(configure)
	@$(build) --target bench --target bench-values
	@build/bench/bench-values $(ARGS)
	@build/bench/bench --benchmark_out=build/bench/results.json $(ARGS) build/bench/cost.svg
	@echo; echo 'kept: build/bench/results.json, drawn: build/bench/cost.svg'

bench-frameworks:  ## train the same model with JAX, and with PyTorch if the system has it, beside ours
	@scripts/setup book
	@$(MAKE) --silent build/bench-venv/whole
	@$(configure)
	@$(build) --target microgpt-cli names-at-hand
	@$(need_names)
	@build/bench-venv/bin/python bench/frameworks.py jax
	@for python in python3 /usr/bin/python3; do \
	    if $$python -c 'import torch' 2> /dev/null; then $$python bench/frameworks.py torch; break; fi; done

bench-cluster:  ## measure a step on many ranks, and its parts, for up to RANKS=2 of them
	@scripts/setup bench-cluster
	@$(configure)
	@$(build) --target bench-cluster
	@: > build/bench/cluster.txt; for ranks in $$(seq $(RANKS)); do \
	    scripts/cluster $$ranks build/bench/bench-cluster build/bench/cluster.txt > build/bench/more.txt || exit 1; \
	    tee -a build/bench/cluster.txt < build/bench/more.txt; \
	done
	@echo; echo 'kept: build/bench/cluster.txt'

## The book
book: book-parts  ## weave the book: book/_build/html/index.html
	@rm -rf book/_build/html book/_build/doctrees  # a search index that is only mended lacks the index's terms
	@$(sphinx) -b html book book/_build/html
	@echo 'woven: book/_build/html/index.html'

book-epub: book-parts  ## the same for an e-book reader
	@$(sphinx) -b epub book book/_build/epub
	@echo 'woven: book/_build/epub/microgpt-in-cpp.epub'

book-pdf: book-parts  ## the same on paper
	@scripts/setup paper
	@$(sphinx) -b latex book book/_build/latex
	@cd book/_build/latex && latexmk -xelatex -interaction=nonstopmode -halt-on-error -quiet \
	    microgpt-in-cpp.tex > latexmk.log 2>&1 || { tail -n 40 microgpt-in-cpp.log; exit 1; }
	@! grep -h -A1 -E '^Overfull .hbox \([0-9]{2,}|^Missing character' book/_build/latex/microgpt-in-cpp.log
	@echo 'woven: book/_build/latex/microgpt-in-cpp.pdf'

book-test: book book-epub  ## read it as a reader would, in a headless Chromium
	@scripts/setup browser
	@$(book_python) -m pytest --quiet -p no:cacheprovider book/tests
	@cd book/tests && npm ci --silent --ignore-scripts && npx --no-install tsc && node --test

book-lighthouse: book  ## measure four pages as Lighthouse does on a phone: 95 of 100 at the least
	@scripts/setup browser
	@cd book/tests/lighthouse && npm ci --silent --ignore-scripts && node --test measure.mjs

book-serve: book  ## show it at http://localhost:8000
	@$(book_python) -m http.server --bind localhost --directory book/_build/html 8000

numbers:  ## let the programs write the figures that the prose says
	@scripts/setup book
	@$(configure)
	@$(build) --target numbers names-at-hand
	@$(need_names)
	@build/book/numbers/numbers > build/numbers.json
	@mv build/numbers.json book/numbers.json

number:  ## compute some of these figures and print them; KEY="adam-at t0" is how their keys begin
	@scripts/setup book
	@$(configure)
	@$(build) --target numbers names-at-hand
	@$(need_names)
	@build/book/numbers/numbers $(if $(KEY),$(foreach key,$(KEY),'$(key)'),'')

book_python := build/book-venv/bin/python
# The same commit gives the same bytes, so what is called now is when it was made.
sphinx = SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct 2> /dev/null || echo 0) \
         $(book_python) -m sphinx -W -n -q -j auto --keep-going -d book/_build/doctrees

# It counts when it is whole: the stamp comes last.
build/%-venv/whole: %/requirements.txt
	@rm -rf $(@D)
	@mkdir -p build
	@python3 -m venv $(@D)
	@$(@D)/bin/pip install --quiet --disable-pip-version-check --requirement $< > build/$*-venv.log 2>&1 || \
	    { echo 'the Python packages of $< could not be installed (build/$*-venv.log says' \
	           'why): connect to the network, and try again' >&2; exit 1; }
	@touch $@

.PHONY: book-parts
book-parts:
	@scripts/setup book
	@scripts/setup live || echo 'without em++ the pictures in the pages stay pictures'
	@$(MAKE) --silent build/book-venv/whole
	@$(configure)
	@$(build) --target numbers names-at-hand
	@$(build) --target live || echo 'the module for the pages could not be made: their pictures stay pictures'
	@if ! build/data/names-at-hand --fetch > build/names.log; then \
	    echo 'without names.txt the figures are taken as they are'; \
	else build/book/numbers/numbers > build/numbers.json && { \
	    diff -u book/numbers.json build/numbers.json || \
	    { echo 'the programs say other figures now: `make numbers` if that is meant'; exit 1; }; }; fi
	@mkdir -p build/doxygen
	@{ cat book/Doxyfile; echo OUTPUT_DIRECTORY=build/doxygen; } | doxygen -

clean:  ## remove what was built
	@rm -rf build build-* figures book/_build

## For those who change something
check:  ## all that CI checks
	@.ci/run

format:  ## lay out every source file
	@scripts/setup check
	@git ls-files '*.cpp' '*.hpp' '*.h' | xargs clang-format -i

fuzz:  ## look for input that a reader stumbles over, a minute each; SECONDS=5 for less
	@scripts/setup check
	@$(call configure_in,build-fuzz,fuzz)
	@cmake --build --preset fuzz --parallel $(jobs)
	@for name in $(fuzzers); do \
	    mkdir -p build-fuzz/corpus/$$name; \
	    build-fuzz/tests/fuzz/fuzz-$$name -max_total_time=$(SECONDS) -timeout=10 \
	        -artifact_prefix=build-fuzz/$$name- build-fuzz/corpus/$$name tests/fuzz/corpus/$$name \
	        > build-fuzz/$$name.log 2>&1 || { cat build-fuzz/$$name.log; exit 1; }; \
	    echo "$$name: $$(tail -n 1 build-fuzz/$$name.log)"; \
	done

faults:  ## fail every allocation and system call of a short run in turn (Linux); SECONDS=20 for some of them
	@[ "$$(uname)" = Linux ] || { echo 'make faults is for Linux alone' >&2; exit 1; }
	@scripts/setup test
	@$(configure)
	@$(build) --target faults
	@$(if $(filter command%,$(origin SECONDS)),FAULT_SECONDS=$$(($(SECONDS) / 6))) \
	    TMPDIR=$$([ -d /dev/shm ] && echo /dev/shm || echo /tmp) build/tests/faults/faults

record:  ## run the chapters again, and broken, and keep what they print and draw
	@scripts/setup run
	@scripts/setup cluster
	@$(configure)
	@cmake --preset release -D MICROGPT_EXERCISES=ON > build/configure.log
	@$(build) --target microgpt-cli $(chapters:%=chapter-%) breaks toys solutions names-at-hand
	@cmake --preset release -D MICROGPT_EXERCISES=OFF > build/configure.log
	@$(need_names)
	@keep() { "$${@:2}" > build/recording.txt && mv build/recording.txt "$$1"; }; \
	for folder in chapters/[01]*; do \
	    number=$${folder#chapters/}; \
	    launch=; [ $${number%%-*} != 09 ] || launch='scripts/cluster 2'; \
	    keep $$folder/output.txt $$launch build/chapters/chapter-$${number%%-*} || exit 1; \
	done; \
	for toy in chapters/[01]*/toy/*.cpp chapters/[01]*/toy/*.patch; do \
	    number=$${toy#chapters/} name=$${toy##*/}; \
	    keep $${toy%.*}.txt build/chapters/toy-$${number%%-*}-$${name%.*} || exit 1; \
	done; \
	for page in chapters/[01]*/exercises/*.md; do \
	    number=$${page#chapters/} name=$${page##*/}; \
	    keep $${page%.md}.txt build/exercises/exercise-$${number%%-*}-$${name%.md}-solved || exit 1; \
	done; \
	keep book/runs/run.txt build/microgpt; \
	keep book/runs/this-book.txt build/microgpt $(this_book)
	@cp figures/*.svg book/figures
	@cd build && for patch in ../chapters/[01]*/breaks/*.patch; do \
	    chapter=$${patch#../chapters/} slug=$${patch##*/}; \
	    ranks=; [ $${chapter%%-*} != 09 ] || ranks='-D RANKS=2'; \
	    cmake -D PROGRAM=$$PWD/chapters/break-$${chapter%%-*}-$${slug%.patch} -D BROKEN=ON $$ranks \
	        -D RECORD=ON -D RECORDED=$${patch%.patch}.txt -P ../cmake/replay.cmake || exit 1; \
	done

figures:  ## draw the README's picture again, and those of the book that no chapter draws
	@scripts/setup run
	@$(configure)
	@$(build) --target microgpt-cli pictures names-at-hand
	@$(need_names)
	@build/microgpt --plot docs/loss.svg > /dev/null
	@build/book/pictures/pictures book/figures

sample:  ## let the model dream up data/dreamed-names.txt again
	@scripts/setup run
	@$(configure)
	@$(build) --target microgpt-cli names-at-hand
	@$(need_names)
	@scripts/dream build/microgpt > build/dreamed-names.txt
	@mv build/dreamed-names.txt data/dreamed-names.txt
