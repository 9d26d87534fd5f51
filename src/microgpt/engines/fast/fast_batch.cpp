// The fast engine's batch: forward, loss and backward for a part of the documents.
#include "microgpt/engines/fast/fast_batch.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "microgpt/engines/fast/balance.hpp"

namespace microgpt {

template <class T>
FastBatch<T>::FastBatch(const FastWeights<T>& weights, std::size_t parts)
    : weights_(weights),
      parts_(parts),
      trace_(weights.sizes(), weights.config().n_layer, parts),
      largest_(parts) {}

template <class T>
void FastBatch<T>::arrange(std::span<const std::vector<Index>> documents) {
    if (documents.empty()) throw std::invalid_argument("a step is down one document at the least");
    lengths_.clear();
    for (const std::vector<Index>& tokens : documents) {
        lengths_.push_back(positions_read(weights_.config(), tokens));
    }
    documents_.clear();
    rows_ = 0;
    balance(lengths_, order_);
    for (const std::size_t i : order_) {
        const std::span<const Index> all(documents[i].data(), lengths_[i] + 1);
        documents_.push_back({all.first(lengths_[i]), all.last(lengths_[i]), rows_, 0});
        rows_ += lengths_[i];
    }
    trace_.lay_out(rows_, std::ranges::max(lengths_));
}

/// Neighbours, with about as many rows as each other part.
template <class T>
std::span<typename FastBatch<T>::Document> FastBatch<T>::documents_of(std::size_t part) {
    if (parts_ == 1) return documents_;
    const auto first_of = [&](std::size_t i) {
        const std::size_t row = rows_ * i / parts_;
        return std::ranges::find_if(documents_, [&](const Document& document) {
            return document.row + document.tokens.size() / 2 >= row;
        });
    };
    const auto begin = part == 0 ? documents_.begin() : first_of(part);
    return {begin, part + 1 == parts_ ? documents_.end() : first_of(part + 1)};
}

template <class T>
void FastBatch<T>::read(std::size_t part) {
    const std::span<Document> documents = documents_of(part);
    if (documents.empty()) return;
    const Document& last = documents.back();
    const std::size_t first_row = documents.front().row;
    const FastPass<T> pass(weights_, trace_, first_row, last.row + last.tokens.size() - first_row);
    for (const Document& document : documents) pass.embed(document.row, document.tokens, 0);
    const auto attend = [&](std::size_t block) {
        for (const auto& [tokens, targets, row, loss] : documents) {
            weights_.kernels().attention_forward(pass.attention(block, row, tokens.size(), 1));
        }
    };
    pass.forward(std::ref(attend));
    for (Document& document : documents) cross_entropy(document);
    const auto attend_backward = [&](std::size_t block) {
        const std::size_t lanes = weights_.sizes().lanes;
        const std::size_t to_next = weights_.sizes().heads / lanes * trace_.stride;
        for (const auto& [tokens, targets, row, loss] : documents) {
            T* dq = trace_.blocks[block].dqkv + row * lanes;
            weights_.kernels().attention_backward(
                {.forward = pass.attention(block, row, tokens.size(), 1),
                 .doutput = trace_.dattention + row * lanes,
                 .dq = dq,
                 .dk = dq + to_next,
                 .dv = dq + 2 * to_next,
                 .scratch = trace_.scratch(part)});
        }
    };
    pass.backward(std::ref(attend_backward));
}

/// Logits turn into slopes of the mean over a document's positions, and over the documents.
template <class T>
void FastBatch<T>::cross_entropy(Document& document) const {
    const auto n = static_cast<double>(document.targets.size());
    const double weight = 1 / (n * static_cast<double>(documents_.size()));
    const double sum = weights_.kernels().cross_entropy(
        {.targets = document.targets,
         .vocab_size = weights_.config().vocab_size,
         .stride = trace_.stride,
         .logits = trace_.logits + document.row * weights_.sizes().lanes,
         .weight = static_cast<T>(weight),
         .scratch = trace_.losses + document.row});
    document.loss = sum / n;
}

template <class T>
void FastBatch<T>::survey(std::size_t part) {
    const auto largest = [&](std::span<const T> numbers) {
        const std::size_t vectors = numbers.size() / weights_.sizes().lanes;
        const std::size_t first = vectors * part / parts_ * weights_.sizes().lanes;
        const std::size_t last = vectors * (part + 1) / parts_ * weights_.sizes().lanes;
        return weights_.kernels().largest(numbers.data() + first, last - first);
    };
    largest_[part] = {largest(trace_.inputs()), largest(trace_.slopes())};
}

template <class T>
double FastBatch<T>::loss() const {
    trace_.require_scales(rows_);
    double sum = 0;
    for (const Document& document : documents_) sum += document.loss;
    if (!std::isfinite(sum)) throw NumberError("the loss is not a finite number");
    require_finite();
    return sum / static_cast<double>(documents_.size());
}

/// No gradient is larger than the largest input, or 1 for embeddings, times the largest slope, over
/// all rows; and no score larger than the square of the largest input, over n_embd columns.
template <class T>
void FastBatch<T>::require_finite() const {
    const auto more = [](double a, double b) { return b > a || std::isnan(b) ? b : a; };
    Largest all = {1, 0};
    for (const auto& [input, slope] : largest_) {
        all = {more(all.input, input), more(all.slope, slope)};
    }
    const double gradient = all.input * all.slope * static_cast<double>(rows_);
    const double score = all.input * all.input * weights_.config().n_embd;
    constexpr double most = std::numeric_limits<T>::max();
    if (!(gradient * gradient < most && score < most)) {
        throw NumberError("a gradient is too large to be squared");
    }
}

template class FastBatch<float>;
template class FastBatch<double>;

}  // namespace microgpt
