// Gradients: which figure belongs to which Value.
#include "microgpt/autograd/gradients.hpp"

namespace microgpt {

std::span<const double> Gradients::operator[](Range range) const {
    if (stands_in(scopes_, by_index_.size(), range)) {
        return std::span(by_index_).subspan(range.first.index, range.length);
    }
    throw TapeError(
        "these Gradients do not know this Value: it is on another Tape, or was "
        "recorded after them");
}

}  // namespace microgpt
