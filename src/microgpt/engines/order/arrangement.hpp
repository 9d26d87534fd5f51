// Arrangement: the documents of a step, one below the other in rows.
#pragma once

#include <span>
#include <vector>

#include "microgpt/engines/order/summation.hpp"
#include "microgpt/model/gpt.hpp"

namespace microgpt {

/// Some bundles of a batch, each a row for every position that its documents are read at, in the
/// order of summation.hpp.
class Arrangement {
  public:
    /// A document, as far as it is read, and where its rows begin.
    struct Document {
        std::span<const Index> tokens, targets;
        std::size_t row;
        double loss;
    };

    /// Takes documents as from Tokenizer::encode(), which must stay, and of these a run of bundles.
    /// Throws std::invalid_argument for no documents, and for one with fewer than two tokens, or
    /// with one that is not in the vocabulary.
    void arrange(const GptConfig& config, std::span<const std::vector<Index>> documents,
                 const Bundles& run);

    /// The documents of these bundles in the order of their rows, and how many rows there are.
    std::span<Document> documents() { return documents_; }
    std::span<const Document> documents() const { return documents_; }
    std::size_t rows() const { return rows_; }
    /// Neighbours, with about as many rows as each other part.
    std::span<Document> documents_of(std::size_t part, std::size_t parts);
    /// How many documents and rows the whole batch has, and the most rows of a document.
    std::size_t all_documents() const { return all_documents_; }
    std::size_t all_rows() const { return all_rows_; }
    std::size_t longest() const { return longest_; }
    /// The rows of each bundle, and how its sum is added to the others': that many at a time.
    std::span<const BundleRows> bundles() const { return bundles_; }
    std::size_t sums_at_once() const { return sums_at_once_; }
    /// The documents' losses, summed like that: as many as there are sums left.
    const std::vector<double>& losses();

  private:
    void plan(std::size_t documents, const Bundles& run);
    void take(std::span<const std::vector<Index>> documents, std::size_t first);

    std::vector<std::size_t> lengths_;  // of all documents, as they came
    std::vector<std::size_t> order_;    // of a bundle's rows
    std::vector<Document> documents_;   // in that order, bundle by bundle
    std::vector<BundleRows> bundles_;
    std::vector<double> losses_;
    std::size_t rows_ = 0, all_rows_ = 0, all_documents_ = 0, longest_ = 0, sums_at_once_ = 0;
    Bundles run_;
};

}  // namespace microgpt
