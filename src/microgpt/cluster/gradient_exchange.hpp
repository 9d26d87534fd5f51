// The exchange of gradients: which rank sends which sums to whom, and what is done with them.
#pragma once

#include "microgpt/cluster/ranks.hpp"
#include "microgpt/engines/engine.hpp"
#include "microgpt/engines/fast/fast_gradient.hpp"

namespace microgpt {

/// For each rank a message: what the sender has found, and then its sums, those of the receiver's
/// share of the weights.
template <class T>
class GradientExchange {
  public:
    GradientExchange(FastWeights<T>& weights, Ranks& ranks);

    /// Finds out who reads which bundles of so many documents, and makes room for what comes and
    /// goes. Where there is none, this rank is lost.
    void plan(std::size_t documents);
    /// The bundles that are this rank's.
    Bundles run() const { return runs_[ranks_.rank()]; }
    /// Makes room for the sums of a batch; and sums a part of them.
    void make_room(const FastBatch<T>& batch);
    void sum(const FastBatch<T>& batch, const Part& part);
    /// Sends them and gets the others'. `failed` is told instead of what was found.
    void send(FastBatch<T>& batch, bool failed);
    /// The mean loss of all. Throws as FastBatch::mean_loss(), and Error where a rank has failed.
    double loss(const FastBatch<T>& batch) const;
    /// Takes Adam's step for a part of this rank's share.
    void update(const simd::AdamStep<T>& adam, const Part& part);
    /// Gets the others' weights.
    void share_weights() { ranks_.share(vector(), weights_.all().data(), shares_); }

    /// Brings the ranks' parts of some numbers together, for all of them or for the first.
    void share(const Buffer<T>& part, const Buffer<T>& all) const;
    void collect(const Buffer<T>& part, const Buffer<T>& all) const {
        ranks_.collect(vector(), part.data(), all.data(), shares_);
    }

    /// How many bytes one of so many ranks takes, at the most, for all that it keeps.
    static double bytes_needed(const TrainingConfig& training, std::size_t threads,
                               std::size_t ranks);

  private:
    std::size_t vector() const { return weights_.sizes().lanes * sizeof(T); }
    void add_up(std::size_t first, std::size_t last);

    FastWeights<T>& weights_;
    Ranks& ranks_;
    Ranks::Counts shares_;             // vectors of each rank's share
    std::size_t documents_ = 0;        // of the plan
    std::vector<Bundles> runs_;        // of each rank
    std::vector<std::size_t> left_;    // sums of each
    std::vector<std::size_t> merges_;  // of these sums, one after the other
    Ranks::Counts sent_counts_, received_counts_;
    Buffer<T> sums_{0}, sent_{0}, received_{0};
    std::vector<T*> terms_;  // among what was received, the sums for this rank's share
};

}  // namespace microgpt
