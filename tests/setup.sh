#!/usr/bin/env bash
# Tests scripts/setup on machines that are made up: a folder of pretended programs is the PATH.
set -euo pipefail
unset CURL_CA_BUNDLE
export NODE_PATH=/nowhere
setup=$1
machine=$(mktemp -d)
trap 'rm -rf "$machine"' EXIT
failures=0

# A pretended program: its name, and what it does.
pretend() { printf '#!/bin/bash\n%s\n' "$2" > "$machine/$1"; chmod +x "$machine/$1"; }

# An empty machine: the tools every system has, a user, a compiler that lacks the headers listed in
# the file "absent", and nothing else.
new_machine() {
    rm -f "$machine"/*
    for tool in awk bash echo grep rm sort touch xargs; do ln -s "$(type -P $tool)" "$machine/$tool"; done
    touch "$machine/absent"
    pretend id "echo $1"
    pretend cmake true; pretend patch true
    echo certificates > "$machine/ca.crt"
    pretend curl-config "echo '$machine/ca.crt'"
    pretend c++ "read -r line; ! grep -qxF \"\${line:10:-1}\" '$machine/absent'"
}
lacks() { printf '%s\n' "$@" > "$machine/absent"; }

# A package manager that notes what it was told, and then the headers are there.
manager() { pretend "$1" "echo $1 \"\$@\" >> '$machine/log'; rm -f '$machine/absent'; touch '$machine/absent'"; }

run_setup() { status=0; output=$(PATH=$machine /bin/bash "$setup" "$@" 2>&1) || status=$?; }

expect() {
    if [ "$2" == "$3" ]; then return; fi
    printf 'FAILED: %s\n  expected: %s\n  but was:  %s\n' "$1" "$3" "$2"
    failures=$((failures + 1))
}
logged() { cat "$machine/log" 2> /dev/null || true; }

new_machine 0
run_setup run
expect 'a machine that has everything is left alone' "$status:$output:$(logged)" '0::'

new_machine 0; lacks curl/curl.h CLI/CLI.hpp; manager apt-get
run_setup run
expect 'root installs without sudo, and is told before' "$output" \
    'missing: libcurl CLI11. Installing: apt-get install -y libcli11-dev libcurl4-openssl-dev'
expect 'apt-get learns what there is first' "$(logged)" \
    $'apt-get update\napt-get install -y libcli11-dev libcurl4-openssl-dev'

new_machine 1000; lacks openssl/evp.h; manager dnf; pretend sudo 'exec "$@"'
run_setup test
expect 'others use sudo' "$output" 'missing: openssl. Installing: sudo dnf install -y openssl-devel'
expect 'and dnf installs' "$(logged)" 'dnf install -y openssl-devel'

new_machine 1000; lacks utf8proc.h; manager pacman
run_setup run
expect 'without sudo there is the command to run' "$status:$output" \
    '1:missing: utf8proc. As root, run: pacman -S --noconfirm --needed libutf8proc'
expect 'and nothing was done' "$(logged)" ''

new_machine 1000; lacks utf8proc.h
run_setup run
expect 'without a package manager there is the list' "$status:$output" \
    "1:missing: utf8proc. Install them with your system's package manager, then try again."

new_machine 0; lacks utf8proc.h; manager apt-get; pretend apt-get 'exit 100'
run_setup run
expect 'a failed installation says what to run' "$status:${output##*$'\n'}" \
    "1:that did not work. Once you have run 'apt-get install -y libutf8proc-dev', try again."

new_machine 0; lacks catch2/catch.hpp; manager apt-get
run_setup test
expect 'either version of Catch2 will do' "$status:$output" '0:'

new_machine 0; lacks catch2/catch.hpp catch2/catch_all.hpp; manager apt-get
run_setup run
expect 'running needs no test library' "$status:$output" '0:'
run_setup test
expect 'testing does' "$(logged | tail -n 1)" 'apt-get install -y catch2'

new_machine 0; manager dnf
pretend c++ "read -r line; case \$1 in -fsanitize=*) exit 1 ;; esac"
run_setup test
expect 'Fedora keeps the sanitizers apart' "$(logged)" 'dnf install -y libasan libubsan'

new_machine 0; manager apt-get; rm "$machine/ca.crt"
run_setup run
expect 'https needs certificates, where libcurl looks for them' "$(logged)" \
    $'apt-get update\napt-get install -y ca-certificates'
CURL_CA_BUNDLE=/bin/sh run_setup run
expect 'or where CURL_CA_BUNDLE says' "$status:$output" '0:'

new_machine 0; manager apt-get; pretend c++ 'case $1 in -std=c++20) exit 1 ;; esac; read -r line'
run_setup run
expect 'a compiler has to make a program of C++20' "$(logged | tail -n 1)" 'apt-get install -y g++'

new_machine 0; manager apt-get
for tool in ninja ld.lld clang-format clang-tidy doxygen em++ chromium firefox node npm java xelatex latexmk \
    rsvg-convert ip pkg-config mpicxx mpirun; do
    pretend "$tool" true
done
pretend hunspell 'echo /usr/share/hunspell/en_GB'; pretend kpsewhich true; pretend fc-list 'echo font'
pretend python3 true
pretend clang++ 'case $1 in -fsanitize=*) exit 1 ;; esac'
run_setup check
expect 'clang++ has to have its runtimes, not only to be there' "$(logged | tail -n 1)" \
    'apt-get install -y libclang-rt-dev'

new_machine 0; manager apt-get
run_setup run
expect 'one machine needs no MPI' "$status:$(logged)" '0:'
run_setup cluster
expect 'many do, and something to start them' "$(logged | tail -n 1)" 'apt-get install -y libopenmpi-dev openmpi-bin'
new_machine 0; manager apt-get; pretend mpicxx true; pretend mpirun true
run_setup cluster
expect 'any MPI that is there will do' "$status:$output" '0:'

new_machine 0; manager apt-get
run_setup live
expect 'the pages need em++' "$(logged | tail -n 1)" 'apt-get install -y emscripten'
new_machine 0; manager apt-get; pretend em++ true; mkdir "$machine/modules"
NODE_PATH=$machine/modules run_setup live
expect 'and a module of Node, where the system has a folder of these' "$(logged | tail -n 1)" \
    'apt-get install -y node-acorn'
mkdir "$machine/modules/acorn"
NODE_PATH=$machine/modules run_setup live
expect 'once it is there nothing is missing' "$status:$output" '0:'
rm -r "$machine/modules"

new_machine 0
run_setup everything
expect 'an unknown purpose is refused' "$status" 2

[ "$failures" = 0 ] && echo 'scripts/setup keeps its word'
exit $((failures > 0))
