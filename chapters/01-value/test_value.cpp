// Chapter 1: sums and products, their gradients, and every way to misuse a Tape.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <memory>
#include <optional>
#include <thread>

#include "catch.hpp"
#include "microgpt/autograd/gradcheck.hpp"
#include "microgpt/autograd/value.hpp"

using namespace microgpt;

TEST_CASE("a·b + a: two uses of a number add up in its gradient", "[ch01][value]") {
    Tape tape;
    const Value a(2);
    const Value b(-3);
    const Value c = a * b + a;
    CHECK(c.data() == -4);
    const Gradients gradients = backward(c);
    CHECK(gradients[a] == -2);  // b + 1
    CHECK(gradients[b] == 2);   // a
    CHECK(gradients[c] == 1);
}

TEST_CASE("addition: the gradient reaches both terms unchanged", "[ch01][value]") {
    Tape tape;
    const Value a(2);
    const Value b(5);
    const Gradients gradients = backward(7.0 * (a + b + 1.0));
    CHECK(gradients[a] == 7);
    CHECK(gradients[b] == 7);
}

TEST_CASE("multiplication: each factor's gradient is the other factor", "[ch01][value]") {
    Tape tape;
    const Value a(2);
    const Value b(5);
    const Gradients gradients = backward(a * b);
    CHECK(gradients[a] == 5);
    CHECK(gradients[b] == 2);
}

TEST_CASE("a number squared has twice itself as its gradient", "[ch01][value]") {
    Tape tape;
    const Value x(3);
    CHECK(backward(x * x)[x] == 6);
}

TEST_CASE("plain numbers mix with Values from either side", "[ch01][value]") {
    Tape tape;
    const Value x(4);
    CHECK((x + 1.0).data() == 5);
    CHECK((1.0 + x).data() == 5);
    CHECK((x * 3.0).data() == 12);
    CHECK((3.0 * x).data() == 12);
    CHECK(backward(2.0 + 3.0 * x)[x] == 3);
}

TEST_CASE("a Value that the loss was not made of has gradient zero", "[ch01][value]") {
    Tape tape;
    const Value a(2);
    const Value bystander(9);
    CHECK(backward(a * a)[bystander] == 0);
}

TEST_CASE("backward can be asked twice: nothing has to be zeroed", "[ch01][value]") {
    Tape tape;
    const Value a(2);
    const Value c = a * a;
    CHECK(backward(c)[a] == 4);
    CHECK(backward(c)[a] == 4);
}

TEST_CASE("backward can stop on its way, before any record", "[ch01][value]") {
    const Tape tape;
    const Value a(2);
    const Value b(-3);
    const Value product = a * b;
    const Value c = product + a;
    const Gradients begun = tape.backward(c, Place(c).index + 1);
    CHECK((begun[c] == 1 && begun[product] == 0 && begun[a] == 0));
    const Gradients one_record = tape.backward(c, Place(c).index);
    CHECK((one_record[product] == 1 && one_record[a] == 1 && one_record[b] == 0));
    const Gradients all = tape.backward(c, Place(product).index);
    CHECK((all[a] == -2 && all[b] == 2));
}

TEST_CASE("a graph of a hundred thousand links needs no recursion", "[ch01][value]") {
    Tape tape;
    const Value x(1);
    Value chain = x;
    for (int i = 0; i < 100000; ++i) chain = chain + x;
    CHECK(backward(chain)[x] == 100001);
}

TEST_CASE("derived gradients agree with measured ones", "[ch01][gradcheck]") {
    Tape tape;
    const auto f = [](double a) { return (Value(a) * Value(-3) + Value(a)).data(); };
    const Value a(2);
    const Value b(-3);
    CHECK(backward(a * b + a)[a] == Approx(central_difference(f, 2)).epsilon(1e-10));
}

TEST_CASE("a central difference is good to ten digits", "[ch01][gradcheck]") {
    CHECK(central_difference([](double x) { return x * x * x; }, 2) == Approx(12).epsilon(1e-10));
    CHECK(central_difference([](double x) { return 1 / x; }, 2) == Approx(-0.25).epsilon(1e-10));
}

