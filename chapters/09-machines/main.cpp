// Chapter 9: many machines: a step shared by the ranks of a job, and the bits of one process.
#include <algorithm>
#include <cstdio>
#include <exception>

#include "exchange_time.hpp"
#include "microgpt/cluster/exchange_plan.hpp"
#include "microgpt/cluster/sharded_engine.hpp"
#include "microgpt/data/dataset.hpp"
#include "microgpt/data/tokenizer.hpp"
#include "microgpt/engines/fast/fast_engine.hpp"
#include "microgpt/random/random.hpp"

using namespace microgpt;

constexpr Index steps = 100;
constexpr Index batch = 48;  // names a step: three bundles

// ---- The same names for all

struct Course {
    std::vector<std::vector<Index>> documents;
    TrainingConfig training;
    Random random;  // as it is before the first weight is drawn
};

/// The first rank reads the names, and hands them round.
Course course(const Ranks& ranks) {
    const std::string text = ranks.broadcast(ranks.is_first() ? load_dataset().text : "");
    std::vector<std::string_view> names = documents(text, "names.txt");
    Random random(42);
    random.shuffle(names);
    const Tokenizer tokenizer(names);
    const GptConfig config = {.vocab_size = tokenizer.vocab_size()};
    Course found = {{}, {.config = config, .longest = config.block_size, .batch = batch}, random};
    for (Index i = 0; i < steps * batch; ++i) {
        found.documents.push_back(tokenizer.encode(names[i % names.size()]));
    }
    return found;
}

// ---- One training

struct Trained {
    std::vector<double> losses;
    std::vector<double> weights;
};

Trained train(const EngineKind& kind, const Course& course) {
    Random random = course.random;
    const auto engine = kind.make(course.training, [&] { return random.gauss(0, 0.08); });
    Trained trained;
    for (Index step = 0; step < steps; ++step) {
        const std::span names(&course.documents[std::size_t{step} * batch], batch);
        trained.losses.push_back(engine->step(names, linear_decay(step, steps)));
    }
    trained.weights = engine->parameters();
    return trained;
}

/// How many weights in a hundred are the same bits.
double percent_same(const Trained& a, const Trained& b) {
    double same = 0;
    for (std::size_t i = 0; i < a.weights.size(); ++i) same += a.weights[i] == b.weights[i];
    return 100 * same / static_cast<double>(a.weights.size());
}

void print(const std::string& who, const Trained& trained, const Trained& alone) {
    std::printf("%-18s %.12f nats %.12f nats %7.1f %%\n", who.c_str(), trained.losses.front(),
                trained.losses.back(), percent_same(trained, alone));
}

template <class T>
void compare(Ranks& ranks, const Course& course) {
    const std::string dtype = sizeof(T) == 4 ? ", f32" : ", f64";
    const Trained alone = train(fast_kind<T>(1), course);
    const Trained together = train(sharded_kind<T>(ranks), course);
    if (!ranks.is_first()) return;
    print("one process" + dtype, alone, alone);
    print(std::to_string(ranks.size()) + " ranks" + dtype, together, alone);
}

// ---- Who does what

void print_plan(const Ranks& ranks, double parameters) {
    const ExchangePlan plan = exchange_plan(batch, Ranks::Counts(ranks.size(), 1), ranks.rank(), 0);
    std::puts("rank  reads names  sums it sends  and has Adam's means of");
    for (std::size_t rank = 0; rank < ranks.size(); ++rank) {
        const auto& [first, last] = plan.runs[rank];
        std::printf("%4zu %5zu to %3zu %14zu %12.0f parameters\n", rank, first * bundle_size,
                    std::min<std::size_t>(last * bundle_size, batch) - 1, plan.left[rank],
                    parameters / static_cast<double>(ranks.size()));
    }
}

int main(int argc, char** argv) try {
    Ranks ranks(argc, argv, 60);
    ranks.have_met();
    const Course names = course(ranks);
    const double parameters = count_parameters(names.training.config);
    if (ranks.is_first()) {
        std::printf("%zu ranks, %.0f parameters, %u names a step\n\n", ranks.size(), parameters,
                    batch);
        print_plan(ranks, parameters);
        std::printf("\n%-18s %-19s %-19s weights that are the same\n", "", "loss of step 1",
                    "of the last step");
    }
    compare<double>(ranks, names);
    compare<float>(ranks, names);
    const Network network = measured_network(ranks);
    if (!ranks.is_first()) return 0;
    std::printf("\nbetween two ranks: alpha %.2f us, beta %.2f GB/s\n", 1e6 * network.latency,
                network.bandwidth / 1e9);
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    Ranks::end_all(1);
}
