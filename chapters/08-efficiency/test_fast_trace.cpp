// Chapter 8: where the fast engine keeps its numbers, and how it reads with them.
#include <algorithm>
#include <cmath>

#include "catch.hpp"
#include "microgpt/engines/fast/fast_reader.hpp"
#include "microgpt/engines/fast/fast_trace.hpp"
#include "microgpt/random/random.hpp"
#include "shapes.hpp"

using namespace microgpt;

namespace {

template <class T>
FastWeights<T> random_weights(const GptConfig& config) {
    Random random(5);
    return {config, [&] { return random.gauss(0, 0.3); }};
}

/// Every array of a trace that has so many columns, or, if none, a scale a position.
template <class T>
std::vector<std::pair<T*, std::size_t>> arrays_of(const FastTrace<T>& trace, const PanelSizes& s,
                                                  std::size_t positions, std::size_t longest) {
    const std::size_t weights = s.weights_of_query(longest);
    std::vector<std::pair<T*, std::size_t>> all;
    const auto add = [&](T* array, std::size_t columns) {
        all.emplace_back(array, positions * columns);
    };
    for (const BlockTrace<T>& b : trace.blocks) {
        for (T* x : {b.x, b.normed, b.middle, b.middle_normed, b.dmiddle, b.doutput})
            add(x, s.n_embd);
        for (T* x : {b.qkv, b.dqkv}) add(x, 3 * s.heads);
        for (T* x : {b.features, b.dfeatures}) add(x, s.features);
        for (T* x : {b.scale, b.middle_scale}) add(x, 1);
        add(b.attention, s.heads);
        add(b.attention_weights, weights);
    }
    for (T* x : {trace.embedded, trace.last, trace.dembedded, trace.dnormed}) add(x, s.n_embd);
    for (T* x : {trace.scale, trace.losses}) add(x, 1);
    add(trace.logits, s.vocab);
    add(trace.dattention, s.heads);
    for (const std::size_t thread : {0, 1}) {
        all.emplace_back(trace.scratch(thread), longest * s.lanes);
    }
    return all;
}

}  // namespace

// ---- fast_trace

TEST_CASE("no two arrays of a trace overlap, and all fit", "[ch08][fast_trace]") {
    for (const GptConfig& config : ten_shapes) {
        const PanelSizes sizes(config, 8);
        FastTrace<float> trace(sizes, config.n_layer, 2);
        for (const std::size_t positions : {5, 16, 3}) {
            const std::size_t longest = std::min<std::size_t>(positions, 4);
            trace.lay_out(positions, longest);
            auto arrays = arrays_of(trace, sizes, positions, longest);
            std::ranges::sort(arrays);
            for (std::size_t i = 0; i + 1 < arrays.size(); ++i) {
                CHECK(arrays[i].first + arrays[i].second <= arrays[i + 1].first);
                CHECK((arrays[i].first - arrays[0].first) % 8 == 0);
            }
            const float* end = arrays.back().first + arrays.back().second;
            CHECK(static_cast<std::size_t>(end - arrays[0].first) * sizeof(float) <= trace.bytes());
        }
    }
}

TEST_CASE("a trace takes what its size says, and keeps it for fewer positions",
          "[ch08][fast_trace]") {
    for (const GptConfig& config : ten_shapes) {
        for (const std::size_t threads : {0, 1, 3}) {
            const PanelSizes sizes(config, 4);
            FastTrace<double> trace(sizes, config.n_layer, threads);
            trace.lay_out(11, 6);
            const double size = FastTrace<double>::size(sizes, config.n_layer, 11, 6, threads);
            CHECK(static_cast<double>(trace.bytes()) == 8 * size);
            trace.lay_out(7, 6);
            CHECK(static_cast<double>(trace.bytes()) == 8 * size);
        }
    }
}

TEST_CASE("a trace's inputs and slopes are those of every matrix", "[ch08][fast_trace]") {
    const GptConfig& config = ten_shapes[1];
    const PanelSizes s(config, 8);
    FastTrace<double> trace(s, config.n_layer, 1);
    trace.lay_out(9, 9);
    const std::size_t layers = config.n_layer;
    CHECK(trace.inputs().size() ==
          9 * (layers * (2 * s.n_embd + 4 * s.heads + s.features) + s.n_embd));
    CHECK(trace.slopes().size() ==
          9 * (layers * (2 * s.n_embd + 3 * s.heads + s.features) + s.vocab + s.n_embd));
    for (const BlockTrace<double>& b : trace.blocks) {
        for (const double* x : {b.normed, b.qkv, b.attention, b.middle_normed, b.features}) {
            CHECK((x >= trace.inputs().data() && x < &trace.inputs().back()));
        }
        for (const double* x : {b.dqkv, b.dmiddle, b.dfeatures, b.doutput}) {
            CHECK((x >= trace.slopes().data() && x < &trace.slopes().back()));
        }
    }
}

