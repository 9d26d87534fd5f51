// Check: sums are added as the tree has it, however they are cut into runs.
#include "exercise.hpp"
#include "microgpt/engines/order/summation.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

namespace {

/// What comes of terms, told in brackets.
std::vector<std::string> added(const Summation& plan, const std::vector<std::string>& terms) {
    std::vector<std::string> waiting;
    for (std::size_t i = 0; i < terms.size(); ++i) {
        std::string sum = terms[i];
        for (std::size_t merge = 0; merge < plan.merges[i] && !waiting.empty(); ++merge) {
            sum = "(" + waiting.back() + "+" + sum + ")";
            waiting.pop_back();
        }
        waiting.push_back(sum);
    }
    return waiting;
}

std::vector<std::string> numbered(std::size_t first, std::size_t last) {
    std::vector<std::string> terms;
    for (std::size_t i = first; i < last; ++i) terms.push_back(std::to_string(i));
    return terms;
}

/// The tree, from its root down: the left half is the largest power of two that leaves something.
std::string tree(std::size_t first, std::size_t last) {
    if (last - first == 1) return std::to_string(first);
    std::size_t half = 1;
    while (2 * half < last - first) half *= 2;
    return "(" + tree(first, first + half) + "+" + tree(first + half, last) + ")";
}

void check_runs(std::size_t all, std::size_t ranks) {
    std::vector<std::string> sums;
    std::vector<Bundles> terms;
    for (std::size_t rank = 0; rank < ranks; ++rank) {
        const Bundles run = {all * rank / ranks, all * (rank + 1) / ranks};
        const Summation plan = summation(run, all);
        for (const std::string& sum : added(plan, numbered(run.first, run.last)))
            sums.push_back(sum);
        terms.insert(terms.end(), plan.left.begin(), plan.left.end());
    }
    expect("cut into runs, it is another tree",
           added(summation(terms, all), sums) == std::vector{tree(0, all)});
}

}  // namespace

int main() {
    return check([] {
        const auto left = [](std::size_t all) {
            return static_cast<double>(summation({0, all}, all).left.size());
        };
        expect("not all bundles come to one sum",
               {{"how many sums are left of 2 bundles", left(2), 1},
                {"how many sums are left of 3 bundles", left(3), 1},
                {"how many sums are left of 8 bundles", left(8), 1}});
        for (std::size_t all = 1; all <= 20; ++all) {
            const auto whole = added(summation({0, all}, all), numbered(0, all));
            expect("it is another tree", whole == std::vector{tree(0, all)});
            for (std::size_t ranks = 2; ranks <= 6; ++ranks) check_runs(all, ranks);
        }
        std::printf("seven bundles: %s\n", tree(0, 7).c_str());
    });
}
