// Chapter 9: who reads what, and that each message is as long for who sends it as for who gets it.
#include "catch.hpp"
#include "microgpt/cluster/exchange_plan.hpp"
#include "microgpt/cluster/sharded_memory.hpp"

using namespace microgpt;

TEST_CASE("each rank reads a run of bundles, and all are read", "[ch09]") {
    for (const std::size_t documents : {1, 16, 17, 48, 100, 1000}) {
        for (std::size_t ranks = 1; ranks <= 9; ++ranks) {
            const ExchangePlan plan = exchange_plan(documents, Ranks::Counts(ranks, 3), 0, 2);
            REQUIRE(plan.runs.size() == ranks);
            std::size_t read = 0;
            for (const Bundles& run : plan.runs) {
                CHECK(run.first == read);
                read = run.last;
            }
            CHECK(read == bundles_of(documents));
        }
    }
}

TEST_CASE("what one rank sends is what the other expects", "[ch09]") {
    const Ranks::Counts shares = {5, 4, 4, 5};
    for (const std::size_t documents : {1, 48, 100, 640}) {
        for (std::size_t a = 0; a < shares.size(); ++a) {
            const ExchangePlan plan = exchange_plan(documents, shares, a, 2);
            for (std::size_t b = 0; b < shares.size(); ++b) {
                const ExchangePlan other = exchange_plan(documents, shares, b, 2);
                CHECK(plan.sent[b] == other.received[a]);
                const int sums = a == b ? 0 : static_cast<int>(plan.left[a]);
                CHECK(plan.sent[b] == 2 + sums * shares[b]);
            }
        }
    }
}

TEST_CASE("a rank keeps its share of Adam's means", "[ch09]") {
    const TrainingConfig training = {{.vocab_size = 27, .n_embd = 64}, 0.01, 16, 16};
    const double parameters = count_parameters(training.config);
    const double one = sharded_bytes<double>(training, 1, 1);
    const double eight = sharded_bytes<double>(training, 1, 8);
    // Each of two means has seven eighths less; messages have heads for seven ranks more
    CHECK(one - eight >= 2 * 8 * parameters * 7 / 8 - 7 * 2 * 2048);
}
