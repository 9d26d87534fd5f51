// Parsing: from the command line to what it asks for.
#pragma once

#include <functional>
#include <optional>

#include "arguments.hpp"
#include "microgpt/run/start_weights.hpp"

namespace CLI {
class App;
}

namespace microgpt {

/// Parses by flags that are declared, and then checks, which may throw std::invalid_argument.
/// Returns whether to go on; if not, prints what there is to say and sets `exit_code`.
bool parse_words(CLI::App& app, int argc, const char* const* argv,
                 const std::function<void()>& check, int& exit_code);

/// Reads the command line. When the program is done with that, because it was asked for --help or
/// cannot make sense of a flag, prints what there is to say and sets `exit_code` instead. What was
/// loaded with --load or --weights, once it is known, takes the place of the defaults.
std::optional<Arguments> parse_arguments(int argc, const char* const* argv, int& exit_code,
                                         const Checkpoint* loaded = nullptr,
                                         const StartWeights* weights = nullptr);

}  // namespace microgpt
