// What the command line of microgpt can ask for.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "microgpt/run/engines.hpp"

namespace microgpt {

/// The defaults are those of the flags.
struct Arguments {
    Settings settings;
    EngineChoice engine;
    DatasetOptions data;
    int samples = 20;
    double temperature = 0.5;
    Index top_k = 0;   // 0 is every token
    double top_p = 0;  // 0 is all of their shares
    std::optional<std::uint64_t> sample_seed;
    bool evaluate = false;
    std::string prompt;
    std::filesystem::path weights;
    std::filesystem::path load;  // each a file, if it is not empty; - is standard output
    std::filesystem::path save;  // as milestone() has it
    Index save_every = 0;        // steps; 0 is at the end alone
    std::filesystem::path log;
    std::filesystem::path plot;
};

}  // namespace microgpt
