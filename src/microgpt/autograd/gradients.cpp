// Gradients: which figure belongs to which Value.
#include "microgpt/autograd/gradients.hpp"

namespace microgpt {

std::span<const double> Gradients::operator[](Range range) const {
    const std::size_t last = std::size_t{range.first.index} + range.length;
    std::size_t end = by_index_.size();  // of a Scope's numbers: where the next one opened
    for (std::size_t i = scopes_.size(); i-- > 0; end = scopes_[i].start) {
        if (scopes_[i].scope == range.first.scope && last <= end) {
            return std::span(by_index_).subspan(range.first.index, range.length);
        }
    }
    throw TapeError(
        "these Gradients do not know this Value: it is on another Tape, or was "
        "recorded after them");
}

}  // namespace microgpt
