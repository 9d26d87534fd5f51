// Chapter 7: sampling, engines, memory, and Erlang's randomness.
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "microgpt/engines/candidates.hpp"
#include "microgpt/engines/sampler.hpp"
#include "microgpt/engines/value_engine.hpp"
#include "microgpt/random/erlang_random.hpp"
#include "microgpt/random/random.hpp"
#include "microgpt/run/memory.hpp"
#include "microgpt/training/trainer.hpp"

using namespace microgpt;

namespace {

/// First draws for seven seeds, three of them with more bits than the generator's words.
nlohmann::json erlang_draws() {
    const std::string golden = MICROGPT_SOURCE_DIR "/tests/golden/";
    auto draws = nlohmann::json::parse(std::ifstream(golden + "erlang-rand.json"));
    draws.update(nlohmann::json::parse(std::ifstream(golden + "erlang-rand-large-seeds.json")));
    return draws;
}

/// The seed N of a key "{N,N,N}".
std::uint64_t seed_of(const std::string& key) { return std::stoull(key.substr(1)); }

ValueEngine small_model() {
    static Random random(5);
    return {{.vocab_size = 4, .n_embd = 4, .n_head = 2, .block_size = 6},
            [] { return random.gauss(0, 1); },
            0.01};
}

/// sample() from an engine that is made for it alone.
std::vector<Index> sample_from(ValueEngine engine, const Choose& choose,
                               const std::vector<Index>& prompt = {}) {
    return sample(engine, choose, {.temperature = 1, .prompt = prompt}).front();
}

/// One from an engine that is used again.
std::vector<Index> sample_at(double temperature, ValueEngine& engine, const Choose& choose) {
    return sample(engine, choose, {.temperature = temperature}).front();
}

/// Always draws the same index.
Choose always(std::size_t index) {
    return [index](std::span<const double>) { return index; };
}

}  // namespace

// ---- Erlang's generator

TEST_CASE("seeding gives Erlang's state words", "[ch07][erlang]") {
    const auto golden = erlang_draws();
    for (const auto& [key, draws] : golden.items()) {
        const ErlangRandom random(seed_of(key));
        CHECK(random.state() == draws["state_words"].get<std::vector<std::uint64_t>>());
    }
}

TEST_CASE("uniform() draws what Erlang draws", "[ch07][erlang]") {
    const auto golden = erlang_draws();
    for (const auto& [key, draws] : golden.items()) {
        ErlangRandom random(seed_of(key));
        for (const double expected : draws["uniform"].get<std::vector<double>>())
            CHECK(random.uniform() == expected);
    }
}

TEST_CASE("normal() draws what Erlang draws, tail and wedges included", "[ch07][erlang]") {
    const auto golden = erlang_draws();
    for (const auto& [key, draws] : golden.items()) {
        ErlangRandom random(seed_of(key));
        for (const double expected : draws["normal"].get<std::vector<double>>())
            CHECK(random.normal() == expected);
        ErlangRandom again(seed_of(key));
        double sum = 0;
        double least = 0;
        double most = 0;
        for (int i = 0; i < 20000; ++i) {
            const double x = again.normal();
            sum += x;
            least = std::min(least, x);
            most = std::max(most, x);
        }
        CHECK(sum == draws["sum_of_20000_normals_in_draw_order"].get<double>());
        CHECK(least == draws["min_of_20000"].get<double>());
        CHECK(most == draws["max_of_20000"].get<double>());
    }
}

TEST_CASE("the Ziggurat's table is Erlang's", "[ch07][erlang]") {
    const std::string source = MICROGPT_SOURCE_DIR "/src/microgpt/random/erlang_ziggurat.inc";
    const std::string reference = MICROGPT_SOURCE_DIR "/tests/golden/erlang-ziggurat.csv";
    std::ifstream ours(source);
    std::ifstream theirs(reference);
    std::string line;
    std::string row;
    std::getline(ours, line);   // the comment
    std::getline(theirs, row);  // the heading
    int rows = 0;
    while (std::getline(theirs, row) && std::getline(ours, line)) {
        double k, w, f, k_reference, w_reference, f_reference;
        int index;
        CHECK(std::sscanf(line.c_str(), "{%lf, %lf, %lf}", &k, &w, &f) == 3);
        CHECK(std::sscanf(row.c_str(), "%d,%lf,%lf,%lf", &index, &k_reference, &w_reference,
                          &f_reference) == 4);
        CHECK(k == k_reference);
        CHECK(w == w_reference);
        CHECK(f == f_reference);
        ++rows;
    }
    CHECK(rows == 256);
}

