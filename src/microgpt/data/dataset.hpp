// Dataset: where the names come from.
#pragma once

#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "microgpt/files/download.hpp"

namespace microgpt {

/// The names.txt that the reference programs were run on, as it was published.
inline constexpr char names_url[] =
    "https://raw.githubusercontent.com/karpathy/makemore/988aa59/names.txt";
inline constexpr char names_sha256[] =
    "0a30b5557f192f32ab962680889aac5f6fda0f4cecf40a6d0b5694f58ea8cc4d";

/// Some text to train on.
struct Dataset {
    std::string name;  // of the file
    std::string text;
    std::string note;         // why this is the embedded sample; empty when it is not
    std::string sha256 = {};  // of the text, if that was asked for
};

/// What load_dataset() may do.
struct DatasetOptions {
    std::filesystem::path file = {};  // read this one, if it is not empty
    std::string sha256 = {};          // what its bytes must have, if it is not empty
    bool offline = false;             // do not ask the network
    Progress progress = {};           // told how the download goes
};

/// The text of options.file; else of the file that the environment variable MICROGPT_NAMES names;
/// else names.txt, 32,033 names, from the cache or downloaded into it, from MICROGPT_DATA_URL if
/// that is set. Where it cannot be had, the embedded sample. Throws FileError for a file that was
/// named and cannot be read; where options.sha256 cannot be met, DataError, DownloadError,
/// FileError, or std::invalid_argument if that is no SHA-256.
Dataset load_dataset(const DatasetOptions& options = {});

/// The documents of load_dataset(), whose text is kept until the program ends. Why they are the
/// embedded sample's, if they are, is written to `notes`, if that is given. Throws FileError or
/// DataError.
std::vector<std::string_view> load_names(std::FILE* notes = nullptr);

/// 2,000 names that a trained model invented, one a line.
Dataset embedded_sample();

/// $XDG_CACHE_HOME/microgpt if that is absolute, else ~/.cache/microgpt; empty where HOME is not
/// absolute either.
std::filesystem::path cache_directory();

}  // namespace microgpt
