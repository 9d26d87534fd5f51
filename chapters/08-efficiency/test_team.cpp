// Chapter 8: threads that share a piece of work.
#include <set>

#include "catch.hpp"
#include "microgpt/engines/team.hpp"

using namespace microgpt;

TEST_CASE("a team does each part once, each on a thread of its own", "[ch08][team]") {
    for (const std::size_t threads : {1, 2, 5}) {
        Team team(threads);
        REQUIRE(team.size() == threads);
        std::vector<std::thread::id> first;
        for (int round = 0; round < 200; ++round) {
            std::vector<int> done(threads);
            std::vector<std::thread::id> ids(threads);
            team.run([&](std::size_t part) {
                ++done[part];
                ids[part] = std::this_thread::get_id();
            });
            CHECK(done == std::vector<int>(threads, 1));  // it has waited for them all
            CHECK(ids[0] == std::this_thread::get_id());
            CHECK(std::set<std::thread::id>(ids.begin(), ids.end()).size() == threads);
            if (first.empty()) first = ids;
            CHECK(ids == first);
        }
    }
}

TEST_CASE("a team that has rested goes on, and one that has nothing to do goes home",
          "[ch08][team]") {
    Team team(3);
    std::atomic<int> done = 0;
    team.run([&](std::size_t) { ++done; });
    std::this_thread::sleep_for(std::chrono::milliseconds(20));  // longer than they look out
    team.run([&](std::size_t part) {
        if (part == 1) std::this_thread::sleep_for(std::chrono::milliseconds(20));
        ++done;
    });
    CHECK(done == 6);
    const Team idle(4);
}
