// Check: a blend has each vector in its share.
// Cheat: return vector_of(std::vector<double>(vectors[0].size(), @));
#include "exercise.hpp"
#include "microgpt/model/attention.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

int main() {
    return check([] {
        Tape tape;
        const Vector shares = vector_of({0.25, 0.75});
        const std::vector<Vector> two = {vector_of({4, 0}), vector_of({0, 8})};
        const Vector blend = mix(shares, two);
        expect("a quarter of (4, 0) and three quarters of (0, 8) should be (1, 6)",
               {{"the first number of the blend", blend[0].data(), 1},
                {"the second", blend[1].data(), 6}});
        const Gradients gradients = backward(blend[1]);
        expect("the second number of that blend should move as its vectors say",
               {{"the slope along the second share", gradients[shares[1]], 8},
                {"along the first share", gradients[shares[0]], 0},
                {"along the 8", gradients[two[1][1]], 0.75}});
        const Vector thirds =
            mix(vector_of({0.5, 0.25, 0.25}),
                {vector_of({2, 4, 6}), vector_of({4, 4, 4}), vector_of({8, 0, -4})});
        expect("with three vectors the third is missing, or counted twice",
               {{"the first number", thirds[0].data(), 4},
                {"the second", thirds[1].data(), 3},
                {"the third", thirds[2].data(), 3}});
        std::printf("a quarter of (4, 0) and three quarters of (0, 8): (%g, %g)\n", blend[0].data(),
                    blend[1].data());
    });
}
