// Chapter 8: the same digits, sooner: a ladder of engines.
#include <cstdio>

#include "microgpt/engines.hpp"

using namespace microgpt;

int main() {
    for (const std::string& name : engine_names) std::printf("%s\n", name.c_str());
}
