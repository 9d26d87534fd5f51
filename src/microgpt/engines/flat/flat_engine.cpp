// The flat engine: the loss of a document, and reading by a cache.
#include "microgpt/engines/flat/flat_engine.hpp"

namespace microgpt {

namespace {

/// Many documents, one token of each at a time.
class FlatReader final : public Reader {
  public:
    FlatReader(const GptConfig& config, const double* weights, std::size_t documents)
        : config_(config), gpt_(config), lengths_(documents), readings_(documents) {
        gpt_.use(weights, nullptr);
        const std::size_t rows = documents * config.block_size;
        for (Index i = 0; i < config.n_layer; ++i) cache_.emplace_back(rows * config.n_embd);
    }

    std::span<const double> read(std::span<const Index> tokens) override {
        require_tokens(tokens, readings_.size());
        for (std::size_t i = 0; i < readings_.size(); ++i) {
            require_readable(config_, tokens[i], lengths_[i]);
            readings_[i] = {tokens[i], lengths_[i]};
        }
        const Rows logits = gpt_.forward(
            readings_, [this](Index layer, const FlatBlock& block) { attend(layer, block); });
        for (Index& length : lengths_) ++length;
        return {logits.data, readings_.size() * config_.vocab_size};
    }
    void restart(std::size_t document) override { lengths_.at(document) = 0; }

  private:
    struct Cache {
        explicit Cache(std::size_t size) : keys(size), values(size) {}

        std::vector<double> keys, values;  // (documents, block_size, n_embd)
    };

    void attend(Index layer, const FlatBlock& block) {
        auto& [keys, values] = cache_[layer];
        const std::size_t n = config_.n_embd;
        for (std::size_t i = 0; i < readings_.size(); ++i) {
            const std::size_t begin = i * config_.block_size * n;
            std::copy_n(block.keys[i].data, n, &keys[begin + lengths_[i] * n]);
            std::copy_n(block.values[i].data, n, &values[begin + lengths_[i] * n]);
            const Rows seen = {&keys[begin], nullptr, config_.n_embd};
            const Rows offered = {&values[begin], nullptr, config_.n_embd};
            attention(gpt_.heads(), lengths_[i] + 1, block.query[i].data, seen, offered,
                      block.attention_weights.row(i), block.attention.row(i));
        }
    }

    GptConfig config_;
    FlatGpt gpt_;
    std::vector<Index> lengths_;  // of what has been read
    std::vector<Reading> readings_;
    std::vector<Cache> cache_;
};

}  // namespace

double FlatEngine::differentiate(const std::vector<Index>& tokens, double weight,
                                 std::span<double> gradients) {
    const auto n = static_cast<Index>(positions_read(config(), tokens));
    readings_.clear();
    for (Index i = 0; i < n; ++i) readings_.push_back({tokens[i], i});
    gpt_.use(weights(), gradients.data());
    const Rows logits =
        gpt_.forward(readings_, [this](Index, const FlatBlock& block) { gpt_.attention(block); });
    double loss = 0;
    for (Index i = 0; i < n; ++i) {
        loss += cross_entropy(logits.columns, logits.row(i), tokens[i + 1]);
        cross_entropy_backward(logits.columns, logits.row(i), tokens[i + 1], weight / n,
                               logits[i].gradient);
    }
    gpt_.backward();
    return loss / n;
}

std::unique_ptr<Reader> FlatEngine::reader(std::size_t documents) {
    return std::make_unique<FlatReader>(config(), weights(), documents);
}

EngineKind flat_kind() {
    return {.bytes_needed = array_bytes_needed, .make = make_engine<FlatEngine>};
}

}  // namespace microgpt
