// Memory, in a page: what a browser gives a module of 32 bits.
#include "microgpt/run/memory.hpp"

#include <string>

namespace microgpt {

double bytes_available() { return 2e9; }

void require_memory(double needed) {
    if (needed <= bytes_available()) return;
    throw MemoryError("a page has memory for smaller models: train this one with the program");
}

}  // namespace microgpt
