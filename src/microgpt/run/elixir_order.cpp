// The Elixir program's order: two lists of the same matrices, laid side by side.
#include "microgpt/run/elixir_order.hpp"

#include <algorithm>
#include <functional>

namespace microgpt {

namespace {

/// A matrix, and which parameter is its first.
struct Placed {
    Shape shape;
    Index first;
};

std::vector<Placed> placed(const GptConfig& config) {
    std::vector<Placed> matrices;
    Index first = 0;
    for (const Shape& shape : shapes(config)) {
        matrices.push_back({shape, first});
        first += shape.rows * shape.columns;
    }
    return matrices;
}

/// The parameters of the matrices, one matrix after another.
std::vector<Index> flattened(const std::vector<Placed>& matrices) {
    std::vector<Index> parameters;
    for (const auto& [shape, first] : matrices) {
        const Index end = first + shape.rows * shape.columns;
        for (Index i = first; i < end; ++i) parameters.push_back(i);
    }
    return parameters;
}

bool is_mlp(const Placed& matrix) { return matrix.shape.name.find(".mlp_") != std::string::npos; }

}  // namespace

std::vector<Index> elixir_order(const GptConfig& config) {
    std::vector<Placed> by_source = placed(config);
    std::stable_partition(by_source.begin(), by_source.end(), std::not_fn(is_mlp));
    std::vector<Placed> by_name = by_source;
    std::ranges::sort(by_name, {}, [](const Placed& matrix) { return matrix.shape.name; });

    const std::vector<Index> from = flattened(by_name);
    const std::vector<Index> to = flattened(by_source);
    std::vector<Index> order(from.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[to[i]] = from[i];
    return order;
}

}  // namespace microgpt
