// Started on some ranks, holds the sharded engine against the fast one, bit by bit.
#include <cstdio>
#include <cstdlib>

#include "microgpt/cluster/sharded_engine.hpp"
#include "microgpt/engines/fast/fast_engine.hpp"
#include "microgpt/engines/fast/fast_weights.hpp"
#include "microgpt/random/random.hpp"

using namespace microgpt;

namespace {

using Documents = std::vector<std::vector<Index>>;

/// A step's batch, of documents long and short.
Documents batch_of(const TrainingConfig& training, Random& random) {
    Documents documents(training.batch);
    for (std::size_t i = 0; i < documents.size(); ++i) {
        for (std::size_t token = 0; token < 2 + i % 11; ++token) {
            const double drawn = random.random() * training.config.vocab_size;
            documents[i].push_back(static_cast<Index>(drawn));
        }
    }
    return documents;
}

/// Losses, parameters and, where they are together, moments of three steps.
std::vector<double> trained(const EngineKind& kind, const TrainingConfig& training, bool is_first) {
    Random random(7);
    const auto engine = kind.make(training, [&] { return random.gauss(0, 0.3); });
    std::vector<double> numbers;
    for (int step = 0; step < 3; ++step) {
        numbers.push_back(engine->step(batch_of(training, random), 1.0 / (step + 1)));
        if (step != 1 || training.batch > 1) continue;
        std::vector<Index> order;  // the last first
        for (auto i = static_cast<Index>(parameter_count(training.config)); i > 0; --i)
            order.push_back(i - 1);
        engine->rearrange(order);
    }
    const auto add = [&](const std::vector<double>& more) {
        numbers.insert(numbers.end(), more.begin(), more.end());
    };
    add(engine->parameters());
    if (auto* sharded = dynamic_cast<ClusterEngine*>(engine.get())) sharded->collect_moments();
    if (!is_first) return numbers;
    add(engine->adam().m);
    add(engine->adam().v);
    return numbers;
}

template <class T>
int count_differing(Ranks& ranks, std::size_t threads, const TrainingConfig& training) {
    std::vector<double> expected = trained(fast_kind<T>(1), training, ranks.is_first());
    if (trained(sharded_kind<T>(ranks, threads), training, ranks.is_first()) == expected) return 0;
    std::printf("rank %zu differs: n_embd %u, batch %u, %zu threads, %zu bytes a number\n",
                ranks.rank(), training.config.n_embd, training.batch, threads, sizeof(T));
    return 1;
}

/// The moments take their share of the memory, but for two vectors at either end.
template <class T>
int check_moments(const Ranks& ranks, const GptConfig& config) {
    const auto zero = [] { return 0.0; };
    const FastWeights<T> alone(config, zero);
    const FastWeights<T> part(config, zero, {ranks.rank(), ranks.size()});
    const double share = 1.0 * alone.all().size() / ranks.size();
    const double apart = part.all_m().size() - share;
    const double most = 2.0 * alone.sizes().lanes;
    if (apart <= most && apart >= -most && part.all_v().size() == part.all_m().size()) return 0;
    std::printf("rank %zu has %zu moments\n", ranks.rank(), part.all_m().size());
    return 1;
}

}  // namespace

int main(int argc, char** argv) {
    Ranks ranks(argc, argv, 60);
    ranks.have_met();
    int tried = 0;
    int wrong = 0;
    const GptConfig small = {.vocab_size = 27};
    const GptConfig wide = {.vocab_size = 27, .n_layer = 2, .n_embd = 64, .block_size = 8};
    const GptConfig odd = {.vocab_size = 12, .n_embd = 10, .n_head = 2, .block_size = 5};
    const GptConfig tiny = {.vocab_size = 2, .n_embd = 1, .n_head = 1, .block_size = 1};
    for (const GptConfig& config : {small, wide, odd, tiny}) {
        wrong += check_moments<double>(ranks, config) + check_moments<float>(ranks, config);
        for (const Index batch : {1, 16, 17, 64, 100}) {
            const TrainingConfig training = {config, 0.01, config.block_size, batch};
            const std::size_t odd_one = (ranks.size() + batch) % 2;  // both, over all the ranks
            wrong += count_differing<double>(ranks, 1 + odd_one, training);
            wrong += count_differing<float>(ranks, 2 - odd_one, training);
            tried += 2;
        }
    }
    if (ranks.is_first()) std::printf("%d tried\n", tried);
    return wrong == 0 ? 0 : 1;
}
