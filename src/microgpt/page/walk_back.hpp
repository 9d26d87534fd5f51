// Walk back: the way back over a Tape, one record at a time.
#pragma once

#include <string_view>
#include <vector>

#include "microgpt/autograd/value.hpp"

namespace microgpt {

/// A number as it stands on the Tape.
struct WalkRecord {
    double data;
    std::vector<Index> operands;  // what it was made of,
    std::vector<double> slopes;   // and how fast it moves with each
};

/// The way back from a result: what was recorded, and every gradient after each record on the way.
/// The first of these is where it begins, with a 1 at the result.
struct Walk {
    std::vector<WalkRecord> records;
    std::vector<std::vector<double>> gradients;
};

/// The walk back from a result to `first`, recorded before it in the same Scope. `mistake` is one
/// of chapter 1's breaks: "overwrite" keeps the last slope that arrives, "forwards" begins at the
/// wrong end, and nothing is no mistake. Throws std::invalid_argument for another.
Walk walk_back(Value first, Value result, std::string_view mistake = "");

}  // namespace microgpt
