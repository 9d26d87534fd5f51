// names.txt for the tests that need it.
#pragma once

#include <iostream>

#include "microgpt/dataset.hpp"
#include "microgpt/sha256.hpp"

namespace microgpt {

/// What a test is to train on, or a dataset with a note: then the test has said that it is skipped,
/// and has to return.
inline Dataset names_or_skip() {
    DatasetOptions options;
    options.offline = true;
    Dataset dataset = load_dataset(options);
    if (dataset.note.empty() && sha256_of(dataset.text) != names_sha256) {
        dataset.note = dataset.name + " is not names.txt";
    }
    if (!dataset.note.empty()) std::cout << "SKIPPED: " << dataset.note << '\n';
    return dataset;
}

}  // namespace microgpt
