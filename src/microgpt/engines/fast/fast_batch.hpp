// The fast engine's batch: the documents of a step, read forward and back.
#pragma once

#include <span>
#include <vector>

#include "microgpt/engines/fast/fast_pass.hpp"
#include "microgpt/engines/order/arrangement.hpp"

namespace microgpt {

/// The documents, one below the other in a trace. Each thread takes a part of them.
template <class T>
class FastBatch {
  public:
    FastBatch(const FastWeights<T>& weights, std::size_t parts);

    using Document = Arrangement::Document;

    /// What the surveys have found: the largest magnitudes, and whether every rmsnorm has a scale.
    struct Found {
        double input = 1;  // of what matrices read: that of embeddings is 1
        double slope = 0;
        bool scales = true;
    };

    /// Takes documents as Arrangement::arrange(), and makes room for what is computed.
    void arrange(std::span<const std::vector<Index>> documents, const Bundles& run);
    /// All of them.
    void arrange(std::span<const std::vector<Index>> documents) {
        arrange(documents, {0, bundles_of(documents.size())});
    }
    /// Reads a part of them forward, finds their losses, and goes back to the embeddings.
    void read(std::size_t part);
    /// Looks for the largest numbers in a part of what was computed. All parts have to be read.
    void survey(std::size_t part);
    /// What all surveys found.
    Found found() const;
    /// The mean loss of all documents, given its sum. Throws NumberError where it, or a gradient,
    /// is no finite number that can be squared.
    double mean_loss(double sum, const Found& found) const;

    /// The documents, with their losses, and what was computed.
    const Arrangement& rows() const { return rows_; }
    const std::vector<double>& losses() { return rows_.losses(); }
    const FastTrace<T>& trace() const { return trace_; }

  private:
    void cross_entropy(Document& document) const;

    const FastWeights<T>& weights_;
    std::size_t parts_;
    FastTrace<T> trace_;
    Arrangement rows_;
    std::vector<Found> largest_;  // one a part
};

}  // namespace microgpt
