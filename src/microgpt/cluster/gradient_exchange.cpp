// The exchange of gradients: messages in whole vectors.
#include "microgpt/cluster/gradient_exchange.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <functional>
#include <numeric>

namespace microgpt {

namespace {

/// The head of a message.
struct Found {
    double input = 1, slope = 0;
    bool scales = true, failed = false;
    int interrupted = 0;
    double losses[64] = {};
};

template <class T>
std::size_t head_vectors(std::size_t lanes) {
    return (sizeof(Found) + lanes * sizeof(T) - 1) / (lanes * sizeof(T));
}

}  // namespace

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
    if (documents == documents_) return;
    const std::size_t all = bundles_of(documents), me = ranks_.rank();
    const std::size_t head = head_vectors<T>(weights_.sizes().lanes);
    std::vector<Bundles> terms;
    runs_.clear();
    left_.clear();
    for (std::size_t rank = 0; rank < ranks_.size(); ++rank) {
        const auto [first, last] = Part{rank, ranks_.size()}.of(all);
        runs_.push_back({first, last});
        const std::vector<Bundles> left = summation(runs_.back(), all).left;
        terms.insert(terms.end(), left.begin(), left.end());
        left_.push_back(left.size());
    }
    merges_ = summation(terms, all).merges;
    sent_counts_.clear();
    received_counts_.clear();
    for (std::size_t rank = 0; rank < ranks_.size(); ++rank) {
        const auto count = [&](std::size_t sums, int share) {
            return static_cast<int>(head + sums * static_cast<std::size_t>(share));
        };
        sent_counts_.push_back(count(left_[me], shares_[rank]));
        received_counts_.push_back(count(left_[rank], shares_[me]));
    }
    const auto room = [&](const Ranks::Counts& counts) {
        return std::accumulate(counts.begin(), counts.end(), std::size_t{0}) *
               weights_.sizes().lanes;
    };
    sent_ = Buffer<T>(room(sent_counts_));
    received_ = Buffer<T>(room(received_counts_));
    terms_.clear();
    T* message = received_.data();
    for (std::size_t rank = 0; rank < ranks_.size(); ++rank) {
        const std::size_t lanes = weights_.sizes().lanes;
        const std::size_t share = static_cast<std::size_t>(shares_[me]) * lanes;
        for (std::size_t i = 0; i < left_[rank]; ++i) {
            terms_.push_back(message + head * lanes + i * share);
        }
        message += static_cast<std::size_t>(received_counts_[rank]) * lanes;
    }
    documents_ = documents;
} catch (const std::exception& error) {
    ranks_.lose(error);
}

template <class T>
void GradientExchange<T>::make_room(const FastBatch<T>& batch) {
    const std::size_t room = batch.rows().sums_at_once() * weights_.all().size();
    if (room > sums_.size()) sums_ = Buffer<T>(room);
}

template <class T>
void GradientExchange<T>::sum(const FastBatch<T>& batch, const Part& part) {
    sum_gradients(weights_, batch, part, sums_.data(), weights_.all().size());
}

template <class T>
void GradientExchange<T>::send(FastBatch<T>& batch, bool failed) {
    Found found;
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
        to += head_vectors<T>(lanes) * lanes;
        const auto [first, last] = weights_.share({rank, ranks_.size()});
        for (std::size_t i = 0; i < left_[ranks_.rank()]; ++i, to += last - first) {
            if (failed) continue;
            std::copy_n(sums_.data() + i * weights_.all().size() + first, last - first, to);
        }
    }
    ranks_.exchange(vector(), sent_.data(), sent_counts_, received_.data(), received_counts_);
}

template <class T>
double GradientExchange<T>::loss(const FastBatch<T>& batch) const {
    typename FastBatch<T>::Found all;
    std::vector<double> sums;
    ranks_.agreed = 0;
    const T* message = received_.data();
    auto merges = merges_.begin();
    for (std::size_t rank = 0; rank < ranks_.size(); ++rank) {
        Found found;
        std::memcpy(static_cast<void*>(&found), message, sizeof found);
        message += static_cast<std::size_t>(received_counts_[rank]) * weights_.sizes().lanes;
        if (found.failed) {
            throw Error("rank " + std::to_string(rank) + " of " + std::to_string(ranks_.size()) +
                        " is out of memory: choose a smaller model or batch, or more ranks");
        }
        ranks_.agreed = std::max(ranks_.agreed, found.interrupted);
        const auto more = [](double a, double b) { return b > a || std::isnan(b) ? b : a; };
        all.input = more(all.input, found.input);
        all.slope = more(all.slope, found.slope);
        all.scales = all.scales && found.scales;
        for (std::size_t i = 0; i < left_[rank]; ++i, ++merges) {
            double sum = found.losses[i];
            for (std::size_t merge = 0; merge < *merges; ++merge) {
                sum = sums.back() + sum;
                sums.pop_back();
            }
            sums.push_back(sum);
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
        for (std::size_t merge = 0; merge < merges_[i]; ++merge) {
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
    const auto [mine, end] = weights_.share({ranks_.rank(), ranks_.size()});
    const auto [first, last] =
        weights_.share({part.parts * ranks_.rank() + part.part, part.parts * ranks_.size()});
    add_up(first - mine, last - mine);
    const auto run = [&](std::size_t from, std::size_t to) {
        from = std::max(from, first);
        to = std::min(to, last);
        if (from >= to) return;
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
void GradientExchange<T>::share(const Buffer<T>& part, const Buffer<T>& all) const {
    const std::size_t first = weights_.share({ranks_.rank(), ranks_.size()}).first;
    std::copy_n(part.data(), part.size(), all.data() + first);
    ranks_.share(vector(), all.data(), shares_);
}

template <class T>
double GradientExchange<T>::bytes_needed(const TrainingConfig& training, std::size_t threads,
                                         std::size_t ranks) {
    const PanelSizes sizes(training.config, simd::kernels<T>().lanes);
    const double n = 1.0 * sizes.n_embd, layers = training.config.n_layer;
    const double matrices =
        n * (1.0 * sizes.vocab + layers * (4.0 * sizes.heads + 2.0 * sizes.features));
    const double all =
        matrices + n * (1.0 * training.config.vocab_size + training.config.block_size);
    const std::size_t bundles = (bundles_of(training.batch) + ranks - 1) / ranks;
    const double documents = std::min<double>(training.batch, 1.0 * bundles * bundle_size);
    const double trace = FastTrace<T>::size(
        sizes, training.config.n_layer, documents * training.longest, training.longest, threads);
    const double sums = 2.0 * std::bit_width(bundles);  // at a time, and as many that are sent
    const double head = 2.0 * ranks * (sizeof(Found) + sizes.lanes * sizeof(T));
    const double received = sums + 1;  // from all ranks, a share each
    return sizeof(T) * (all + matrices + 2 * all / ranks + (sums + sums + received) * all + trace) +
           head;
}

template class GradientExchange<float>;
template class GradientExchange<double>;

}  // namespace microgpt
