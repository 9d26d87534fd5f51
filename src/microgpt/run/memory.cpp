// Memory: what the system says.
#include "microgpt/run/memory.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>

namespace microgpt {

namespace {

std::string gigabytes(double bytes) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f GB", bytes / 1e9);
    return text;
}

}  // namespace

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

void require_memory(double needed) {
    if (const double available = bytes_available(); needed > available) {
        throw MemoryError("training this model needs up to " + gigabytes(needed) +
                          " of memory and there is " + gigabytes(available) +
                          ": choose a smaller n_embd, n_layer, block_size or batch");
    }
}

}  // namespace microgpt
