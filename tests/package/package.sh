#!/usr/bin/env bash
# The library as a guest meets it: package.sh CASE SOURCE BUILD, of which install comes first. CXX and
# CXXFLAGS are the build's; no C++ standard is asked for.
set -euo pipefail
source=$2 build=$3
installed=$build/installed
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
export MICROGPT_NAMES=$source/data/dreamed-names.txt CMAKE_PREFIX_PATH=$installed
unset MAKEFLAGS MAKELEVEL

quietly() { "$@" > "$place/log" 2>&1 || { cat "$place/log"; exit 1; }; }
# Configures a project and builds a target of it: make_target FOLDER TARGET [-D ...].
make_target() {
    quietly cmake -S "$1" -B "$place/$2" "${@:3}"
    quietly cmake --build "$place/$2" --target "$2" --parallel 2
}
same() { diff <("$build/tests/$1") <("$2") || { echo "$3: $1 prints something else"; exit 1; }; }
# What links with all of the library is not configured, and told why: refuses WHY [-D ...].
refuses() {
    if cmake -S "$source/tests/package" -B "$place/refused" -D PART=microgpt "${@:2}" > "$place/log" 2>&1; then
        echo "configured, without a word of $1"; exit 1
    fi
    grep -q "$1" "$place/log" || { cat "$place/log"; exit 1; }
    rm -r "$place/refused"
}
needs() {
    case $(uname) in
        Darwin) otool -L "$1" ;;
        *) readelf --dynamic --wide "$1" | grep NEEDED ;;
    esac
}

case $1 in
    install)
        rm -rf "$installed"
        quietly cmake --install "$build" --prefix "$installed"
        "$installed/bin/microgpt" --version
        if needs "$installed/bin/microgpt" | grep -E 'curl|crypto|hwy'; then
            echo 'the program waits for libraries that it may never call'; exit 1
        fi
        ;;
    find_package)
        make_target "$source/examples" invent
        same invent "$place/invent/invent" find_package
        ;;
    core)
        make_target "$source/tests/package" guest -D CMAKE_DISABLE_FIND_PACKAGE_CURL=ON \
            -D CMAKE_DISABLE_FIND_PACKAGE_utf8proc=ON
        same guest "$place/guest/guest" core
        if needs "$place/guest/guest" | grep -E 'curl|crypto|hwy|utf8proc'; then
            echo 'core has to do without'; exit 1
        fi
        ;;
    needs)
        without=(-D CMAKE_DISABLE_FIND_PACKAGE_CURL=ON -D CMAKE_DISABLE_FIND_PACKAGE_utf8proc=ON)
        quietly cmake -S "$source/tests/package" -B "$place/core" -D MICROGPT="$source" "${without[@]}"
        refuses 'microgpt::microgpt_NEEDS_CURL_utf8proc' -D MICROGPT="$source" "${without[@]}"
        if [ -f "$(find "$installed" -name 'libmicrogpt-data.a')" ]; then
            refuses 'microgpt::data_NEEDS_find_package_WITHOUT_COMPONENTS_core'
        fi
        ;;
    fma)
        flags='-O3 -march=native'
        # shellcheck disable=SC2086  # they are two
        if ! echo 'int main() {}' | "$CXX" $flags -x c++ -o "$place/native" - 2> /dev/null; then
            echo "SKIPPED: $CXX has no $flags"; exit
        fi
        export CXXFLAGS="$CXXFLAGS $flags"
        make_target "$source/tests/package" guest
        same guest "$place/guest/guest" "$flags"
        ;;
    subproject)
        export CXXFLAGS=-DHWY_COMPILE_ONLY_STATIC  # one instruction set: the core is compiled once more
        make_target "$source/tests/package" guest -D MICROGPT="$source" -D BUILD_SHARED_LIBS=ON \
            -D CMAKE_EXPORT_COMPILE_COMMANDS=ON
        same guest "$place/guest/guest" subproject
        if grep -e ' -W' "$place/guest/compile_commands.json"; then
            echo 'warnings are for the guest to choose'; exit 1
        fi
        ;;
    pkg-config)
        folder=$(dirname "$(find "$installed" -name microgpt.pc)")
        export PKG_CONFIG_PATH=$folder:${PKG_CONFIG_PATH:-}
        if ! pkg-config --exists libutf8proc 2> /dev/null; then
            echo 'SKIPPED: pkg-config, or what it knows of libutf8proc, is missing'
            exit
        fi
        echo "$CXXFLAGS" "$(pkg-config --cflags --libs microgpt)" |
            quietly xargs "$CXX" "$source/examples/invent.cpp" -o "$place/invent"
        same invent "$place/invent" pkg-config
        ;;
esac
