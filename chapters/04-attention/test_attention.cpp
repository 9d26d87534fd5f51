// Chapter 4: a look-up that returns a blend, and never one of the future.
#include <cmath>

#include "catch.hpp"
#include "microgpt/autograd/gradcheck.hpp"
#include "microgpt/model/attention.hpp"
#include "microgpt/random/random.hpp"

using namespace microgpt;

TEST_CASE("the worked example of the book: who answers the query", "[ch04][attention]") {
    Tape tape;
    // Queries are divided by sqrt(2); times sqrt(2) they give the table's scores 0, 3, 1, 1.
    const Vector query = vector_of({1 * std::sqrt(2), 2 * std::sqrt(2)});
    const std::vector<Vector> keys = {vector_of({0, 0}), vector_of({1, 1}), vector_of({1, 0}),
                                      vector_of({0, 0.5})};
    const Vector probs = attention_weights(query, keys);
    CHECK(probs[0].data() == Approx(0.038).margin(5e-4));
    CHECK(probs[1].data() == Approx(0.757).margin(5e-4));
    CHECK(probs[2].data() == Approx(0.102).margin(5e-4));
    CHECK(probs[3].data() == Approx(0.102).margin(5e-4));
}

TEST_CASE("scores are divided by the root of the head's width", "[ch04][attention]") {
    Tape tape;
    const Vector query = vector_of({4, 0, 0, 0});
    const std::vector<Vector> keys = {vector_of({1, 0, 0, 0}), vector_of({0, 0, 0, 0})};
    CHECK(attention_weights(query, keys)[0].data() == Approx(1 / (1 + std::exp(-2.0))));
}

TEST_CASE("a mixture is the weighted sum of the vectors", "[ch04][attention]") {
    Tape tape;
    const Vector mixture = mix(vector_of({0.25, 0.75}), {vector_of({4, 0}), vector_of({8, 1})});
    CHECK(mixture[0].data() == 7);
    CHECK(mixture[1].data() == 0.75);
}

TEST_CASE("the cache cuts keys and values into heads", "[ch04][attention]") {
    Tape tape;
    KvCache cache(2);
    cache.append(vector_of({1, 2, 3, 4}), vector_of({5, 6, 7, 8}));
    CHECK(cache.size() == 1);
    CHECK(cache.keys(1)[0].size() == 2);
    CHECK(cache.keys(1)[0][0].data() == 3);
    CHECK(cache.values(0)[0][1].data() == 6);
}

TEST_CASE("the first position can only listen to itself", "[ch04][attention]") {
    Tape tape;
    Random random(1);
    const Attention attention(4, 2, [&] { return random.gauss(0, 1); });
    KvCache cache(2);
    const Vector x = vector_of({1, -1, 2, 0.5});
    const Vector out = attention(x, cache);
    const Vector expected = linear(linear(x, attention.wv), attention.wo);
    for (Index i = 0; i < 4; ++i) CHECK(out[i].data() == Approx(expected[i].data()));
}

TEST_CASE("two heads over three positions are the formula, in plain numbers", "[ch04][attention]") {
    Tape tape;
    Random random(1);
    const Attention attention(4, 2, [&] { return random.gauss(0, 1); });
    KvCache cache(2);
    std::vector<Vector> keys;
    std::vector<Vector> values;
    for (const std::vector<double>& numbers : std::vector<std::vector<double>>{
             {1, -1, 2, 0.5}, {0.3, 0.2, -1, 0.7}, {-0.4, 1.5, 0.1, -2}}) {
        const Vector x = vector_of(numbers);
        const Vector q = linear(x, attention.wq);
        keys.push_back(linear(x, attention.wk));
        values.push_back(linear(x, attention.wv));
        std::vector<double> heads(4);
        for (Index h = 0; h < 4; h += 2) {
            double total = 0;
            for (std::size_t t = 0; t < keys.size(); ++t) {
                const Vector k = keys[t];
                const double score = q[h].data() * k[h].data() + q[h + 1].data() * k[h + 1].data();
                const double weight = std::exp(score / std::sqrt(2));
                total += weight;
                for (Index i = h; i < h + 2; ++i) heads[i] += weight * values[t][i].data();
            }
            for (Index i = h; i < h + 2; ++i) heads[i] /= total;
        }
        const Vector expected = linear(vector_of(heads), attention.wo);
        const Vector out = attention(x, cache);
        for (Index i = 0; i < 4; ++i) CHECK(out[i].data() == Approx(expected[i].data()));
    }
}

TEST_CASE("heads have to divide the width", "[ch04][misuse]") {
    Tape tape;
    CHECK_THROWS_WITH(Attention(4, 3, [] { return 0.0; }), ContainsSubstring("must divide"));
    CHECK_THROWS_AS(Attention(4, 0, [] { return 0.0; }), std::invalid_argument);
    CHECK(tape.size() == 0);
}

TEST_CASE("gradients flow through the cache into earlier positions", "[ch04][attention]") {
    Tape tape;
    Random random(1);
    const Attention attention(4, 2, [&] { return random.gauss(0, 1); });
    const std::vector<double> first = {1, -1, 2, 0.5};
    const auto second_output = [&](Vector x) {
        KvCache cache(2);
        attention(x, cache);
        return attention(vector_of({0.3, 0.2, -1, 0.7}), cache)[0];
    };
    const Vector x = vector_of(first);
    const Gradients gradients = backward(second_output(x));
    for (Index i = 0; i < 4; ++i) {
        const double measured = central_difference(
            [&](double moved) {
                const Tape::Scope scope;
                std::vector<double> nearby = first;
                nearby[i] = moved;
                return second_output(vector_of(nearby)).data();
            },
            first[i]);
        CHECK(gradients[x[i]] == Approx(measured).epsilon(1e-6));
        CHECK(gradients[x[i]] != 0);
    }
}

TEST_CASE("heads, weights and vectors that do not fit are refused", "[ch04][misuse]") {
    Tape tape;
    const Vector four = vector_of({1, 2, 3, 4});
    CHECK_THROWS_AS(KvCache(0), std::invalid_argument);
    KvCache cache(2);
    CHECK_THROWS_AS(cache.append(four.slice(0, 3), four), std::invalid_argument);
    CHECK_THROWS_AS(cache.append(four, four.slice(0, 2)), TapeError);
    CHECK(cache.size() == 0);
    CHECK_THROWS_AS(cache.keys(2), std::out_of_range);
    CHECK_THROWS_WITH(mix(four, {four, four}), ContainsSubstring("one weight"));
    CHECK_THROWS_AS(mix(four.slice(0, 1), {}), TapeError);
    CHECK_THROWS_AS(attention_weights(four, {}), TapeError);
}
