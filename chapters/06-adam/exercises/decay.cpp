// Check: the learning rate falls from all of it to one part in so many steps.
// Cheat: return @;
#include "exercise.hpp"
#include "microgpt/training/adam.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

int main() {
    return check([] {
        expect("of ten steps the shares are not 1, 0.9, 0.8, and so on",
               {{"the share at step 5 of 10", linear_decay(5, 10), 0.5},
                {"at step 0", linear_decay(0, 10), 1},
                {"at step 9", linear_decay(9, 10), 0.1}});
        expect("of a thousand steps the shares are not 1, 0.999, and so on",
               {{"the share at step 1 of 1000", linear_decay(1, 1000), 0.999},
                {"at step 999", linear_decay(999, 1000), 0.001}});
        std::printf("of ten steps:");
        for (Index step = 0; step < 10; ++step) std::printf(" %.1f", linear_decay(step, 10));
        std::puts("");
    });
}
