// The graph engine: a graph of shared pointers, as many programs of this kind have it.
#pragma once

#include "microgpt/engines/graph/number_vector.hpp"
#include "microgpt/engines/recording_engine.hpp"

namespace microgpt {

/// The parameters as Numbers, from which each step builds a graph node by node, sorts it, and takes
/// it apart.
class GraphRecorder {
  public:
    using Model = BasicGpt<NumberMatrix>;

    explicit GraphRecorder(const GptConfig& config);

    /// As RecordingEngine asks for them.
    Model model() const;
    void begin(const double* parameters, double* gradients);
    /// What nobody looks back at is gone already.
    void keep(std::vector<BasicGpt<NumberMatrix>::Context>&) {}
    double backward(const Number& loss, double weight);
    StepMemory memory() const { return {nodes_, nodes_ * Number::bytes}; }

  private:
    GptConfig config_;
    std::vector<Number> parameters_;
    double* gradients_ = nullptr;
    std::size_t before_ = 0;  // how many Numbers there were
    std::size_t nodes_ = 0;   // how many more a loss has made
};

/// The model in Numbers.
using GraphEngine = RecordingEngine<GraphRecorder>;

/// Graph engines. Each keeps two Numbers for each parameter at each position, and one for what else
/// is computed.
EngineKind graph_kind();

}  // namespace microgpt
