// Chapter 8: the fast engine, on every instruction set, in both precisions, in its memory.
#include <algorithm>
#include <cmath>
#include <set>
#if defined(__GLIBC__)
#include <malloc.h>
#endif

#include "catch.hpp"
#include "microgpt/engines/fast/fast_engine.hpp"
#include "microgpt/engines/fast/fast_weights.hpp"
#include "microgpt/engines/fast/simd.hpp"
#include "microgpt/engines/order/balance.hpp"
#include "microgpt/engines/value_engine.hpp"
#include "microgpt/random/random.hpp"
#include "shapes.hpp"

using namespace microgpt;

namespace {

/// The mean of the gradients, 1 - beta1 of it, that a new engine of that kind finds.
std::vector<double> first_gradients(const EngineKind& kind, const GptConfig& config) {
    Tape tape;
    const auto engine = engine_of(kind, config);
    engine->step(documents_for(config), 0);
    return engine->adam().m;
}

/// Thirty models and batches: odd sums of vocab_size and block_size, widths that are no power of
/// two and fewer or more documents than threads among them.
std::vector<TrainingConfig> thirty_trainings() {
    std::vector<TrainingConfig> trainings;
    for (const GptConfig& config : ten_shapes) {
        for (const Index batch : {1, 5, 16})
            trainings.push_back({config, 0.01, config.block_size, batch});
    }
    return trainings;
}

/// What a checkpoint would hold after a few steps of an engine with so many threads.
template <class T>
std::vector<double> trained(const TrainingConfig& training, std::size_t threads) {
    Random random(7);
    const auto engine = fast_kind<T>(threads).make(training, [&] { return random.gauss(0, 0.3); });
    const std::vector<std::vector<Index>> three = documents_for(training.config);
    for (const double decay : {1.0, 0.7}) {
        std::vector<std::vector<Index>> batch;
        for (Index i = 0; i < training.batch; ++i) batch.push_back(three[i % 3]);
        engine->step(batch, decay);
    }
    std::vector<double> numbers = engine->parameters();
    const Adam::State adam = engine->adam();
    for (const std::vector<double>* more : {&adam.m, &adam.v}) {
        numbers.insert(numbers.end(), more->begin(), more->end());
    }
    return numbers;
}

/// How far apart, as a share of the largest.
double distance(const std::vector<double>& a, const std::vector<double>& b) {
    double largest = 0;
    double apart = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        largest = std::max(largest, std::abs(b[i]));
        apart = std::max(apart, std::abs(a[i] - b[i]));
    }
    return apart / largest;
}

/// Has engines be made for this instruction set, until the end of its Scope.
class Only {
  public:
    explicit Only(std::size_t target) { simd::choose(target); }
    ~Only() { simd::choose(0); }
    Only(const Only&) = delete;
    Only& operator=(const Only&) = delete;
};

#if defined(__SANITIZE_ADDRESS__)
constexpr bool malloc_counts = false;
#elif defined(__has_feature)
constexpr bool malloc_counts = !__has_feature(address_sanitizer);
#else
constexpr bool malloc_counts = true;
#endif

/// Bytes that malloc has given out.
double bytes_in_use() {
#if defined(__GLIBC__)
    const auto info = mallinfo2();
    return static_cast<double>(info.uordblks + info.hblkhd);
#else
    return 0;
#endif
}

template <class T>
void check_memory(const TrainingConfig& training) {
    Random random(1);
    const std::vector<std::vector<Index>> batch(training.batch,
                                                std::vector<Index>(training.longest + 1));
    const EngineKind kind = fast_kind<T>();
    const double before = bytes_in_use();
    const auto engine = kind.make(training, [&] { return random.gauss(0, 0.08); });
    engine->step(batch, 1);
    const double taken = bytes_in_use() - before;
    INFO(kind.bytes_needed(training) << " said, " << taken << " taken");
    if (taken > 0) CHECK(std::abs(taken / kind.bytes_needed(training) - 1) < 0.02);
}

}  // namespace

TEST_CASE("every instruction set finds the same gradients", "[ch08][fast]") {
    std::set<std::string> tried;
    for (std::size_t target = 0; target < simd::targets(); ++target) {
        const Only only(target);
        tried.insert(simd::kernels<double>().target);
        INFO(simd::kernels<double>().target);
        for (const GptConfig& config : ten_shapes) {
            const std::vector<double> expected = first_gradients(value_kind(), config);
            CHECK(distance(first_gradients(fast_kind<double>(), config), expected) < 1e-12);
            CHECK(distance(first_gradients(fast_kind<float>(), config), expected) < 1e-4);
        }
    }
    CHECK(tried.size() == simd::targets());
#if defined(__x86_64__)
    CHECK(tried.size() > 1);  // there is one that needs nothing, at the least
#endif
}

namespace {

template <class T>
void check_threads(const TrainingConfig& training) {
    const std::vector<double> expected = trained<T>(training, 1);
    for (const std::size_t threads : {2, 3, 7}) {
        INFO(threads << " threads");
        CHECK((trained<T>(training, threads) == expected));  // no need to print them
    }
}

}  // namespace

