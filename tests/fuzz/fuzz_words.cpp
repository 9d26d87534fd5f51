// Fuzzes what a person types or sets, a line each: a prompt, an address, a folder.
// Each is understood, or answered by an Error that can be shown.
#include <sstream>

#include "cli/one_line.hpp"
#include "microgpt/data/dataset.hpp"
#include "microgpt/data/spelling.hpp"
#include "microgpt/files/address.hpp"
#include "microgpt/run/prompt.hpp"
#include "target.hpp"

namespace {

using namespace microgpt;

void check_message(const std::string& message) {
    for (const char c : one_line(message)) {
        const auto byte = static_cast<unsigned char>(c);
        require(byte >= 0x20 && byte != 0x7F, "a message with a control character");
    }
}

void check_prompt(const std::string& prompt, Split split) try {
    const std::vector<std::string_view> docs = {"emma", "Ren\u00e9", "Rene\u0301", "\u0939\u093f"};
    const Tokenizer tokenizer(docs, split);
    const std::vector<Index> tokens = prompt_tokens(prompt, tokenizer, 16);
    require(tokens.size() < 16, "a prompt that leaves no room");
    require(tokenizer.decode(tokens) == prompt, "the tokens are not the prompt");
} catch (const DataError& error) {
    check_message(error.what());
}

void check_spelling(const std::string& text) {
    const std::string apart = with_accents_apart(text);
    require(with_accents_apart(with_accents_inside(text)) == apart, "another text");
    require(with_accents_apart(apart) == apart, "accents that come apart twice");
}

void check_address(const std::string& address) try {
    const std::string text = shown(address);
    require(text.size() <= address.size(), "more is shown than there is");
    is_file(address);
    require_allowed(address);
    require(address.find("://") == std::string::npos || !text.empty(), "nothing is shown");
} catch (const DownloadError& error) {
    check_message(error.what());
}

void check_folder(const std::string& folder) {
    if (folder.find('\0') != std::string::npos) return;  // the environment has none
    setenv("XDG_CACHE_HOME", folder.c_str(), 1);
    const std::filesystem::path cache = cache_directory();
    require(cache.empty() || cache.is_absolute(), "a cache wherever one happens to be");
    const Dataset dataset = load_dataset({.offline = true});
    require(!dataset.text.empty(), "no data at all");
    check_message(dataset.note);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const bool prepared = unsetenv("MICROGPT_NAMES") == 0 && setenv("HOME", "/none", 1) == 0;
    require(prepared, "no environment");
    std::istringstream text(std::string(reinterpret_cast<const char*>(data), size));
    std::string prompt;
    std::string address;
    std::string folder;
    std::getline(text, prompt);
    std::getline(text, address);
    std::getline(text, folder);
    check_prompt(prompt, code_point);
    check_prompt(prompt, grapheme);
    check_spelling(prompt);
    check_address(address);
    check_folder(folder);
    return 0;
}
