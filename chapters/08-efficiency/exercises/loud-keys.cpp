// Check: attention's way back has the slopes that chapter 4's Values have.
#include "exercise.hpp"
#include "microgpt/engines/tape/kernels.hpp"
#include "microgpt/model/attention.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

namespace {

constexpr Index positions = 3;
constexpr Index n = 4;
constexpr Heads heads = {.count = 2, .dim = 2};

/// Rows of numbers, each with a row of slopes.
struct Table {
    explicit Table(int start) : slopes(positions * n) {
        for (Index i = 0; i < positions * n; ++i) numbers.push_back((start + 7 * i) % 11 / 5.0 - 1);
    }
    std::vector<Numbers> rows() {
        std::vector<Numbers> all;
        for (Index t = 0; t < positions; ++t) all.push_back({&numbers[t * n], &slopes[t * n]});
        return all;
    }
    std::vector<Vector> values() const {
        std::vector<Vector> all;
        for (Index t = 0; t < positions; ++t) {
            all.push_back(vector_of({numbers.begin() + t * n, numbers.begin() + (t + 1) * n}));
        }
        return all;
    }
    std::vector<double> numbers;
    std::vector<double> slopes;
};

/// By chapter 4: the slopes of the output, each number of it weighted, along a row.
Value chapter_4(Vector query, const std::vector<Vector>& keys, const std::vector<Vector>& values,
                Vector weights) {
    KvCache cache(heads.count);
    for (Index t = 0; t < positions; ++t) cache.append(keys[t], values[t]);
    std::vector<Vector> heard;
    for (Index h = 0; h < heads.count; ++h) {
        const Vector shares =
            attention_weights(query.slice(h * heads.dim, heads.dim), cache.keys(h));
        heard.push_back(mix(shares, cache.values(h)));
    }
    return dot(concatenate(heard), weights);
}

}  // namespace

int main() {
    return check([] {
        Table queries(3);
        Table keys(1);
        Table values(5);
        const std::vector<double> dy = {1, -0.5, 2, 0.25};
        std::vector<double> shares(positions * heads.count);
        std::vector<double> share_slopes(shares.size());
        std::vector<double> output(n);
        attention(heads, positions, queries.numbers.data(), keys.rows(), values.rows(),
                  shares.data(), output.data());
        attention_backward(heads, positions, queries.rows()[0], keys.rows(), values.rows(),
                           Numbers{shares.data(), share_slopes.data()}, dy.data());

        Tape tape;
        const Vector query = queries.values()[0];
        const std::vector<Vector> k = keys.values();
        const std::vector<Vector> v = values.values();
        const Gradients expected = backward(chapter_4(query, k, v, vector_of(dy)));
        const auto compare = [&](const char* what, const Table& table,
                                 const std::vector<Vector>& rows) {
            std::vector<Number> answers;
            for (Index t = 0; t < rows.size(); ++t) {
                for (Index i = 0; i < n; ++i) {
                    answers.push_back(
                        {"number " + std::to_string(i) + " of " + what + " " + std::to_string(t),
                         table.slopes[t * n + i], expected[rows[t][i]]});
                }
            }
            expect(std::string("the slopes along each ") + what + " are not those of chapter 4",
                   answers);
        };
        compare("value", values, v);
        compare("query", queries, {query});
        compare("key", keys, k);
        std::printf("along a key's numbers, at position 0: %.4f %.4f %.4f %.4f\n", keys.slopes[0],
                    keys.slopes[1], keys.slopes[2], keys.slopes[3]);
    });
}
