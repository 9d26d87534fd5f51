// The one rule for what was recorded from names.txt: without it that is skipped, and says so.
#pragma once

#include <exception>
#include <iostream>
#include <string>

#include "microgpt/data/dataset.hpp"
#include "microgpt/files/sha256.hpp"

namespace microgpt {

/// Why a dataset is not names.txt, byte for byte; empty if it is.
inline std::string why_not_names(const Dataset& dataset) {
    if (!dataset.note.empty()) return dataset.note;
    return sha256_of(dataset.text) == names_sha256 ? "" : dataset.name + " is not names.txt";
}

/// What a test is to train on, or a dataset with a note: then the test has said that it is skipped,
/// and has to return.
inline Dataset names_or_skip() {
    Dataset dataset;
    try {
        dataset = load_dataset({.offline = true});
        dataset.note = why_not_names(dataset);
    } catch (const std::exception& error) {  // MICROGPT_NAMES may name what cannot be read
        dataset.note = error.what();
    }
    if (!dataset.note.empty()) std::cout << "SKIPPED: " << dataset.note << '\n';
    return dataset;
}

}  // namespace microgpt
