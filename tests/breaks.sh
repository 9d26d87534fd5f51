#!/usr/bin/env bash
# Tests scripts/break, and the Makefile's refusal of a break that there is not.
set -euo pipefail
cd "$1"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failures=0

expect() {
    if [ "$2" == "$3" ]; then return; fi
    printf 'FAILED: %s\n  expected: %s\n  but was:  %s\n' "$1" "$3" "$2"
    failures=$((failures + 1))
}
run() { status=0; output=$("$@" 2>&1) || status=$?; }

patch=chapters/01-value/breaks/overwrite.patch
tape=src/microgpt/autograd/tape.cpp
before=$(cksum < $tape)
run scripts/break $patch "$folder"
expect 'a patch that applies is silent' "$status:$output" '0:'
expect 'the copy has its lines' "$(diff $tape "$folder/$tape" | grep '^>' | tr -d ' ')" \
    "$(sed -n 's/^+ /> /p' $patch | tr -d ' ')"
expect 'the source is spared' "$(cksum < $tape)" "$before"

sed 's/+=/-=/' $patch > "$folder/stale.patch"
run scripts/break "$folder/stale.patch" "$folder"
expect 'a patch that does not apply says so in a line' "$status:$output" \
    "1:$folder/stale.patch no longer applies to $tape"

run env -u MAKEFLAGS -u MAKELEVEL make chapter-01 BREAK=nonsense
expect 'an unknown break names those there are' "$status:${output%%$'\n'*}" \
    "2:chapter 01 has no break 'nonsense': choose forwards overwrite"
exit $((failures > 0))
