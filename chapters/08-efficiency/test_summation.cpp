// Chapter 8: the one order in which a step sums, told as strings, and kept by the fast engine.
#include <string>

#include "catch.hpp"
#include "microgpt/engines/fast/fast_gradient.hpp"
#include "microgpt/engines/order/balance.hpp"
#include "microgpt/random/random.hpp"
#include "shapes.hpp"

using namespace microgpt;

namespace {

/// Adds terms as a plan says; what is left of them.
std::vector<std::string> added(const Summation& plan, const std::vector<std::string>& terms) {
    std::vector<std::string> waiting;
    for (std::size_t i = 0; i < terms.size(); ++i) {
        std::string sum = terms[i];
        for (std::size_t merge = 0; merge < plan.merges[i]; ++merge) {
            sum = "(" + waiting.back() + "+" + sum + ")";
            waiting.pop_back();
        }
        waiting.push_back(sum);
    }
    REQUIRE(waiting.size() == plan.left.size());
    return waiting;
}

std::vector<std::string> added(const Bundles& run, std::size_t all) {
    std::vector<std::string> terms;
    for (std::size_t i = run.first; i < run.last; ++i) terms.push_back(std::to_string(i));
    return added(summation(run, all), terms);
}

/// So many documents, of two tokens and more.
std::vector<std::vector<Index>> some_documents(const GptConfig& config, std::size_t count) {
    Random random(5);
    std::vector<std::vector<Index>> documents(count);
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t token = 0; token < 2 + i % 7; ++token) {
            const double drawn = random.random() * config.vocab_size;
            documents[i].push_back(static_cast<Index>(drawn));
        }
    }
    return documents;
}

/// What a rank that reads these bundles would tell of them: its losses, and its gradients.
template <class T>
struct Told {
    std::vector<double> losses;
    std::vector<std::vector<T>> gradients;
};

template <class T>
Told<T> told(const FastWeights<T>& weights, const std::vector<std::vector<Index>>& documents,
             const Bundles& run) {
    FastBatch<T> batch(weights, 1);
    batch.arrange(documents, run);
    batch.read(0);
    const std::size_t stride =
        weights.layout().table.begin + weights.layout().table.rows * weights.layout().table.columns;
    Buffer<T> sums(stride * batch.rows().sums_at_once());
    sum_gradients(weights, batch, {0, 1}, sums.data(), stride);
    Told<T> all = {batch.losses(), {}};
    for (std::size_t i = 0; i < all.losses.size(); ++i) {
        all.gradients.emplace_back(sums.data() + i * stride, sums.data() + (i + 1) * stride);
    }
    return all;
}

template <class T>
void check_runs(const GptConfig& config, std::size_t count) {
    Random random(7);
    const FastWeights<T> weights(config, [&] { return random.gauss(0, 0.3); });
    const std::vector<std::vector<Index>> documents = some_documents(config, count);
    const std::size_t all = bundles_of(count);
    const Told<T> whole = told(weights, documents, {0, all});
    REQUIRE(whole.losses.size() == 1);
    for (std::size_t ranks = 1; ranks <= 5; ++ranks) {
        Told<T> parts;
        std::vector<Bundles> terms;
        for (std::size_t rank = 0; rank < ranks; ++rank) {
            const Bundles run = {all * rank / ranks, all * (rank + 1) / ranks};
            for (const Bundles& left : summation(run, all).left) terms.push_back(left);
            const Told<T> part = told(weights, documents, run);
            parts.losses.insert(parts.losses.end(), part.losses.begin(), part.losses.end());
            for (const std::vector<T>& one : part.gradients) parts.gradients.push_back(one);
        }
        Told<T> sums;
        const Summation plan = summation(terms, all);
        for (std::size_t i = 0; i < terms.size(); ++i) {
            double loss = parts.losses[i];
            std::vector<T> gradient = parts.gradients[i];
            for (std::size_t merge = 0; merge < plan.merges[i]; ++merge) {
                loss = sums.losses.back() + loss;
                for (std::size_t p = 0; p < gradient.size(); ++p) {
                    gradient[p] = sums.gradients.back()[p] + gradient[p];
                }
                sums.losses.pop_back();
                sums.gradients.pop_back();
            }
            sums.losses.push_back(loss);
            sums.gradients.push_back(gradient);
        }
        INFO(count << " documents on " << ranks << " ranks");
        CHECK(sums.losses == whole.losses);
        CHECK((sums.gradients == whole.gradients));  // no need to print them
    }
}

}  // namespace

TEST_CASE("bundles are added by a tree of neighbours", "[ch08][summation]") {
    const std::vector<std::string> trees = {"0",
                                            "(0+1)",
                                            "((0+1)+2)",
                                            "((0+1)+(2+3))",
                                            "(((0+1)+(2+3))+4)",
                                            "(((0+1)+(2+3))+(4+5))",
                                            "(((0+1)+(2+3))+((4+5)+6))",
                                            "(((0+1)+(2+3))+((4+5)+(6+7)))"};
    for (std::size_t all = 1; all <= trees.size(); ++all) {
        CHECK(added({0, all}, all) == std::vector{trees[all - 1]});
    }
    CHECK(added({1, 7}, 7) == std::vector<std::string>{"1", "(2+3)", "((4+5)+6)"});
    CHECK(added({3, 3}, 7).empty());
    CHECK(bundles_of(1) == 1);
    CHECK(bundles_of(16) == 1);
    CHECK(bundles_of(17) == 2);
}

TEST_CASE("however a batch is shared, it is the same tree", "[ch08][summation]") {
    for (std::size_t all = 1; all <= 40; ++all) {
        for (std::size_t ranks = 1; ranks <= 9; ++ranks) {
            std::vector<std::string> sums;
            std::vector<Bundles> terms;
            for (std::size_t rank = 0; rank < ranks; ++rank) {
                const Bundles run = {all * rank / ranks, all * (rank + 1) / ranks};
                for (const std::string& sum : added(run, all)) sums.push_back(sum);
                for (const Bundles& left : summation(run, all).left) terms.push_back(left);
            }
            INFO(all << " bundles on " << ranks << " ranks");
            CHECK(added(summation(terms, all), sums) == added({0, all}, all));
        }
    }
}

TEST_CASE("the losses of a batch are added in that order", "[ch08][summation]") {
    const GptConfig& config = ten_shapes[3];
    Random random(7);
    const FastWeights<double> weights(config, [&] { return random.gauss(0, 0.3); });
    const std::vector<std::vector<Index>> documents = some_documents(config, 40);
    const auto alone = [&](std::size_t i) {
        return told<double>(weights, {documents[i]}, {0, 1}).losses.at(0);
    };
    double sums[3] = {};
    for (std::size_t bundle = 0; bundle < 3; ++bundle) {
        std::vector<std::size_t> lengths;
        std::vector<std::size_t> order;
        for (std::size_t i = 16 * bundle; i < std::min<std::size_t>(16 * bundle + 16, 40); ++i) {
            lengths.push_back(std::min<std::size_t>(documents[i].size() - 1, config.block_size));
        }
        balance(lengths, order);
        for (const std::size_t i : order) sums[bundle] += alone(16 * bundle + i);
    }
    CHECK(told<double>(weights, documents, {0, 3}).losses.at(0) == sums[0] + sums[1] + sums[2]);
}

TEST_CASE("ranks that share a batch find its losses and gradients, bit by bit",
          "[ch08][summation]") {
    for (const std::size_t count : {1, 16, 17, 64, 100}) {
        check_runs<double>(ten_shapes[1], count);
        check_runs<float>(ten_shapes[9], count);
    }
}
