// Places: how numbers on the Tape are told from each other.
#pragma once

#include <cstdint>
#include <stdexcept>

namespace microgpt {

/// What the library counts with: numbers on a Tape, rows, tokens, positions.
using Index = std::uint32_t;

/// Where a number stands on the Tape, and the Scope it was recorded in.
struct Place {
    Index index;
    Index scope;
};

/// Numbers that stand side by side on the Tape.
struct Range {
    Place first;
    Index length;
};

/// What an operation was given, and the slope of its result: how fast it moves when this moves.
struct Operand {
    Place place;
    double slope;
};

/// A misuse of Tape, Scope or Value. The message says what to do instead.
class TapeError : public std::logic_error {
  public:
    using std::logic_error::logic_error;
};

}  // namespace microgpt
