// The graph engine: parameters go into their nodes, gradients come out.
#include "microgpt/engines/graph/graph_engine.hpp"

#include "microgpt/engines/value_engine.hpp"

namespace microgpt {

GraphRecorder::GraphRecorder(const GptConfig& config) : config_(config) {
    const std::size_t count = parameter_count(config);
    for (std::size_t i = 0; i < count; ++i) parameters_.emplace_back(0);
}

GraphRecorder::Model GraphRecorder::model() const {
    auto next = parameters_.begin();
    return {config_, [&](const Shape& shape) {
                NumberMatrix matrix;
                for (Index i = 0; i < shape.rows; ++i, next += shape.columns) {
                    matrix.rows.emplace_back(next, next + shape.columns);
                }
                return matrix;
            }};
}

/// Gives every parameter its number of today.
void GraphRecorder::begin(const double* parameters, double* gradients) {
    for (std::size_t i = 0; i < parameters_.size(); ++i) parameters_[i].reset(parameters[i]);
    gradients_ = gradients;
    before_ = Number::count();
}

double GraphRecorder::backward(const Number& loss, double weight) {
    nodes_ = Number::count() - before_;
    loss.backward();
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
        gradients_[i] += weight * parameters_[i].gradient();
    }
    return loss.data();
}

EngineKind graph_kind() {
    return {.bytes_needed =
                [](const TrainingConfig& training) {
                    const double products =
                        2 * training.longest * count_parameters(training.config);
                    return 200 * (products + numbers_of_a_step(training.config, training.longest));
                },
            .make = make_engine<GraphEngine>};
}

}  // namespace microgpt
