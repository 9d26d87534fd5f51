#!/usr/bin/env bash
# Tests `make exercise-…`: a reader's copy is made once and never written over, and one line says what is wrong.
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
unset MAKEFLAGS MAKELEVEL HINT SOLUTION RESET EXERCISE_HINT
failures=0

expect() {
    if [ "$2" == "$3" ]; then return; fi
    printf 'FAILED: %s\n  expected: %s\n  but was:  %s\n' "$1" "$3" "$2"
    failures=$((failures + 1))
}
run() { status=0; output=$("$@" 2> "$here/errors") || status=$?; }
first() { head -n 1 "$here/errors"; }

# ---- Of every exercise: what is given does not hold what is asked for

cd "$1"
for patch in chapters/*/exercises/*.patch; do
    name=$(basename "$patch" .patch)
    scripts/break "$patch" "$here/given"
    whole=$(cat $(sed -n 's|^+++ b/||p' "$patch"))
    given=$(cat $(find "$here/given" -name '*.?pp'))
    while IFS= read -r line; do
        line=$(sed 's/^- *//' <<< "$line")
        [ ${#line} -ge 12 ] || continue
        has() { grep -cF -- "$line" || true; }
        [ "$(has <<< "$given")" -lt "$(has <<< "$whole")" ] || expect "$name gives no answer away" "$line" ''
    done < <(grep '^-[^-]' "$patch")
    page=${patch%.patch}.md
    minutes=$(sed -n '2s/^\(fill\|find\|extend\) · \([0-9]*\) minutes$/\2/p' "$page")
    expect "$name says its kind and its minutes, forty at the most" "$((${minutes:-99} <= 40))" 1
    expect "$name has its parts" "$(grep '^## ' "$page" | paste -sd, -)" '## Hint 1,## Hint 2,## Afterwards'
done
for chapter in chapters/[01]*; do
    pages=("$chapter"/exercises/*.md)
    least=$(for page in "${pages[@]}"; do sed -n '2s/.* · \([0-9]*\) minutes/\1/p' "$page"; done | sort -n | head -n 1)
    expect "$chapter has three exercises, the first under ten minutes" "$((${#pages[@]} >= 3)) $((least < 10))" '1 1'
done

# ---- As a reader meets one: the project, but for what would build it

mkdir -p "$here/project/chapters/01-value" "$here/project/src/microgpt/autograd" "$here/bin"
cp Makefile "$here/project"
cp -R scripts "$here/project"
cp -R chapters/01-value/exercises "$here/project/chapters/01-value"
cp src/microgpt/autograd/*.?pp "$here/project/src/microgpt/autograd"
cd "$here/project"
printf '#!/bin/sh\n' > scripts/setup
cat > "$here/bin/cmake" << 'FAKE'
#!/bin/sh
[ "$1" = --build ] || exit 0
mkdir -p build/exercises
cp ../program build/exercises/exercise-01-product 2> /dev/null
cat ../compiler
exit "$(cat ../compiled)"
FAKE
chmod +x "$here/bin/cmake"
export PATH=$here/bin:$PATH
compiles() { echo 0 > ../compiled; : > ../compiler; printf '#!/bin/bash\n%s\n' "$1" > ../program; chmod +x ../program; }
refuses() { echo 1 > ../compiled; echo "$1" > ../compiler; }
mine=exercises/01-product/value.hpp
hole=$mine:$(($(grep -n '@@ -' chapters/01-value/exercises/product.patch | sed 's/.*@@ -\([0-9]*\).*/\1/') + 5))

compiles 'echo "not yet: slopes"; exit 1'
run make exercise-01-product
expect 'it says what is asked, and how long it takes' "$(head -n 1 <<< "$output")" 'The slope of a product (fill, 5 minutes)'
expect 'and makes a copy' "$(grep -c "^$mine is new, and yours" <<< "$output")" 1
expect 'and names the place, and what is missing' "$(grep '^exercises/.*not yet' <<< "$output")" "$hole: not yet: slopes"
expect 'and has failed' "$status" 2
echo '// mine' >> $mine
before=$(cat $mine)
run make exercise-01-product
expect 'the second time the copy is left alone' "$(cat $mine)" "$before"
expect 'what is asked is said once' "$(wc -l <<< "$output" | tr -d ' ')" 4

run make exercise-01-product HINT=2
expect 'a hint is a sentence' "$status:$output" "0:$(sed -n '/^## Hint 2/{n;p;}' chapters/01-value/exercises/product.md)"
compiles 'echo "not yet: $EXERCISE_HINT"; exit 1'
run make exercise-01-product HINT=3
expect 'the third is the program'"'"'s' "$output" "$hole: not yet: 3"
run make exercise-01-product SOLUTION=show
expect 'the solution is the book'"'"'s' "$(grep -c '^+.*{a, y}, {b, x}' <<< "$output")" 1
expect 'and neither of them changes anything' "$(cat $mine)" "$before"

refuses "$PWD/$mine:47:9: error: 'z' was not declared in this scope [-Werror=nothing]"
run make exercise-01-product
expect 'what does not compile is said in a line' "$(grep compile: <<< "$output")" \
    "$mine:47: it doesn't compile: 'z' was not declared in this scope"
compiles 'kill -SEGV $$'
run make exercise-01-product
expect 'and so is a crash' "$(grep -c 'not yet: it crashes' <<< "$output"):$(grep -c Segmentation "$here/errors")" 1:0

compiles 'echo right'
run make exercise-01-product
expect 'what is right is said, and what is next' "$status:$(tail -n 1 <<< "$output")" \
    '0:01-product is solved. Next: make exercise-01-liar'
expect 'and kept by its name' "$(cat exercises/solved)" 01-product
run make exercises
expect 'the list shows it' "$(grep -c '✓ 01-product ' <<< "$output")" 1
run make exercises CHECK=1
expect 'all that was begun can be tried' "$status:$output" $'0:01-product: right\n1 of 1 are right.'

run make exercise-01-product RESET=1
expect 'a fresh copy asks nothing, and keeps the old one' "$(cat $mine.old):$(grep -c mine $mine)" "$before:0"
echo '// another' >> $mine
run make exercise-01-product RESET=1
expect 'and the one before' "$(cat $mine.old):$(tail -n 1 $mine.old.2)" "$before:// another"
run make exercise-01-product RESET=1
expect 'of an untouched copy nothing is kept' "$status:$(ls exercises/01-product | wc -l | tr -d ' ')" 0:3
run make exercise-01-product RESET=1 HINT=1
expect 'one wish at a time' "$status:$(first)" '2:make exercise: ask for one of HINT, SOLUTION and RESET at a time'
for name in 1 01; do
    run make "exercise-$name"
    expect "a chapter's number '$name' brings its exercises" "$(first)" \
        "make exercise: there is no '$name'; chapter 1 has: $(cd chapters/01-value/exercises && printf '01-%s\n' *.md | sed 's/[.]md$//' | while read -r one; do echo "$(sed -n '2s/.* · \([0-9]*\) minutes/\1/p' "${one#01-}.md") $one"; done | sort -k1n -k2 | cut -d' ' -f2 | paste -sd' ' -)"
done
for alias in exercise exercise-; do
    run make $alias
    expect "'make $alias' lists them" "$status:$(grep -c 01-product <<< "$output")" 0:1
done

for name in 01-produkt 1-product "it's" 'two words' '*'; do
    run make "exercise-$name"
    expect "the name '$name' is refused" "$status:$(first)" \
        "2:make exercise: there is no '$name'; the nearest are: $(first | sed 's/.*: //')"
done
run make exercise-01-produkt
expect 'with the nearest first' "$(first | sed 's/.*are: //; s/ .*//')" 01-product
for misuse in 'HINT=4:HINT is 1, 2 or 3' 'SOLUTION=1:SOLUTION is show' 'RESET=yes:RESET is 1'; do
    run make exercise-01-product "${misuse%%:*}"
    expect "${misuse%%:*} is refused" "$status:$(first)" "2:make exercise: ${misuse#*:}"
done
export RESET=$'\e[0m'
run make exercise-01-product HINT=1
expect "a variable of the reader's own is no wish" "$status" 0
expect 'no file is made beside' "$(cd exercises && find . -type f | sort | paste -sd' ' -)" \
    './01-product/value.hpp ./01-product/value.hpp.old ./01-product/value.hpp.old.2 ./solved'
exit $((failures > 0))
