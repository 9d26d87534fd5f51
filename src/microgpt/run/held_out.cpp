// Held out: drawn by spelling, from a source that nothing else draws from.
#include "microgpt/run/held_out.hpp"

#include <algorithm>
#include <cmath>

#include "microgpt/random/random.hpp"

namespace microgpt {

/// One for all runs: what is held out of two of them can be compared.
static constexpr std::uint64_t held_out_seed = 0x68656c646f7574;

std::string_view SpellingOf::operator()(std::string_view document) const {
    if (document.size() <= block_size) return document;  // a character is a byte at the least
    std::size_t end = 0;
    for (std::size_t i = 0; i < block_size && end < document.size(); ++i) {
        end += split(document.substr(end)).size();
    }
    return document.substr(0, end);
}

std::vector<std::string_view> spellings(std::span<const std::string_view> documents,
                                        const SpellingOf& spelling_of) {
    std::vector<std::string_view> all(documents.size());
    std::ranges::transform(documents, all.begin(), spelling_of);
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

std::size_t hold_out(std::vector<std::string_view>& documents, double share,
                     const SpellingOf& spelling_of) {
    std::vector<std::string_view> out = spellings(documents, spelling_of);
    if (out.size() < 2) throw DataError("of a single spelling none can be held out: add others");
    const double wanted = std::round(share * static_cast<double>(out.size()));
    Random(held_out_seed).shuffle(out);
    out.resize(std::clamp(static_cast<std::size_t>(wanted), std::size_t{1}, out.size() - 1));
    std::ranges::sort(out);
    const auto stays = [&](std::string_view document) {
        return !std::ranges::binary_search(out, spelling_of(document));
    };
    const auto moved = std::stable_partition(documents.begin(), documents.end(), stays);
    return static_cast<std::size_t>(moved - documents.begin());
}

}  // namespace microgpt
