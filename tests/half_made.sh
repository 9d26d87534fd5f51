#!/usr/bin/env bash
# What an attempt that failed leaves behind is not built upon: the Makefile, with pretended tools.
set -euo pipefail
source=$1
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cp "$source/Makefile" "$place"
mkdir -p "$place/tools" "$place/scripts" "$place/book"
touch "$place/book/requirements.txt"
failures=0

pretend() { printf '#!/bin/bash\n%s\n' "$2" > "$place/$1"; chmod +x "$place/$1"; }
attempt() { status=0; output=$(cd "$place" && PATH=$place/tools:$PATH make "$@" 2>&1) || status=$?; }
expect() {
    if [ "$2" == "$3" ]; then return; fi
    printf 'FAILED: %s\n  expected: %s\n  but was:  %s\n' "$1" "$3" "$2"
    failures=$((failures + 1))
}

pretend scripts/setup true
pretend tools/cmake 'case $1 in
--preset) echo a compiler that is not there > build/CMakeCache.txt; echo no compiler; exit 1 ;; esac'
attempt run
expect 'a failed configuration is a failure' "$status:${output%%$'\n'*}" '2:no compiler'

pretend tools/cmake 'case $1 in
--preset) test ! -e build/CMakeCache.txt || exit 1; touch build/CMakeCache.txt build/Makefile ;;
--build) test -e build/Makefile || exit 1; printf "#!/bin/sh\necho names" > build/microgpt; chmod +x build/microgpt ;; esac'
attempt run
expect 'the next one begins anew' "$status:$output" 0:names
attempt run
expect 'one that succeeded is kept' "$status:$output" 0:names

pretend tools/python3 'mkdir -p "$3/bin"
printf "#!/bin/bash\necho no network; exit 1\n" > "$3/bin/pip"; chmod +x "$3/bin/pip"'
attempt build/book-venv/whole
expect 'without its packages there is no environment' "$status:$(ls "$place/build/book-venv")" 2:bin
expect 'and it says what to do' "$(grep -c 'connect to the network, and try again' <<< "$output")" 1

pretend tools/python3 'mkdir -p "$3/bin"; ln -sf /bin/true "$3/bin/pip"; echo made'
attempt build/book-venv/whole
expect 'the next attempt makes it' "$status:$output" 0:made
attempt --silent build/book-venv/whole
expect 'and then it is there' "$status:$output" '0:'

[ "$failures" = 0 ] && echo 'what is made counts when it is whole'
exit $((failures > 0))
