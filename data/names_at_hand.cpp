// Says whether names.txt is at hand, and ends with 3 if not; with --fetch it downloads it first.
#include <cstdio>

#include "names.hpp"

int main(int argc, char**) try {
    const microgpt::Dataset dataset = microgpt::load_dataset({.offline = argc == 1});
    const std::string why = microgpt::why_not_names(dataset);
    std::printf("%s\n", why.empty() ? ("reading " + dataset.name).c_str() : why.c_str());
    return why.empty() ? 0 : 3;
} catch (const std::exception& error) {
    std::printf("%s\n", error.what());
    return 3;
}
