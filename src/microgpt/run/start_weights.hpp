// Start weights: a run that begins with the matrices of another model.
#pragma once

#include <string>
#include <string_view>

#include "microgpt/files/safetensors.hpp"
#include "microgpt/run/run.hpp"

namespace microgpt {

/// Matrices by name, and what the file says of itself if it is a checkpoint, edited or not.
struct StartWeights {
    std::string name;  // of the file, for messages
    NamedTensors tensors;
    bool is_checkpoint = false;
    Settings settings = {};
    Vocabulary vocabulary = {};  // without tokens where it is none
};

/// Reads the bytes of a safetensors file: doubles or single precision, in any order. Whatever else
/// a checkpoint has, as Adam's means, is left. Throws FormatError, which begins with the name.
StartWeights read_start_weights(const std::string& bytes, const std::string& name);

/// These settings with the sizes, the recipe and the kind of tokens of the weights, as far as they
/// are known.
Settings with_sizes(Settings settings, const StartWeights& weights);

/// Tokens for a run that begins with such weights: the pieces are theirs, and characters are those
/// that they know and those of the data. A run that asks for tokens of another kind, or whose
/// recipe cuts them otherwise, throws FormatError.
VocabularyKind tokens_for(const StartWeights& weights, const VocabularyKind& kind);

/// Puts them in the place of what a run has drawn. A row of wte and of lm_head is its token's: a
/// token they do not know keeps the row that was drawn, where they know tokens at all. Throws
/// FormatError if a matrix is missing, has another shape, or a number that is not finite.
void begin_with(Run& run, const StartWeights& weights);

}  // namespace microgpt
