// Check: whoever adds up by the plan has heard every bundle, in the order of the tree.
#include "exercise.hpp"
#include "microgpt/cluster/exchange_plan.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

namespace {

/// What the sum of bundles 1, 2, 4, 8, … comes to by the plan: each has a bit of its own.
double heard(std::size_t bundles, std::size_t ranks) {
    const ExchangePlan plan = exchange_plan(bundles * bundle_size, Ranks::Counts(ranks, 1), 0, 0);
    std::vector<double> sums;
    auto merges = plan.merges.begin();
    for (const Bundles& run : plan.runs) {
        for (const Bundles& left : summation(run, bundles).left) {
            double sum = 0;
            for (std::size_t i = left.first; i < left.last; ++i) sum += std::exp2(i);
            const std::size_t most = merges == plan.merges.end() ? 0 : *merges++;
            for (std::size_t merge = 0; merge < most && !sums.empty(); ++merge) {
                sum = sums.back() + sum;
                sums.pop_back();
            }
            sums.push_back(sum);
        }
    }
    return sums.front();
}

}  // namespace

int main() {
    return check([] {
        for (std::size_t bundles = 1; bundles <= 12; ++bundles) {
            for (std::size_t ranks = 1; ranks <= 5; ++ranks) {
                expect("of " + std::to_string(bundles) + " bundles on " + std::to_string(ranks) +
                           " ranks not all are in the sum",
                       {{"the sum of " + std::to_string(bundles) + " bundles on " +
                             std::to_string(ranks) + " ranks",
                         heard(bundles, ranks), std::exp2(bundles) - 1}});
            }
        }
        std::printf("four bundles on two ranks: %g\n", heard(4, 2));
    });
}