TEST_CASE("the Tape knows what each number was made of", "[ch01][tape]") {
    Tape tape;
    const Value a(2);
    const Value b(-3);
    const Value c = a * b + a;
    CHECK(tape.operands(a).empty());
    CHECK(tape.operands(c) == std::vector<Index>{2, 0});
    CHECK(tape.size() == 4);
}

// ---- Scope

TEST_CASE("a Scope forgets what was recorded inside it", "[ch01][tape]") {
    Tape tape;
    const Value parameter(2);
    {
        const Tape::Scope step;
        const Value loss = parameter * parameter;
        CHECK(tape.size() == 2);
        CHECK(loss.data() == 4);
    }
    CHECK(tape.size() == 1);
    CHECK(parameter.data() == 2);
}

TEST_CASE("leaves of a Scope that has closed are not taken for parameters", "[ch01][tape]") {
    Tape tape;
    const Value a(2);
    {
        const Tape::Scope step;
        const Value constant(1);
    }
    CHECK(backward(a * a)[a] == 4);
}

TEST_CASE("gradients outlive the Scope they were made in", "[ch01][tape]") {
    Tape tape;
    const Value parameter(2);
    std::optional<Gradients> gradients;
    {
        const Tape::Scope step;
        gradients = backward(parameter * parameter);
    }
    CHECK((*gradients)[parameter] == 4);
}

TEST_CASE("Scopes nest, and an inner one reads what an outer one recorded", "[ch01][tape]") {
    Tape tape;
    const Value a(2);
    const Tape::Scope outer;
    const Value b = a * a;
    {
        const Tape::Scope inner;
        const Value c = a * b;
        CHECK(backward(c)[a] == 12);
    }
    CHECK((a + b).data() == 6);
}

TEST_CASE("every thread has a Tape of its own", "[ch01][tape]") {
    Tape tape;
    const Value here(1);
    double there = 0;
    std::thread([&] {
        Tape other;
        const Value x(3);
        there = backward(x * x)[x];
    }).join();
    CHECK(there == 6);
    CHECK(tape.size() == 1);
    CHECK((here + 1.0).data() == 2);
}

// ---- Misuse

TEST_CASE("a Value needs a Tape", "[ch01][misuse]") {
    CHECK_THROWS_WITH(Value(1), ContainsSubstring("write `Tape tape;` first"));
}

TEST_CASE("a thread has one Tape", "[ch01][misuse]") {
    Tape tape;
    CHECK_THROWS_WITH(Tape(), ContainsSubstring("has a Tape already"));
    CHECK_NOTHROW(Value(1));  // and the first one is still current
}

TEST_CASE("a Value cannot be used after its Scope", "[ch01][misuse]") {
    Tape tape;
    const Value kept(1);
    std::optional<Value> stale;
    {
        const Tape::Scope step;
        stale = kept + 1.0;
    }
    CHECK_THROWS_WITH(stale->data(), ContainsSubstring("its Scope has closed"));
    CHECK_THROWS_AS(*stale + kept, TapeError);
    CHECK_THROWS_AS(backward(*stale), TapeError);
}

TEST_CASE("a Value is not mistaken for the one that took its place", "[ch01][misuse]") {
    Tape tape;
    std::optional<Value> stale;
    {
        const Tape::Scope step;
        stale = Value(1);
    }
    const Tape::Scope next;
    const Value successor(2);
    CHECK(successor.data() == 2);
    CHECK_THROWS_AS(stale->data(), TapeError);
}

TEST_CASE("gradients of one Tape say nothing about another", "[ch01][misuse]") {
    std::optional<Gradients> gradients;
    std::optional<Value> old;
    {
        Tape tape;
        old = Value(1);
        gradients = backward(*old);
    }
    Tape tape;
    const Value fresh(1);
    CHECK_THROWS_WITH((*gradients)[fresh], ContainsSubstring("on another Tape"));
    CHECK_THROWS_WITH(old->data(), ContainsSubstring("on another Tape"));
}

TEST_CASE("gradients do not take a late Value for one that is gone", "[ch01][misuse]") {
    Tape tape;
    const Value a(2);
    std::optional<Gradients> gradients;
    {
        const Tape::Scope step;
        gradients = backward(a * a);
    }
    const Value late(9);  // where a * a was
    CHECK((*gradients)[a] == 4);
    CHECK_THROWS_WITH((*gradients)[late], ContainsSubstring("recorded after them"));
}

