// Dataset: a list of places to look, in order.
#include "microgpt/data/dataset.hpp"

#include <cstdlib>
#include <utility>

#include "microgpt/data/text.hpp"
#include "microgpt/files/file.hpp"
#include "microgpt/files/sha256.hpp"

namespace microgpt {

namespace {

std::string environment(const char* name, const char* otherwise = "") {
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0' ? value : otherwise;
}

Dataset sample_because(const std::string& reason) {
    Dataset sample = embedded_sample();
    sample.note = reason + ": training on 2,000 invented names instead";
    return sample;
}

void require_sha256(Dataset& dataset, const std::string& sha256) {
    dataset.sha256 = sha256_of(dataset.text);
    if (dataset.sha256 == sha256) return;
    throw DataError(dataset.name + " is another file: its SHA-256 is " + dataset.sha256);
}

/// The folder to keep downloads in. Throws FileError if there is none and none can be made.
std::filesystem::path cache_to_write() {
    std::filesystem::path cache = cache_directory();
    if (cache.empty()) {
        throw FileError(
            "HOME is not set to an absolute path, so there is no place for names.txt: set it, or "
            "MICROGPT_NAMES to a file of your own");
    }
    std::error_code error;
    std::filesystem::create_directories(cache, error);
    if (!error) return cache;
    throw FileError("cannot make the folder " + cache.string() + ": " + error.message() +
                    ": set XDG_CACHE_HOME to another, or MICROGPT_NAMES to a file of your own");
}

/// names.txt, or the file with another SHA-256 that somebody keeps in its place.
Dataset cached_or_downloaded(const std::string& sha256, const DatasetOptions& options) {
    const bool is_names = sha256 == names_sha256;
    const std::string name = is_names ? "names.txt" : "names-" + sha256.substr(0, 16) + ".txt";
    const std::filesystem::path cached = cache_directory() / name;
    std::error_code ignored;
    if (!cache_directory().empty() && std::filesystem::exists(cached, ignored)) {
        if (std::filesystem::is_fifo(cached, ignored))
            throw FileError(cached.string() + " is a pipe");
        std::string text = read_file(cached);
        if (sha256_of(text) == sha256) return {cached.string(), std::move(text), "", sha256};
        if (options.offline) throw DownloadError(cached.string() + " is damaged");
    }
    if (options.offline) throw DownloadError("there is no " + cached.string());
    const std::filesystem::path file = cache_to_write() / name;
    const std::string url = environment("MICROGPT_DATA_URL", names_url);
    try {
        return {file.string(), download(url, file, sha256, options.progress), "", sha256};
    } catch (const DownloadError& error) {
        throw DownloadError("cannot download " + name + " (" + error.what() + ")");
    }
}

}  // namespace

std::filesystem::path cache_directory() {
    const std::filesystem::path cache = environment("XDG_CACHE_HOME");
    if (cache.is_absolute()) return cache / "microgpt";  // as its specification says
    const std::filesystem::path home = environment("HOME");
    return home.is_absolute() ? home / ".cache/microgpt" : "";
}

Dataset load_dataset(const DatasetOptions& options) {
    const std::filesystem::path asked =
        options.file.empty() ? std::filesystem::path(environment("MICROGPT_NAMES")) : options.file;
    const std::string sha256 = options.sha256.empty() ? names_sha256 : sha256_from(options.sha256);
    if (!asked.empty()) {
        Dataset dataset = {called(asked), read_file(asked), ""};
        if (!options.sha256.empty()) require_sha256(dataset, sha256);
        return dataset;
    }
    try {
        return cached_or_downloaded(sha256, options);
    } catch (const Error& error) {
        if (!options.sha256.empty()) throw;  // who asks for certain bytes wants no others
        return sample_because(error.what());
    }
}

std::vector<std::string_view> load_names(std::FILE* notes) {
    static const Dataset dataset = load_dataset();
    const bool tell = notes != nullptr && !dataset.note.empty();
    if (tell) std::fprintf(notes, "%s\n", dataset.note.c_str());
    return documents(dataset.text, dataset.name);
}

}  // namespace microgpt
