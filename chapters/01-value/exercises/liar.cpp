// Check: every slope that value.hpp derives is the one that is measured.
#include "exercise.hpp"
#include "microgpt/autograd/gradcheck.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

namespace {

struct Formula {
    const char* text;
    Value (*of)(Value x);
};

constexpr Formula formulas[] = {
    {"x * x", [](Value x) { return x * x; }},
    {"x + x", [](Value x) { return x + x; }},
    {"x * 3", [](Value x) { return x * 3.0; }},
    {"3 * (x * x + 1) * x", [](Value x) { return 3.0 * (x * x + 1.0) * x; }},
    {"3 * (x + 2)", [](Value x) { return 3.0 * (x + 2.0); }},
    {"2 + x * 7", [](Value x) { return 2.0 + x * 7.0; }},
};

}  // namespace

int main() {
    return check([] {
        Tape tape;
        for (const Formula& formula : formulas) {
            for (const double at : {1.5, -2.0}) {
                const Value x(at);
                const double measured = central_difference(
                    [&](double moved) { return formula.of(Value(moved)).data(); }, at);
                const std::string name = std::string("the slope of ") + formula.text;
                expect(name + " is not the one that is measured",
                       {{name + " at " + written(at), backward(formula.of(x))[x], measured}});
            }
        }
        for (const auto& [text, of] : formulas) {
            const Value x(1.5);
            std::printf("%-20s moves %6.2f times as fast as x\n", text, backward(of(x))[x]);
        }
    });
}
