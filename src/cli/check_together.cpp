// Flags held against each other, and against a checkpoint.
#include "check_together.hpp"

#include <algorithm>
#include <cstdlib>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "microgpt/files/part_file.hpp"

namespace microgpt {

namespace {

[[noreturn]] void refuse(const std::string& flag, const std::string& why) {
    throw std::invalid_argument(flag + ": " + why);
}

/// The file itself, however it is spelled; behind a link, too, that leads to none yet.
std::filesystem::path meant(const std::filesystem::path& file) {
    std::error_code error;
    std::filesystem::path whole = std::filesystem::absolute(file, error);
    for (int links = 0; links < 40 && std::filesystem::is_symlink(whole, error); ++links) {
        whole = whole.parent_path() / std::filesystem::read_symlink(whole, error);
    }
    const std::filesystem::path found = std::filesystem::weakly_canonical(whole, error);
    return error ? whole : found;
}

/// A file or a folder may be mounted in two places, and has two names then.
bool is_one(const std::filesystem::path& a, const std::filesystem::path& b) {
    std::error_code ignored;
    return a == b || std::filesystem::equivalent(a, b, ignored) ||
           (a.filename() == b.filename() &&
            std::filesystem::equivalent(a.parent_path(), b.parent_path(), ignored));
}

struct Purpose {
    std::string flag;
    std::filesystem::path file;
    bool is_written = false;
};

/// What is downloaded is there for every run.
void check_spares_cache(const Purpose& written) {
    const std::filesystem::path file = meant(written.file);
    const std::string name = file.filename();
    const bool is_like_it = name.starts_with("names") && name.find(".txt") != std::string::npos;
    if (is_like_it && !cache_directory().empty() &&
        is_one(file.parent_path(), meant(cache_directory()))) {
        refuse(written.flag, "is where downloads are kept: choose another name");
    }
}

/// A file is for one purpose; only a checkpoint may be read and then replaced.
void check_pair(const Purpose& one, const Purpose& other) {
    if (one.file.empty() || other.file.empty()) return;
    if (one.file == "-" && other.file == "-" && one.is_written != other.is_written) return;
    const std::filesystem::path a = meant(one.file), b = meant(other.file);
    const auto part = [](const auto& file) { return beside(file, PartFile::ending); };
    const bool is_replaced = one.flag == "--save" && other.flag == "--load";
    if (is_one(a, b) && !is_replaced) refuse(one.flag, "is the " + other.flag);
    if ((one.is_written && is_one(part(a), b)) || (other.is_written && is_one(a, part(b)))) {
        refuse(one.flag, "it or the " + other.flag + " is a part file of the other: rename it");
    }
}

void check_files(const Arguments& arguments) {
    const char* names = std::getenv("MICROGPT_NAMES");
    const std::vector<Purpose> read = {{"data in MICROGPT_NAMES", names != nullptr ? names : ""},
                                       {"--data", arguments.data.file},
                                       {"--load", arguments.load}};
    const std::vector<Purpose> written = {{"--save", arguments.save, true},
                                          {"--log", arguments.log, true},
                                          {"--plot", arguments.plot, true}};
    for (const std::size_t other : {0, 1}) check_pair(read[2], read[other]);
    for (auto one = written.begin(); one != written.end(); ++one) {
        check_spares_cache(*one);
        for (const Purpose& other : read) check_pair(*one, other);
        for (auto other = written.begin(); other != one; ++other) check_pair(*one, *other);
    }
    std::error_code ignored;
    if (!std::filesystem::is_regular_file("/dev/stdout", ignored)) return;
    const Purpose output = {"standard output", "/dev/stdout"};
    const auto is_stream = [](const Purpose& purpose) { return purpose.file == "-"; };
    for (const Purpose& other : read) check_pair(output, other);
    for (const Purpose& other : written) {
        const bool goes_there = std::ranges::any_of(written, is_stream);  // or is refused elsewhere
        if (goes_there && !is_stream(other)) check_pair(output, other);
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

/// By the library's check, in its words, with the flags as they are typed.
void check_settings(const Settings& settings) try {
    checked(settings);
} catch (const std::invalid_argument& error) {
    std::string words = error.what();
    for (const std::string flag : {"--n-embd", "--n-head"}) {
        const std::string name = "n_" + flag.substr(4);
        if (const auto at = words.find(name); at != words.npos) words.replace(at, 6, flag);
    }
    throw std::invalid_argument(words);
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
