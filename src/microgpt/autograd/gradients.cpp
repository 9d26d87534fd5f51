// Gradients: which figure belongs to which Value.
#include "microgpt/autograd/gradients.hpp"

namespace microgpt {

/// A Scope's numbers end where the next one opened.
bool stands_in(const std::vector<OpenScope>& scopes, std::size_t end, Range range) {
    const std::size_t last = std::size_t{range.first.index} + range.length;
    for (std::size_t i = scopes.size(); i-- > 0; end = scopes[i].start) {
        if (scopes[i].scope == range.first.scope) return range.length > 0 && last <= end;
    }
    return false;
}

std::span<const double> Gradients::operator[](Range range) const {
    if (stands_in(scopes_, by_index_.size(), range)) {
        return std::span(by_index_).subspan(range.first.index, range.length);
    }
    throw TapeError(
        "these Gradients do not know this Value: it is on another Tape, or was "
        "recorded after them");
}

}  // namespace microgpt
