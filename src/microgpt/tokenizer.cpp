// Tokenizer: a sorted list, looked up both ways.
#include "microgpt/tokenizer.hpp"

#include <algorithm>
#include <set>

namespace microgpt {

Tokenizer::Tokenizer(const std::vector<std::string>& docs, Split split) : split_(split) {
    std::set<std::string> distinct;
    for (const std::string& doc : docs) {
        for (const std::string& character : split(doc)) distinct.insert(character);
    }
    characters_.assign(distinct.begin(), distinct.end());
}

std::vector<Index> Tokenizer::tokens(std::string_view text) const {
    require_utf8(text, "the text");
    std::vector<Index> found;
    for (const std::string& character : split_(text)) {
        const auto place = std::ranges::lower_bound(characters_, character);
        if (place == characters_.end() || *place != character) {
            throw DataError("the character '" + character + "' is not in the data: leave it out");
        }
        found.push_back(static_cast<Index>(place - characters_.begin()));
    }
    return found;
}

std::vector<Index> Tokenizer::encode(std::string_view document) const {
    std::vector<Index> all = tokens(document);
    all.insert(all.begin(), bos());
    all.push_back(bos());
    return all;
}

std::string Tokenizer::decode(const std::vector<Index>& tokens) const {
    std::string text;
    for (const Index token : tokens) text += character(token);
    return text;
}

}  // namespace microgpt
