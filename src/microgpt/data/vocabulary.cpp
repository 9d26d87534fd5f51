// Vocabulary: of characters.
#include "microgpt/data/vocabulary.hpp"

#include <algorithm>
#include <stdexcept>

namespace microgpt {

namespace {

void require_characters(VocabularyKind::Wish wish) {
    if (wish.tokens == 0) return;
    throw std::invalid_argument("characters alone are known here: pieces are chapter 10's");
}

Vocabulary learn(const std::vector<std::string_view>& documents, std::size_t,
                 VocabularyKind::Wish wish) {
    require_characters(wish);
    return {Tokenizer(documents, wish.split).characters()};
}

Tokenizer tokenizer(const Vocabulary& vocabulary, VocabularyKind::Wish wish) {
    require_characters(wish);
    return Tokenizer({vocabulary.tokens.begin(), vocabulary.tokens.end()}, wish.split);
}

}  // namespace

bool Vocabulary::holds(const Vocabulary& other) const {
    return *this == other ||
           std::includes(tokens.begin(), tokens.end(), other.tokens.begin(), other.tokens.end());
}

const VocabularyKind& characters() {
    static const VocabularyKind kind = {learn, tokenizer};
    return kind;
}

}  // namespace microgpt
