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

}  // namespace microgpt
