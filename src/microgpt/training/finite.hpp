// Finite: gradients that an optimizer can use.
#pragma once

#include <span>

#include "microgpt/model/gpt.hpp"

namespace microgpt {

/// Throws NumberError, naming a parameter, where its gradient cannot be squared, as Adam will.
void require_finite(const GptConfig& config, std::span<const double> gradients);

}  // namespace microgpt
