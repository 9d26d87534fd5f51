// Evaluation: how well a model foresees documents, and whether what it invents is new.
#pragma once

#include <cmath>
#include <cstddef>
#include <numbers>
#include <span>
#include <string>
#include <string_view>

#include "microgpt/run/run.hpp"

namespace microgpt {

/// How well some documents were foreseen, as sums, so that another's can be added. Without
/// documents the means are no numbers.
struct Evaluation {
    double documents = 0;
    double tokens = 0;  // that were to be foreseen: each character that is read, and the end
    double bytes = 0;   // of these; the end is a byte, as the newline behind it in a file
    double losses = 0;  // of each document the mean of its surprises, in nats
    double nats = 0;    // all surprises

    /// The mean loss of a document, as training has it: short ones count as much as long ones.
    double loss() const { return losses / documents; }
    /// The mean loss of a token: every one counts as much.
    double token_loss() const { return nats / tokens; }
    /// Among how many tokens one would be as unsure: e to the power of the token_loss().
    double perplexity() const { return std::exp(token_loss()); }
    /// What the best code of this model would need for a byte of the text.
    double bits_per_byte() const { return nats / std::numbers::ln2 / bytes; }

    Evaluation& operator+=(const Evaluation& other);
};

/// Asks a run's model about documents, as far as block_size lets it read; nothing is learned. How
/// many are read side by side is of no matter. Throws DataError for a character that the model does
/// not know, NumberError, and std::invalid_argument for none side by side.
Evaluation evaluate(const Run& run, std::span<const std::string_view> documents,
                    std::size_t side_by_side = 1);

/// The spellings of a run's data, when so many of its steps are done. Throws std::logic_error where
/// no data is loaded.
Spellings spellings_of(const Run& run, std::size_t steps);

/// What there is of the names that a model has invented.
struct Novelty {
    std::size_t names = 0;
    std::size_t fresh = 0;     // not in the data; the others are
    std::size_t read = 0;      // of those that are: in training
    std::size_t repeated = 0;  // of all: invented before
};

/// Looks them up.
Novelty novelty(std::span<const std::string> names, const Spellings& spellings);

}  // namespace microgpt
