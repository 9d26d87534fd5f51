// Vocabulary: where the tokens of a run come from.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "microgpt/data/tokenizer.hpp"

namespace microgpt {

/// What a checkpoint says of its tokens: enough to make the tokenizer again.
struct Vocabulary {
    std::vector<std::string> tokens = {};  // in their order: every character, or what else they are
    std::vector<std::string> merges = {};  // which of them make larger ones, if any do
    bool operator==(const Vocabulary&) const = default;
    /// Whether it is the same, or of characters that have all of the other's among them.
    bool holds(const Vocabulary& other) const;
};

/// A kind of tokens: how a vocabulary is learned, and what to do with it.
struct VocabularyKind {
    /// What is asked for: so many pieces, or 0 for characters, which are cut like this.
    struct Wish {
        Index tokens = 0;
        Split split = code_point;
    };
    /// Learns from documents, of which the first `trained` are there to be trained on.
    std::function<Vocabulary(const std::vector<std::string_view>& documents, std::size_t trained,
                             Wish wish)>
        learn;
    /// The tokenizer. Throws DataError for a vocabulary that is of another kind.
    std::function<Tokenizer(const Vocabulary& vocabulary, Wish wish)> tokenizer;
};

/// Chapter 3's: every character of all documents. Throws std::invalid_argument for a wish of other
/// tokens.
const VocabularyKind& characters();

}  // namespace microgpt
