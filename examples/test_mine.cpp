// A test of your own: `make chapter-01` runs a copy in chapters/01-value with the others.
#include "catch.hpp"
#include "microgpt/autograd/value.hpp"

using namespace microgpt;

TEST_CASE("the slope of a·a is twice a") {
    Tape tape;
    const Value a(3);
    CHECK(backward(a * a)[a] == 6);
}
