// Piece vocabulary: a run's tokens learned by BPE, where it asks for them.
#pragma once

#include "microgpt/data/vocabulary.hpp"
#include "microgpt/tokens/bpe.hpp"

namespace microgpt {

/// A tokenizer as a checkpoint holds it: its tokens in byte letters, each merge as the two tokens
/// with a space between them, as tokenizer.json has it. Special tokens and rules are left out.
Vocabulary vocabulary_of(const Bpe& bpe);
/// The other way about. Throws DataError unless the bytes in the order of their letters and what
/// the merges make of them, one after the other, are its tokens.
Bpe bpe_of(const Vocabulary& vocabulary);

/// With a wish of tokens, so many pieces, learned from the documents that are there to be trained
/// on; without, characters().
const VocabularyKind& pieces_or_characters();

}  // namespace microgpt
