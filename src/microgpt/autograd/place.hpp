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

/// A Scope that is open: its number, and the index at which it opened. The Tape itself is the
/// outermost.
struct OpenScope {
    Index scope;
    Index start;
};

/// A misuse of Tape, Scope or Value. The message says what to do instead.
class TapeError : public std::logic_error {
  public:
    using std::logic_error::logic_error;
};

/// What an operation was given, and the slope of its result: how fast it moves when this moves.
struct Operand {
    Place place;
    double slope;
};

/// Numbers that stand side by side on the Tape.
struct Range {
    Place first;
    Index length;
};

}  // namespace microgpt