TEST_CASE("a trace refuses a scale of 0", "[ch08][fast_trace]") {
    FastTrace<float> trace(PanelSizes(ten_shapes[0], 8), 1, 1);
    trace.lay_out(3, 3);
    for (float* scales : {trace.scale, trace.blocks[0].scale, trace.blocks[0].middle_scale}) {
        std::fill_n(scales, 3, 1.0F);
    }
    CHECK_NOTHROW(trace.require_scales(3));
    trace.blocks[0].middle_scale[2] = 0;
    CHECK_NOTHROW(trace.require_scales(2));
    CHECK_THROWS_AS(trace.require_scales(3), NumberError);
}

// ---- fast_weights

TEST_CASE("weights in panels: each matrix has its own place, and stands there twice",
          "[ch08][fast_weights]") {
    for (const GptConfig& config : ten_shapes) {
        FastWeights<double> weights = random_weights<double>(config);
        const std::size_t lanes = weights.sizes().lanes;
        std::size_t end = 0;
        for (const auto& [qkv, wo, fc1, fc2] : weights.layout().blocks) {
            for (const PanelMatrix& w : {qkv, wo, fc1, fc2}) {
                CHECK(w.begin == end);
                end += w.rows * w.columns;
                const PanelMatrix transposed = {w.columns, w.rows, 0};
                for (std::size_t i = 0; i < w.rows; ++i) {
                    const std::size_t k = i % w.columns;
                    CHECK(weights.transposed(w)[transposed.place(k, i, lanes)] ==
                          weights.w({})[w.place(i, k, lanes)]);
                }
            }
        }
        CHECK(weights.layout().head.begin == end);
    }
}

// ---- fast_reader

TEST_CASE("the fast reader reads each document as if it were alone", "[ch08][fast_reader]") {
    const GptConfig& config = ten_shapes[4];
    const FastWeights<double> weights = random_weights<double>(config);
    const auto both = make_fast_reader(weights, 2);
    const auto alone = make_fast_reader(weights, 1);
    for (const Index token : {1, 7, 39, 0}) {
        const std::vector<Index> tokens = {static_cast<Index>(token / 2), token};
        const std::span<const double> logits = both->read(tokens);
        const std::span<const double> expected = alone->read({&token, 1});
        REQUIRE(logits.size() == 2 * std::size_t{config.vocab_size});
        CHECK(std::ranges::equal(logits.last(config.vocab_size), expected));
    }
}

TEST_CASE("the fast reader computes a token anew, or finds what it has kept: the same logits",
          "[ch08][fast_reader]") {
    GptConfig too_many = ten_shapes[0];  // tokens, to keep all that could be read
    too_many.vocab_size = 2000;
    too_many.block_size = 100;
    for (const GptConfig& config : {ten_shapes[0], ten_shapes[4], too_many}) {
        const FastWeights<float> weights = random_weights<float>(config);
        const auto reader = make_fast_reader(weights, 3);
        std::vector<double> first;
        const int enough = 3 + static_cast<int>(config.vocab_size * config.block_size / 9);
        for (int time = 0; time < std::min(enough, 200); ++time) {  // 9 tokens are read each time
            std::vector<double> logits;
            for (const Index token : {1, 2, 1}) {
                const std::vector<Index> tokens = {token, static_cast<Index>(token - 1), token};
                for (const double logit : reader->read(tokens)) logits.push_back(logit);
            }
            for (const std::size_t document : {0, 1, 2}) reader->restart(document);
            if (time == 0) first = logits;
            CHECK(logits == first);
        }
    }
}

TEST_CASE("the fast reader's probabilities are softmax of its logits", "[ch08][fast_reader]") {
    const FastWeights<double> weights = random_weights<double>(ten_shapes[0]);
    const auto one = make_fast_reader(weights, 1);
    const auto other = make_fast_reader(weights, 1);
    const Index token = 3;
    for (const double temperature : {0.5, 1.0, 2.0}) {
        const std::vector<double> expected = softmax(one->read({&token, 1}), temperature);
        const auto found = other->read_probabilities({&token, 1}, temperature);
        REQUIRE(found.size() == expected.size());
        for (std::size_t i = 0; i < found.size(); ++i) CHECK(found[i] == Approx(expected[i]));
    }
}

TEST_CASE("the fast reader forgets a document that begins anew, and no other",
          "[ch08][fast_reader]") {
    const FastWeights<float> weights = random_weights<float>(ten_shapes[0]);
    const auto reader = make_fast_reader(weights, 2);
    const std::vector<Index> tokens = {5, 5};
    const auto read = [&] {
        const std::span<const double> logits = reader->read(tokens);
        return std::vector(logits.begin(), logits.end());
    };
    const std::vector<double> first = read();
    const std::vector<double> second = read();
    REQUIRE(first != second);
    reader->restart(1);
    const std::vector<double> third = read();
    CHECK(std::equal(third.begin() + 27, third.end(), first.begin() + 27));
    CHECK(!std::equal(third.begin(), third.begin() + 27, first.begin()));
}

TEST_CASE("the fast reader wants a token of each document", "[ch08][fast_reader][misuse]") {
    const FastWeights<float> weights = random_weights<float>(ten_shapes[0]);
    const Index token = 0;
    CHECK_THROWS_AS(make_fast_reader(weights, 2)->read({&token, 1}), std::invalid_argument);
}
