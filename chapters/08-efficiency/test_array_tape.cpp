// Chapter 8: the tape of whole vectors, and the memory that it takes from.
#include <set>

#include "catch.hpp"
#include "microgpt/engines/tape/array_tape.hpp"

using namespace microgpt;

namespace {

Array numbers(ArrayTape& tape, const std::vector<double>& values) {
    double* taken = tape.take(values.size());
    std::ranges::copy(values, taken);
    return tape.array(taken, static_cast<Index>(values.size()));
}

std::vector<double> gradient_of(const Array& x) { return {x.gradient, x.gradient + x.size}; }

}  // namespace

// ---- Arena

TEST_CASE("an arena hands out each place once, with slopes of 0 behind it", "[ch08][arena]") {
    Arena arena;
    std::set<double*> taken;
    std::size_t bytes = 0;
    for (const std::size_t size : {3, 1, 10000, 5, 40000, 7}) {  // some are larger than a block
        double* place = arena.take(size);
        for (std::size_t i = 0; i < 2 * size; ++i) REQUIRE(taken.insert(place + i).second);
        CHECK(std::all_of(place + size, place + 2 * size, [](double x) { return x == 0; }));
        bytes += 2 * size * sizeof(double);
        CHECK(arena.bytes() == bytes);
    }
}

TEST_CASE("an arena that is cleared hands out the same places again", "[ch08][arena]") {
    Arena arena;
    double* first = arena.take(100);
    double* large = arena.take(20000);
    first[150] = 1;  // a slope
    arena.clear();
    CHECK(arena.bytes() == 0);
    CHECK(arena.take(100) == first);
    CHECK(arena.take(20000) == large);
    CHECK(first[150] == 0);
}

// ---- ArrayTape

TEST_CASE("a tape of vectors walks back through each operation", "[ch08][array_tape]") {
    ArrayTape tape;
    const Array a = numbers(tape, {1, -2, 3});
    const Array b = numbers(tape, {4, 5, -6});
    const Array sum = a + b;
    CHECK(std::vector(sum.data, sum.data + 3) == std::vector<double>{5, 3, -3});
    const Array half = relu(sum) / 2;
    CHECK(std::vector(half.data, half.data + 3) == std::vector<double>{2.5, 1.5, 0});
    CHECK(tape.nodes() == 3);
    std::copy_n(std::vector<double>{10, 20, 30}.data(), 3, half.gradient);
    const Array one = numbers(tape, {0});
    tape.backward(one, 1);  // of which nothing was made
    CHECK(gradient_of(a) == std::vector<double>{5, 10, 0});
    CHECK(gradient_of(b) == gradient_of(a));
}

TEST_CASE("what is used twice hears twice", "[ch08][array_tape]") {
    ArrayTape tape;
    const Array x = numbers(tape, {7});
    tape.backward(x + x, 3);
    CHECK(*x.gradient == 6);
}

TEST_CASE("a matrix's products wait in a list until the walk is over", "[ch08][array_tape]") {
    ArrayTape tape;
    const std::vector<double> w = {2, 3};
    std::vector<double> dw(2);
    Weights weights = {w.data(), w.data(), dw.data(), nullptr, 1, 2};
    const ArrayMatrix matrix = {&tape, &weights};
    const Array x = numbers(tape, {10, 100});
    const Array y = linear(x, matrix) + linear(matrix.row(0), matrix);
    CHECK(*y.data == 320 + 13);
    tape.backward(y, 2);
    CHECK(gradient_of(x) == std::vector<double>{4, 6});
    CHECK(dw == std::vector<double>{4, 6});  // of the row that was an operand
    add_outer_products(weights);
    CHECK(dw == std::vector<double>{4 + 2 * 10 + 2 * 2, 6 + 2 * 100 + 2 * 3});
}

TEST_CASE("a tape of vectors that is cleared has nothing to walk back", "[ch08][array_tape]") {
    ArrayTape tape;
    const Array x = numbers(tape, {1, 2});
    cross_entropy(x, 0);
    CHECK(tape.nodes() == 1);
    CHECK(tape.bytes() > sizeof(ArrayNode));
    tape.clear();
    CHECK(tape.nodes() == 0);
    CHECK(tape.bytes() == 0);
}
