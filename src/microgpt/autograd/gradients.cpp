// Gradients: which figure belongs to which Value.
#include "microgpt/autograd/gradients.hpp"

namespace microgpt {

bool Gradients::know(Range range) const {
    std::size_t end = by_index_.size();  // of the innermost Scope's numbers
    for (auto open = scopes_.rbegin(); open != scopes_.rend(); ++open) {
        if (open->scope == range.first.scope) {
            return std::size_t{range.first.index} + range.length <= end;
        }
        end = open->start;  // of those of the Scope around it
    }
    return false;
}

std::span<const double> Gradients::operator[](Range range) const {
    if (!know(range)) {
        throw TapeError(
            "these Gradients do not know this Value: it is on another Tape, or was "
            "recorded after them");
    }
    return std::span(by_index_).subspan(range.first.index, range.length);
}

}  // namespace microgpt