// ---- The engine

TEST_CASE("a step over two documents goes down their mean gradient", "[ch07][engine]") {
    const std::vector<std::vector<Index>> documents = {{3, 0, 1, 3}, {3, 2, 2, 2, 3}};
    Tape tape;
    ValueEngine engine = small_model();
    std::vector<double> weights = engine.parameters();
    auto weight = weights.begin();
    const Gpt gpt(engine.config(), [&] { return *weight++; });
    const auto [first, first_gradients] = differentiate(gpt, documents[0]);
    const auto [second, second_gradients] = differentiate(gpt, documents[1]);
    CHECK(engine.step(documents, 1) == Approx((first + second) / 2));
    const Vector parameters = gpt.parameters();
    for (Index i = 0; i < parameters.size(); ++i) {
        const double mean = (first_gradients[parameters][i] + second_gradients[parameters][i]) / 2;
        CHECK(engine.adam().m[i] == Approx(0.15 * mean).margin(1e-15));
    }
}

TEST_CASE("documents that are read side by side do not disturb each other", "[ch07][engine]") {
    Tape tape;
    ValueEngine engine = small_model();
    const auto both = engine.reader(2);
    const auto alone = engine.reader(1);
    for (const std::vector<Index>& tokens :
         std::vector<std::vector<Index>>{{3, 3}, {0, 2}, {1, 2}}) {
        const std::span<const double> of_both = both->read(tokens);
        const std::span<const double> of_one = alone->read({&tokens[0], 1});
        CHECK(of_both.size() == 8);
        CHECK(std::equal(of_one.begin(), of_one.end(), of_both.begin()));
    }
}

TEST_CASE("an engine goes on from another's parameters and memory", "[ch07][engine]") {
    const std::vector<std::vector<Index>> document = {{3, 0, 1, 3}};
    Tape tape;
    ValueEngine engine = small_model();
    ValueEngine other = small_model();
    engine.step(document, 1);
    other.restore(engine.parameters(), engine.adam());
    CHECK(engine.step(document, 0.5) == other.step(document, 0.5));
    CHECK(engine.parameters() == other.parameters());
    CHECK_THROWS_AS(other.restore({1, 2}, engine.adam()), std::invalid_argument);
    CHECK_THROWS_AS(other.restore(engine.parameters(), {}), std::invalid_argument);
}

// ---- The sampler

TEST_CASE("a document ends where BOS is drawn", "[ch07][sampler]") {
    Tape tape;
    CHECK(sample_from(small_model(), always(3)).empty());
}

TEST_CASE("a document is block_size tokens long at the most", "[ch07][sampler]") {
    Tape tape;
    CHECK(sample_from(small_model(), always(1)) == std::vector<Index>(6, 1));
    CHECK(sample_from(small_model(), always(1), {0, 0}).size() == 6);
}

TEST_CASE("a prompt is what the document starts with", "[ch07][sampler]") {
    Tape tape;
    CHECK(sample_from(small_model(), always(3), {2, 0, 1}) == std::vector<Index>{2, 0, 1});
}

TEST_CASE("the weights are shares, sharper when it is colder", "[ch07][sampler]") {
    Tape tape;
    ValueEngine engine = small_model();
    const auto largest_share = [&](double temperature) {
        double largest = 0;
        sample_at(temperature, engine, [&](std::span<const double> weights) {
            CHECK(weights.size() == 4);
            largest = *std::max_element(weights.begin(), weights.end());
            return std::size_t{3};
        });
        return largest;
    };
    CHECK(largest_share(0.1) > largest_share(1));
    CHECK(largest_share(1) > largest_share(10));
    CHECK(largest_share(1000) == Approx(0.25).margin(0.01));
}

TEST_CASE("at temperature zero the likeliest token is taken, and no draw is made",
          "[ch07][sampler]") {
    Tape tape;
    ValueEngine engine = small_model();
    const Choose never = [](std::span<const double>) -> std::size_t {
        throw std::logic_error("drawn");
    };
    const std::vector<Index> greedy = sample_at(0, engine, never);
    const Index bos = 3;
    const auto reader = engine.reader(1);
    const std::span<const double> logits = reader->read({&bos, 1});
    CHECK(logits[greedy.empty() ? bos : greedy.front()] == std::ranges::max(logits));
}

TEST_CASE("a temperature too small to divide by is as cold as zero", "[ch07][sampler]") {
    Tape tape;
    ValueEngine engine = small_model();
    CHECK(sample_at(1e-310, engine, always(0)) == sample_at(0, engine, always(0)));
}

