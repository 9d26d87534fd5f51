// Check: nothing is lost that need not be.
#include "exercise.hpp"
#include "step_cost.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

int main() {
    return check([] {
        expect("with 2 minutes to save and a failure every 400, it isn't the best time",
               {{"the time for 2 and 400", save_every(2, 400), 40}});
        expect("it isn't right for other figures",
               {{"the time for 8 and 100", save_every(8, 100), 40},
                {"the time for 0.5 and 400", save_every(0.5, 400), 20}});
        for (const double between : {100.0, 1000.0, 20000.0}) {
            const double best = save_every(1, between);
            const double lost = lost_share(best, 1, between);
            expect(
                "twice as often, or half as often, less would be lost",
                lost < lost_share(best / 2, 1, between) && lost < lost_share(best * 2, 1, between));
            std::printf("a failure every %5.0f minutes: save every %5.1f, and lose %4.1f %%\n",
                        between, best, 100 * lost);
        }
    });
}
