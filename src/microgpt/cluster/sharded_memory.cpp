// The memory of a rank: weights, moments, messages and a trace.
#include "microgpt/cluster/sharded_memory.hpp"

#include <algorithm>
#include <bit>

#include "microgpt/cluster/exchange_plan.hpp"
#include "microgpt/engines/fast/fast_trace.hpp"

namespace microgpt {

template <class T>
double sharded_bytes(const TrainingConfig& training, std::size_t threads, std::size_t ranks) {
    const PanelSizes sizes(training.config, simd::kernels<T>().lanes);
    const double n = 1.0 * sizes.n_embd;
    const double layers = training.config.n_layer;
    const double matrices =
        n * (1.0 * sizes.vocab + layers * (4.0 * sizes.heads + 2.0 * sizes.features));
    const double all =
        matrices + n * (1.0 * training.config.vocab_size + training.config.block_size);
    const std::size_t bundles = (bundles_of(training.batch) + ranks - 1) / ranks;
    const double documents = std::min(1.0 * training.batch, 1.0 * bundles * bundle_size);
    const double trace = FastTrace<T>::size(
        sizes, training.config.n_layer, documents * training.longest, training.longest, threads);
    const double sums = 2.0 * std::bit_width(bundles);  // a run may begin and end within a tree
    const double heads = 2.0 * ranks * (sizeof(MessageHead) + sizes.lanes * sizeof(T));
    return sizeof(T) * (all + matrices + 2 * all / ranks + 3 * sums * all + trace) + heads;
}

template double sharded_bytes<float>(const TrainingConfig&, std::size_t, std::size_t);
template double sharded_bytes<double>(const TrainingConfig&, std::size_t, std::size_t);

}  // namespace microgpt
