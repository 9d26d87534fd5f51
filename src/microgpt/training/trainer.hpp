// The trainer: read a document, be wrong, walk down the slope.
#pragma once

#include <span>
#include <vector>

#include "microgpt/model/gpt.hpp"
#include "microgpt/training/adam.hpp"
#include "microgpt/training/descent.hpp"

namespace microgpt {

/// The mean cross-entropy at each token of a document after the first, in nats, as far as
/// block_size lets the model read. `tokens` are as from Tokenizer::encode(); throws
/// std::invalid_argument for fewer than two.
Value document_loss(const Gpt& gpt, const std::vector<Index>& tokens);

/// The mean document_loss of some documents, and its gradients; the Tape is left as it was. Throws
/// NumberError where one of them is not a number, or too large to be squared, as Adam will.
Differentiated differentiate(const Gpt& gpt, std::span<const std::vector<Index>> documents);

/// The same of a single document.
inline Differentiated differentiate(const Gpt& gpt, const std::vector<Index>& tokens) {
    return differentiate(gpt, std::span(&tokens, 1));
}

}  // namespace microgpt
