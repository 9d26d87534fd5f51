// The command line of microgpt.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "microgpt/run/engines.hpp"
#include "microgpt/run/run.hpp"

namespace microgpt {

/// What the command line asks for.
struct Arguments {
    Settings settings;
    EngineChoice engine;
    DatasetOptions data;
    int samples = 20;
    double temperature = 0.5;
    std::string prompt;
    std::filesystem::path load;  // each a file, if it is not empty
    std::filesystem::path save;
    Index save_every = 0;  // steps; 0 is at the end alone
    std::filesystem::path log;
    std::filesystem::path plot;
};

/// Reads the command line. When the program is done with that, because it was asked for --help or
/// cannot make sense of a flag, prints what there is to say and sets `exit_code` instead. What was
/// loaded with --load, once it is known, takes the place of the defaults.
std::optional<Arguments> parse_arguments(int argc, const char* const* argv, int& exit_code,
                                         const Checkpoint* loaded = nullptr);

/// The text without what would break its line, as the name of a file may.
std::string one_line(std::string text);

}  // namespace microgpt