TEST_CASE("logits that are no numbers are not taken for certainty", "[ch07][sampler][misuse]") {
    Tape tape;
    ValueEngine engine(
        {.vocab_size = 4, .n_embd = 4, .n_head = 2}, [] { return 1e308; }, 0.01);
    CHECK_THROWS_AS(sample_at(0.5, engine, always(0)), NumberError);
    CHECK_THROWS_AS(sample_at(0, engine, always(0)), NumberError);
}

TEST_CASE("sampling leaves the Tape as it was", "[ch07][sampler]") {
    Tape tape;
    ValueEngine engine = small_model();
    const std::size_t before = tape.size();
    sample_at(1, engine, always(1));
    CHECK(tape.size() == before);
}

TEST_CASE("documents side by side take turns, and the next begins where one has ended",
          "[ch07][sampler]") {
    Tape tape;
    ValueEngine engine = small_model();
    const Index bos = 3;
    const std::vector<Index> drawn = {0, 1, 2, bos, bos, 0, 2, bos, bos};
    auto next = drawn.begin();
    const Choose choose = [&](std::span<const double>) { return *next++; };
    const auto documents = sample(engine, choose, {.count = 4, .side_by_side = 2});
    CHECK(documents == std::vector<std::vector<Index>>{{0, 2}, {1}, {0}, {2}});
    CHECK(next == drawn.end());
}

TEST_CASE("what cannot be sampled is refused", "[ch07][sampler][misuse]") {
    Tape tape;
    ValueEngine engine = small_model();
    CHECK_THROWS_AS(sample(engine, always(0), {.temperature = -1}), std::invalid_argument);
    CHECK_THROWS_AS(sample(engine, always(0), {.temperature = NAN}), std::invalid_argument);
    CHECK_THROWS_AS(sample(engine, always(0), {.temperature = INFINITY}), std::invalid_argument);
    CHECK_THROWS_AS(sample(engine, always(0), {.side_by_side = 0}), std::invalid_argument);
    CHECK_THROWS_AS(sample(engine, always(0), {.prompt = {4}}), std::invalid_argument);
    CHECK(sample(engine, always(0), {.count = 0}).empty());
}

// ---- The tail

/// Of shares that softmax makes of some logits.
std::vector<Index> left(std::initializer_list<double> shares, std::size_t top_k, double top_p) {
    std::vector<double> logits;
    for (const double share : shares) logits.push_back(std::log(share));
    return candidates(softmax(logits, 1), top_k, top_p);
}

using Tokens = std::vector<Index>;

TEST_CASE("top-k leaves the k likeliest, in the order of tokens", "[ch07][sampler]") {
    CHECK(left({0.1, 0.4, 0.2, 0.3}, 1, 0) == Tokens{1});
    CHECK(left({0.1, 0.4, 0.2, 0.3}, 2, 0) == Tokens{1, 3});
    CHECK(left({0.1, 0.4, 0.2, 0.3}, 3, 0) == Tokens{1, 2, 3});
    for (const std::size_t all : {std::size_t{0}, std::size_t{4}, std::size_t{5}, SIZE_MAX})
        CHECK(left({0.1, 0.4, 0.2, 0.3}, all, 0) == Tokens{0, 1, 2, 3});
}

TEST_CASE("top-p leaves the fewest that together have that share", "[ch07][sampler]") {
    CHECK(left({0.1, 0.4, 0.2, 0.3}, 0, 0.39) == Tokens{1});
    CHECK(left({0.1, 0.4, 0.2, 0.3}, 0, 0.41) == Tokens{1, 3});
    CHECK(left({0.1, 0.4, 0.2, 0.3}, 0, 0.69) == Tokens{1, 3});
    CHECK(left({0.1, 0.4, 0.2, 0.3}, 0, 0.71) == Tokens{1, 2, 3});
    CHECK(left({0.1, 0.4, 0.2, 0.3}, 0, 0.95) == Tokens{0, 1, 2, 3});
    for (const double all : {0.0, -0.0, 1.0})
        CHECK(left({0.1, 0.4, 0.2, 0.3}, 0, all) == Tokens{0, 1, 2, 3});
    for (const double least : {1e-300, 5e-324}) CHECK(left({0.1, 0.4, 0.5}, 0, least) == Tokens{2});
    const double exact[] = {0.5, 0.25, 0.125, 0.125};
    CHECK(candidates(exact, 0, 0.75) == Tokens{0, 1});
    CHECK(candidates(exact, 0, 0.875) == Tokens{0, 1, 2});
    CHECK(candidates(exact, 0, std::nextafter(0.75, 1)) == Tokens{0, 1, 2});
}