TEST_CASE("the number of threads changes no bit of thirty models", "[ch08][fast]") {
    const std::vector<TrainingConfig> trainings = thirty_trainings();
    REQUIRE(trainings.size() == 30);
    for (const TrainingConfig& training : trainings) {
        INFO("n_embd " << training.config.n_embd << ", batch " << training.batch);
        check_threads<double>(training);
        check_threads<float>(training);
    }
}

TEST_CASE("nor does it on any instruction set", "[ch08][fast]") {
    for (std::size_t target = 0; target < simd::targets(); ++target) {
        const Only only(target);
        INFO(simd::kernels<double>().target);
        for (const std::size_t odd : {0, 3, 6, 9}) {
            const TrainingConfig training = {ten_shapes[odd], 0.01, ten_shapes[odd].block_size, 5};
            check_threads<double>(training);
            check_threads<float>(training);
        }
    }
}

TEST_CASE("an order is balanced in halves, and in halves of halves", "[ch08][fast]") {
    const std::vector<std::size_t> lengths = {9, 3, 7, 5, 6, 12, 4, 8, 7, 7, 5, 6, 3, 10, 6, 5};
    std::vector<std::size_t> order;
    balance(lengths, order);
    REQUIRE(order.size() == lengths.size());
    CHECK(std::set<std::size_t>(order.begin(), order.end()).size() == order.size());
    std::vector<std::size_t> ends = {0};
    for (const std::size_t i : order) ends.push_back(ends.back() + lengths[i]);
    REQUIRE(ends.back() == 103);
    for (const double cut : {0.25, 0.5, 0.75}) {
        const double wanted = cut * 103;
        const auto nearest = std::ranges::min(
            ends, {}, [=](std::size_t end) { return std::abs(static_cast<double>(end) - wanted); });
        INFO(wanted << ", " << nearest);
        CHECK(std::abs(static_cast<double>(nearest) - wanted) <= 1);
    }
    balance(std::vector<std::size_t>(), order);
    CHECK(order.empty());
}

TEST_CASE("a number that is none is the largest, wherever it stands", "[ch08][fast]") {
    const simd::Kernels<float>& kernels = simd::kernels<float>();
    for (std::size_t i = 0; i < 2 * kernels.lanes; ++i) {
        Buffer<float> numbers(2 * kernels.lanes);
        std::fill_n(numbers.data(), numbers.size(), -3.0F);
        CHECK(kernels.largest(numbers.data(), numbers.size()) == 3);
        numbers.data()[i] = std::nanf("");
        CHECK(std::isnan(kernels.largest(numbers.data(), numbers.size())));
    }
}

TEST_CASE("a gradient of embeddings too large to be squared is refused", "[ch08][fast]") {
    const GptConfig& config = ten_shapes[0];
    for (const EngineKind& kind : {fast_kind<double>(), value_kind()}) {
        Tape tape;
        const auto engine = engine_of(kind, config);
        std::vector<double> weights = engine->parameters();
        const std::size_t table = std::size_t{16} * (27 + 16);
        for (std::size_t i = 0; i < table + std::size_t{16} * 27; ++i)
            weights[i] *= i < table ? 0 : 1e200;
        engine->restore(weights, engine->adam());
        CHECK_THROWS_AS(engine->step(documents_for(config), 1), NumberError);
        CHECK(engine->parameters() == weights);
    }
}

TEST_CASE("in single precision as well, a gradient of numbers too large is refused",
          "[ch08][fast]") {
    const auto engine = engine_of(fast_kind<float>(), ten_shapes[0]);
    std::vector<double> weights = engine->parameters();
    std::vector<double> beyond = weights;
    beyond[0] = 1e40;
    CHECK_THROWS_AS(engine->restore(beyond, engine->adam()), std::invalid_argument);
    CHECK(engine->parameters() == weights);
    for (const double scale : {1e10, 1e20, 1e38}) {
        std::vector<double> large = weights;
        for (double& weight : large) weight *= scale;
        engine->restore(large, engine->adam());
        const std::vector<double> kept = engine->parameters();
        CHECK_THROWS_AS(engine->step(documents_for(ten_shapes[0]), 1), NumberError);
        CHECK(engine->parameters() == kept);
        CHECK(engine->adam().steps == 0);
    }
}

TEST_CASE("the fast engine takes the memory that its formula says", "[ch08][fast][memory]") {
    if (!malloc_counts) return;
    const GptConfig wide = {.vocab_size = 27, .n_layer = 2, .n_embd = 256, .n_head = 4};
    const GptConfig odd = {.vocab_size = 90, .n_layer = 3, .n_embd = 140, .n_head = 7};
    const GptConfig deep = {.vocab_size = 27, .n_embd = 16, .n_head = 4, .block_size = 700};
    for (const TrainingConfig& training :
         {TrainingConfig{wide, 0.01, 16, 1}, TrainingConfig{wide, 0.01, 16, 40},
          TrainingConfig{odd, 0.01, 9, 16}, TrainingConfig{deep, 0.01, 700, 2}}) {
        check_memory<double>(training);
        check_memory<float>(training);
    }
}
