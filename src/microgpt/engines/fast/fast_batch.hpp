// The fast engine's batch: the documents of a step, read forward and back.
#pragma once

#include <span>
#include <vector>

#include "microgpt/engines/fast/fast_pass.hpp"

namespace microgpt {

/// The documents, one below the other in a trace. Each thread takes a part of them.
template <class T>
class FastBatch {
  public:
    FastBatch(const FastWeights<T>& weights, std::size_t parts);

    /// A document, as far as it is read, and where its rows begin.
    struct Document {
        std::span<const Index> tokens, targets;
        std::size_t row;
        double loss;
    };

    /// Takes documents as from Tokenizer::encode(), which must stay. Throws std::invalid_argument
    /// for fewer than two tokens, or one that is not in the vocabulary.
    void arrange(std::span<const std::vector<Index>> documents);
    /// Reads a part of them forward, finds their losses, and goes back to the embeddings.
    void read(std::size_t part);
    /// Looks for the largest numbers in a part of what was computed. All parts have to be read.
    void survey(std::size_t part);
    /// The mean of the losses. Throws NumberError where it, or a gradient, is no finite number that
    /// can be squared, as all surveys found.
    double loss() const;

    /// The documents in the order of their rows, what was computed, and how many rows there are.
    const std::vector<Document>& documents() const { return documents_; }
    const FastTrace<T>& trace() const { return trace_; }
    std::size_t rows() const { return rows_; }

  private:
    std::span<Document> documents_of(std::size_t part);
    void cross_entropy(Document& document) const;
    void require_finite() const;

    /// The largest magnitudes in a part of the trace.
    struct Largest {
        double input;
        double slope;
    };

    const FastWeights<T>& weights_;
    std::size_t parts_;
    FastTrace<T> trace_;
    std::vector<std::size_t> lengths_;  // of the documents, as they came
    std::vector<std::size_t> order_;    // of their rows
    std::vector<Document> documents_;   // in that order
    std::vector<Largest> largest_;      // one a part
    std::size_t rows_ = 0;
};

}  // namespace microgpt