TEST_CASE("of tokens that are equally likely the first are left", "[ch07][sampler]") {
    CHECK(left({1, 1, 1, 1}, 2, 0) == Tokens{0, 1});
    CHECK(left({1, 1, 1, 1}, 0, 0.5) == Tokens{0, 1});
    CHECK(left({1, 2, 1, 2}, 3, 0) == Tokens{0, 1, 3});
    CHECK(left({1, 2, 2, 1}, 1, 0) == Tokens{1});
    CHECK(candidates(std::vector<double>{0, 0, 0}, 2, 0.5) == Tokens{0});
    CHECK(candidates(std::vector<double>(), 2, 0.5).empty());
}

TEST_CASE("top-p is a share of what top-k has left", "[ch07][sampler]") {
    CHECK(left({0.1, 0.4, 0.2, 0.3}, 2, 0.5) == Tokens{1});  // 0.4 of 0.7
    CHECK(left({0.1, 0.4, 0.2, 0.3}, 2, 0.6) == Tokens{1, 3});
    CHECK(left({0.1, 0.4, 0.2, 0.3}, 3, 0.5) == Tokens{1, 3});  // 0.4 of 0.9 is not enough
}

TEST_CASE("a top-p that is no share is refused", "[ch07][sampler][misuse]") {
    Tape tape;
    ValueEngine engine = small_model();
    for (const double bad : {-0.1, 1.1, double(NAN), double(INFINITY)}) {
        CHECK_THROWS_WITH(left({1, 1}, 0, bad), ContainsSubstring("choose a share from 0 to 1"));
        CHECK_THROWS_AS(sample(engine, always(0), {.top_p = bad}), std::invalid_argument);
    }
}

TEST_CASE("what is cut off is not drawn, and what is left keeps its proportions",
          "[ch07][sampler]") {
    Tape tape;
    ValueEngine engine = small_model();
    const Index bos = 3;
    const std::vector<double> all = softmax(engine.reader(1)->read({&bos, 1}), 1);
    const std::vector<Index> two = candidates(all, 2, 0);
    std::vector<double> offered;
    for (const std::size_t second : {0, 1}) {
        const Choose choose = [&](std::span<const double> weights) {
            if (offered.empty()) offered.assign(weights.begin(), weights.end());
            return second;
        };
        const SampleOptions options = {.temperature = 1, .top_k = 2};
        const std::vector<Index> drawn = sample(engine, choose, options).front();
        CHECK((drawn.empty() ? bos : drawn.front()) == two[second]);
    }
    REQUIRE(offered.size() == 2);
    CHECK(offered[0] / offered[1] == Approx(all[two[0]] / all[two[1]]));
    const auto greedy = sample_at(0, engine, always(0));
    CHECK(sample(engine, always(0), {.temperature = 1, .top_k = 1}).front() == greedy);
    CHECK(sample(engine, always(0), {.temperature = 1, .top_p = 1e-9}).front() == greedy);
}

TEST_CASE("at 0 and at 1 nothing is cut off, and every draw is as before", "[ch07][sampler]") {
    Tape tape;
    ValueEngine engine = small_model();
    const auto drawn = [&](const SampleOptions& options) {
        Random random(3);
        const Choose choose = [&](std::span<const double> weights) {
            return random.choices(weights);
        };
        return sample(engine, choose, options);
    };
    const auto expected = drawn({.temperature = 9, .count = 30});
    CHECK(drawn({.temperature = 9, .count = 30, .top_p = 1}) == expected);
    CHECK(drawn({.temperature = 9, .count = 30, .top_k = 4}) == expected);
    CHECK(drawn({.temperature = 9, .count = 30, .top_k = 2}) != expected);
}

// ---- Memory

TEST_CASE("what a step records is known before, nearly to the number", "[ch07][memory]") {
    const GptConfig configs[] = {
        {.vocab_size = 27},
        {.vocab_size = 5, .n_layer = 3, .n_embd = 8, .n_head = 2, .block_size = 40},
        {.vocab_size = 100, .n_layer = 1, .n_embd = 32, .n_head = 8, .block_size = 9},
    };
    for (const GptConfig& config : configs) {
        Tape tape;
        Random random(1);
        const Gpt gpt(config, [&] { return random.gauss(0, 0.08); });
        for (const Index positions : {Index{1}, config.block_size / 2, config.block_size}) {
            const Tape::Scope scope;
            const std::size_t before = tape.size();
            document_loss(gpt, std::vector<Index>(positions + 1, 0));
            const auto recorded = static_cast<double>(tape.size() - before);
            CHECK(numbers_of_a_step(config, positions) >= recorded);
            CHECK(numbers_of_a_step(config, positions) < 1.15 * recorded);
        }
    }
}

