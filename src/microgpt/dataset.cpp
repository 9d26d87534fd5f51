// Dataset: a list of places to look, in order.
#include "microgpt/dataset.hpp"

#include <cstdio>
#include <cstdlib>

#include "microgpt/file.hpp"
#include "microgpt/text.hpp"

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

}  // namespace

std::filesystem::path cache_directory() {
    if (const std::string cache = environment("XDG_CACHE_HOME"); !cache.empty()) {
        return std::filesystem::path(cache) / "microgpt";
    }
    const std::string home = environment("HOME");
    return home.empty() ? std::filesystem::path() : std::filesystem::path(home) / ".cache/microgpt";
}

Dataset load_dataset(const DatasetOptions& options) {
    const std::filesystem::path asked =
        options.file.empty() ? std::filesystem::path(environment("MICROGPT_NAMES")) : options.file;
    if (!asked.empty()) return {asked.string(), read_file(asked), ""};

    const std::filesystem::path cache = cache_directory();
    if (cache.empty()) return sample_because("HOME is not set, so there is no place for names.txt");
    const std::filesystem::path names = cache / "names.txt";
    const bool cached = std::filesystem::exists(names);
    if (cached) {
        Dataset dataset = {names.string(), read_file(names), ""};
        if (sha256_of(dataset.text) == names_sha256) return dataset;
    }
    if (options.offline) {
        return sample_because(cached ? names.string() + " is damaged"
                                     : "names.txt is not in " + cache.string());
    }
    try {
        const std::string url = environment("MICROGPT_DATA_URL", names_url);
        download(url, names, names_sha256, options.progress);
        return {names.string(), read_file(names), ""};
    } catch (const DownloadError& error) {
        return sample_because(std::string("cannot download names.txt (") + error.what() + ")");
    }
}

std::vector<std::string> load_names() {
    const Dataset dataset = load_dataset();
    if (!dataset.note.empty()) std::fprintf(stderr, "%s\n", dataset.note.c_str());
    return documents(dataset.text, dataset.name);
}

}  // namespace microgpt
