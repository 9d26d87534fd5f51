// The trainer: read a document, be wrong, walk down the slope.
#pragma once

#include <string>
#include <vector>

#include "microgpt/adam.hpp"
#include "microgpt/descent.hpp"
#include "microgpt/gpt.hpp"

namespace microgpt {

/// The mean surprise at each token of a document after the first, in nats, as far as block_size
/// lets the model read. `tokens` are as from Tokenizer::encode(); throws std::invalid_argument for
/// fewer than two.
Value document_loss(const Gpt& gpt, const std::vector<Index>& tokens);

/// document_loss and its gradients; the Tape is left as it was. Throws NumberError where one of
/// them is not a number, or too large to be squared, as Adam will.
Differentiated differentiate(const Gpt& gpt, const std::vector<Index>& tokens);

/// The parameter with the largest absolute value, for a message: "wte[3, 0] = 1e+80".
std::string largest_parameter(const Gpt& gpt);

}  // namespace microgpt
