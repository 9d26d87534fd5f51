// Engines: which name is which class.
#include "microgpt/engines.hpp"

#include <stdexcept>

#include "microgpt/flat_engine.hpp"
#include "microgpt/graph_engine.hpp"
#include "microgpt/tape_engine.hpp"
#include "microgpt/value_engine.hpp"

namespace microgpt {

std::unique_ptr<Engine> make_engine(const std::string& name, const GptConfig& config,
                                    const Draw& draw, double learning_rate) {
    if (name == "graph") return std::make_unique<GraphEngine>(config, draw, learning_rate);
    if (name == "value") return std::make_unique<ValueEngine>(config, draw, learning_rate);
    if (name == "tape") return std::make_unique<TapeEngine>(config, draw, learning_rate);
    if (name == "flat") return std::make_unique<FlatEngine>(config, draw, learning_rate);
    throw std::invalid_argument("there is no engine '" + name + "'");
}

}  // namespace microgpt
