// The exchange of gradients: messages in whole vectors.
#include "microgpt/cluster/gradient_exchange.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>

namespace microgpt {

template <class T>
GradientExchange<T>::GradientExchange(FastWeights<T>& weights, Ranks& ranks)
    : weights_(weights), ranks_(ranks) {
    for (std::size_t rank = 0; rank < ranks.size(); ++rank) {
        const auto [first, last] = weights.share({rank, ranks.size()});
        shares_.push_back(static_cast<int>((last - first) / weights.sizes().lanes));
    }
}

template <class T>
void GradientExchange<T>::plan(std::size_t documents) try {
    if (documents == plan_.documents) return;
    const std::size_t lanes = weights_.sizes().lanes;
    plan_ = exchange_plan(documents, shares_, ranks_.rank(), head_vectors(vector()));
    sent_ = Buffer<T>(vectors(plan_.sent) * lanes);
    received_ = Buffer<T>(vectors(plan_.received) * lanes);
} catch (const std::exception& error) {
    plan_ = {};
    ranks_.lose(error);
}

template <class T>
void GradientExchange<T>::make_room(const FastBatch<T>& batch) {
    const std::size_t room = batch.rows().sums_at_once() * weights_.all().size();
    if (room > sums_.size()) sums_ = Buffer<T>(room);
    const std::size_t lanes = weights_.sizes().lanes;
    const auto [first, last] = weights_.share({ranks_.rank(), ranks_.size()});
    terms_.clear();
    T* message = received_.data();
    for (std::size_t rank = 0; rank < ranks_.size(); ++rank) {
        const bool own = rank == ranks_.rank();
        T* sums = own ? sums_.data() + first : message + head_vectors(vector()) * lanes;
        const std::size_t apart = own ? weights_.all().size() : last - first;
        for (std::size_t i = 0; i < plan_.left[rank]; ++i) terms_.push_back(sums + i * apart);
        message += static_cast<std::size_t>(plan_.received[rank]) * lanes;
    }
}

template <class T>
void GradientExchange<T>::send(FastBatch<T>& batch, bool failed) {
    MessageHead found;
    found.failed = failed;
    found.interrupted = ranks_.interrupted();
    if (!failed) {
        const typename FastBatch<T>::Found own = batch.found();
        found.input = own.input;
        found.slope = own.slope;
        found.scales = own.scales;
        std::ranges::copy(batch.losses(), found.losses);
    }
    const std::size_t lanes = weights_.sizes().lanes;
    T* to = sent_.data();
    for (std::size_t rank = 0; rank < ranks_.size(); ++rank) {
        std::memcpy(to, &found, sizeof found);
        to += head_vectors(vector()) * lanes;
        if (rank == ranks_.rank()) continue;
        const auto [first, last] = weights_.share({rank, ranks_.size()});
        for (std::size_t i = 0; i < plan_.left[ranks_.rank()]; ++i, to += last - first) {
            if (failed) continue;
            std::copy_n(sums_.data() + i * weights_.all().size() + first, last - first, to);
        }
    }
    ranks_.all_to_all(vector(), sent_.data(), plan_.sent, received_.data(), plan_.received);
}

template <class T>
double GradientExchange<T>::loss(const FastBatch<T>& batch) const {
    typename FastBatch<T>::Found all;
    std::vector<double> sums;
    ranks_.agreed = 0;
    const T* message = received_.data();
    auto merges = plan_.merges.begin();
    for (std::size_t rank = 0; rank < ranks_.size(); ++rank) {
        MessageHead found;
        std::memcpy(static_cast<void*>(&found), message, sizeof found);
        message += static_cast<std::size_t>(plan_.received[rank]) * weights_.sizes().lanes;
        if (found.failed) {
            throw Error("rank " + std::to_string(rank) + " of " + std::to_string(ranks_.size()) +
                        " is out of memory: choose a smaller model or batch, or more ranks");
        }
        ranks_.agreed = std::max(ranks_.agreed, found.interrupted);
        const auto more = [](double a, double b) { return b > a || std::isnan(b) ? b : a; };
        all.input = more(all.input, found.input);
        all.slope = more(all.slope, found.slope);
        all.scales = all.scales && found.scales;
        for (std::size_t i = 0; i < plan_.left[rank]; ++i, ++merges) {
            add_next(sums, found.losses[i], *merges);
        }
    }
    return batch.mean_loss(sums.front(), all);
}

/// Numbers first … last - 1 of the share, in the order of the tree, into the first term.
template <class T>
void GradientExchange<T>::add_up(std::size_t first, std::size_t last) {
    std::vector<T*> waiting;
    for (std::size_t i = 0; i < terms_.size(); ++i) {
        T* sum = terms_[i];
        for (std::size_t merge = 0; merge < plan_.merges[i]; ++merge) {
            T* left = waiting.back();
            std::transform(left + first, left + last, sum + first, left + first, std::plus());
            sum = left;
            waiting.pop_back();
        }
        waiting.push_back(sum);
    }
}

template <class T>
void GradientExchange<T>::update(const simd::AdamStep<T>& adam, const Part& part) {
    const std::size_t mine = weights_.share({ranks_.rank(), ranks_.size()}).first;
    const auto own =
        weights_.share({part.parts * ranks_.rank() + part.part, part.parts * ranks_.size()});
    const std::size_t first = own.first, last = own.second;
    const auto run = [&](std::size_t from, std::size_t to) {
        from = std::max(from, first);
        to = std::min(to, last);
        if (from >= to) return;
        add_up(from - mine, to - mine);
        weights_.kernels().adam({.size = to - from,
                                 .g = terms_.front() + from - mine,
                                 .w = weights_.all().data() + from,
                                 .m = weights_.all_m().data() + from - mine,
                                 .v = weights_.all_v().data() + from - mine,
                                 .adam = adam});
    };
    const PanelMatrix& table = weights_.layout().table;
    const std::size_t panel = table.rows * weights_.sizes().lanes;
    run(0, table.begin);
    for (std::size_t at = table.begin; at < weights_.all().size(); at += panel) run(at, at + panel);
}

template <class T>
void GradientExchange<T>::all_gather(const Buffer<T>& part, const Buffer<T>& all) const {
    const std::size_t first = weights_.share({ranks_.rank(), ranks_.size()}).first;
    std::copy_n(part.data(), part.size(), all.data() + first);
    ranks_.all_gather(vector(), all.data(), shares_);
}

template class GradientExchange<float>;
template class GradientExchange<double>;

}  // namespace microgpt
