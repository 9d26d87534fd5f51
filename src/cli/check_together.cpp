// Flags held against each other, and against a checkpoint.
#include "check_together.hpp"

#include <CLI/CLI.hpp>

#include <cstdlib>
#include <sstream>

namespace microgpt {

namespace {

using namespace std::string_view_literals;

[[noreturn]] void refuse(const std::string& flag, const std::string& why) {
    throw CLI::ValidationError(flag, why);
}

/// The file itself, however it is spelled.
std::filesystem::path meant(const std::filesystem::path& file) {
    std::error_code error;
    const std::filesystem::path whole = std::filesystem::absolute(file, error);
    const std::filesystem::path found = std::filesystem::weakly_canonical(whole, error);
    return error ? whole : found;
}

/// A file is for one purpose; only a checkpoint may be read and then replaced.
void check_files(const Arguments& arguments) {
    const char* names = std::getenv("MICROGPT_NAMES");
    const std::pair<const char*, std::filesystem::path> files[] = {
        {"data in MICROGPT_NAMES", names != nullptr ? names : ""},
        {"--data", arguments.data.file},
        {"--load", arguments.load},
        {"--save", arguments.save},
        {"--log", arguments.log},
        {"--plot", arguments.plot},
    };
    for (std::size_t i = 2; i < std::size(files); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const bool both = !files[i].second.empty() && !files[j].second.empty();
            const bool are_streams = files[i].second == "-" && j < 3;  // one in, the other out
            if (!both || are_streams || meant(files[i].second) != meant(files[j].second)) continue;
            if (files[i].first == "--save"sv && files[j].first == "--load"sv) continue;
            refuse(files[i].first, std::string("is the ") + files[j].first);
        }
    }
}

/// Checkpoints one after the other would make no file.
void check_save_every(const Arguments& arguments) {
    if (arguments.save_every == 0) return;
    if (arguments.save.empty()) {
        refuse("--save-every", "needs a file to write to: add --save FILE");
    } else if (arguments.save == "-") {
        refuse("--save-every", "standard output takes one checkpoint, the last");
    }
}

/// By the library's check, in its words.
void check_settings(const Settings& settings) try {
    checked(settings);
} catch (const std::invalid_argument& error) {
    throw CLI::ValidationError(error.what());
}

/// The slower engines are for reading.
void check_engine(const EngineChoice& engine) {
    if (engine.name == "fast") return;
    if (engine.dtype != "f64") refuse("--dtype", "f32 is for --engine fast alone");
    if (engine.threads != 1) refuse("--threads", "more than one are for --engine fast alone");
}

/// The number of steps and the learning rate may be others than the checkpoint's. The rest decided
/// the numbers that are in it.
void check_loaded(const Settings& asked, const Checkpoint& loaded) {
    const auto same = [](const char* flag, auto wanted, auto had) {
        std::ostringstream why;
        why << "the checkpoint has " << had << ", not " << wanted << ": leave this flag out";
        if (wanted != had) refuse(flag, why.str());
    };
    const Settings& kept = loaded.settings;
    same("--recipe", asked.recipe, kept.recipe);
    same("--seed", asked.seed, kept.seed);
    same("--n-embd", asked.n_embd, kept.n_embd);
    same("--n-head", asked.n_head, kept.n_head);
    same("--n-layer", asked.n_layer, kept.n_layer);
    same("--block-size", asked.block_size, kept.block_size);
    same("--batch", asked.batch, kept.batch);
    if (asked.steps != 0 && asked.steps < loaded.losses.size()) {
        refuse("--steps", "the checkpoint has done " + std::to_string(loaded.losses.size()) +
                              " already: ask for more, or for 0 to invent names at once");
    }
}

}  // namespace

void check_together(const Arguments& arguments, const Checkpoint* loaded) {
    check_files(arguments);
    check_save_every(arguments);
    check_engine(arguments.engine);
    if (arguments.load.empty()) check_settings(arguments.settings);  // or they are the checkpoint's
    if (loaded != nullptr) check_loaded(arguments.settings, *loaded);
}

}  // namespace microgpt
