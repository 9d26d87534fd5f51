// Memory, counted in numbers on the Tape.
#include "microgpt/memory.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <stdexcept>

namespace microgpt {

namespace {

std::string gigabytes(double bytes) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f GB", bytes / 1e9);
    return text;
}

}  // namespace

double numbers_of_a_step(const GptConfig& config, Index positions) {
    const double n = positions;
    const double pairs = n * (n + 1) / 2;  // of a position and one that it looks at
    const double embed_and_head = 2.0 * config.n_embd + 5.0 * config.vocab_size + 8;
    const double block = 19.0 * config.n_embd + 8;
    const double look = 6.0 * config.n_head + 2.0 * config.n_embd;
    return n * (embed_and_head + config.n_layer * block) + config.n_layer * pairs * look;
}

// A number takes 40 bytes on the Tape, and 8 in the gradients. The Tape grows by doubling, so at
// its worst there are three times as many places as numbers. Adam has two numbers a parameter.
double bytes_needed(const GptConfig& config, Index positions) {
    const double parameters = count_parameters(config);
    const double numbers = parameters + numbers_of_a_step(config, positions);
    return numbers * (3 * 40 + 8) + parameters * 2 * 8;
}

// What the system says of a container stands in files: a number, or a word where there is no limit.
double bytes_available() {
    double bytes = static_cast<double>(sysconf(_SC_PHYS_PAGES)) * sysconf(_SC_PAGESIZE);
    rlimit limit{};
    for (const int resource : {RLIMIT_AS, RLIMIT_DATA}) {
        const bool known = getrlimit(resource, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
        if (known) bytes = std::min(bytes, static_cast<double>(limit.rlim_cur));
    }
    for (const char* file :
         {"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"}) {
        std::ifstream in(file);
        if (double most = 0; in >> most) bytes = std::min(bytes, most);
    }
    return bytes;
}

void require_memory(const GptConfig& config, Index positions) {
    const double needed = bytes_needed(config, positions);
    if (const double available = bytes_available(); needed > available) {
        throw std::invalid_argument("training this model needs up to " + gigabytes(needed) +
                                    " of memory and there is " + gigabytes(available) +
                                    ": choose a smaller n_embd, n_layer or block_size");
    }
}

}  // namespace microgpt
