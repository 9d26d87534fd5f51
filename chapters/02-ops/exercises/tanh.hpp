// tanh: a bend that squashes, with its slope.
#pragma once

#include "microgpt/autograd/ops.hpp"

namespace microgpt {

/// (exp(x) - exp(-x)) / (exp(x) + exp(-x)): nearly x around 0, and never beyond -1 and 1.
inline Value tanh(Value x) {
    const double y = std::tanh(x.data());
    return record(y, {x, 1 - y * y});
}

}  // namespace microgpt
