#!/usr/bin/env bash
# Tests `make play`: a reader's own file is made once, and never written over.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
unset MAKEFLAGS MAKELEVEL
failures=0

expect() {
    if [ "$2" == "$3" ]; then return; fi
    printf 'FAILED: %s\n  expected: %s\n  but was:  %s\n' "$1" "$3" "$2"
    failures=$((failures + 1))
}
run() { status=0; output=$("$@" 2>&1) || status=$?; }

# The project, but for what would build it.
mkdir examples scripts
cp "$1/Makefile" .
cp "$1/examples/play.cpp" examples
printf 'echo building; exit 1' > scripts/setup
chmod +x scripts/setup
new='is new, and yours: change it, and type the same again'
run make play NAME=toy
expect 'the first time there is a file' "$(head -n 2 <<< "$output")" "play/toy.cpp $new"$'\nbuilding'
expect 'and it is the template' "$(cmp play/toy.cpp examples/play.cpp 2>&1)" ''
echo '// mine' > play/toy.cpp
run make play NAME=toy
expect 'the second time it is left alone' "$(head -n 1 <<< "$output"):$(cat play/toy.cpp)" 'building:// mine'
run make play
expect 'without a name it is play.cpp' "$(head -n 1 <<< "$output")" "play/play.cpp $new"
for name in ../up 'two words' Großes "quote's" ''; do
    run make play NAME="$name"
    expect "the name '$name' is refused" "$status:$(head -n 1 <<< "$output")" \
        '2:make play: a NAME is of small letters, digits, - and _'
done
expect 'and nothing was made' "$(ls play)" $'play.cpp\ntoy.cpp'
exit $((failures > 0))
