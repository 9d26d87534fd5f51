// A window: attention that looks back a few positions and no further.
#pragma once

#include "microgpt/model/attention.hpp"

namespace microgpt {

/// What `query` hears of the last `window` positions, or of all where there are fewer. The window
/// is of one position at the least.
inline Vector look_through(Index window, Vector query, const std::vector<Vector>& keys,
                           const std::vector<Vector>& values) {
    const auto last = [&](const std::vector<Vector>& all) {
        const std::size_t size = std::min<std::size_t>(window, all.size());
        return std::vector<Vector>(all.end() - static_cast<std::ptrdiff_t>(size), all.end());
    };
    return mix(attention_weights(query, last(keys)), last(values));
}

}  // namespace microgpt
