// Files held against each other.
#include "check_files.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <stdexcept>
#include <string>
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

/// Only models have milestones.
void require_one_file(const Purpose& written) {
    if (written.file.filename().string().find("{step}") == std::string::npos) return;
    refuse(written.flag, "is one file for all steps: {step} is for the --save of a training");
}

/// A file is for one purpose; only a checkpoint may be read and then replaced.
void check_pair(const Purpose& one, const Purpose& other) {
    if (one.file.empty() || other.file.empty() || one.flag == other.flag) return;
    if (one.file == "-" && other.file == "-" && one.is_written != other.is_written) return;
    const std::filesystem::path a = meant(one.file), b = meant(other.file);
    const auto part = [](const auto& file) { return beside(file, PartFile::ending); };
    const bool is_replaced = one.flag == "--save" && other.flag == "--load";
    if (is_one(a, b) && !is_replaced) refuse(one.flag, "is the " + other.flag);
    if ((one.is_written && is_one(part(a), b)) || (other.is_written && is_one(a, part(b)))) {
        refuse(one.flag, "it or the " + other.flag + " is a part file of the other: rename it");
    }
}

/// The file to save to; or, of the many that a {step} in its name stands for, those that could be
/// one of the others.
std::vector<Purpose> saves(const std::filesystem::path& save, const std::vector<Purpose>& others) {
    const std::size_t place = save.filename().string().find("{step}");
    if (place == std::string::npos) return {{"--save", save, true}};
    std::vector<Purpose> saves;
    for (const Purpose& other : others) {
        for (const auto& file : {other.file, meant(other.file)}) {
            const std::string name = file.filename().string();
            Index step = 0;
            if (place < name.size()) std::from_chars(&name[place], &name.back() + 1, step);
            saves.push_back({"--save", milestone(save, step), true});
        }
    }
    return saves;
}

}  // namespace

void check_files(const Arguments& arguments) {
    const char* names = std::getenv("MICROGPT_NAMES");
    const std::vector<Purpose> read = {{"data in MICROGPT_NAMES", names != nullptr ? names : ""},
                                       {"--data", arguments.data.file},
                                       {"--load", arguments.load},
                                       {"--weights", arguments.weights}};
    const Purpose log = {"--log", arguments.log, true}, plot = {"--plot", arguments.plot, true};
    std::vector<Purpose> written =
        saves(arguments.save, {read[0], read[1], read[2], read[3], log, plot});
    written.insert(written.end(), {log, plot});
    require_one_file(log);
    require_one_file(plot);
    for (const std::size_t other : {0, 1}) {
        check_pair(read[2], read[other]);
        check_pair(read[3], read[other]);
    }
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

void check_files(const std::filesystem::path& text, const std::filesystem::path& load,
                 const std::filesystem::path& save) {
    const Purpose read = {"text", text}, loaded = {"--load", load}, kept = {"--save", save, true};
    check_pair(loaded, read);
    require_one_file(kept);
    check_spares_cache(kept);
    check_pair(kept, read);
    check_pair(kept, loaded);
}

}  // namespace microgpt
