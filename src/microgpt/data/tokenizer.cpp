// Tokenizer: a sorted list, looked up both ways.
#include "microgpt/data/tokenizer.hpp"

#include <algorithm>
#include <unordered_set>

#include "microgpt/data/spelling.hpp"

namespace microgpt {

Tokenizer::Tokenizer(const std::vector<std::string_view>& docs, Split split) : split_(split) {
    std::unordered_set<std::string_view> distinct;
    for (std::string_view rest : docs) {
        while (!rest.empty()) {
            const std::string_view character = split(rest);
            distinct.insert(character);
            rest.remove_prefix(character.size());
        }
    }
    characters_.assign(distinct.begin(), distinct.end());
    std::ranges::sort(characters_);
}

std::vector<Index> Tokenizer::tokens(std::string_view text, std::size_t most) const {
    std::vector<Index> found;
    while (!text.empty() && found.size() < most) {
        const std::string_view character = split_(text);
        const auto place = std::ranges::lower_bound(characters_, character);
        if (place == characters_.end() || *place != character) {
            throw DataError("the character " + named(character) +
                            " is not in the data: leave it out");
        }
        found.push_back(static_cast<Index>(place - characters_.begin()));
        text.remove_prefix(character.size());
    }
    return found;
}

std::vector<Index> Tokenizer::encode(std::string_view document, std::size_t most) const {
    std::vector<Index> all = tokens(document, most);
    all.insert(all.begin(), bos());
    all.push_back(bos());
    if (all.size() > most) all.resize(most);
    return all;
}

std::string Tokenizer::decode(const std::vector<Index>& tokens) const {
    std::string text;
    for (const Index token : tokens) text += character(token);
    return text;
}

}  // namespace microgpt
