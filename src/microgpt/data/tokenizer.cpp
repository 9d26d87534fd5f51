// Tokenizer: a sorted list, looked up both ways.
#include "microgpt/data/tokenizer.hpp"

#include <algorithm>
#include <unordered_set>

#include "microgpt/data/spelling.hpp"

namespace microgpt {

static std::size_t byte_of(std::string_view character) {
    return static_cast<unsigned char>(character[0]);
}

Tokenizer::Tokenizer(const std::vector<std::string_view>& docs, Split split) : split_(split) {
    std::array<bool, 256> is_there = {};  // of the characters of one byte, which most are
    std::unordered_set<std::string_view> longer;
    for (std::string_view rest : docs) {
        while (!rest.empty()) {
            const std::string_view character = split(rest);
            if (character.size() == 1) {
                is_there[byte_of(character)] = true;
            } else {
                longer.insert(character);
            }
            rest.remove_prefix(character.size());
        }
    }
    characters_.assign(longer.begin(), longer.end());
    for (std::size_t byte = 0; byte < is_there.size(); ++byte) {
        if (is_there[byte]) characters_.emplace_back(1, static_cast<char>(byte));
    }
    std::ranges::sort(characters_);
    of_byte_.fill(vocab_size());
    for (Index token = 0; token < bos(); ++token) {
        if (character(token).size() == 1) of_byte_[byte_of(character(token))] = token;
    }
}

Tokenizer::Tokenizer(std::vector<std::string> pieces, TokensOf tokens_of)
    : split_(code_point), tokens_of_(std::move(tokens_of)), characters_(std::move(pieces)) {}

/// Looks it up; vocab_size() is none.
Index Tokenizer::token(std::string_view character) const {
    if (character.size() == 1) return of_byte_[byte_of(character)];
    const auto place = std::ranges::lower_bound(characters_, character);
    const bool found = place != characters_.end() && *place == character;
    return found ? static_cast<Index>(place - characters_.begin()) : vocab_size();
}

std::vector<Index> Tokenizer::tokens(std::string_view text, std::size_t most) const {
    if (tokens_of_) return tokens_of_(text, most);
    std::vector<Index> found;
    while (!text.empty() && found.size() < most) {
        const std::string_view character = split_(text);
        found.push_back(token(character));
        if (found.back() == vocab_size()) {
            throw DataError("the character " + named(character) +
                            " is not in the data: leave it out");
        }
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
