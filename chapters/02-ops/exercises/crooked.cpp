// Check: divisions, shares and losses have the slopes that are measured.
#include "exercise.hpp"
#include "microgpt/autograd/gradcheck.hpp"
#include "microgpt/model/layers.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

namespace {

Vector beside(Value x) { return concatenate({Vector({x, 1}), vector_of({1, -2})}); }

struct Formula {
    const char* text;
    Value (*of)(Value x);
};

constexpr Formula formulas[] = {
    {"2x - x * x", [](Value x) { return 2.0 * x - x * x; }},
    {"x / 4", [](Value x) { return x / 4.0; }},
    {"4 / x", [](Value x) { return 4.0 / x; }},
    {"log(x * x)", [](Value x) { return log(x * x); }},
    {"x squared, by pow", [](Value x) { return pow(x, 2); }},
    {"exp(x)", [](Value x) { return exp(x); }},
    {"softmax(x, 1, -2)[0]", [](Value x) { return softmax(beside(x))[0]; }},
    {"cross_entropy((x, 1, -2), 1)", [](Value x) { return cross_entropy(beside(x), 1); }},
};

}  // namespace

int main() {
    return check([] {
        Tape tape;
        for (const Formula& formula : formulas) {
            for (const double at : {1.5, 0.25}) {
                const Value x(at);
                const double measured = central_difference(
                    [&](double moved) { return formula.of(Value(moved)).data(); }, at);
                const std::string slope = std::string("the slope of ") + formula.text;
                const double derived = backward(formula.of(x))[x];
                const bool near = std::abs(derived - measured) < 1e-6;
                expect(slope + " is not the one that is measured",
                       {{slope + " at " + written(at), near ? measured : derived, measured}});
            }
        }
        for (const auto& [text, of] : formulas) {
            const Value x(1.5);
            std::printf("%-28s moves %7.4f times as fast as x at 1.5\n", text, backward(of(x))[x]);
        }
    });
}
