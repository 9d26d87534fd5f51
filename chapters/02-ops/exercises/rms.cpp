// Check: rmsnorm keeps the direction, and makes the mean square one.
// Cheat: return vector_of(std::vector<double>(x.size(), @));
#include "exercise.hpp"
#include "microgpt/autograd/gradcheck.hpp"
#include "microgpt/model/layers.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

namespace {

void check_row(const std::vector<double>& row) {
    double squares = 0;
    for (const double number : row) squares += number * number;
    const double mean = squares / static_cast<double>(row.size());
    const double root = 1 / std::sqrt(mean + 1e-5);

    const Vector x = vector_of(row);
    std::vector<double> normed;
    const std::vector<double> tape = recorded([&] {
        const Vector y = rmsnorm(x);
        normed.assign(y.data().begin(), y.data().end());
    });
    std::vector<Number> answers;
    for (std::size_t i = 0; i < row.size(); ++i) {
        answers.push_back({"element " + std::to_string(i) + " of " + std::to_string(row.size()),
                           number(normed, i), row[i] * root});
    }
    expect("rmsnorm does not give the numbers of x, divided by their size", answers,
           {{"the sum of the squares", number(tape, 0), squares},
            {"their mean", number(tape, 1), mean},
            {"that, with 1e-5 added", number(tape, 2), mean + 1e-5},
            {"one over its root", number(tape, 3), root}});
}

}  // namespace

int main() {
    return check([] {
        Tape tape;
        check_row({3, 4});
        check_row({1, -2, 2});
        check_row({0, 0, 0, 0});
        check_row({30, 40, 0, -10});

        const auto first = [](Value x) {
            return rmsnorm(concatenate({Vector({x, 1}), vector_of({1, -2})}))[0];
        };
        const Value x(1.5);
        const auto plain = [&](double moved) { return first(Value(moved)).data(); };
        const double slope = backward(first(x))[x];
        const double measured = central_difference(plain, 1.5);
        expect("the numbers are right, but the slope does not go by way of the mean",
               std::abs(slope - measured) < 1e-9);
        std::printf("(x, 1, -2) at 1.5: the first element moves %.4f times as fast as x\n", slope);
    });
}
