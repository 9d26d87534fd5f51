// Vector: copies made side by side, and the refusal of a slice that is not there.
#include "microgpt/autograd/vector.hpp"

#include <string>

namespace microgpt {

void Vector::no_slice(Index begin, Index size) const {
    throw TapeError("a Vector of " + std::to_string(range_.length) + " has no slice of " +
                    std::to_string(size) + " from " + std::to_string(begin));
}

Vector vector_of(const std::vector<double>& numbers) {
    const Index size = static_cast<Index>(numbers.size());
    return make_vector(size, [&](Index i) { return Value(numbers[i]); });
}

Vector concatenate(const std::vector<Vector>& parts) {
    std::vector<Value> elements;
    for (const Vector& part : parts) {
        for (Index i = 0; i < part.size(); ++i) elements.push_back(part[i]);
    }
    return make_vector(static_cast<Index>(elements.size()), [&](Index i) {
        return record(elements[i].data(), {elements[i], 1});
    });
}

}  // namespace microgpt
