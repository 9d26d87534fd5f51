// Gpt: a token and what was read before it go in, the logits of the next token come out.
#include "microgpt/model/gpt.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace microgpt {

namespace {

[[noreturn]] void refuse_as_too_large(double count, const std::string& what) {
    const std::string digits = std::to_string(count);
    throw std::invalid_argument("a model of " + digits.substr(0, digits.find('.')) +
                                " parameters is too large for " + what +
                                ": choose a smaller n_embd, n_layer or block_size");
}

}  // namespace

std::vector<Shape> shapes(const GptConfig& config) {
    const Index n = config.n_embd;
    std::vector<Shape> all = {{"wte", config.vocab_size, n},
                              {"wpe", config.block_size, n},
                              {"lm_head", config.vocab_size, n}};
    for (Index i = 0; i < config.n_layer; ++i) {
        const std::string layer = "layer" + std::to_string(i);
        for (const char* name : {".attn_wq", ".attn_wk", ".attn_wv", ".attn_wo"}) {
            all.push_back({layer + name, n, n});
        }
        all.push_back({layer + ".mlp_fc1", 4 * n, n});
        all.push_back({layer + ".mlp_fc2", n, 4 * n});
    }
    return all;
}

double count_parameters(const GptConfig& config) {
    const double n = config.n_embd;
    return n * (2.0 * config.vocab_size + config.block_size + 12 * n * config.n_layer);
}

std::size_t parameter_count(const GptConfig& config) {
    require_sizes(config);
    const double count = count_parameters(config);
    if (count > std::numeric_limits<Index>::max()) refuse_as_too_large(count, "an Index");
    return static_cast<std::size_t>(count);
}

std::string parameter_name(const GptConfig& config, std::size_t i) {
    for (const auto& [name, rows, columns] : shapes(config)) {
        const std::size_t size = std::size_t{rows} * columns;
        if (i < size) {
            return name + "[" + std::to_string(i / columns) + ", " + std::to_string(i % columns) +
                   "]";
        }
        i -= size;
    }
    throw std::out_of_range("the model has no such parameter");
}

// ---- What a model refuses

void require_sizes(const GptConfig& config) {
    for (const Index size :
         {config.vocab_size, config.n_layer, config.n_embd, config.n_head, config.block_size}) {
        if (size == 0) throw std::invalid_argument("a model's sizes start at 1");
    }
    head_dim_of(config.n_embd, config.n_head);  // throws where they do not fit
}

void require_readable(const GptConfig& config, Index token, std::size_t position) {
    if (token >= config.vocab_size) throw std::invalid_argument("a token not in the vocabulary");
    if (position >= config.block_size) {
        throw std::invalid_argument("the context is full: it holds block_size = " +
                                    std::to_string(config.block_size) + " tokens");
    }
}

std::size_t positions_read(const GptConfig& config, const std::vector<Index>& tokens) {
    if (tokens.size() < 2) throw std::invalid_argument("a document has two tokens at the least");
    const std::size_t n = std::min<std::size_t>(config.block_size, tokens.size() - 1);
    for (std::size_t i = 0; i <= n; ++i) require_readable(config, tokens[i], 0);
    return n;
}

namespace {

const GptConfig& checked(const GptConfig& config) {
    const std::size_t count = parameter_count(config);
    if (count > Tape::current().capacity()) {
        refuse_as_too_large(static_cast<double>(count), "the Tape");
    }
    return config;
}

}  // namespace

// ---- The model

// Members are initialised in the order of their declaration, so the weights are drawn in it.
Gpt::Gpt(const GptConfig& config, const Draw& draw)
    : config_(checked(config)),
      wte_(config.vocab_size, config.n_embd, draw),
      wpe_(config.block_size, config.n_embd, draw),
      lm_head_(config.vocab_size, config.n_embd, draw) {
    for (Index i = 0; i < config.n_layer; ++i) blocks_.emplace_back(config, draw);
}

Vector Gpt::operator()(Index token, Context& context) const {
    if (context.size() != config_.n_layer) {
        throw std::invalid_argument("not a context of this model: start with empty_context()");
    }
    const Index position = context.front().size();
    require_readable(config_, token, position);
    Vector x = rmsnorm(wte_.row(token) + wpe_.row(position));
    for (Index i = 0; i < config_.n_layer; ++i) x = blocks_[i](x, context[i]);
    return linear(x, lm_head_);
}

std::vector<NamedMatrix> Gpt::matrices() const {
    std::vector<Matrix> all = {wte_, wpe_, lm_head_};
    for (const auto& [attention, mlp] : blocks_) {
        all.insert(all.end(), {attention.wq, attention.wk, attention.wv, attention.wo});
        all.insert(all.end(), {mlp.fc1, mlp.fc2});
    }
    std::vector<NamedMatrix> named;
    for (const Shape& shape : shapes(config_)) named.push_back({shape.name, all[named.size()]});
    return named;
}

Vector Gpt::parameters() const { return parameters_of(wte_, blocks_.back().mlp.fc2); }

}  // namespace microgpt
