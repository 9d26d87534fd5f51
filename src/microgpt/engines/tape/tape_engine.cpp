// The tape engine: a document is recorded, and walked back.
#include "microgpt/engines/tape/tape_engine.hpp"

namespace microgpt {

TapeRecorder::Model TapeRecorder::model() {
    auto next = weights_.matrices().begin();
    return {config_, [&](const Shape&) { return ArrayMatrix{&tape_, &*next++}; }};
}

void TapeRecorder::begin(const double* parameters, double* gradients) {
    weights_.read(parameters, gradients);
    tape_.clear();
}

double TapeRecorder::backward(const Array& loss, double weight) {
    tape_.backward(loss, weight);
    for (const Weights& w : weights_.matrices()) add_outer_products(w);
    return *loss.data;
}

void TapeRecorder::keep(std::vector<BasicGpt<ArrayMatrix>::Context>& contexts) {
    const std::size_t size = 2 * std::size_t{config_.block_size} * config_.n_embd;
    kept_.resize(contexts.size() * config_.n_layer * size);
    double* place = kept_.data();  // of a document and layer
    for (Model::Context& context : contexts) {
        for (auto& [keys, values] : context) {
            double* to = place + 2 * (keys.size() - 1) * config_.n_embd;
            for (Array* last : {&keys.back(), &values.back()}) {
                std::copy_n(last->data, last->size, to);
                last->data = to;
                to += last->size;
            }
            place += size;
        }
    }
    tape_.clear();
}

EngineKind tape_kind() {
    return {.bytes_needed = array_bytes_needed, .make = make_engine<TapeEngine>};
}

}  // namespace microgpt
