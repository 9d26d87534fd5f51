// The fast engine's reader: each document is a row, with a KV cache of its own.
#include "microgpt/engines/fast/fast_reader.hpp"

#include <algorithm>
#include <limits>

#include "microgpt/engines/fast/first_layer.hpp"
#include "microgpt/engines/flush_to_zero.hpp"

namespace microgpt {

namespace {

template <class T>
class FastReader final : public Reader {
  public:
    FastReader(const FastWeights<T>& weights, std::size_t documents)
        : weights_(weights),
          trace_(weights.sizes(), weights.config().n_layer),
          first_layer_(weights),
          cache_stride_(weights.config().block_size * weights.sizes().lanes),
          cache_(2 * weights.config().n_layer * documents * weights.config().block_size *
                 weights.sizes().heads),
          lengths_(documents),
          numbers_(documents * weights.config().vocab_size) {
        trace_.lay_out(documents, weights.config().block_size);
    }

    std::span<const double> read(std::span<const Index> tokens) override {
        forward(tokens);
        return numbers();
    }
    std::span<const double> read_probabilities(std::span<const Index> tokens,
                                               double temperature) override;
    void restart(std::size_t document) override { lengths_.at(document) = 0; }

  private:
    void forward(std::span<const Index> tokens);
    std::span<const double> numbers();
    void require_room(std::span<const Index> tokens) const;
    void attend(const FastPass<T>& pass, std::size_t block);
    T* cached(std::size_t block, std::size_t document, bool value) const;

    const FastWeights<T>& weights_;
    FastTrace<T> trace_;
    FirstLayer<T> first_layer_;
    std::size_t cache_stride_;
    Buffer<T> cache_;  // for each block and document keys, then values, in panels
    std::vector<std::size_t> lengths_;
    std::vector<double> numbers_;  // logits, or probabilities
};

template <class T>
void FastReader<T>::forward(std::span<const Index> tokens) {
    require_room(tokens);
    const FlushToZero flush;
    first_layer_.begin(trace_, tokens, lengths_);
    const FastPass<T> pass(weights_, trace_, 0, tokens.size());
    pass.forward([&](std::size_t block) { attend(pass, block); });
    trace_.require_scales(tokens.size());
    for (std::size_t& length : lengths_) ++length;
}

template <class T>
std::span<const double> FastReader<T>::read_probabilities(std::span<const Index> tokens,
                                                          double temperature) {
    require_temperature(temperature);
    forward(tokens);
    const bool all_finite = weights_.kernels().softmax(
        {.rows = tokens.size(),
         .vocab_size = weights_.config().vocab_size,
         .stride = trace_.stride,
         .logits = trace_.logits,
         .inverse_temperature =
             static_cast<T>(std::min<double>(1 / temperature, std::numeric_limits<T>::max()))});
    if (!all_finite) throw NumberError("softmax: a logit is not a finite number");
    return numbers();
}

/// What stands in panels now, row by row.
template <class T>
std::span<const double> FastReader<T>::numbers() {
    const std::size_t lanes = weights_.sizes().lanes;
    const std::size_t vocab_size = weights_.config().vocab_size;
    double* to = numbers_.data();
    for (std::size_t row = 0; row < lengths_.size(); ++row) {
        const T* from = trace_.logits + row * lanes;
        for (std::size_t first = 0; first < vocab_size; first += lanes, from += trace_.stride) {
            to = std::copy_n(from, std::min(lanes, vocab_size - first), to);
        }
    }
    return numbers_;
}

template <class T>
void FastReader<T>::require_room(std::span<const Index> tokens) const {
    this->require_tokens(tokens, lengths_.size());
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        require_readable(weights_.config(), tokens[i], lengths_[i]);
    }
}

template <class T>
T* FastReader<T>::cached(std::size_t block, std::size_t document, bool value) const {
    const std::size_t place = (block * lengths_.size() + document) * 2 + (value ? 1 : 0);
    return cache_.data() + place * weights_.config().block_size * weights_.sizes().heads;
}

/// Each document's new key and value go into its cache, and its query sees all that is there.
template <class T>
void FastReader<T>::attend(const FastPass<T>& pass, std::size_t block) {
    const std::size_t lanes = weights_.sizes().lanes;
    const std::size_t panels = weights_.sizes().heads / lanes;
    for (std::size_t i = 0; i < lengths_.size(); ++i) {
        simd::Attention<T> job = pass.attention(block, i, 1, lengths_[i] + 1);
        T* caches[] = {cached(block, i, false), cached(block, i, true)};
        for (std::size_t panel = 0; panel < 2 * panels; ++panel) {
            const T* fresh = job.q + (panels + panel) * trace_.stride;
            T* cache = caches[panel / panels] + panel % panels * cache_stride_;
            std::copy_n(fresh, lanes, cache + lengths_[i] * lanes);
        }
        job.k = caches[0];
        job.v = caches[1];
        job.kv_stride = cache_stride_;
        weights_.kernels().attention_forward(job);
    }
}

}  // namespace

template <class T>
std::unique_ptr<Reader> make_fast_reader(const FastWeights<T>& weights, std::size_t documents) {
    return std::make_unique<FastReader<T>>(weights, documents);
}

template std::unique_ptr<Reader> make_fast_reader(const FastWeights<float>&, std::size_t);
template std::unique_ptr<Reader> make_fast_reader(const FastWeights<double>&, std::size_t);

}  // namespace microgpt
