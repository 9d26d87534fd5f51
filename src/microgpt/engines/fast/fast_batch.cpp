// The fast engine's batch: forward, loss and backward for a part of the documents.
#include "microgpt/engines/fast/fast_batch.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace microgpt {

template <class T>
FastBatch<T>::FastBatch(const FastWeights<T>& weights, std::size_t parts)
    : weights_(weights),
      parts_(parts),
      trace_(weights.sizes(), weights.config().n_layer, parts),
      largest_(parts) {}

template <class T>
void FastBatch<T>::arrange(std::span<const std::vector<Index>> documents, const Bundles& run) {
    rows_.arrange(weights_.config(), documents, run);
    trace_.lay_out(rows_.rows(), rows_.longest());
}

template <class T>
void FastBatch<T>::read(std::size_t part) {
    const std::span<Document> documents = rows_.documents_of(part, parts_);
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
    pass.begin();
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
    const double weight = 1 / (n * static_cast<double>(rows_.all_documents()));
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
typename FastBatch<T>::Found FastBatch<T>::found() const {
    const auto more = [](double a, double b) { return b > a || std::isnan(b) ? b : a; };
    Found all;
    for (const Found& part : largest_) {
        all.input = more(all.input, part.input);
        all.slope = more(all.slope, part.slope);
    }
    all.scales = trace_.has_scales(rows_.rows());
    return all;
}

/// No gradient is larger than the largest input, or 1 for embeddings, times the largest slope, over
/// all rows; and no score larger than the square of the largest input, over n_embd columns.
template <class T>
double FastBatch<T>::mean_loss(double sum, const Found& found) const {
    if (!found.scales) throw NumberError("rmsnorm: of numbers too large");
    if (!std::isfinite(sum)) throw NumberError("the loss is not a finite number");
    const double gradient = found.input * found.slope * static_cast<double>(rows_.all_rows());
    const double score = found.input * found.input * weights_.config().n_embd;
    constexpr double most = std::numeric_limits<T>::max();
    if (!(gradient * gradient < most && score < most)) {
        throw NumberError("a gradient is too large to be squared");
    }
    return sum / static_cast<double>(rows_.all_documents());
}

template class FastBatch<float>;
template class FastBatch<double>;

}  // namespace microgpt
