// Chapter 9: what a step costs on many machines, and how often to save, held against sums by hand.
#include "catch.hpp"
#include "step_cost.hpp"

using namespace microgpt;
using Catch::Matchers::WithinRel;

TEST_CASE("a message costs its latency, and time for each byte", "[ch09]") {
    const Network network = {2e-6, 1e9};
    CHECK(seconds_of_message(network, 0) == 2e-6);
    CHECK_THAT(seconds_of_message(network, 1000), WithinRel(3e-6, 1e-12));
}

TEST_CASE("a step's cost is work that is shared and messages that are not", "[ch09]") {
    const Workload work = {.parameters = 1000, .tokens = 10, .rate = 1e6};
    const Network network = {1e-3, 1e6};
    const StepCost alone = step_cost(work, network, 1);
    CHECK_THAT(alone.compute, WithinRel((60000 + 14000) / 1e6, 1e-12));
    CHECK(alone.exchange == 0);
    CHECK(alone.gather == 0);
    CHECK(efficiency(work, network, 1) == 1);

    const StepCost four = step_cost(work, network, 4);
    CHECK_THAT(four.compute, WithinRel(alone.compute / 4, 1e-12));
    CHECK_THAT(four.exchange, WithinRel(3 * (1e-3 + 4 * 250 / 1e6), 1e-12));
    CHECK(four.gather == four.exchange);
    CHECK_THAT(four.all(), WithinRel(four.compute + 2 * four.exchange, 1e-12));
}

TEST_CASE("with a quick network nothing is lost, with a slow one nearly all", "[ch09]") {
    const Workload work = {.parameters = 1e6, .tokens = 1e5, .rate = 1e11};
    CHECK(efficiency(work, {1e-15, 1e18}, 1024) > 0.999);
    CHECK(efficiency(work, {1, 1e18}, 1024) < 0.001);
}

TEST_CASE("Young's formula finds where least is lost", "[ch09]") {
    CHECK(save_every(2, 400) == 40);
    CHECK_THAT(lost_share(40, 2, 400), WithinRel(0.1, 1e-12));
    for (const double other : {10.0, 30.0, 39.0, 41.0, 60.0, 200.0}) {
        CHECK(lost_share(other, 2, 400) > lost_share(40, 2, 400));
    }
}
