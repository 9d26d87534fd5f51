// The trainer: read a document, be wrong, walk down the slope.
#pragma once

#include <vector>

#include "microgpt/adam.hpp"
#include "microgpt/descent.hpp"
#include "microgpt/gpt.hpp"

namespace microgpt {

/// The mean surprise at each token of a document after the first, in nats, as far as block_size
/// lets the model read. `tokens` are as from Tokenizer::encode(); throws std::invalid_argument for
/// fewer than two.
Value document_loss(const Gpt& gpt, const std::vector<Index>& tokens);

/// document_loss and its gradients; the Tape is left as it was.
Differentiated differentiate(const Gpt& gpt, const std::vector<Index>& tokens);

}  // namespace microgpt