TEST_CASE("what was computed is no parameter", "[ch01][misuse]") {
    Tape tape;
    const Value a(2);
    const Value square = a * a;
    const Value leaf(1);
    CHECK_THROWS_WITH(tape.parameters({square, 1}), ContainsSubstring("they were computed"));
    CHECK(tape.parameters({a, 1}).size() == 1);
    CHECK(tape.parameters({leaf, 1}).size() == 1);
}

TEST_CASE("a Tape counts no further than an Index can", "[ch01][misuse]") {
    CHECK_THROWS_WITH(Tape(std::size_t{1} << 33), ContainsSubstring("4294967295"));
    CHECK_NOTHROW(Tape());
}

TEST_CASE("gradients do not know what was recorded after them", "[ch01][misuse]") {
    Tape tape;
    const Value a(1);
    const Gradients gradients = backward(a * a);
    const Value late(1);
    CHECK_THROWS_WITH(gradients[late], ContainsSubstring("recorded after them"));
}

TEST_CASE("a full Tape says what to do", "[ch01][misuse]") {
    Tape tape(2);
    const Value a(1);
    const Value b = a + a;
    CHECK_THROWS_WITH(a + b, ContainsSubstring("open a Tape::Scope for each step"));
    CHECK(b.data() == 2);  // and nothing was lost
}

TEST_CASE("parameters do not change while a Scope is open", "[ch01][misuse]") {
    Tape tape;
    const Value parameter(1);
    {
        const Tape::Scope step;
        CHECK_THROWS_WITH(tape.parameters({parameter, 1}), ContainsSubstring("close it"));
    }
    tape.parameters({parameter, 1})[0] = 5;
    CHECK(parameter.data() == 5);
}

TEST_CASE("Scopes close in any order, and forget when the inner one has closed", "[ch01][tape]") {
    Tape tape;
    const Value a(2);
    std::optional<Tape::Scope> first(std::in_place);
    const Value b = a * a;
    std::optional<Tape::Scope> second(std::in_place);
    const Value c = a * b;
    first.reset();
    CHECK(c.data() == 8);
    CHECK(backward(c)[a] == 12);
    CHECK_THROWS_WITH(b.data(), ContainsSubstring("its Scope has closed"));
    CHECK(tape.size() == 3);
    second.reset();
    CHECK(tape.size() == 1);
    CHECK_THROWS_AS(c.data(), TapeError);
    tape.parameters({a, 1})[0] = 3;  // no Scope is open
    CHECK((a + a).data() == 6);
}

TEST_CASE("a Scope that outlives its Tape does the next one no harm", "[ch01][tape]") {
    std::optional<Tape> tape(std::in_place);
    std::optional<Tape::Scope> scope(std::in_place);
    tape.reset();
    tape.emplace();
    const Value a(2);
    const Tape::Scope next;
    const Value b = a * a;
    scope.reset();
    CHECK(b.data() == 4);
    CHECK(tape->size() == 2);
}

TEST_CASE("a Range of more numbers than there are is refused", "[ch01][misuse]") {
    Tape tape;
    const Value a(2);
    const Range beyond = {a, 100};
    CHECK_THROWS_WITH(tape.data(beyond), ContainsSubstring("ends with its Scope's"));
    CHECK_THROWS_AS(tape.data({a, 0}), TapeError);
    CHECK_THROWS_AS(tape.record_dot(beyond, beyond), TapeError);
    CHECK_THROWS_AS(tape.record_dot({a, 1}, {Place{7, Place(a).scope}, 1}), TapeError);
    CHECK_THROWS_AS(tape.parameters(beyond), TapeError);
    CHECK_THROWS_AS(backward(a)[beyond], TapeError);
    const Tape::Scope scope;
    const Value b(3);
    CHECK_THROWS_AS(tape.data({a, 2}), TapeError);  // the second is the Scope's
    CHECK(tape.data({b, 1})[0] == 3);
}

TEST_CASE("a Tape that is ended on another thread ends the program", "[ch01][misuse]") {
    const pid_t child = fork();
    if (child == 0) {
        auto tape = std::make_unique<Tape>();
        std::signal(SIGABRT, SIG_DFL);
        std::thread([&] { tape.reset(); }).join();
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    CHECK(WIFSIGNALED(status));
}
