// Piece vocabulary: what is learned, and how it is written down.
#include "microgpt/tokens/piece_vocabulary.hpp"

#include <algorithm>
#include <memory>
#include <set>

#include "microgpt/tokens/bpe_encoder.hpp"
#include "microgpt/tokens/bpe_trainer.hpp"
#include "microgpt/tokens/byte_letters.hpp"

namespace microgpt {

namespace {

/// A tokenizer and its encoder, which remembers what it has seen.
struct Pieces {
    explicit Pieces(Bpe learned) : bpe(std::move(learned)), encoder(bpe) {}
    Pieces(const Pieces&) = delete;
    Pieces& operator=(const Pieces&) = delete;
    const Bpe bpe;
    BpeEncoder encoder;
};

Vocabulary learn(const std::vector<std::string_view>& documents, std::size_t trained,
                 VocabularyKind::Wish wish) {
    if (wish.tokens == 0) return characters().learn(documents, trained, wish);
    const auto end = documents.begin() + static_cast<std::ptrdiff_t>(trained);
    return vocabulary_of(train_bpe({documents.begin(), end}, wish.tokens));
}

Tokenizer tokenizer(const Vocabulary& vocabulary, VocabularyKind::Wish wish) {
    if (wish.tokens == 0) return characters().tokenizer(vocabulary, wish);
    const auto pieces = std::make_shared<Pieces>(bpe_of(vocabulary));
    return {pieces->bpe.tokens(), [pieces](std::string_view text, std::size_t most) {
                return pieces->encoder.encode(text, most);
            }};
}

}  // namespace

Vocabulary vocabulary_of(const Bpe& bpe) {
    Vocabulary vocabulary;
    for (const std::string& token : bpe.tokens()) vocabulary.tokens.push_back(letters_of(token));
    for (const Merge& merge : bpe.merges()) {
        vocabulary.merges.push_back(vocabulary.tokens[merge.left] + ' ' +
                                    vocabulary.tokens[merge.right]);
    }
    return vocabulary;
}

Bpe bpe_of(const Vocabulary& vocabulary) {
    std::vector<std::string> tokens;
    std::map<std::string, Index> ids;
    const auto token = [&](const std::string& bytes) {
        const auto [place, is_new] = ids.emplace(bytes, static_cast<Index>(tokens.size()));
        if (is_new) tokens.push_back(bytes);
        return place->second;
    };
    for (const std::uint8_t byte : bytes_by_letter()) token({static_cast<char>(byte)});
    std::vector<Merge> merges;
    for (const std::string& merge : vocabulary.merges) {
        const std::size_t space = std::min(merge.find(' '), merge.size());
        const std::string left = bytes_of(merge.substr(0, space));
        const std::string right = bytes_of(merge.substr(std::min(space + 1, merge.size())));
        if (!ids.contains(left) || !ids.contains(right)) {
            throw DataError("the checkpoint has a merge '" + merge + "' of tokens it has not yet");
        }
        merges.push_back({ids[left], ids[right], token(left + right)});
    }
    Bpe bpe(std::move(tokens), std::move(merges), {});
    if (vocabulary_of(bpe) == vocabulary) return bpe;
    throw DataError("the checkpoint's tokens are not those that its merges make");
}

const VocabularyKind& pieces_or_characters() {
    static const VocabularyKind kind = {learn, tokenizer};
    return kind;
}

}  // namespace microgpt
