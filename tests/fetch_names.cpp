// Fetches names.txt into the cache before the tests, if it can be had.
#include <cstdio>

#include "microgpt/dataset.hpp"

int main() {
    const microgpt::Dataset dataset = microgpt::load_dataset();
    if (dataset.note.empty()) {
        std::printf("reading %s\n", dataset.name.c_str());
    } else {
        std::printf("SKIPPED: %s\n", dataset.note.c_str());
    }
}
