// The graph engine: parameters go into their nodes, gradients come out.
#include "microgpt/engines/graph/graph_engine.hpp"

namespace microgpt {

namespace {

GptOf<NumberMatrix> gpt_of(const GptConfig& config, const std::vector<Number>& parameters) {
    auto next = parameters.begin();
    return {config, [&](const Shape& shape) {
                NumberMatrix matrix;
                for (Index i = 0; i < shape.rows; ++i, next += shape.columns) {
                    matrix.rows.emplace_back(next, next + shape.columns);
                }
                return matrix;
            }};
}

}  // namespace

GraphEngine::GraphEngine(const GptConfig& config, const Draw& draw, double learning_rate)
    : ArrayEngine(config, draw, learning_rate),
      parameters_(weights(), weights() + static_cast<std::size_t>(count_parameters(config))),
      gpt_(gpt_of(config, parameters_)) {}

void GraphEngine::reset() {
    for (std::size_t i = 0; i < parameters_.size(); ++i) parameters_[i].reset(weights()[i]);
}

double GraphEngine::differentiate(const std::vector<Index>& tokens, double weight,
                                  std::span<double> gradients) {
    reset();
    const std::size_t before = Number::count();
    GptOf<NumberMatrix>::Context context = gpt_.empty_context();
    const Number loss = gpt_.loss(tokens, context);
    nodes_ = Number::count() - before;
    loss.backward();
    for (std::size_t i = 0; i < gradients.size(); ++i) {
        gradients[i] += weight * parameters_[i].gradient();
    }
    return loss.data();
}

std::unique_ptr<Reader> GraphEngine::reader(std::size_t documents) {
    reset();
    return std::make_unique<ReaderOf<NumberMatrix>>(gpt_, documents);
}

}  // namespace microgpt
