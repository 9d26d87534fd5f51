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
    try {
        std::string text = std::filesystem::exists(names) ? read_file(names) : "";
        if (sha256_of(text) == names_sha256) return {names.string(), text, ""};
        if (options.offline) {
            return sample_because(text.empty() ? "names.txt is not in " + cache.string()
                                               : names.string() + " is damaged");
        }
        download(environment("MICROGPT_DATA_URL", names_url), names, names_sha256,
                 options.progress);
        return {names.string(), read_file(names), ""};
    } catch (const DownloadError& error) {
        return sample_because(std::string("cannot download names.txt (") + error.what() + ")");
    } catch (const std::runtime_error& error) {  // of the file or its folder
        return sample_because(error.what());
    }
}

std::vector<std::string> load_names() {
    const Dataset dataset = load_dataset();
    if (!dataset.note.empty()) std::fprintf(stderr, "%s\n", dataset.note.c_str());
    return documents(dataset.text, dataset.name);
}

}  // namespace microgpt
