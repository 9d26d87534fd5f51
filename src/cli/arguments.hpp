// The command line of microgpt.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "microgpt/run.hpp"

namespace microgpt {

/// What the command line asks for.
struct Arguments {
    Options options;
    int samples = 20;
    double temperature = 0.5;
    std::string prompt;
    std::filesystem::path log;   // CSV, if not empty
    std::filesystem::path plot;  // SVG, if not empty
};

/// Reads the command line. When the program is done with that, because it was asked for --help or
/// cannot make sense of a flag, prints what there is to say and sets `exit_code` instead.
std::optional<Arguments> parse_arguments(int argc, char** argv, int& exit_code);

}  // namespace microgpt
