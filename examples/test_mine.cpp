// A test of your own: put a copy into chapters/01-value, and `make chapter-01` runs it with the others.
#include "catch.hpp"
#include "microgpt/autograd/value.hpp"

using namespace microgpt;

TEST_CASE("the slope of a·a is twice a") {
    Tape tape;
    const Value a(3);
    CHECK(backward(a * a)[a] == 6);
}
