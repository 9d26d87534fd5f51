// Windows: cut by tokens, without reading more of the text than one needs.
#include "microgpt/data/windows.hpp"

#include <algorithm>

namespace microgpt {

std::size_t end_of_training(std::string_view text, double share) {
    if (share == 0) return text.size();
    const auto wanted = static_cast<std::size_t>((1 - share) * static_cast<double>(text.size()));
    std::size_t line_end = text.find('\n', wanted);
    if (line_end >= text.size() - 1) line_end = text.substr(0, wanted).rfind('\n');
    if (line_end < text.size()) return line_end + 1;
    throw DataError("of a text of a single line nothing can be held out: give it more");
}

std::vector<std::string_view> windows(std::string_view text, const Tokenizer& tokenizer,
                                      std::size_t block_size) {
    std::size_t longest = 1;  // of the tokens, in bytes
    for (const std::string& token : tokenizer.characters()) {
        longest = std::max(longest, token.size());
    }
    std::vector<std::string_view> found;
    while (!text.empty()) {
        const std::string_view enough = text.substr(0, block_size * longest);
        std::size_t size = 0;
        for (const Index token : tokenizer.tokens(enough, block_size)) {
            size += tokenizer.character(token).size();
        }
        found.push_back(text.substr(0, size));
        text.remove_prefix(size);
    }
    return found;
}

}  // namespace microgpt
