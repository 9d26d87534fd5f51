// A file of your own, to try things in: change it, and type `make play` again.
#include <cstdio>

#include "microgpt/microgpt.hpp"

using namespace microgpt;

int main() {
    Tape tape;
    const Value a(2.0), b(-3.0);
    const Value c = a * b + a;
    const Gradients slope = backward(c);
    std::printf("c = %g, along a %g, along b %g\n", c.data(), slope[a], slope[b]);
}
