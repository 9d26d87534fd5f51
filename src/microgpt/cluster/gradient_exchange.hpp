// The exchange of gradients: which rank sends which sums to whom, and what is done with them.
#pragma once

#include "microgpt/cluster/exchange_plan.hpp"
#include "microgpt/engines/fast/fast_gradient.hpp"

namespace microgpt {

/// For each rank a message: what the sender has found, and then its sums, those of the receiver's
/// share of the weights. To itself a rank sends no sums.
template <class T>
class GradientExchange {
  public:
    GradientExchange(FastWeights<T>& weights, Ranks& ranks);

    /// Finds out who reads which bundles of so many documents, and makes room for what comes and
    /// goes. Where there is none, this rank is lost.
    void plan(std::size_t documents);
    /// The bundles that are this rank's.
    Bundles run() const { return plan_.runs[ranks_.rank()]; }
    /// Makes room for the sums of a batch; and sums a part of them.
    void make_room(const FastBatch<T>& batch);
    void sum(const FastBatch<T>& batch, const Part& part) {
        sum_gradients(weights_, batch, part, sums_.data(), weights_.all().size());
    }
    /// Sends them and gets the others'. `failed` is told instead of what was found.
    void send(FastBatch<T>& batch, bool failed);
    /// The mean loss of all. Throws as FastBatch::mean_loss(), and Error where a rank has failed.
    double loss(const FastBatch<T>& batch) const;
    /// Takes Adam's step for a part of this rank's share.
    void update(const simd::AdamStep<T>& adam, const Part& part);
    /// Gets the others' weights.
    void share_weights() { ranks_.all_gather(vector(), weights_.all().data(), shares_); }

    /// Brings the ranks' parts of some numbers together, for all of them or for the first.
    void all_gather(const Buffer<T>& part, const Buffer<T>& all) const;
    void gather(const Buffer<T>& part, const Buffer<T>& all) const {
        ranks_.gather(vector(), part.data(), all.data(), shares_);
    }

  private:
    std::size_t vector() const { return weights_.sizes().lanes * sizeof(T); }
    void add_up(std::size_t first, std::size_t last);

    FastWeights<T>& weights_;
    Ranks& ranks_;
    Ranks::Counts shares_;  // vectors of each rank's share
    ExchangePlan plan_;
    Buffer<T> sums_{0}, sent_{0}, received_{0};
    std::vector<T*> terms_;  // of this rank's share, the sums of all, rank by rank
};

}  // namespace microgpt
