// Held out: what a model never reads, so that it can be asked about it.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "microgpt/data/text.hpp"

namespace microgpt {

/// What a model reads of a document: its first characters, block_size of them at the most. Two
/// documents that are spelled alike are one to it.
struct SpellingOf {
    Split split = code_point;
    std::size_t block_size = 16;

    std::string_view operator()(std::string_view document) const;
};

/// The different spellings of some documents, sorted.
std::vector<std::string_view> spellings(std::span<const std::string_view> documents,
                                        const SpellingOf& spelling_of);

/// Moves the documents that are to be held out behind the others, which keep their order, and
/// returns how many others there are. Spellings are drawn, `share` of them and one at the least,
/// and all documents of a spelling go together: which, depends on the text alone, and on no seed.
/// Throws DataError where there is only one, and nothing could be left.
std::size_t hold_out(std::vector<std::string_view>& documents, double share,
                     const SpellingOf& spelling_of);

/// The spellings of a text, from where a run stands; each list sorted.
struct Spellings {
    std::vector<std::string_view> all = {};
    std::vector<std::string_view> read = {};    // in training
    std::vector<std::string_view> unread = {};  // held out; or, where none are, not read
};

}  // namespace microgpt
