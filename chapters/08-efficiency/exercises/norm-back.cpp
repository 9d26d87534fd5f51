// Check: along each number rmsnorm has the slope that chapter 2 derives.
#include "exercise.hpp"
#include "microgpt/engines/tape/kernels.hpp"
#include "microgpt/model/layers.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

namespace {

void check_row(const std::vector<double>& row, const std::vector<double>& dy, double before) {
    const auto n = static_cast<Index>(row.size());
    const Vector x = vector_of(row);
    const Gradients expected = backward(dot(rmsnorm(x), vector_of(dy)));
    std::vector<double> y(n);
    const double s = rmsnorm(n, row.data(), y.data());
    std::vector<double> got(n, before);
    rmsnorm_backward(n, s, {row.data(), got.data()}, dy.data());
    std::vector<Number> answers;
    for (Index i = 0; i < n; ++i) {
        answers.push_back(
            {"the slope along number " + std::to_string(i) + " of " + std::to_string(n), got[i],
             before + expected[x[i]]});
    }
    expect("the slopes are not those of chapter 2", answers);
}

}  // namespace

int main() {
    return check([] {
        Tape tape;
        check_row({3, 4}, {1, 0}, 0);
        check_row({1, -2, 2}, {0.5, -1, 2}, 0);
        check_row({1, -2, 2, 0, 5}, {1, 1, 1, 1, 1}, 10);
        check_row({0, 0}, {3, -1}, 0);
        const double x[] = {3, 4};
        const double dy[] = {3, 4};
        double dx[2] = {};
        double y[2];
        rmsnorm_backward(2, rmsnorm(2, x, y), {x, dx}, dy);
        std::printf("of a slope along x itself nearly nothing is left: %.6f %.6f\n", dx[0], dx[1]);
    });
}