TEST_CASE("a model that fits is let through, and one that does not is not", "[ch07][memory]") {
    const auto needed = value_kind().bytes_needed;
    require_memory(needed({.config = {.vocab_size = 27}, .longest = 16}));
    const TrainingConfig large = {.config = {.vocab_size = 27, .n_embd = 1'000'000}, .longest = 16};
    CHECK_THROWS_WITH(require_memory(needed(large)),
                      ContainsSubstring(" GB of memory and there is "));
    CHECK(needed({.config = {.vocab_size = 27}, .longest = 16}) < 3e6);
    CHECK(bytes_available() > 1e8);
}

TEST_CASE("two readers of one engine may end in any order", "[ch07][engine]") {
    Tape tape;
    ValueEngine engine = small_model();
    const Index token = 1;
    const auto expected = [&] {
        const auto reader = engine.reader(1);
        reader->read({&token, 1});
        const auto logits = reader->read({&token, 1});
        return std::vector<double>(logits.begin(), logits.end());
    }();
    auto first = engine.reader(1);
    const auto second = engine.reader(1);
    first->read({&token, 1});
    second->read({&token, 1});
    first.reset();
    const auto logits = second->read({&token, 1});
    CHECK(std::vector<double>(logits.begin(), logits.end()) == expected);
}

TEST_CASE("a reader that has read much forgets what nobody needs", "[ch07][engine]") {
    Tape tape;
    ValueEngine engine = small_model();
    const auto reader = engine.reader(3);
    std::vector<std::vector<Index>> read(3);  // by each document since it began
    for (std::size_t round = 0; round < 3000; ++round) {
        std::vector<Index> tokens;
        for (std::size_t i = 0; i < 3; ++i) {
            if (read[i].size() == 4 + i % 3) {
                reader->restart(i);
                read[i].clear();
            }
            read[i].push_back((7 * round + i) % 4);
            tokens.push_back(read[i].back());
        }
        const auto logits = reader->read(tokens);
        if (round % 97 != 0) continue;
        const auto alone = engine.reader(1);
        std::span<const double> expected;
        for (const Index token : read[1]) expected = alone->read({&token, 1});
        for (std::size_t i = 0; i < 4; ++i) CHECK(logits[4 + i] == expected[i]);
    }
    CHECK(tape.size() < 200'000);
}

TEST_CASE("a reader wants a token of each document, and documents", "[ch07][engine][misuse]") {
    Tape tape;
    ValueEngine engine = small_model();
    const auto reader = engine.reader(2);
    const std::vector<Index> tokens = {0, 1, 2};
    CHECK_THROWS_AS(reader->read(std::span(tokens).first(1)), std::invalid_argument);
    CHECK_THROWS_AS(reader->read(tokens), std::invalid_argument);
    CHECK_THROWS_AS(reader->restart(2), std::out_of_range);
    CHECK_THROWS_AS(engine.reader(0)->read_probabilities({}, 1), std::invalid_argument);
    for (const double temperature : {0.0, -1.0, double(NAN), double(INFINITY)}) {
        CHECK_THROWS_AS(reader->read_probabilities(std::span(tokens).first(2), temperature),
                        std::invalid_argument);
    }
}

TEST_CASE("a logit that is no number is seen, wherever it stands", "[ch07][sampler][misuse]") {
    class Nans final : public Reader {
      public:
        std::span<const double> read(std::span<const Index>) override { return logits_; }
        void restart(std::size_t) override {}

      private:
        std::vector<double> logits_ = {1, double(NAN), 0, 0};
    };
    class Engine final : public microgpt::Engine {
      public:
        const GptConfig& config() const override { return config_; }
        double step(std::span<const std::vector<Index>>, double) override { return 0; }
        std::unique_ptr<Reader> reader(std::size_t) override { return std::make_unique<Nans>(); }
        StepMemory step_memory() const override { return {}; }
        std::vector<double> parameters() const override { return {}; }
        Adam::State adam() const override { return {}; }
        void restore(const std::vector<double>&, const Adam::State&) override {}
        void rearrange(const std::vector<Index>&) override {}

      private:
        GptConfig config_ = {.vocab_size = 4};
    };
    Engine engine;
    CHECK_THROWS_AS(sample(engine, always(0), {.temperature = 0}), NumberError);
    CHECK_THROWS_AS(sample(engine, always(0), {.temperature = 1}), NumberError);
}
